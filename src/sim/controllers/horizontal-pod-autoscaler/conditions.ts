import { formatTime } from '../../api/time.js';
import type { HorizontalPodAutoscaler } from '../../api/types/autoscaling.js';
import type { Micros } from '../../kernel/time.js';

/** What conditions of an autoscaler are about. */
export type ConditionType = 'AbleToScale' | 'ScalingActive' | 'ScalingLimited' | 'ScaledToZero';

/** Sets a condition; its time changes when its status does. */
export function setCondition(
  autoscaler: HorizontalPodAutoscaler,
  now: Micros,
  type: ConditionType,
  status: 'True' | 'False',
  reason: string,
  message: string,
): void {
  autoscaler.status ??= { desiredReplicas: 0 };
  const { status: known } = autoscaler;
  const before = known.conditions?.find((one) => one.type === type);
  const kept = before?.status === status ? before.lastTransitionTime : undefined;
  const condition = { type, status, lastTransitionTime: kept ?? formatTime(now), reason, message };
  known.conditions = before
    ? (known.conditions ?? []).map((one) => (one === before ? condition : one))
    : [...(known.conditions ?? []), condition];
}

/** Takes a condition away. */
export function removeCondition(autoscaler: HorizontalPodAutoscaler, type: ConditionType): void {
  const { status } = autoscaler;
  if (status?.conditions) status.conditions = status.conditions.filter((one) => one.type !== type);
}

/** Whether a condition is True. */
export function isTrue({ status }: HorizontalPodAutoscaler, type: ConditionType): boolean {
  return status?.conditions?.some((one) => one.type === type && one.status === 'True') ?? false;
}
