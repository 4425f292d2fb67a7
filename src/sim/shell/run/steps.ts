import type { Waiting } from '../../kernel/wait.js';
import type { Command, Shell, Step } from '../state/shell.js';

/** Runs a command to its end, whether it waits or not. */
export function* runCommand(shell: Shell, command: Command): Waiting<number> {
  const step = command(shell);
  return typeof step === 'number' ? step : yield* step;
}

/** Goes on with the status of a step when it is there. */
export function after(step: Step, next: (status: number) => Step): Step {
  return typeof step === 'number' ? next(step) : afterWaiting(step, next);
}

function* afterWaiting(step: Waiting<number>, next: (status: number) => Step): Waiting<number> {
  const result = next(yield* step);
  return typeof result === 'number' ? result : yield* result;
}

/** Sets `$?` and returns it. */
export function ended(shell: Shell, status: number): number {
  shell.status = status;
  return status;
}
