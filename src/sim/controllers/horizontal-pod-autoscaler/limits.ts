/** How fast and how far an autoscaler may scale (horizontal.go: normalizeDesiredReplicas and what it calls). */
import type { ScalingRules } from '../../api/types/autoscaling.js';
import { type Micros, SECOND } from '../../kernel/time.js';
import { type Memory, remember, type ScaleEvent } from './memory.js';

const UP_FACTOR = 2;
const UP_AT_LEAST = 4;
const INT32_MAX = 2 ** 31 - 1;

/** The rules of both directions with everything filled in. */
export interface Behavior {
  readonly scaleUp: ScalingRules;
  readonly scaleDown: ScalingRules;
}

/** What is to be brought within limits. */
export interface Wish {
  readonly current: number;
  readonly desired: number;
  readonly min: number;
  readonly max: number;
}

/** Replicas with why they are so, in the words of conditions. */
export interface Limited {
  readonly replicas: number;
  readonly reason: string;
  readonly message: string;
}

const WITHIN = ['DesiredWithinRange', 'the desired count is within the acceptable range'] as const;
const TOO_FEW = ['TooFewReplicas', 'the desired replica count is less than the minimum replica count'] as const;
const TOO_MANY = ['TooManyReplicas', 'the desired replica count is more than the maximum replica count'] as const;
const UP_LIMIT = [
  'ScaleUpLimit',
  'the desired replica count is increasing faster than the maximum scale rate',
] as const;
const DOWN_LIMIT = [
  'ScaleDownLimit',
  'the desired replica count is decreasing faster than the maximum scale rate',
] as const;

const limited = (replicas: number, [reason, message]: readonly [string, string]): Limited => ({
  replicas,
  reason,
  message,
});

/** The highest recommendation of a span that has just passed; the new one is remembered. */
export function stabilizedDown(memory: Memory, desired: number, window: Micros, now: Micros): number {
  const cutoff = now - window;
  const recent = memory.recommendations.filter(({ at }) => at >= cutoff).map(({ replicas }) => replicas);
  remember(memory.recommendations, ({ at }) => at < cutoff, { replicas: desired, at: now });
  return Math.max(desired, ...recent);
}

/** Brings a wish within minimum, maximum and the fixed speed of autoscalers that say nothing of behaviour. */
export function withinRange({ current, desired, min, max }: Wish): Limited {
  const upLimit = Math.max(UP_FACTOR * current, UP_AT_LEAST);
  const highest = Math.min(max, upLimit);
  if (desired < min) return limited(min, TOO_FEW);
  if (desired > highest) return limited(highest, max > upLimit ? UP_LIMIT : TOO_MANY);
  return limited(desired, WITHIN);
}

/** A wish between the lowest and the highest recommendation of the windows of both directions; it is remembered. */
export function stabilizedByBehavior(memory: Memory, wish: Wish, behavior: Behavior, now: Micros): Limited {
  const cutoff = ({ stabilizationWindowSeconds = 0 }: ScalingRules) => now - stabilizationWindowSeconds * SECOND;
  const upCutoff = cutoff(behavior.scaleUp);
  const downCutoff = cutoff(behavior.scaleDown);
  const since = (instant: Micros) =>
    memory.recommendations.filter(({ at }) => at > instant).map(({ replicas }) => replicas);
  const lowest = Math.min(wish.desired, ...since(upCutoff));
  const highest = Math.max(wish.desired, ...since(downCutoff));
  const isOld = ({ at }: { at: Micros }) => at < upCutoff && at < downCutoff;
  remember(memory.recommendations, isOld, { replicas: wish.desired, at: now });
  const replicas = Math.min(Math.max(wish.current, lowest), highest);
  return wish.desired >= wish.current
    ? {
        replicas,
        reason: 'ScaleUpStabilized',
        message: 'recent recommendations were lower than current one, applying the lowest recent recommendation',
      }
    : {
        replicas,
        reason: 'ScaleDownStabilized',
        message: 'recent recommendations were higher than current one, applying the highest recent recommendation',
      };
}

/** Brings a wish within minimum, maximum and what the policies allow after what was scaled lately. */
export function withinPolicies(
  memory: Memory,
  { current, desired, min, max }: Wish,
  rules: Behavior,
  now: Micros,
): Limited {
  if (desired > current) {
    const limit = Math.max(current, upLimit(memory, current, rules.scaleUp, now));
    const highest = Math.min(max, limit);
    if (desired > highest) return limited(highest, max > limit ? UP_LIMIT : TOO_MANY);
  } else if (desired < current) {
    const limit = Math.min(current, downLimit(memory, current, rules.scaleDown, now));
    const lowest = Math.max(min, limit);
    if (desired < lowest) return limited(lowest, min < limit ? DOWN_LIMIT : TOO_FEW);
  }
  return limited(desired, WITHIN);
}

function upLimit(memory: Memory, current: number, rules: ScalingRules, now: Micros): number {
  if (rules.selectPolicy === 'Disabled') return current;
  const isMin = rules.selectPolicy === 'Min';
  const proposals = (rules.policies ?? []).map(({ type, value, periodSeconds }) => {
    const start = periodStart(memory, current, periodSeconds, now);
    return type === 'Pods' ? start + value : Math.ceil(start * (1 + value / 100));
  });
  return isMin ? Math.min(INT32_MAX, ...proposals) : Math.max(-INT32_MAX, ...proposals);
}

function downLimit(memory: Memory, current: number, rules: ScalingRules, now: Micros): number {
  if (rules.selectPolicy === 'Disabled') return current;
  const isMin = rules.selectPolicy === 'Min';
  const proposals = (rules.policies ?? []).map(({ type, value, periodSeconds }) => {
    const start = periodStart(memory, current, periodSeconds, now);
    return type === 'Pods' ? start - value : Math.trunc(start * (1 - value / 100));
  });
  return isMin ? Math.max(-INT32_MAX, ...proposals) : Math.min(INT32_MAX, ...proposals);
}

/** How many replicas there were when the period began. */
function periodStart({ ups, downs }: Memory, current: number, periodSeconds: number, now: Micros): number {
  const changed = (events: readonly ScaleEvent[]) =>
    events.filter(({ at }) => at > now - periodSeconds * SECOND).reduce((sum, { change }) => sum + change, 0);
  return current - changed(ups) + changed(downs);
}

/** Remembers that a target was scaled, where policies will ask for it. */
export function rememberScaling(memory: Memory, behavior: Behavior, before: number, after: number, now: Micros): void {
  const [events, rules] = after > before ? [memory.ups, behavior.scaleUp] : [memory.downs, behavior.scaleDown];
  const longest = Math.max(0, ...(rules.policies ?? []).map(({ periodSeconds }) => periodSeconds));
  const event = { change: Math.abs(after - before), at: now };
  remember(events, ({ at }) => at < now - longest * SECOND, event);
}
