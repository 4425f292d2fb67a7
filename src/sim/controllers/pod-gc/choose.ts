import { compareText } from '../../api/go-text.js';
import { isDeleting } from '../../api/pods.js';
import { TAINT } from '../../api/taints.js';
import type { Node } from '../../api/types/node.js';
import type { Pod } from '../../api/types/pod.js';

/** Ended pods beyond the threshold, evicted ones first, then the oldest. A threshold of 0 or less keeps all. */
export function surplusTerminated(pods: readonly Pod[], threshold: number): Pod[] {
  if (threshold <= 0) return [];
  const ended = pods.filter(({ status }) => !['Pending', 'Running', 'Unknown'].includes(status?.phase ?? ''));
  return ended.sort(byEvictionAndAge).slice(0, Math.max(0, ended.length - threshold));
}

/** Pods being deleted that were never bound: no kubelet will confirm their end. */
export function unscheduledTerminating(pods: readonly Pod[]): Pod[] {
  return pods.filter((pod) => isDeleting(pod) && !pod.spec.nodeName);
}

/** Pods being deleted on a node that is not ready and was declared out of service. */
export function terminatingOutOfService(pods: readonly Pod[], nodeOf: (name: string) => Node | undefined): Pod[] {
  return pods.filter((pod) => {
    const node = isDeleting(pod) && pod.spec.nodeName ? nodeOf(pod.spec.nodeName) : undefined;
    if (!node) return false;
    const ready = node.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
    return !ready && (node.spec.taints?.some((taint) => taint.key === TAINT.outOfService) ?? false);
  });
}

function byEvictionAndAge(a: Pod, b: Pod): number {
  const evicted = (pod: Pod) => Number(pod.status?.phase === 'Failed' && pod.status.reason === 'Evicted');
  return (
    evicted(b) - evicted(a) ||
    compareText(a.metadata.creationTimestamp ?? '', b.metadata.creationTimestamp ?? '') ||
    compareText(a.metadata.name ?? '', b.metadata.name ?? '')
  );
}
