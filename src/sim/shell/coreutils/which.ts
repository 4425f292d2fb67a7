import type { Program } from '../../kernel/sys.js';
import type { Context } from './command.js';
import { command } from './command.js';
import { look } from './paths.js';
import { programPaths } from './run-command.js';

/** `which`: where programs are. */
export const which: Program = command(
  {
    name: 'which',
    usage: '[-a] args',
    summary: 'Print the paths of the programs that would run.',
    misuse: 2,
    inOrder: true,
    options: ['a : all matching paths', 's : only the status'],
    bare: true,
  },
  (context) => {
    let missing = context.operands.length === 0;
    for (const name of context.operands) {
      const found = [...programPaths(context.sys, name)].filter((path) => isProgram(context, path));
      if (found.length === 0) missing = true;
      if (context.has('s')) continue;
      for (const path of context.has('a') ? found : found.slice(0, 1)) context.print(`${path}\n`);
    }
    return missing ? 1 : 0;
  },
);

function isProgram(context: Context, path: string): boolean {
  if (look(context.sys, path)?.type !== 'file') return false;
  try {
    context.sys.access(path, { execute: true });
    return true;
  } catch {
    return false;
  }
}
