import { type Plugin, unresolvable } from '../plugin.js';

/** The pod names another node. */
const NODE_NAME_REASON = "node(s) didn't match the requested node name";

/** A pod that names its node goes there or nowhere. */
export const nodeName: Plugin = {
  name: 'NodeName',
  prepareFilter: ({ pod }) => {
    const wanted = pod.pod.spec.nodeName;
    if (!wanted) return undefined;
    return { local: wanted, check: (node) => (node.name === wanted ? undefined : unresolvable(NODE_NAME_REASON)) };
  },
  helpedBy: (pod, event) => event.kind === 'node added' && event.node.metadata.name === pod.spec.nodeName,
};
