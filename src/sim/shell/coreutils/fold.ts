import type { Program } from '../../kernel/sys.js';
import { command } from './command.js';
import { eachInput } from './inputs.js';
import { LineReader } from './io.js';

/** `fold`: breaks long lines. Counts bytes, as GNU's does. */
export const fold: Program = command(
  {
    name: 'fold',
    summary: 'Wrap input lines in each FILE, writing to standard output.',
    options: [
      'b bytes : count bytes rather than columns',
      's spaces : break at spaces',
      'w width=WIDTH : columns instead of 80',
    ],
    legacy: (word) => (/^-\d+$/.test(word) ? { key: 'width', value: word.slice(1), as: '-w' } : undefined),
  },
  function* (context) {
    const text = context.value('width') ?? '80';
    const width = /^\d+$/.test(text) ? Number(text) : 0;
    if (width === 0)
      context.die(
        `invalid number of columns: ${context.quote(text)}${/^0+$/.test(text) ? ': Numerical result out of range' : ''}`,
      );
    const bytes = context.has('bytes');
    const spaces = context.has('spaces');
    yield* eachInput(context, context.operands, function* (descriptor) {
      const reader = new LineReader(context.sys, descriptor, 10, true);
      for (let line = yield* reader.next(); line !== undefined; line = yield* reader.next()) {
        const folded = foldLine(line, width, bytes, spaces);
        context.print(Buffer.from(reader.terminated ? `${folded}\n` : folded, 'latin1'));
        yield* context.relieve();
      }
    });
    return undefined;
  },
);

function foldLine(line: string, width: number, bytes: boolean, spaces: boolean): string {
  let result = '';
  let part = '';
  let column = 0;
  const advance = (char: string, from: number) =>
    bytes
      ? from + 1
      : char === '\b'
        ? Math.max(0, from - 1)
        : char === '\r'
          ? 0
          : char === '\t'
            ? from + 8 - (from % 8)
            : from + 1;
  for (const char of line) {
    if (advance(char, column) > width && part !== '') {
      const cut = spaces ? Math.max(part.lastIndexOf(' '), part.lastIndexOf('\t')) + 1 : 0;
      const kept = cut > 0 ? part.slice(cut) : '';
      result += `${cut > 0 ? part.slice(0, cut) : part}\n`;
      part = kept;
      column = 0;
      for (const again of part) column = advance(again, column);
    }
    part += char;
    column = advance(char, column);
  }
  return result + part;
}
