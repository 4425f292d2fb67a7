import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type LockHolder, openElsewhere } from '../journal/lock.js';
import { JournalError } from '../journal/reader.js';
import type { ProgressStore } from '../progress/store.js';
import { type Clocks, COMPUTER, ExamClock } from './exam-clock.js';
import type { ExamHeader } from './exam-entry.js';
import { EXAMS, ExamJournal, examPath, readExam } from './exam-journal.js';
import type { ExamState } from './exam-state.js';

const MINUTE = 60_000;
const EXAM_NAME = /^([0-9a-f]+)\.jsonl$/;

/** An exam that was begun and has no result yet. */
export interface UnfinishedExam {
  readonly id: string;
  readonly header: ExamHeader;
  readonly state: ExamState;
  /** Milliseconds that are left if it is gone on with now; 0: its time is over or it was finished, and it is graded at once. */
  readonly remaining: number;
  /** Another kubedrill that has it open. */
  readonly holder: LockHolder | undefined;
}

/** Exams without a result, the newest first. What nobody can read is left out. */
export function unfinishedExams(
  home: string,
  { progress }: Pick<ProgressStore, 'progress'>,
  clocks: Clocks = COMPUTER,
): UnfinishedExam[] {
  const folder = join(resolve(home), EXAMS);
  if (!existsSync(folder)) return [];
  const graded = new Set(progress.exams.map(({ id }) => id));
  return readdirSync(folder)
    .flatMap((name) => EXAM_NAME.exec(name)?.[1] ?? [])
    .filter((id) => !graded.has(id))
    .flatMap((id) => unfinishedExam(home, id, clocks) ?? [])
    .sort((one, other) => (one.header.started < other.header.started ? 1 : -1));
}

/** Ends an exam without a result, as somebody wants who will not go on with it; its files stay. Throws as `resume` does. */
export function giveUpExam(home: string, id: string): void {
  const journal = ExamJournal.resume(examPath(home, id));
  try {
    journal.note({ ended: 'given-up' }, journal.state.elapsed);
  } finally {
    journal.close();
  }
}

function unfinishedExam(home: string, id: string, clocks: Clocks): UnfinishedExam | undefined {
  const path = examPath(home, id);
  try {
    const { header, state } = readExam(path);
    if (state.ended === 'given-up') return undefined;
    return { id, header, state, remaining: remainingOf(header, state, clocks), holder: openElsewhere(path) };
  } catch (error) {
    if (error instanceof JournalError) return undefined;
    throw error;
  }
}

function remainingOf({ interruptions, minutes, started }: ExamHeader, state: ExamState, clocks: Clocks): number {
  if (state.ended !== undefined) return 0;
  const clock = new ExamClock({ interruptions, started: Date.parse(started), elapsed: state.elapsed, clocks });
  return Math.max(0, minutes * MINUTE - clock.now());
}
