import { dayOf } from './calendar.js';
import type { GradedAttempt } from './graded-attempt.js';

/** For so long what was done well counts whole. */
const DAYS_WHOLE = 14;
/** And then half as much with every further span of this length. */
const DAYS_HALF = 30;
/** From this age on it is to be done again. */
export const DAYS_DUE = 28;

/** An attempt as far as mastery goes. */
export type Tried = Pick<GradedAttempt, 'at' | 'full' | 'seconds'>;

/** Whether an attempt earned every point within the minutes of its task; what took an unknown time did not. */
export function inTime({ full, seconds }: Omit<Tried, 'at'>, minutes: number | undefined): boolean {
  return full && seconds !== undefined && minutes !== undefined && seconds <= minutes * 60;
}

/** Days between the day of an attempt and today; none for one that a clock set back puts in the future. */
export function ageInDays(at: number, now: number): number {
  return Math.max(0, dayOf(now) - dayOf(at));
}

/**
 * How well something is mastered, 0 to 1, by the last attempt at it: nothing unless that earned every point within its
 * minutes; then 1 for two weeks, and half as much with every further 30 days.
 */
export function masteryOf(last: Tried | undefined, minutes: number | undefined, now: number): number {
  if (last === undefined || !inTime(last, minutes)) return 0;
  return 0.5 ** (Math.max(0, ageInDays(last.at, now) - DAYS_WHOLE) / DAYS_HALF);
}

/** The mean of what parts come to; 0 for none. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
