import type { FileStat } from '../../kernel/files.js';
import type { Program } from '../../kernel/sys.js';
import type { Context } from './command.js';
import { command, reason } from './command.js';
import type { ModeChange } from './modes.js';
import { parseMode, permissionString } from './modes.js';
import { UsageError } from './options.js';
import { eachBelow } from './walk.js';

/** `chmod`: changes permission bits. */
export const chmod: Program = command(
  {
    name: 'chmod',
    usage: '[OPTION]... MODE[,MODE]... FILE...',
    summary: 'Change the mode of each FILE to MODE.',
    options: [
      'c changes : say what is changed',
      'f silent quiet : fewer messages',
      'v verbose : say everything',
      'no-preserve-root : treat / as any directory',
      'preserve-root : do not change / recursively',
      'reference=RFILE : the mode of RFILE',
      'R recursive : directories with what is in them',
    ],
    // A mode may begin with a dash: `chmod -w file`.
    legacy: (word) =>
      /^-[rwxXstugo0-7]+(?:,[-+=ugoa].*)?$/.test(word) ? { key: 'mode', value: word, as: word } : undefined,
  },
  function* (context) {
    const reference = context.value('reference');
    const dashed = context.value('mode');
    const [first, ...rest] = context.operands;
    const files = reference !== undefined || dashed !== undefined ? context.operands : rest;
    const text = dashed ?? first;
    if (text === undefined) throw new UsageError('missing operand');
    if (files.length === 0) throw new UsageError(`missing operand after ${context.quote(text)}`);
    const change = reference === undefined ? parseMode(text, context.sys.umask()) : modeOf(context, reference);
    if (!change) throw new UsageError(`invalid mode: ${context.quote(text)}`);
    yield* eachBelow(context, files, (path, stat) => apply(context, path, stat, change));
    return undefined;
  },
);

function modeOf(context: Context, path: string): ModeChange {
  try {
    const { mode } = context.sys.stat(path);
    return () => mode;
  } catch (thrown) {
    return context.die(`failed to get attributes of ${context.quoteName(path)}: ${reason(thrown)}`);
  }
}

function apply(context: Context, path: string, stat: FileStat, change: ModeChange): void {
  const mode = change(stat.mode, stat.type === 'directory');
  const name = context.quoteName(path);
  try {
    context.sys.changeMode(path, mode);
  } catch (thrown) {
    if (context.has('silent')) context.status = 1;
    else context.fail(`changing permissions of ${name}: ${reason(thrown)}`);
    return;
  }
  const changed = mode !== stat.mode;
  if (!context.has('verbose') && !(context.has('changes') && changed)) return;
  const show = (bits: number) => `${bits.toString(8).padStart(4, '0')} (${permissionString(bits)})`;
  context.print(
    changed
      ? `mode of ${name} changed from ${show(stat.mode)} to ${show(mode)}\n`
      : `mode of ${name} retained as ${show(mode)}\n`,
  );
}
