import type { Waiting } from '../../kernel/wait.js';
import { BackToPrompt, CommandFailure, ShellExit } from '../state/failures.js';
import type { Shell, Step } from '../state/shell.js';
import { ended } from './steps.js';

/** Says what is wrong with a command that could not go on, and ends what has to end with it. */
export function* fail(shell: Shell, error: unknown): Waiting<number> {
  if (!(error instanceof CommandFailure)) throw error;
  yield* shell.complain(error.message);
  const said = shell.dialect?.say(error.message);
  if (said)
    return failAs(
      shell,
      said.status ?? (error.reach === 'shell' ? 2 : error.status),
      said.ends === true || error.reach !== 'command',
    );
  shell.status = error.status;
  if (error.reach === 'shell') {
    // bash's own oddity: 127 from `-c`, 1 from scripts and subshells.
    const status = error.status === 127 && (shell.commandString === undefined || shell.isSubshell) ? 1 : error.status;
    if (!shell.interactive) throw new ShellExit(status);
    throw new BackToPrompt(1);
  }
  if (error.reach === 'line') throw new BackToPrompt(error.status);
  return error.status;
}

/** The same in ash and dash: an error of the shell's own ends it, or leads back to the prompt. */
function failAs(shell: Shell, status: number, ends: boolean): number {
  shell.status = status;
  if (!ends) return status;
  throw shell.interactive ? new BackToPrompt(status) : new ShellExit(status);
}

/** What a command's failure leads to: the ERR trap, and the end under `set -e`; nothing inside a condition. */
export function afterStatus(shell: Shell, status: number): Step {
  shell.status = status;
  if (status === 0 || shell.conditional > 0) return status;
  if (!shell.options.has('errexit') && !shell.traps.has('ERR')) return status;
  return onError(shell, status);
}

function* onError(shell: Shell, status: number): Waiting<number> {
  if (shell.traps.get('ERR')) yield* shell.runner.runTrap(shell, 'ERR');
  if (shell.options.has('errexit')) throw new ShellExit(status);
  return ended(shell, status);
}
