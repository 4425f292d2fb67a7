import type { Waiting } from '../../kernel/wait.js';
import { CommandFailure, FunctionReturn, SHELL_LIMITS } from '../state/failures.js';
import type { Shell, ShellFunction } from '../state/shell.js';
import { runCommand } from './steps.js';

/** Calls a function: its arguments, its locals, `return`, and the traps around it. */
export function* callFunction(shell: Shell, definition: ShellFunction, args: readonly string[]): Waiting<number> {
  const limit = Number(shell.variables.get('FUNCNEST') ?? 0) || SHELL_LIMITS.nesting_max;
  const depth = shell.frames.filter(({ kind }) => kind === 'function').length;
  if (depth >= limit)
    throw new CommandFailure(`${definition.name}: maximum function nesting level exceeded (${limit})`, 1, 'line');
  const { positional, loops, line, mayReplace } = shell;
  const offset = shell.getoptsOffset;
  shell.mayReplace = false;
  shell.frames.push({
    kind: 'function',
    name: definition.name,
    file: definition.file,
    callLine: line,
    args: args.slice(1),
  });
  shell.positional = args.slice(1);
  shell.loops = 0;
  shell.variables.enterFunction();
  const hidden = hideTraps(shell);
  try {
    let status: number;
    try {
      status = yield* runCommand(shell, definition.body);
    } catch (error) {
      if (!(error instanceof FunctionReturn)) throw error;
      status = error.status;
    }
    if (shell.traps.get('RETURN')) yield* shell.runner.runTrap(shell, 'RETURN');
    return status;
  } finally {
    for (const [name, action] of hidden) if (!shell.traps.has(name)) shell.traps.set(name, action);
    shell.variables.leaveFunction();
    shell.frames.pop();
    shell.positional = positional;
    shell.loops = loops;
    shell.line = line;
    shell.mayReplace = mayReplace;
    shell.getoptsOffset = offset;
  }
}

/** DEBUG, RETURN and ERR traps do not reach into functions, unless `set -T` or `set -E` say so. */
function hideTraps(shell: Shell): [string, string][] {
  const hidden: [string, string][] = [];
  const names = [
    ...(shell.options.has('functrace') ? [] : ['DEBUG', 'RETURN']),
    ...(shell.options.has('errtrace') ? [] : ['ERR']),
  ];
  for (const name of names) {
    const action = shell.traps.get(name);
    if (action === undefined) continue;
    hidden.push([name, action]);
    shell.traps.delete(name);
  }
  return hidden;
}
