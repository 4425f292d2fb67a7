import type { Waiting } from '../../kernel/wait.js';
import type { Invocation } from '../arguments.js';
import type { Shell } from '../state/shell.js';

/** Runs a shell at a prompt. */
export function* runInteractive(shell: Shell, _invocation: Invocation, startUp: () => Waiting<void>): Waiting<number> {
  yield* startUp();
  return shell.status;
}
