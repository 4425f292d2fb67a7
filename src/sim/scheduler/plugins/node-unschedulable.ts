import { TAINT, tolerated } from '../../api/taints.js';
import type { Pod } from '../../api/types/pod.js';
import { type Plugin, unresolvable } from '../plugin.js';

/** The node is cordoned. */
const UNSCHEDULABLE_REASON = 'node(s) were unschedulable';

/** Cordoned nodes take no pods but those that tolerate the taint of cordoning. */
export const nodeUnschedulable: Plugin = {
  name: 'NodeUnschedulable',
  prepareFilter: ({ pod }) => ({
    check: (node) =>
      node.node.spec.unschedulable && !toleratesCordon(pod.pod) ? unresolvable(UNSCHEDULABLE_REASON) : undefined,
  }),
  helpedBy: (pod, event) => {
    if (event.kind === 'node added') return !event.node.spec.unschedulable;
    if (event.kind === 'node updated')
      return Boolean(event.before.spec.unschedulable) && !event.node.spec.unschedulable;
    return event.kind === 'pod updated' && event.pod.metadata.uid === pod.metadata.uid && toleratesCordon(event.pod);
  },
};

function toleratesCordon(pod: Pod): boolean {
  return tolerated(pod.spec.tolerations, { key: TAINT.unschedulable, effect: 'NoSchedule' });
}
