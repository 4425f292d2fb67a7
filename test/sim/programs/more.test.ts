import { expect, test } from 'vitest';
import { more } from '../../../src/sim/programs/more.js';
import { openSession } from '../shell/terminal.js';

const lines = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, at) => `line ${from + at}`);
const FILES = { f: `${lines(1, 60).join('\n')}\n` };

/** Keys and what is on a window of six rows then: more of util-linux 2.39. */
const ROWS: readonly (readonly [run: string, keys: string, rows: readonly string[]])[] = [
  ['more f', '', [...lines(1, 5), '--More--(7%)']],
  ['more f', ' ', [...lines(6, 10), '--More--(15%)']],
  ['more f', ' \r', [...lines(7, 11), '--More--(16%)']],
  ['more f', ' \rz', [...lines(12, 16), '--More--(25%)']],
  ['more < f', ' ', [...lines(6, 10), '--More--']],
  ['more f', 'q', [...lines(1, 5), '$ ']],
  ['more nope', '', ['$ more nope', 'more: cannot open nope: No such file or directory', '$ ']],
];

test.each(ROWS)('%s and %j', async (run, keys, rows) => {
  const session = openSession({ rows: 6, columns: 60, files: FILES, programs: { more: more.run } });
  session.type(`${run}\r`);
  session.type(keys);
  expect((await session.screen()).slice(-rows.length)).toEqual(rows);
});
