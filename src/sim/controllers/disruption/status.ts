import { scaledValue } from '../../api/int-or-percent.js';
import type { Condition } from '../../api/object.js';
import { isDeleting, isPodReady } from '../../api/pods.js';
import { formatTime, parseTime } from '../../api/time.js';
import type { Pod } from '../../api/types/pod.js';
import type {
  PodDisruptionBudget,
  PodDisruptionBudgetSpec,
  PodDisruptionBudgetStatus,
} from '../../api/types/policy.js';
import { MINUTE, type Micros } from '../../kernel/time.js';

/** How long an evicted pod may take to be marked for deletion before it counts as healthy again. */
const DELETION_TIMEOUT: Micros = 2 * MINUTE;
const CONDITION = 'DisruptionAllowed';

/** How many pods a budget expects and how many of them must stay healthy. */
export interface Expected {
  readonly expectedPods: number;
  readonly desiredHealthy: number;
}

/** Whether a budget is of what the pods' controllers want, not of the pods that are there. */
export function isOfScale({ maxUnavailable, minAvailable }: PodDisruptionBudgetSpec): boolean {
  return maxUnavailable !== undefined || typeof minAvailable === 'string';
}

/** The numbers of a budget; `expected` is how many pods there are, or how many their controllers want. */
export function expectedPods({ maxUnavailable, minAvailable }: PodDisruptionBudgetSpec, expected: number): Expected {
  if (maxUnavailable !== undefined) {
    const desiredHealthy = Math.max(0, expected - scaledValue(maxUnavailable, expected, true));
    return { expectedPods: expected, desiredHealthy };
  }
  if (minAvailable === undefined) return { expectedPods: 0, desiredHealthy: 0 };
  const desiredHealthy = typeof minAvailable === 'number' ? minAvailable : scaledValue(minAvailable, expected, true);
  return { expectedPods: expected, desiredHealthy };
}

/** Evicted pods that are not marked for deletion yet, those that took too long, and when to look again. */
export function disruptedPods(
  budget: PodDisruptionBudget,
  pods: readonly Pod[],
  now: Micros,
): { waiting: Record<string, string>; overdue: Pod[]; recheckAt: Micros | undefined } {
  const waiting: Record<string, string> = {};
  const overdue: Pod[] = [];
  let recheckAt: Micros | undefined;
  for (const pod of pods) {
    const name = pod.metadata.name ?? '';
    const since = budget.status?.disruptedPods?.[name];
    if (since === undefined || isDeleting(pod)) continue;
    const deadline = (parseTime(since) ?? 0) + DELETION_TIMEOUT;
    if (deadline < now) overdue.push(pod);
    else {
      waiting[name] = since;
      recheckAt = Math.min(recheckAt ?? deadline, deadline);
    }
  }
  return { waiting, overdue, recheckAt };
}

/** The status of a budget (disruption updatePdbStatus). */
export function budgetStatus(
  budget: PodDisruptionBudget,
  pods: readonly Pod[],
  { expectedPods: expected, desiredHealthy }: Expected,
  waiting: Record<string, string>,
  now: Micros,
): PodDisruptionBudgetStatus {
  const healthy = pods.filter(
    (pod) => !isDeleting(pod) && waiting[pod.metadata.name ?? ''] === undefined && isPodReady(pod),
  );
  const currentHealthy = healthy.length;
  const disruptionsAllowed = expected <= 0 ? 0 : Math.max(0, currentHealthy - desiredHealthy);
  const generation = budget.metadata.generation ?? 0;
  const condition =
    disruptionsAllowed > 0
      ? newCondition('True', 'SufficientPods', '', generation)
      : newCondition('False', 'InsufficientPods', '', generation);
  return {
    conditions: withCondition(budget.status?.conditions, condition, now),
    currentHealthy,
    desiredHealthy,
    ...(Object.keys(waiting).length > 0 ? { disruptedPods: waiting } : {}),
    disruptionsAllowed,
    expectedPods: expected,
    observedGeneration: generation,
  };
}

/** The status when the budget could not be worked out: nothing may be evicted. */
export function failSafeStatus(budget: PodDisruptionBudget, message: string, now: Micros): PodDisruptionBudgetStatus {
  const before = budget.status ?? { currentHealthy: 0, desiredHealthy: 0, expectedPods: 0, disruptionsAllowed: 0 };
  const condition = newCondition('False', 'SyncFailed', message, before.observedGeneration ?? 0);
  return { ...before, disruptionsAllowed: 0, conditions: withCondition(before.conditions, condition, now) };
}

type NewCondition = Omit<Condition, 'lastTransitionTime'>;

function newCondition(status: 'True' | 'False', reason: string, message: string, generation: number): NewCondition {
  return { type: CONDITION, status, reason, message, observedGeneration: generation };
}

/** Keeps the transition time while the status word stays (meta.SetStatusCondition). */
function withCondition(conditions: readonly Condition[] = [], condition: NewCondition, now: Micros): Condition[] {
  const before = conditions.find(({ type }) => type === condition.type);
  const lastTransitionTime = before?.status === condition.status ? before.lastTransitionTime : formatTime(now);
  const after = { ...condition, lastTransitionTime };
  return before ? conditions.map((old) => (old === before ? after : old)) : [...conditions, after];
}
