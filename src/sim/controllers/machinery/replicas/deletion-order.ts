import { isPodReady, podCondition } from '../../../api/pods.js';
import { parseOptionalTime } from '../../../api/time.js';
import type { Pod } from '../../../api/types/pod.js';
import type { Micros } from '../../../kernel/time.js';

const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost';
const PHASE_ORDER: Readonly<Record<string, number>> = { Pending: 0, Unknown: 1, Running: 2 };

/**
 * The pods to delete when there are `count` too many, least useful first (controller_utils ActivePodsWithRanks):
 * unassigned, pending, not ready, cheap to delete, many siblings on the node, ready for a shorter time, more restarts,
 * younger. Ages count in powers of two, so that nodes are emptied without favouring an exact order.
 */
export function podsToDelete(
  active: readonly Pod[],
  siblingsOnNode: ReadonlyMap<string, number>,
  count: number,
  now: Micros,
): readonly Pod[] {
  if (count >= active.length) return active;
  const rank = (pod: Pod) => siblingsOnNode.get(pod.spec.nodeName ?? '') ?? 0;
  return [...active].sort((a, b) => compareForDeletion(a, b, rank(a), rank(b), now)).slice(0, count);
}

function compareForDeletion(a: Pod, b: Pod, rankA: number, rankB: number, now: Micros): number {
  const ready = Number(isPodReady(a)) - Number(isPodReady(b));
  return (
    Number(Boolean(a.spec.nodeName)) - Number(Boolean(b.spec.nodeName)) ||
    phaseOrder(a) - phaseOrder(b) ||
    ready ||
    deletionCost(a) - deletionCost(b) ||
    rankB - rankA ||
    (isPodReady(a) ? compareAges(readySince(a), readySince(b), a, b, now) : 0) ||
    maxRestarts(b, false) - maxRestarts(a, false) ||
    maxRestarts(b, true) - maxRestarts(a, true) ||
    compareAges(
      parseOptionalTime(a.metadata.creationTimestamp),
      parseOptionalTime(b.metadata.creationTimestamp),
      a,
      b,
      now,
    )
  );
}

function phaseOrder(pod: Pod): number {
  return PHASE_ORDER[pod.status?.phase ?? ''] ?? 0;
}

function deletionCost(pod: Pod): number {
  const text = pod.metadata.annotations?.[DELETION_COST];
  return text !== undefined && /^(0|-?[1-9]\d*)$/.test(text) ? Number(text) : 0;
}

function readySince(pod: Pod): Micros | undefined {
  return parseOptionalTime(podCondition(pod, 'Ready')?.lastTransitionTime);
}

/** Younger first, but only when the ages differ by a power of two; equal ages go by UID; a missing time counts as youngest. */
function compareAges(since: Micros | undefined, other: Micros | undefined, a: Pod, b: Pod, now: Micros): number {
  if (since === other) return 0;
  if (since === undefined || other === undefined) return since === undefined ? -1 : 1;
  const difference = magnitude(now - since) - magnitude(now - other);
  if (difference !== 0) return difference;
  return (a.metadata.uid ?? '') < (b.metadata.uid ?? '') ? -1 : 1;
}

/** The whole part of the binary logarithm of an age in nanoseconds; -1 for none. */
function magnitude(age: Micros): number {
  return age > 0 ? Math.trunc(Math.log2(age * 1000)) : -1;
}

function maxRestarts(pod: Pod, sidecars: boolean): number {
  const names = new Set(
    (pod.spec.initContainers ?? []).filter((container) => container.restartPolicy === 'Always').map(({ name }) => name),
  );
  const statuses = sidecars
    ? (pod.status?.initContainerStatuses ?? []).filter(({ name }) => names.has(name))
    : (pod.status?.containerStatuses ?? []);
  return statuses.reduce((most, { restartCount }) => Math.max(most, restartCount), 0);
}
