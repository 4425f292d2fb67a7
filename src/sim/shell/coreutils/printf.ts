import type { Program } from '../../kernel/sys.js';
import { formatPrintf } from '../format/printf.js';
import { command } from './command.js';
import { UsageError } from './options.js';

/** `printf`, the program; the shell's built-in shares its core. */
export const printf: Program = command(
  {
    name: 'printf',
    usage: 'FORMAT [ARGUMENT]...',
    summary: 'Print ARGUMENT(s) according to FORMAT.',
    inOrder: true,
    legacy: (word) => (word === '--help' || word === '--version' ? undefined : { key: 'word', value: word, as: '' }),
  },
  (context) => {
    const [format, ...args] = [...context.options.values('word'), ...context.operands];
    if (format === undefined) throw new UsageError('missing operand');
    const result = formatPrintf(format, args, { dialect: 'coreutils', quote: (text) => context.quote(text) });
    for (const error of result.errors) context.warn(error);
    context.print(result.output);
    return result.status;
  },
);
