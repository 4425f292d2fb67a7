import xterm from '@xterm/headless';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Painter } from '../../../src/ui/terminal/painter.js';
import { rowChange } from '../../../src/ui/terminal/row-change.js';

describe('of a row that changed is written', () => {
  test.each([
    ['the clock', ' Title   1:42:07 ', ' Title   1:42:06 ', 16, '6 '],
    ['a character that was typed', 'me@cka1:~$ k ge', 'me@cka1:~$ k get', 16, 't'],
    ['what was erased: nothing', 'abc', 'ab', 3, ''],
    ['the rest in its colour', '\x1b[1;36mshop\x1b[22;39m', '\x1b[1;36mshow\x1b[22;39m', 4, '\x1b[1;36mw\x1b[22;39m'],
    ['all where only the colour is another', '\x1b[31mred\x1b[39m', '\x1b[32mred\x1b[39m', 1, '\x1b[32mred\x1b[39m'],
    ['all behind a character that may be wide', '漢 1', '漢 2', 1, '漢 2'],
    ['all with an address', '\x1b]8;;https://a\x1b\\a\x1b]8;;\x1b\\ 1', 'b 2', 1, 'b 2'],
    ['a character with its mark', 'cafe', 'cafe\u0301', 4, 'e\u0301'],
  ])('%s', (_, before, after, column, text) => {
    expect(rowChange(before, after)).toEqual({ column, text });
  });
});

const COLUMNS = 12;
const ROWS = 3;
const piece = fc.constantFrom('a', 'b', ' ', '·', '─', '漢', 'e\u0301', '\x1b[31m', '\x1b[1m', '\x1b[0m', '\x1b[7m');
const row = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
const frame = fc.array(row, { minLength: ROWS, maxLength: ROWS }).map((rows) => rows.join('\n'));

interface Terminal {
  readonly painter: Painter;
  cells(): Promise<string[]>;
}

function terminal(): Terminal {
  const emulator = new xterm.Terminal({ cols: COLUMNS, rows: ROWS, allowProposedApi: true });
  let written = Promise.resolve();
  const painter = new Painter({
    columns: COLUMNS,
    rows: ROWS,
    write: (text) => {
      written = new Promise((done) => emulator.write(text, done));
      return true;
    },
    once: () => undefined,
  });
  const cells = async (): Promise<string[]> => {
    await written;
    const { active } = emulator.buffer;
    return Array.from({ length: COLUMNS * ROWS }, (_, at) => {
      const cell = active.getLine(Math.floor(at / COLUMNS))?.getCell(at % COLUMNS);
      const blank = cell?.getChars().trim() === '' && !cell.isInverse();
      return blank ? '' : `${cell?.getChars()} ${cell?.getFgColor()} ${cell?.isBold()} ${cell?.isInverse()}`;
    });
  };
  return { painter, cells };
}

test('whatever stood there, a frame looks as if it were painted on an empty screen', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(frame, { minLength: 2, maxLength: 5 }), async (frames) => {
      const lived = terminal();
      for (const one of frames) lived.painter.paint(one);
      const fresh = terminal();
      fresh.painter.paint(frames.at(-1) as string);
      expect(await lived.cells()).toEqual(await fresh.cells());
    }),
    { numRuns: 200 },
  );
});
