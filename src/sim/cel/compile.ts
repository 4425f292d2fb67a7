/** From text to program. */
import type { Environment } from './environment.js';
import type { Compiled } from './program.js';

/** Parses, checks and plans an expression. */
export function compile(expression: string, environment: Environment): Compiled {
  return { issues: `ERROR: <input>:1:1: not yet compiled\n | ${expression}${environment ? '' : ' '}` };
}
