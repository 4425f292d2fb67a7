import { type CardInput, createEmptyCard, fsrs, type Grade, Rating, type State } from 'ts-fsrs';
import type { CardMemory } from './card-memory.js';

/** How well something was known: 1 again, 2 hard, 3 good, 4 easy. */
export type Rated = 1 | 2 | 3 | 4;

export const RATINGS: readonly Rated[] = [1, 2, 3, 4];

const DAY_MILLISECONDS = 86_400_000;

/** Chance draws nothing here: who answers alike is asked alike. */
const scheduler = fsrs({ enable_fuzz: false });

/** What becomes of a card by each rating, given at `now` (milliseconds since the Unix epoch). */
export function outcomes(memory: CardMemory | undefined, now: number): Readonly<Record<Rated, CardMemory>> {
  const at = new Date(memory ? Math.max(now, Date.parse(memory.last_review)) : now);
  const log = scheduler.repeat(memory ? inputOf(memory, at) : createEmptyCard(at), at);
  const of = (grade: Grade): CardMemory => {
    const { due, last_review = at, elapsed_days: _, ...numbers } = log[grade].card;
    return { ...numbers, due: due.toISOString(), last_review: last_review.toISOString() };
  };
  return { 1: of(Rating.Again), 2: of(Rating.Hard), 3: of(Rating.Good), 4: of(Rating.Easy) };
}

/** The version of the package that this is for still wants the days since the last time, though it does not use them. */
function inputOf(memory: CardMemory, at: Date): CardInput {
  const elapsed = Math.floor((at.getTime() - Date.parse(memory.last_review)) / DAY_MILLISECONDS);
  return { ...memory, state: memory.state as State, elapsed_days: elapsed };
}
