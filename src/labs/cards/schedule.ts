import { type CardInput, createEmptyCard, fsrs, type Grade, Rating, type State } from 'ts-fsrs';

/** How well something was known: 1 again, 2 hard, 3 good, 4 easy. */
export type Rated = 1 | 2 | 3 | 4;

export const RATINGS: readonly Rated[] = [1, 2, 3, 4];

/** What is remembered of a card that was seen, as FSRS has it. Instants are ISO 8601. */
export interface CardMemory {
  readonly due: string;
  readonly stability: number;
  readonly difficulty: number;
  readonly scheduled_days: number;
  readonly learning_steps: number;
  readonly reps: number;
  readonly lapses: number;
  /** 1 learning, 2 review, 3 learning again. */
  readonly state: number;
  readonly last_review: string;
}

const NUMBERS = ['stability', 'difficulty', 'scheduled_days', 'learning_steps', 'reps', 'lapses', 'state'] as const;
const DAY_MILLISECONDS = 86_400_000;

/** Chance draws nothing here: who answers alike is asked alike. */
const scheduler = fsrs({ enable_fuzz: false });

/** Whether a value read from a file is a card's memory as far as it is relied on. */
export function isCardMemory(value: unknown): value is CardMemory {
  if (value === null || typeof value !== 'object') return false;
  const memory = value as Record<string, unknown>;
  const instants = [memory['due'], memory['last_review']];
  const numbers = NUMBERS.every((name) => Number.isFinite(memory[name]));
  return numbers && instants.every((one) => typeof one === 'string' && Number.isFinite(Date.parse(one)));
}

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
