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
  /** Lessons that were done to their end for the first time. */
  readonly lessons: number;
  /** Cards that were last answered then. */
  readonly cards: number;
  /** Time spent on labs, exams and lessons. */
  readonly seconds: number;
  /** Mean share of the points of the attempts graded, 0 to 1; undefined without any. */
  readonly share: number | undefined;
}

/** What was done on a day. */
interface Done {
  readonly shares: number[];
  exams: number;
  lessons: number;
  cards: number;
  seconds: number;
}

/**
 * Days practised, the earliest first: on which something was graded, done in a lesson or answered. A lesson, and an attempt
 * that was ended without a grade, add their time to the day they began.
 */
export function practiceDays(
  { attempts, exams, lessons, cards }: Pick<Progress, 'attempts' | 'exams' | 'lessons' | 'cards'>,
  graded: readonly GradedAttempt[],
): PracticeDay[] {
  const days = new Map<Day, Done>();
  const on = (instant: number): Done => {
    const day = dayOf(instant);
    const known = days.get(day) ?? { shares: [], exams: 0, lessons: 0, cards: 0, seconds: 0 };
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
  learn({ lessons, cards }, on);
  return [...days]
    .sort(([one], [other]) => one - other)
    .map(([day, { shares, ...done }]) => ({
      day,
      attempts: shares.length,
      ...done,
      share: shares.length === 0 ? undefined : shares.reduce((sum, share) => sum + share, 0) / shares.length,
    }));
}

/** Each lesson counts on the day it was first finished, and on that of its last step somebody practised. */
function learn({ lessons, cards }: Pick<Progress, 'lessons' | 'cards'>, on: (instant: number) => Done): void {
  for (const { last, finished } of Object.values(lessons)) {
    if (Number.isFinite(Date.parse(last))) on(Date.parse(last));
    const ended = Date.parse(finished ?? '');
    if (Number.isFinite(ended)) on(ended).lessons += 1;
  }
  for (const { last_review } of Object.values(cards)) {
    const answered = Date.parse(last_review);
    if (Number.isFinite(answered)) on(answered).cards += 1;
  }
}

/** How many days in a row up to today, or to yesterday while today may still come. */
export function daysInARow(days: readonly Pick<PracticeDay, 'day'>[], today: Day): number {
  const practised = new Set(days.map(({ day }) => day));
  let last = practised.has(today) ? today : today - 1;
  let count = 0;
  for (; practised.has(last); last -= 1) count += 1;
  return count;
}
