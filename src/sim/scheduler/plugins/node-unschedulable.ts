import { TAINT, tolerated } from '../../api/taints.js';
import type { Pod } from '../../api/types/pod.js';
import type { NodeInfo } from '../node-info.js';
import { type Plugin, unresolvable } from '../plugin.js';

/** The node is cordoned. */
const UNSCHEDULABLE_REASON = 'node(s) were unschedulable';

/** Cordoned nodes take no pods but those that tolerate the taint of cordoning. */
export const nodeUnschedulable: Plugin = {
  name: 'NodeUnschedulable',
  prepareFilter: ({ pod }) => {
    if (toleratesCordon(pod.pod)) return undefined;
    const check = ({ node }: NodeInfo) => (node.spec.unschedulable ? unresolvable(UNSCHEDULABLE_REASON) : undefined);
    return { local: '', check };
  },
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
