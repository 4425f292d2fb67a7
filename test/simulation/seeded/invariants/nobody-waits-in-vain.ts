import type { Node } from '../../../../src/sim/api/types/node.js';
import type { Pod } from '../../../../src/sim/api/types/pod.js';
import { objectsOf } from '../cluster-view.js';
import { called, hasEnded, isGoing, isReady } from './facts.js';
import type { Invariant } from './invariant.js';
import { nodesFor } from './room-for.js';

/** In the end pods are ready or have ended, and those that wait for a node have none to go to; nodes are ready. */
export const nobodyWaitsInVain: Invariant = {
  name: 'nobody waits in vain',
  settled: ({ listed }) => {
    const findings: string[] = [];
    for (const pod of objectsOf<Pod>(listed, 'pods')) {
      if (isGoing(pod)) findings.push(`${called(pod)} does not go`);
      else if (hasEnded(pod) || isReady(pod)) continue;
      else if (pod.spec.nodeName !== undefined)
        findings.push(`${called(pod)} on ${pod.spec.nodeName} does not get ready`);
      else
        for (const node of nodesFor(listed, pod)) findings.push(`${called(pod)} waits, and there is room on ${node}`);
    }
    for (const node of objectsOf<Node>(listed, 'nodes')) {
      const ready = node.status?.conditions?.find(({ type }) => type === 'Ready');
      if (ready?.status !== 'True') findings.push(`${called(node)} does not get ready`);
    }
    for (const namespace of objectsOf(listed, 'namespaces'))
      if (isGoing(namespace)) findings.push(`${called(namespace)} does not go`);
    return findings;
  },
};
