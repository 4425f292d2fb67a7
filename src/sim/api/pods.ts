/** What can be told from a pod's status (kubernetes pkg/api/v1/pod). */
import type { Micros } from '../kernel/time.js';
import { SECOND } from '../kernel/time.js';
import { parseOptionalTime } from './time.js';
import type { Pod, PodCondition, PodStatus } from './types/pod.js';

/** The condition of a type, if the pod has it. */
export function podCondition(pod: Pod, type: string): PodCondition | undefined {
  return pod.status?.conditions?.find((condition) => condition.type === type);
}

/** Whether the pod passes its readiness checks. */
export function isPodReady(pod: Pod): boolean {
  return podCondition(pod, 'Ready')?.status === 'True';
}

/** Whether the pod has been ready for at least `minReadySeconds`. */
export function isPodAvailable(pod: Pod, minReadySeconds: number, now: Micros): boolean {
  const ready = podCondition(pod, 'Ready');
  if (ready?.status !== 'True') return false;
  if (minReadySeconds === 0) return true;
  const since = parseOptionalTime(ready.lastTransitionTime);
  return since !== undefined && since + minReadySeconds * SECOND <= now;
}

/** Whether the pod is over: its containers ended and will not be started again. */
export function isPodTerminal(pod: Pod): boolean {
  return pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
}

/** Whether the pod counts as one of its controller's replicas. */
export function isPodActive(pod: Pod): boolean {
  return !isPodTerminal(pod) && !isDeleting(pod);
}

/** Whether somebody asked for the object to be deleted. */
export function isDeleting(object: { readonly metadata: { readonly deletionTimestamp?: string | null } }): boolean {
  return object.metadata.deletionTimestamp !== undefined && object.metadata.deletionTimestamp !== null;
}

/** The pod's scheduling priority; 0 when admission set none. */
export function podPriority(pod: Pod): number {
  return pod.spec.priority ?? 0;
}

/**
 * The status with one condition set (pkg/api/v1/pod UpdatePodCondition): the transition time is kept while the status
 * word stays the same. Undefined when nothing would change.
 */
export function withPodCondition(status: PodStatus, condition: PodCondition, now: string): PodStatus | undefined {
  const conditions = status.conditions ?? [];
  const index = conditions.findIndex(({ type }) => type === condition.type);
  const before = conditions[index];
  if (!before) return { ...status, conditions: [...conditions, { ...condition, lastTransitionTime: now }] };
  const kept = before.status === condition.status ? before.lastTransitionTime : now;
  const after: PodCondition = { ...condition, ...(kept === undefined ? {} : { lastTransitionTime: kept }) };
  const same =
    before.status === after.status &&
    (before.reason ?? '') === (after.reason ?? '') &&
    (before.message ?? '') === (after.message ?? '') &&
    (before.lastProbeTime ?? null) === (after.lastProbeTime ?? null) &&
    (before.observedGeneration ?? 0) === (after.observedGeneration ?? 0);
  if (same) return undefined;
  return { ...status, conditions: conditions.map((old, at) => (at === index ? after : old)) };
}

/** The generation a pod's condition reports as seen. */
export function conditionGeneration(pod: Pod): { observedGeneration?: number } {
  return pod.metadata.generation === undefined ? {} : { observedGeneration: pod.metadata.generation };
}
