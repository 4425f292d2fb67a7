import { isLesson } from '../lesson/lesson.js';
import { type Day, dayOf } from './calendar.js';
import type { GradedAttempt } from './graded-attempt.js';
import type { Progress } from './model.js';

/** A day on which something was practised. */
export interface PracticeDay {
  readonly day: Day;
  /** Attempts at labs that were graded, those of exams among them. */
  readonly attempts: number;
  /** Exams graded. */
  readonly exams: number;
  /** Time spent on labs, exams and lessons. */
  readonly seconds: number;
  /** Mean share of the points of the attempts graded, 0 to 1; undefined without any. */
  readonly share: number | undefined;
}

/**
 * Days practised, the earliest first. A lesson, and an attempt that was ended without a grade, add
 * their time to the day they began.
 */
export function practiceDays(
  { attempts, exams }: Pick<Progress, 'attempts' | 'exams'>,
  graded: readonly GradedAttempt[],
): PracticeDay[] {
  const days = new Map<Day, { shares: number[]; exams: number; seconds: number }>();
  const on = (instant: number): { shares: number[]; exams: number; seconds: number } => {
    const day = dayOf(instant);
    const known = days.get(day) ?? { shares: [], exams: 0, seconds: 0 };
    days.set(day, known);
    return known;
  };
  const recorded = new Set(exams.map(({ id }) => id));
  for (const { attempt, at, share, seconds = 0 } of graded) {
    const day = on(at);
    day.shares.push(share);
    // The exam itself says how long it took.
    if (attempt.exam === undefined || !recorded.has(attempt.exam)) day.seconds += seconds;
  }
  for (const { graded: at, lab, started, seconds, exam } of attempts) {
    const began = Date.parse(started);
    const ungraded = exam === undefined && (at === undefined || isLesson(lab));
    const ended = ungraded && typeof seconds === 'number' && seconds > 0;
    if (ended && Number.isFinite(began)) on(began).seconds += seconds;
  }
  for (const { graded: at, seconds } of exams) {
    const instant = Date.parse(at);
    if (!Number.isFinite(instant)) continue;
    const day = on(instant);
    day.exams += 1;
    day.seconds += Math.max(0, seconds);
  }
  return [...days]
    .sort(([one], [other]) => one - other)
    .map(([day, { shares, exams: sat, seconds }]) => ({
      day,
      attempts: shares.length,
      exams: sat,
      seconds,
      share: shares.length === 0 ? undefined : shares.reduce((sum, share) => sum + share, 0) / shares.length,
    }));
}

/** How many days in a row up to today, or to yesterday while today may still come. */
export function daysInARow(days: readonly Pick<PracticeDay, 'day'>[], today: Day): number {
  const practised = new Set(days.map(({ day }) => day));
  let last = practised.has(today) ? today : today - 1;
  let count = 0;
  for (; practised.has(last); last -= 1) count += 1;
  return count;
}
