import type { Program } from '../../kernel/sys.js';
import { command } from './command.js';
import { UsageError } from './options.js';

/** A path without its last part. */
export function directoryName(path: string): string {
  const trimmed = path.replace(/\/+$/, '');
  if (trimmed === '') return path.startsWith('/') ? '/' : '.';
  const slash = trimmed.lastIndexOf('/');
  if (slash < 0) return '.';
  return trimmed.slice(0, slash).replace(/\/+$/, '') || '/';
}

/** `dirname`: paths without their last part. */
export const dirname: Program = command(
  {
    name: 'dirname',
    usage: '[OPTION] NAME...',
    summary: 'Output each NAME with its last non-slash component and trailing slashes removed.',
    options: ['z zero : lines end with NUL'],
  },
  (context) => {
    if (context.operands.length === 0) throw new UsageError('missing operand');
    for (const path of context.operands) context.print(directoryName(path) + (context.has('zero') ? '\0' : '\n'));
    return 0;
  },
);
