import { baseName } from './basename.js';
import type { Context } from './command.js';
import { UsageError } from './options.js';
import { joinPath, look } from './paths.js';

/** One thing to copy, move or link, and where to. */
export interface Transfer {
  readonly from: string;
  readonly to: string;
}

/** Reads the operands of cp, mv, ln and install: SOURCE DEST, SOURCE... DIRECTORY, or -t DIRECTORY SOURCE... */
export function transfersOf(context: Context): Transfer[] {
  const directory = context.value('target-directory');
  const { operands } = context;
  if (operands.length === 0) throw new UsageError('missing file operand');
  if (directory !== undefined) {
    if (!isDirectory(context, directory))
      context.die(
        `target directory ${context.quoteName(directory)}: ${look(context.sys, directory) ? 'Not a directory' : 'No such file or directory'}`,
      );
    return operands.map((from) => ({ from, to: joinPath(directory, baseName(from)) }));
  }
  const [first = '', last] = [operands[0], operands.at(-1) as string];
  if (operands.length === 1) throw new UsageError(`missing destination file operand after ${context.quoteName(first)}`);
  if (context.has('no-target-directory')) {
    if (operands.length > 2) throw new UsageError(`extra operand ${context.quoteName(operands[2] as string)}`);
    return [{ from: first, to: last }];
  }
  if (isDirectory(context, last))
    return operands.slice(0, -1).map((from) => ({ from, to: joinPath(last, baseName(from)) }));
  if (operands.length > 2) {
    context.die(
      `target ${context.quoteName(last)}: ${look(context.sys, last) ? 'Not a directory' : 'No such file or directory'}`,
    );
  }
  return [{ from: first, to: last }];
}

function isDirectory(context: Context, path: string): boolean {
  return look(context.sys, path)?.type === 'directory';
}
