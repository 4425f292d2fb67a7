import type { Waiting } from '../../kernel/wait.js';
import type { Shell } from '../state/shell.js';
import { callFunction } from './functions.js';
import { runProgram } from './programs.js';
import type { Undo } from './redirections.js';

/** Runs a command whose words are known: a function, a built-in or a program, in this order. */
export function* runNamed(shell: Shell, args: readonly string[], undo: Undo | undefined): Waiting<number> {
  const name = args[0] as string;
  const definition = shell.functions.get(name);
  if (definition) return yield* callFunction(shell, definition, args);
  return yield* runWithoutFunctions(shell, args, undo);
}

/** The same, functions left aside: `command name`. */
export function* runWithoutFunctions(shell: Shell, args: readonly string[], undo?: Undo): Waiting<number> {
  const name = args[0] as string;
  const builtin = shell.disabled.has(name) ? undefined : shell.builtins.get(name);
  if (builtin) {
    const step = builtin(shell, args);
    const status = typeof step === 'number' ? step : yield* step;
    shell.pipeStatus = [status];
    shell.lastArgument = args.at(-1) as string;
    return status;
  }
  if (shell.options.on('autocd') && shell.interactive && args.length === 1 && isDirectory(shell, name)) {
    yield* shell.write(2, `cd -- ${name}\n`);
    return yield* runWithoutFunctions(shell, ['cd', '--', name], undo);
  }
  const replace = shell.mayReplace && !shell.traps.get('EXIT');
  shell.mayReplace = false;
  // A program that this process becomes keeps the redirections.
  if (replace && undo) undo.length = 0;
  const status = yield* runProgram(shell, args, replace);
  shell.lastArgument = args.at(-1) as string;
  return status;
}

function isDirectory(shell: Shell, name: string): boolean {
  try {
    return shell.sys.stat(name).type === 'directory';
  } catch {
    return false;
  }
}
