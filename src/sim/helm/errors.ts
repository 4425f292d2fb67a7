/** helm gives up; printed as `Error: …`, and the run ends with 1. */
export class HelmError extends Error {}

/** helm cannot even begin: a line of its log, and the end. */
export class FatalError extends HelmError {}

/** There is no such release, or no such revision of it. */
export class ReleaseNotFound extends HelmError {
  constructor() {
    super('release: not found');
  }
}

/** The text of whatever was thrown; what is a mistake of this program is thrown on. */
export function messageOf(error: unknown): string {
  rethrowFault(error);
  return error.message;
}

/** Throws on what is a mistake of this program: whoever lets a failure of helm's pass lets nothing else pass with it. */
export function rethrowFault(error: unknown): asserts error is Error {
  if (!(error instanceof Error) || isFault(error)) throw error;
}

/** The same error with words before it. */
export function wrapped(prefix: string, error: unknown): HelmError {
  return new HelmError(`${prefix}: ${messageOf(error)}`);
}

/** JavaScript's own errors, and invariants that do not hold: what is no failure that somebody gave a name. */
const FAULTS: readonly unknown[] = [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError];

function isFault(error: Error): boolean {
  return FAULTS.includes(error.constructor);
}
