import { isErrno } from '../../kernel/errno.js';
import type { Program } from '../../kernel/sys.js';
import type { Context } from './command.js';
import { command, reason } from './command.js';
import type { ModeChange } from './modes.js';
import { parseMode } from './modes.js';
import { UsageError } from './options.js';
import { look } from './paths.js';

/** `mkdir`: makes directories. */
export const mkdir: Program = command(
  {
    name: 'mkdir',
    usage: '[OPTION]... DIRECTORY...',
    summary: 'Create the DIRECTORY(ies), if they do not already exist.',
    options: [
      'm mode=MODE : set the mode, as in chmod',
      'p parents : make parents too, no error when it exists',
      'v verbose : say what is made',
      'Z context?CTX : (ignored)',
    ],
  },
  (context) => {
    if (context.operands.length === 0) throw new UsageError('missing operand');
    const text = context.value('mode');
    const mode = text === undefined ? undefined : parseMode(text, context.sys.umask());
    if (text !== undefined && !mode) context.die(`invalid mode ${context.quote(text)}`);
    for (const path of context.operands) makeOne(context, path, mode);
    return undefined;
  },
);

function makeOne(context: Context, path: string, mode: ModeChange | undefined): void {
  try {
    if (context.has('parents') && !makeParents(context, path)) return;
    context.sys.makeDirectory(path, 0o777);
    if (mode) context.sys.changeMode(path, mode(0o777, true));
    if (context.has('verbose')) context.print(`${context.name}: created directory ${context.quoteName(path)}\n`);
  } catch (thrown) {
    if (context.has('parents') && isErrno(thrown, 'EEXIST') && look(context.sys, path)?.type === 'directory') return;
    context.fail(`cannot create directory ${context.quote(path)}: ${reason(thrown)}`);
  }
}

/** False after a message. */
function makeParents(context: Context, path: string): boolean {
  const parts = path.replace(/\/+$/, '').split('/');
  for (let count = 1; count < parts.length; count += 1) {
    const parent = parts.slice(0, count).join('/');
    if (parent === '' || look(context.sys, parent)?.type === 'directory') continue;
    try {
      context.sys.makeDirectory(parent, 0o777);
      if (context.has('verbose')) context.print(`${context.name}: created directory ${context.quoteName(parent)}\n`);
    } catch (thrown) {
      const words = look(context.sys, parent) ? 'Not a directory' : reason(thrown);
      context.fail(`cannot create directory ${context.quote(parent)}: ${words}`);
      return false;
    }
  }
  return true;
}
