import type { Program } from '../../kernel/sys.js';
import { command, reason } from './command.js';
import { relativePath } from './ln.js';
import { UsageError } from './options.js';
import { absolutePath } from './paths.js';
import { resolvePath } from './resolve-path.js';

/** `realpath`: absolute paths without links. */
export const realpath: Program = command(
  {
    name: 'realpath',
    usage: '[OPTION]... FILE...',
    summary: 'Print the resolved absolute file name; all but the last component must exist.',
    options: [
      'e canonicalize-existing : all must exist',
      'm canonicalize-missing : nothing need exist',
      'L logical : .. before links',
      'P physical : links as they come',
      'q quiet : fewer messages',
      'relative-to=DIR : relative to DIR',
      'relative-base=DIR : absolute unless below DIR',
      's strip no-symlinks : do not follow links',
      'z zero : lines end with NUL',
    ],
  },
  (context) => {
    if (context.operands.length === 0) throw new UsageError('missing operand');
    const mode = context.last('canonicalize-existing', 'canonicalize-missing');
    const resolve = (path: string) =>
      context.has('strip')
        ? absolutePath(context.sys, path)
        : resolvePath(context.sys, path, mode === 'canonicalize-existing' ? 'all' : mode ? 'none' : 'parents');
    const relativeTo = context.value('relative-to') ?? context.value('relative-base');
    for (const path of context.operands) {
      try {
        const full = resolve(path);
        const base = relativeTo === undefined ? undefined : resolve(relativeTo);
        const below =
          base !== undefined && (context.has('relative-to') || full === base || full.startsWith(`${base}/`));
        context.print((below ? relativePath(base as string, full) : full) + (context.has('zero') ? '\0' : '\n'));
      } catch (thrown) {
        context.status = 1;
        if (!context.has('quiet')) context.warn(`${context.showName(path)}: ${reason(thrown)}`);
      }
    }
    return undefined;
  },
);
