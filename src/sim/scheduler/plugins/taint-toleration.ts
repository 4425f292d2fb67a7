import { deepEqual } from '../../api/object.js';
import { tolerated, untoleratedTaint } from '../../api/taints.js';
import { normalizeToMax, type Plugin, unresolvable } from '../plugin.js';

/** A taint of the node is not tolerated. v1.36 no longer says which. */
const TAINT_REASON = 'node(s) had untolerated taint(s)';
const HARD_EFFECTS = ['NoSchedule', 'NoExecute'];

/** Tainted nodes take only pods that tolerate it; PreferNoSchedule counts against a node. */
export const taintToleration: Plugin = {
  name: 'TaintToleration',
  weight: 3,
  prepareFilter: ({ pod }) => ({
    local: JSON.stringify(pod.pod.spec.tolerations ?? []),
    check: ({ node }) =>
      untoleratedTaint(node.spec.taints, pod.pod.spec.tolerations, HARD_EFFECTS)
        ? unresolvable(TAINT_REASON)
        : undefined,
  }),
  prepareScore: ({ pod }) => {
    const soft = pod.pod.spec.tolerations?.filter(({ effect }) => !effect || effect === 'PreferNoSchedule');
    return {
      local: JSON.stringify(soft ?? []),
      score: ({ node }) =>
        node.spec.taints?.filter((taint) => taint.effect === 'PreferNoSchedule' && !tolerated(soft, taint)).length ?? 0,
      normalize: (scores) => normalizeToMax(scores, true),
    };
  },
  helpedBy: (pod, event) => {
    if (event.kind === 'pod updated') return event.pod.metadata.uid === pod.metadata.uid;
    if (event.kind !== 'node added' && event.kind !== 'node updated') return false;
    if (event.kind === 'node updated' && deepEqual(event.before.spec.taints, event.node.spec.taints)) return false;
    return !untoleratedTaint(event.node.spec.taints, pod.spec.tolerations, HARD_EFFECTS);
  },
};
