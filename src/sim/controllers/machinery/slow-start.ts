import type { Waiting } from '../../kernel/wait.js';
import { isExpectedFailure } from './failures.js';

/** Size of the first batch; each further one is twice as large. */
const INITIAL_BATCH_SIZE = 1;

/**
 * Does a thing `count` times in growing batches, and stops after the batch in which one failed: what cannot succeed
 * (a quota, say) fails once rather than hundreds of times.
 */
export function* slowStart(
  count: number,
  step: (index: number) => Waiting<void>,
): Waiting<{ successes: number; attempts: number; failure: Error | undefined }> {
  let done = 0;
  let successes = 0;
  for (let size = Math.min(count, INITIAL_BATCH_SIZE); size > 0; size = Math.min(2 * size, count - done)) {
    let failure: Error | undefined;
    for (let index = done; index < done + size; index += 1) {
      try {
        yield* step(index);
        successes += 1;
      } catch (error) {
        if (!isExpectedFailure(error)) throw error;
        failure ??= error;
      }
    }
    done += size;
    if (failure) return { successes, attempts: done, failure };
  }
  return { successes, attempts: done, failure: undefined };
}
