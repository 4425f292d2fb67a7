import { expect, test } from 'vitest';
import { openSession } from '../terminal.js';

const LINE = 'echo one two three four five six seven eight nine ten';
const NARROW = ['$ echo one two three', ' four five six seven', ' eight nine ten'];
const NARROWEST = ['$ echo one two thr', 'ee four five six s', 'even eight nine te', 'n'];
const MIDDLE = ['$ echo one two three four five six seven', ' eight nine ten'];

/** Recorded from bash 5.2.15 in the same emulator: the rows below the output after each new width, and the cursor. */
const WIDTHS: readonly (readonly [columns: number, rows: readonly string[], atEnd: number[], atStart: number[]])[] = [
  [40, MIDDLE, [15, 5], [3, 4]],
  [20, NARROW, [15, 6], [3, 4]],
  [18, NARROWEST, [1, 7], [3, 4]],
  [20, NARROW, [15, 6], [3, 4]],
  [40, MIDDLE, [15, 5], [3, 4]],
  [80, [`$ ${LINE}`], [55, 4], [3, 4]],
];

test.each([
  ['the cursor at its end', [LINE], 2],
  ['the cursor at its start', [LINE, '\x01', '\x1b[C'], 3],
] as const)('a line is drawn over itself when the window changes, %s', async (_name, keys, cursor) => {
  const session = openSession({ rows: 12 });
  session.type('seq 3\r');
  for (const key of keys) session.type(key);
  for (const row of WIDTHS) {
    session.resize(row[0], 12);
    expect(await session.screen()).toEqual(['$ seq 3', '1', '2', '3', ...row[1]]);
    expect(await session.cursor()).toEqual(row[cursor]);
  }
});

test('a window that becomes lower too takes nothing from what was printed', async () => {
  const session = openSession({ rows: 6 });
  session.type('seq 20\r');
  session.type('echo one two');
  const printed = ['$ seq 20', ...Array.from({ length: 20 }, (_, index) => String(index + 1))];
  for (const [columns, rows, shown, cursor] of [
    [20, 5, ['$ echo one two'], [14, 4]],
    [10, 3, ['$ echo one', ' two'], [4, 2]],
    [10, 6, ['$ echo one', ' two'], [4, 5]],
    [80, 12, ['$ echo one two'], [14, 10]],
  ] as const) {
    session.resize(columns, rows);
    expect(await session.screen()).toEqual([...printed, ...shown]);
    expect(await session.cursor()).toEqual(cursor);
  }
});
