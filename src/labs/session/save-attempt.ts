import type { Report } from '../../checker/rubric.js';
import type { LabInstance } from '../format/instance.js';
import type { JournalHeader } from '../journal/entry.js';
import type { Attempt } from '../progress/model.js';
import type { ProgressStore } from '../progress/store.js';

/** A graded attempt: the report, and what hints cost. */
export interface Graded {
  readonly report: Report;
  readonly hintsPrice: number;
  /** Points after hints. */
  readonly points: number;
  readonly seconds: number;
  /** The solution was looked at before. */
  readonly solutionSeen?: boolean;
}

/** What an attempt is graded with, hints paid for that were taken. */
export function gradedOf(
  report: Report,
  { instance, hintsTaken, elapsedSeconds, solutionSeen }: Gradable,
): Required<Graded> {
  const hintsPrice = instance.hints.slice(0, hintsTaken).reduce((sum, { price }) => sum + price, 0);
  const points = Math.max(0, report.points - hintsPrice);
  return { report, hintsPrice, points, seconds: elapsedSeconds, solutionSeen };
}

interface Gradable {
  readonly instance: LabInstance;
  readonly hintsTaken: number;
  /** Whole seconds that the task took. */
  readonly elapsedSeconds: number;
  readonly solutionSeen: boolean;
}

/** An attempt whose grade is kept. */
export interface GradedAttempt {
  readonly id: string;
  readonly instance: LabInstance;
  readonly header: JournalHeader;
  readonly hintsTaken: number;
}

/** Keeps an attempt's grade with the person's progress. Throws `HomeError`. */
export function saveAttempt(
  progress: ProgressStore,
  { id, instance, header, hintsTaken }: GradedAttempt,
  { report, points, seconds, solutionSeen }: Graded,
): void {
  const saved: Attempt | undefined = progress.progress.attempts.find((attempt) => attempt.id === id);
  progress.save({
    ...(saved ?? {
      id,
      lab: instance.lab.id,
      content: instance.lab.hash,
      seed: instance.seed,
      started: header.started,
      finished: false,
      ...(header.exam === undefined ? {} : { exam: header.exam }),
      ...(header.real === undefined ? {} : { cluster: header.real.cluster }),
    }),
    graded: new Date().toISOString(),
    seconds,
    points,
    total: report.total,
    passed: report.passed,
    hints: hintsTaken,
    ...(solutionSeen ? { solution: true } : {}),
  });
}
