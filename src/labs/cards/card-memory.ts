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

/** Whether a value read from a file is a card's memory as far as it is relied on. */
export function isCardMemory(value: unknown): value is CardMemory {
  if (value === null || typeof value !== 'object') return false;
  const memory = value as Record<string, unknown>;
  const instants = [memory['due'], memory['last_review']];
  const numbers = NUMBERS.every((name) => Number.isFinite(memory[name]));
  return numbers && instants.every((one) => typeof one === 'string' && Number.isFinite(Date.parse(one)));
}
