import { type CardMemory, isCardMemory } from '../cards/card-memory.js';
import { isLesson } from '../lesson/lesson.js';
import { type ExamRecord, isExamRecord } from './exam-record.js';
import { isLessonRecord, type LessonRecord } from './lesson-record.js';

/** The version of the file's form. 1 knew no exams, no lessons and no cards. */
export const PROGRESS_VERSION = 2;

/** One attempt at one lab. */
export interface Attempt {
  /** Names its journal too. */
  readonly id: string;
  readonly lab: string;
  /** Hash of the lab's file; a result belongs to one. */
  readonly content: string;
  readonly seed: string;
  /** ISO 8601. */
  readonly started: string;
  readonly graded?: string;
  /** Time spent, of the task's own clock. */
  readonly seconds?: number;
  readonly points?: number;
  readonly total?: number;
  readonly passed?: boolean;
  readonly hints?: number;
  /** The solution was looked at before it was graded. */
  readonly solution?: boolean;
  /** The exam that it is a task of; it is gone on with there only. */
  readonly exam?: string;
  /** The real cluster that it was on, as it is written after `--cluster`; without it, it was a simulated one. */
  readonly cluster?: string;
  /** False as long as it can be gone on with. */
  readonly finished: boolean;
}

/** Whether an attempt can be gone on with by itself: it is not over, no task of an exam, and no lesson. */
export function isOpen({ finished, exam, lab }: Attempt): boolean {
  return !finished && exam === undefined && !isLesson(lab);
}

/** Whether a value read from a file is an attempt as far as it is relied on. */
function isAttempt(value: unknown): value is Attempt {
  if (value === null || typeof value !== 'object') return false;
  const { id, lab, content, seed, started, graded, cluster, points, total, finished } = value as Record<
    string,
    unknown
  >;
  const numbers = [points, total].every((one) => one === undefined || typeof one === 'number');
  const texts = [id, lab, content, seed, started, graded ?? '', cluster ?? ''].every((one) => typeof one === 'string');
  return texts && numbers && typeof finished === 'boolean';
}

/** Everything that is kept about a person's practice. */
export interface Progress {
  readonly version: typeof PROGRESS_VERSION;
  readonly attempts: readonly Attempt[];
  /** Exams that are over. */
  readonly exams: readonly ExamRecord[];
  /** By a lesson's name: `cka/first-pods`. */
  readonly lessons: Readonly<Record<string, LessonRecord>>;
  /** Cards that were seen, by deck and card: `cka/workloads/undo-a-rollout`. */
  readonly cards: Readonly<Record<string, CardMemory>>;
}

export const NO_PROGRESS: Progress = { version: PROGRESS_VERSION, attempts: [], exams: [], lessons: {}, cards: {} };

/**
 * What a file of this or an older form holds, in the present form: lists that were not known then are empty. Undefined
 * where it is damaged.
 */
export function progressOf(value: unknown): Progress | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  const { version, attempts, exams = [], lessons = {}, cards = {} } = value as Record<string, unknown>;
  const known = typeof version === 'number' && version >= 1 && version <= PROGRESS_VERSION;
  if (!known || !Array.isArray(attempts) || !Array.isArray(exams)) return undefined;
  if (!attempts.every(isAttempt) || !exams.every(isExamRecord)) return undefined;
  if (!isRecordOf(lessons, isLessonRecord) || !isRecordOf(cards, isCardMemory)) return undefined;
  return { ...value, version: PROGRESS_VERSION, attempts, exams, lessons, cards };
}

function isRecordOf<T>(value: unknown, is: (one: unknown) => one is T): value is Readonly<Record<string, T>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value) && Object.values(value).every(is);
}

/** What a person has reached in one lab. */
export interface LabProgress {
  readonly lab: string;
  readonly attempts: number;
  readonly best: { readonly points: number; readonly total: number } | undefined;
  readonly passed: boolean;
  /** ISO 8601 of the last graded attempt. */
  readonly last: string | undefined;
}

/** Sums attempts up by lab, in the order in which labs were first tried. */
export function byLab({ attempts }: Pick<Progress, 'attempts'>): LabProgress[] {
  const labs = new Map<string, Attempt[]>();
  for (const attempt of attempts) {
    if (attempt.graded === undefined) continue;
    labs.set(attempt.lab, [...(labs.get(attempt.lab) ?? []), attempt]);
  }
  return [...labs].map(([lab, tries]) => {
    const best = tries.reduce((one, other) => (share(other) > share(one) ? other : one));
    return {
      lab,
      attempts: tries.length,
      best: { points: best.points ?? 0, total: best.total ?? 0 },
      passed: tries.some(({ passed }) => passed),
      last: tries.at(-1)?.graded,
    };
  });
}

function share({ points = 0, total = 1 }: Attempt): number {
  return points / Math.max(1, total);
}
