import type { CardMemory } from '../cards/card-memory.js';
import type { ExamRecord } from './exam-record.js';
import type { LessonRecord } from './lesson-record.js';
import type { Attempt, Progress } from './model.js';

/** How many of a kind a merge adds, puts in the place of an older state, and leaves as they are. */
export interface Merged {
  readonly added: number;
  readonly newer: number;
  readonly same: number;
}

/** Progress with another's merged into it. */
export interface ProgressMerge {
  readonly progress: Progress;
  readonly attempts: Merged;
  readonly exams: Merged;
  readonly lessons: Merged;
  readonly cards: Merged;
  /** Of the attempts added, those that are ended by it: what was typed in them is elsewhere. Tasks of exams do not count. */
  readonly closed: number;
}

/**
 * Merges another's progress into one's own. Nothing is lost: what either has is there afterwards, and of what both have the
 * state that is further. `goesOn` tells whether what was typed in an attempt is here: only then it can be gone on with.
 */
export function mergeProgress(mine: Progress, theirs: Progress, goesOn: (id: string) => boolean): ProgressMerge {
  const here = new Set(mine.attempts.map(({ id }) => id));
  const coming = theirs.attempts.map((attempt) =>
    attempt.finished || here.has(attempt.id) || goesOn(attempt.id) ? attempt : { ...attempt, finished: true },
  );
  const attempts = mergeById(mine.attempts, coming, furtherAttempt(goesOn));
  const underWay = (id: string): boolean => goesOn(id) && mine.attempts.some((one) => one.id === id && !one.finished);
  const exams = mergeById(mine.exams, theirs.exams, laterExam);
  const lessons = mergeRecords(mine.lessons, theirs.lessons, furtherLesson(underWay, goesOn));
  const cards = mergeRecords(mine.cards, theirs.cards, laterCard);
  return {
    progress: {
      ...theirs,
      ...mine,
      attempts: attempts.merged,
      exams: exams.merged,
      lessons: lessons.merged,
      cards: cards.merged,
    },
    attempts: attempts.counts,
    exams: exams.counts,
    lessons: lessons.counts,
    cards: cards.counts,
    closed: coming.filter((attempt, index) => attempt !== theirs.attempts[index] && attempt.exam === undefined).length,
  };
}

/** Whether a merge changes anything. */
export function changesAnything({ attempts, exams, lessons, cards }: ProgressMerge): boolean {
  return [attempts, exams, lessons, cards].some(({ added, newer }) => added + newer > 0);
}

/** Whichever of two states of one thing is to stay; the first where they are alike. */
type Further<T> = (mine: T, theirs: T) => T;

/** One that goes on here was not ended by being carried elsewhere and back. */
function furtherAttempt(goesOn: (id: string) => boolean): Further<Attempt> {
  return (mine, theirs) => {
    const [one, other] = [mine.graded ?? '', theirs.graded ?? ''];
    if (instant(one) !== instant(other)) return instant(other) > instant(one) ? theirs : mine;
    return theirs.finished && !mine.finished && !goesOn(mine.id) ? theirs : mine;
  };
}

const laterExam: Further<ExamRecord> = (mine, theirs) =>
  instant(theirs.graded) > instant(mine.graded) ? theirs : mine;

const laterCard: Further<CardMemory> = (mine, theirs) =>
  instant(theirs.last_review) > instant(mine.last_review) ? theirs : mine;

/** Who has done it once has done it, whatever came later; and what is under way here is not left for what is elsewhere. */
function furtherLesson(underWay: (id: string) => boolean, goesOn: (id: string) => boolean): Further<LessonRecord> {
  return (mine, theirs) => {
    const later = instant(theirs.last) > instant(mine.last) ? theirs : mine;
    const staysMine = later === theirs && underWay(mine.attempt) && !goesOn(theirs.attempt);
    const stays = staysMine ? { ...mine, last: theirs.last } : later;
    const finished = [mine.finished, theirs.finished].flatMap((one) => one ?? []).sort()[0];
    return finished === undefined || finished === stays.finished ? stays : { ...stays, finished };
  };
}

/** None, and what is no date, comes before every other. */
function instant(iso: string): number {
  const parsed = Date.parse(iso);
  return Number.isFinite(parsed) ? parsed : Number.NEGATIVE_INFINITY;
}

function mergeById<T extends { readonly id: string }>(
  mine: readonly T[],
  theirs: readonly T[],
  further: Further<T>,
): { readonly merged: readonly T[]; readonly counts: Merged } {
  const { merged, counts } = mergeMaps(entriesById(mine), entriesById(theirs), further);
  return { merged: [...merged.values()], counts };
}

function entriesById<T extends { readonly id: string }>(things: readonly T[]): Map<string, T> {
  return new Map(things.map((thing) => [thing.id, thing]));
}

function mergeRecords<T>(
  mine: Readonly<Record<string, T>>,
  theirs: Readonly<Record<string, T>>,
  further: Further<T>,
): { readonly merged: Readonly<Record<string, T>>; readonly counts: Merged } {
  const { merged, counts } = mergeMaps(new Map(Object.entries(mine)), new Map(Object.entries(theirs)), further);
  return { merged: Object.fromEntries(merged), counts };
}

function mergeMaps<T>(
  mine: ReadonlyMap<string, T>,
  theirs: ReadonlyMap<string, T>,
  further: Further<T>,
): { readonly merged: ReadonlyMap<string, T>; readonly counts: Merged } {
  const merged = new Map(mine);
  const counts = { added: 0, newer: 0, same: 0 };
  for (const [key, other] of theirs) {
    const known = mine.get(key);
    const stays = known === undefined ? other : further(known, other);
    merged.set(key, stays);
    if (known === undefined) counts.added += 1;
    else if (stays === known) counts.same += 1;
    else counts.newer += 1;
  }
  return { merged, counts };
}
