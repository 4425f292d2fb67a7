import type { FileStat } from '../../../kernel/files.js';
import type { Waiting } from '../../../kernel/wait.js';

/** The file that is being looked at. */
export interface Candidate {
  readonly path: string;
  readonly name: string;
  readonly stat: FileStat;
  readonly depth: number;
  /** The starting point it was found below. */
  readonly start: string;
  /** Set by -prune. */
  pruned: boolean;
}

/** A part of find's expression: true or false for a file, with whatever it does on the way. */
export type Test = (file: Candidate) => boolean | Waiting<boolean>;

/** Evaluates a test that may wait. */
export function* holds(test: Test, file: Candidate): Waiting<boolean> {
  const result = test(file);
  return typeof result === 'boolean' ? result : yield* result;
}

/** Both; the right one only when the left one holds. */
export function both(left: Test, right: Test): Test {
  return function* (file) {
    return (yield* holds(left, file)) && (yield* holds(right, file));
  };
}

/** Either; the right one only when the left one does not hold. */
export function either(left: Test, right: Test): Test {
  return function* (file) {
    return (yield* holds(left, file)) || (yield* holds(right, file));
  };
}

/** The right one's result, the left one only for what it does. */
export function sequence(left: Test, right: Test): Test {
  return function* (file) {
    yield* holds(left, file);
    return yield* holds(right, file);
  };
}

/** The opposite. */
export function not(test: Test): Test {
  return function* (file) {
    return !(yield* holds(test, file));
  };
}
