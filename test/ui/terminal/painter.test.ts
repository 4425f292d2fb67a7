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

const COLUMNS = 6;
const ROWS = 3;
const LINK = ['\x1b]8;;https://a\x1b\\', '\x1b]8;;\x1b\\'];
const COLOURS = ['\x1b[31m', '\x1b[1m', '\x1b[22m', '\x1b[39m', '\x1b[0m', '\x1b[m', '\x1b[7m', '\x1b[44m'];
const NARROW = ['a', 'b', 'e', ' ', '·', '─', 'xxxxx'];
/** The emulator and the program that counts columns are not of one mind about all of these. */
const OTHERS = ['漢', 'e\u0301', '\u0301', '😀', '👩\u200d💻', '✔', '✔\ufe0f', '©', '\u{1f1e9}\u{1f1ea}'];
/** Rows may be empty, full, or too wide, as those are that a window had before it was made narrower. */
const row = fc
  .array(fc.constantFrom(...NARROW, ...OTHERS, ...COLOURS, ...LINK), { maxLength: 9 })
  .map((pieces) => pieces.join(''));
const frame = fc.array(row, { minLength: 1, maxLength: ROWS }).map((rows) => rows.join('\n'));

interface Terminal {
  readonly painter: Painter;
  /** What is written from now on finds the terminal full, or it has drained. */
  full(isFull: boolean): void;
  resize(columns: number, rows: number): void;
  cells(): Promise<string[]>;
}

function terminal(columns = COLUMNS, rows = ROWS): Terminal {
  const emulator = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  let written = Promise.resolve();
  let isFull = false;
  let drained = (): void => {};
  const target = {
    columns,
    rows,
    write: (text: string) => {
      written = new Promise((done) => emulator.write(text, done));
      return !isFull;
    },
    once: (_: 'drain', listener: () => void) => {
      drained = listener;
    },
  };
  const cells = async (): Promise<string[]> => {
    await written;
    const { active } = emulator.buffer;
    return Array.from({ length: target.columns * target.rows }, (_, at) => {
      const cell = active.getLine(active.viewportY + Math.floor(at / target.columns))?.getCell(at % target.columns);
      if (!cell || (cell.getChars().trim() === '' && !cell.isInverse() && cell.isBgDefault())) return '';
      return `${cell.getChars()} ${cell.getFgColor()} ${cell.getBgColor()} ${cell.isBold()} ${cell.isInverse()}`;
    });
  };
  return {
    painter: new Painter(target),
    full: (now) => {
      isFull = now;
      if (!now) drained();
    },
    resize: (...size) => {
      [target.columns, target.rows] = size;
      emulator.resize(...size);
    },
    cells,
  };
}

async function fresh(last: string, columns?: number, rows?: number): Promise<string[]> {
  const { painter, cells } = terminal(columns, rows);
  painter.paint(last);
  return cells();
}

test('whatever stood there, a frame looks as if it were painted on an empty screen', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(frame, { minLength: 2, maxLength: 5 }), async (frames) => {
      const lived = terminal();
      for (const one of frames) lived.painter.paint(one);
      expect(await lived.cells()).toEqual(await fresh(frames.at(-1) as string));
    }),
    { numRuns: 300 },
  );
});

test('in a window that has another size too, though the old frame is painted once more before there is a new one', async () => {
  await fc.assert(
    fc.asyncProperty(frame, frame, fc.integer({ min: 2, max: 9 }), fc.integer({ min: 1, max: 4 }), async (...drawn) => {
      const [before, after, columns, rows] = drawn;
      const lived = terminal();
      lived.painter.paint(before);
      await lived.cells();
      lived.resize(columns, rows);
      lived.painter.repaint();
      lived.painter.paint(after);
      expect(await lived.cells()).toEqual(await fresh(after, columns, rows));
    }),
    { numRuns: 300 },
  );
});

test('a screen that was to be painted anew while the terminal took nothing is', async () => {
  const lived = terminal();
  lived.full(true);
  lived.painter.paint('a\nb\nc');
  lived.painter.repaint();
  lived.painter.paint('d');
  lived.full(false);
  expect(await lived.cells()).toEqual(await fresh('d'));
});
