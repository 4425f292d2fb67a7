import { formatTime } from '../../api/time.js';
import type { Job, JobCondition } from '../../api/types/batch.js';
import type { Micros } from '../../kernel/time.js';

/** A condition that holds from now on. */
export function newCondition(
  type: string,
  status: 'False' | 'True',
  reason: string,
  message: string,
  now: Micros,
): JobCondition {
  const time = formatTime(now);
  return { type, status, lastProbeTime: time, lastTransitionTime: time, reason, message };
}

/** The job's condition of a type when it holds. */
export function trueCondition({ status }: Job, type: string): JobCondition | undefined {
  const found = status?.conditions?.find((condition) => condition.type === type);
  return found?.status === 'True' ? found : undefined;
}

/** The conditions with one of them set; undefined when that changes nothing. What never held is not written as false. */
export function withCondition(
  conditions: readonly JobCondition[],
  condition: JobCondition,
): JobCondition[] | undefined {
  const before = conditions.find(({ type }) => type === condition.type);
  if (!before) return condition.status === 'False' ? undefined : [...conditions, condition];
  const { status, reason, message } = condition;
  if (before.status === status && before.reason === reason && before.message === message) return undefined;
  return conditions.map((old) => (old === before ? condition : old));
}
