import { CommandError } from '../errors.js';

/** Kustomize cannot go on; the message is its own, with what it was doing before it. */
export class KustomizeError extends CommandError {}

/** Runs a step; what goes wrong in it is told after `prefix`. */
export function within<T>(prefix: string | ((message: string) => string), step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof KustomizeError)) throw error;
    throw new KustomizeError(typeof prefix === 'string' ? `${prefix}: ${error.message}` : prefix(error.message));
  }
}

/** What a step says when it goes wrong; undefined when it goes well. */
export function complaintOf(step: () => void): string | undefined {
  try {
    step();
    return undefined;
  } catch (error) {
    if (error instanceof KustomizeError) return error.message;
    throw error;
  }
}
