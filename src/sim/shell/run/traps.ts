import type { Waiting } from '../../kernel/wait.js';
import { FunctionReturn } from '../state/failures.js';
import type { Shell } from '../state/shell.js';
import { runText } from './text.js';

/** Runs the action of a trap; `$?` is afterwards what it was. */
export function* runTrap(shell: Shell, name: string): Waiting<void> {
  const action = shell.traps.get(name);
  if (!action) return;
  const { status, pipeStatus, line, executing, mayReplace, inTrap } = shell;
  const leaving = name === 'EXIT';
  shell.mayReplace = false;
  if (leaving) shell.traps.delete('EXIT');
  shell.inTrap = true;
  // A trap does not set itself off.
  const silenced = name === 'ERR' || name === 'RETURN' || name === 'DEBUG' ? name : undefined;
  if (silenced) shell.traps.delete(silenced);
  try {
    yield* runText(shell, action, { line: leaving ? 1 : line, name: `${name}` });
  } catch (error) {
    if (error instanceof FunctionReturn && shell.frames.length === 0) return;
    throw error;
  } finally {
    if (silenced && !shell.traps.has(silenced)) shell.traps.set(silenced, action);
    shell.inTrap = inTrap;
    shell.status = status;
    shell.pipeStatus = pipeStatus;
    shell.line = line;
    shell.executing = executing;
    shell.mayReplace = mayReplace;
  }
}
