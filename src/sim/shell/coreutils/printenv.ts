import type { Program } from '../../kernel/sys.js';
import { command } from './command.js';

/** `printenv`: the environment, or the values of some variables. */
export const printenv: Program = command(
  {
    name: 'printenv',
    usage: '[OPTION]... [VARIABLE]...',
    summary: 'Print the values of the specified environment VARIABLE(s), or all of them.',
    misuse: 2,
    inOrder: true,
    options: ['0 null : lines end with NUL'],
  },
  (context) => {
    const end = context.has('null') ? '\0' : '\n';
    const { environment } = context.sys;
    if (context.operands.length === 0) for (const [name, value] of environment) context.print(`${name}=${value}${end}`);
    for (const name of context.operands) {
      const value = environment.get(name);
      if (value === undefined) context.status = 1;
      else context.print(value + end);
    }
    return undefined;
  },
);
