/** How far a person is in a lesson. */
export interface LessonRecord {
  /** The id of the attempt at it that is under way, or was the last. */
  readonly attempt: string;
  /** Steps that are done in that attempt, by their ids. */
  readonly done: readonly string[];
  /** When something was last done. ISO 8601. */
  readonly last: string;
  /** When it was first done to its end. ISO 8601. */
  readonly finished?: string;
}

/** Whether a value read from a file is a lesson's record as far as it is relied on. */
export function isLessonRecord(value: unknown): value is LessonRecord {
  if (value === null || typeof value !== 'object') return false;
  const { attempt, done, last, finished = '' } = value as Record<string, unknown>;
  const texts = [attempt, last, finished].every((one) => typeof one === 'string');
  return texts && Array.isArray(done) && done.every((one) => typeof one === 'string');
}
