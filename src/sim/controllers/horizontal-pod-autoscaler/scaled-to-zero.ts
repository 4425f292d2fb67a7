import type { HorizontalPodAutoscaler } from '../../api/types/autoscaling.js';
import type { Micros } from '../../kernel/time.js';
import { isTrue, removeCondition, setCondition } from './conditions.js';

/** Whether it was this autoscaler that scaled its target to none, so that it may scale it up again. */
export function mayScaleFromZero(autoscaler: HorizontalPodAutoscaler, minReplicas: number): boolean {
  return isTrue(autoscaler, 'ScaledToZero') && (minReplicas !== 0 || hasOutsideMetrics(autoscaler));
}

/** Says after a change of scale whether it was one to none; without the gate nothing is said. */
export function noteZero(
  autoscaler: HorizontalPodAutoscaler,
  gate: boolean,
  scaled: { readonly from: number; readonly to: number },
  now: Micros,
): void {
  if (!gate) return removeCondition(autoscaler, 'ScaledToZero');
  const isOurs = scaled.from > 0 && scaled.to === 0 && autoscaler.spec.minReplicas === 0;
  if (isOurs && hasOutsideMetrics(autoscaler)) {
    const message = 'the HPA controller scaled the workload to zero';
    setCondition(autoscaler, now, 'ScaledToZero', 'True', 'ScaledToZero', message);
  } else {
    const message = 'the HPA controller did not scale the workload to zero';
    setCondition(autoscaler, now, 'ScaledToZero', 'False', 'NotScaledToZero', message);
  }
}

/** Whether there are metrics that say something also while nothing runs. */
function hasOutsideMetrics({ spec }: HorizontalPodAutoscaler): boolean {
  return (spec.metrics ?? []).some(({ type }) => type === 'Object' || type === 'External');
}
