import type { Program } from '../../kernel/sys.js';
import { command } from './command.js';
import { UsageError } from './options.js';

/** The last part of a path, without slashes at its end. */
export function baseName(path: string): string {
  if (path === '') return '';
  const trimmed = path.replace(/\/+$/, '');
  return trimmed === '' ? '/' : trimmed.slice(trimmed.lastIndexOf('/') + 1);
}

/** `basename`: the last part of paths. */
export const basename: Program = command(
  {
    name: 'basename',
    usage: 'NAME [SUFFIX]',
    summary: 'Print NAME with any leading directory components removed. If specified, also remove a trailing SUFFIX.',
    inOrder: true,
    options: [
      'a multiple : each argument is a NAME',
      's suffix=SUFFIX : remove SUFFIX; means -a',
      'z zero : lines end with NUL',
    ],
  },
  (context) => {
    const [name, second, third] = context.operands;
    if (name === undefined) throw new UsageError('missing operand');
    const several = context.has('multiple') || context.has('suffix');
    if (!several && third !== undefined) throw new UsageError(`extra operand ${context.quote(third)}`);
    const suffix = several ? (context.value('suffix') ?? '') : (second ?? '');
    const end = context.has('zero') ? '\0' : '\n';
    for (const path of several ? context.operands : [name]) {
      const base = baseName(path);
      const cut = suffix !== '' && base !== suffix && base.endsWith(suffix) ? base.slice(0, -suffix.length) : base;
      context.print(cut + end);
    }
    return 0;
  },
);
