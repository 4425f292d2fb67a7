import type { Program } from '../../kernel/sys.js';
import { command, reason } from './command.js';
import { parseSize } from './numbers.js';
import { UsageError } from './options.js';

/** `truncate`: cuts or extends files. */
export const truncate: Program = command(
  {
    name: 'truncate',
    usage: 'OPTION... FILE...',
    summary: 'Shrink or extend the size of each FILE to the specified size.',
    options: [
      'c no-create : make no files',
      'o io-blocks : SIZE counts blocks',
      'r reference=RFILE : the size of RFILE',
      's size=SIZE : SIZE; + - extend and cut, < > at most and at least, / % round down and up',
    ],
  },
  (context) => {
    const { sys } = context;
    const text = context.value('size');
    const reference = context.value('reference');
    if (text === undefined && reference === undefined)
      throw new UsageError(`you must specify either ${context.quote('--size')} or ${context.quote('--reference')}`);
    if (context.operands.length === 0) throw new UsageError('missing file operand');
    const match = /^\s*([-+<>/%]?)\s*(.*)$/.exec(text ?? '+0');
    const amount = parseSize(match?.[2] ?? '');
    if (amount === undefined) return context.die(`Invalid number: ${context.quote(text ?? '')}`);
    for (const path of context.operands) {
      try {
        if (context.has('no-create')) {
          try {
            sys.stat(path);
          } catch {
            continue;
          }
        }
        sys.close(sys.open(path, { write: true, create: true }, 0o666));
        const size = reference === undefined ? sys.stat(path).size : sys.stat(reference).size;
        sys.truncate(path, newSize(size, match?.[1] ?? '', amount));
      } catch (thrown) {
        context.fail(`cannot open ${context.quoteName(path)} for writing: ${reason(thrown)}`);
      }
    }
    return undefined;
  },
);

function newSize(size: number, sign: string, amount: number): number {
  switch (sign) {
    case '+':
      return size + amount;
    case '-':
      return Math.max(0, size - amount);
    case '<':
      return Math.min(size, amount);
    case '>':
      return Math.max(size, amount);
    case '/':
      return size - (size % amount);
    case '%':
      return Math.ceil(size / amount) * amount;
    default:
      return amount;
  }
}
