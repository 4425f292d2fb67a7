import { isErrno } from '../../kernel/errno.js';
import type { Program } from '../../kernel/sys.js';
import type { Context } from './command.js';
import { command, reason } from './command.js';
import { UsageError } from './options.js';
import { resolvePath } from './resolve-path.js';

/** `readlink`: where a symbolic link leads. */
export const readlink: Program = command(
  {
    name: 'readlink',
    usage: '[OPTION]... FILE...',
    summary: 'Print value of a symbolic link or canonical file name.',
    options: [
      'f canonicalize : follow every link; all but the last part must exist',
      'e canonicalize-existing : follow every link; all must exist',
      'm canonicalize-missing : follow every link; nothing need exist',
      'n no-newline : no newline in the end',
      'q quiet : no messages',
      's silent : no messages',
      'v verbose : messages',
      'z zero : lines end with NUL',
    ],
  },
  (context) => {
    if (context.operands.length === 0) throw new UsageError('missing operand');
    const mode = context.last('canonicalize', 'canonicalize-existing', 'canonicalize-missing');
    const end = context.has('no-newline') && context.operands.length === 1 ? '' : context.has('zero') ? '\0' : '\n';
    for (const path of context.operands) {
      try {
        context.print(target(context, path, mode) + end);
      } catch (thrown) {
        if (!isErrno(thrown)) throw thrown;
        context.status = 1;
        if (context.has('verbose')) context.warn(`${context.showName(path)}: ${reason(thrown)}`);
      }
    }
    return undefined;
  },
);

function target(context: Context, path: string, mode: string | undefined): string {
  if (mode === undefined) return context.sys.readLink(path);
  return resolvePath(
    context.sys,
    path,
    mode === 'canonicalize' ? 'parents' : mode === 'canonicalize-existing' ? 'all' : 'none',
  );
}
