import type { Node } from '../../../../src/sim/api/types/node.js';
import type { Pod } from '../../../../src/sim/api/types/pod.js';
import { called, lacking, podsOn, roomOf, together } from './facts.js';
import type { Invariant } from './invariant.js';

/** Whoever binds a pod leaves the node with no less than nothing. */
export const withinAllocatable: Invariant = {
  name: 'nothing is bound beyond allocatable',
  told: ({ plural, before, after }, view) => {
    if (plural !== 'pods' || !after) return [];
    const pod = after as unknown as Pod;
    const { nodeName } = pod.spec;
    if (nodeName === undefined || (before as unknown as Pod | undefined)?.spec.nodeName !== undefined) return [];
    const node = view['nodes']?.get(nodeName) as Node | undefined;
    if (!node) return [];
    const short = lacking(together(podsOn(view, nodeName)), roomOf(node));
    return short.map((what) => `${called(pod)} on ${nodeName} asks for more than there is: ${what}`);
  },
};
