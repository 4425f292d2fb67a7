import type { HorizontalPodAutoscaler, ScalingRules } from '../../api/types/autoscaling.js';
import { type Micros, SECOND } from '../../kernel/time.js';
import { setCondition } from './conditions.js';
import {
  type Behavior,
  type Limited,
  stabilizedByBehavior,
  stabilizedDown,
  type Wish,
  withinPolicies,
  withinRange,
} from './limits.js';
import type { Memory } from './memory.js';

const READY = ['ReadyForNewScale', 'recommended size matches current size'] as const;
const STABILIZED = [
  'ScaleDownStabilized',
  'recent recommendations were higher than current one, applying the highest recent recommendation',
] as const;

/** The rules of an autoscaler that has any; a window for fewer replicas it does not name is the controller's. */
export function behaviorOf({ spec }: HorizontalPodAutoscaler, downscaleStabilization: Micros): Behavior | undefined {
  if (!spec.behavior) return undefined;
  const scaleUp: ScalingRules = spec.behavior.scaleUp ?? {};
  const scaleDown: ScalingRules = spec.behavior.scaleDown ?? {};
  const stabilizationWindowSeconds = scaleDown.stabilizationWindowSeconds ?? downscaleStabilization / SECOND;
  return { scaleUp, scaleDown: { ...scaleDown, stabilizationWindowSeconds } };
}

/** Stabilises a wish, brings it within limits, and says in the conditions what came of it. */
export function normalize(
  autoscaler: HorizontalPodAutoscaler,
  memory: Memory,
  wish: Wish,
  downscaleStabilization: Micros,
  now: Micros,
): number {
  const behavior = behaviorOf(autoscaler, downscaleStabilization);
  const stable: Limited = behavior
    ? stabilizedByBehavior(memory, wish, behavior, now)
    : {
        replicas: stabilizedDown(memory, wish.desired, downscaleStabilization, now),
        reason: STABILIZED[0],
        message: STABILIZED[1],
      };
  const [reason, message] = stable.replicas === wish.desired ? READY : [stable.reason, stable.message];
  setCondition(autoscaler, now, 'AbleToScale', 'True', reason, message);
  const next = { ...wish, desired: stable.replicas };
  const limited = behavior ? withinPolicies(memory, next, behavior, now) : withinRange(next);
  const isLimited = limited.replicas !== stable.replicas;
  setCondition(autoscaler, now, 'ScalingLimited', isLimited ? 'True' : 'False', limited.reason, limited.message);
  return limited.replicas;
}
