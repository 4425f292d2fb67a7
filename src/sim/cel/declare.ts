/** Short ways to write signatures down. */
import type { FunctionDeclaration, Overload, Run } from './environment.js';
import type { CelType } from './types.js';

/** A function that is called with all its arguments in brackets. */
export function overload(id: string, args: readonly CelType[], result: CelType, run?: Run): Overload {
  return run ? { id, member: false, args, result, run } : { id, member: false, args, result };
}

/** A function whose first argument stands before a dot. */
export function member(id: string, args: readonly CelType[], result: CelType, run?: Run): Overload {
  return { ...overload(id, args, result, run), member: true };
}

/** A function of overloads that each carry themselves out. */
export function declared(...overloads: Overload[]): FunctionDeclaration {
  return { overloads };
}
