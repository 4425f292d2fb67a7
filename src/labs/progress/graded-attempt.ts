import { isLesson } from '../lesson/lesson.js';
import type { ExamRecord } from './exam-record.js';
import type { Attempt, Progress } from './model.js';

/** A graded attempt at a lab with what is worked out of it; one with a date that is none is left out of everything. */
export interface GradedAttempt {
  readonly attempt: Attempt;
  /** When it was graded: milliseconds since the epoch. */
  readonly at: number;
  readonly points: number;
  readonly total: number;
  /** Points of what there was, 0 to 1. */
  readonly share: number;
  /** All points, every guard kept, no hint paid for, and the solution not looked at before. */
  readonly full: boolean;
  /** Time spent on the task; in an exam, while it was in front. */
  readonly seconds: number | undefined;
}

/** The graded attempts in the order in which they were graded. */
export function gradedAttempts({ attempts, exams }: Pick<Progress, 'attempts' | 'exams'>): GradedAttempt[] {
  const byId = new Map(exams.map((exam) => [exam.id, exam]));
  return attempts
    .flatMap((attempt) => gradedAttempt(attempt, byId) ?? [])
    .sort((one, other) => one.at - other.at || (one.attempt.id < other.attempt.id ? -1 : 1));
}

function gradedAttempt(attempt: Attempt, exams: ReadonlyMap<string, ExamRecord>): GradedAttempt | undefined {
  const { graded, points = 0, total = 0, passed = false } = attempt;
  if (graded === undefined || isLesson(attempt.lab)) return undefined;
  const at = Date.parse(graded);
  if (!Number.isFinite(at)) return undefined;
  const share = total > 0 ? Math.max(0, Math.min(1, points / total)) : 0;
  return {
    attempt,
    at,
    points,
    total,
    share,
    full: passed && share === 1 && attempt.solution !== true,
    seconds: secondsOf(attempt, exams),
  };
}

/** An exam's machines go on behind the one in front: their own clocks say nothing of the time that was spent. */
function secondsOf({ exam, lab, seconds }: Attempt, exams: ReadonlyMap<string, ExamRecord>): number | undefined {
  const spent = exam === undefined ? seconds : exams.get(exam)?.tasks.find((task) => task.lab === lab)?.seconds;
  return typeof spent === 'number' && spent >= 0 ? spent : undefined;
}
