import { expect, test } from 'vitest';
import type { Program } from '../../../../src/sim/kernel/sys.js';
import { less } from '../../../../src/sim/programs/less/index.js';
import { page } from '../../../../src/sim/programs/systemd/pager.js';
import { openSession } from '../../shell/terminal.js';

const lines = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, at) => `entry ${from + at}`);
const TEXT = `${lines(1, 60).join('\n')}\n`;

/** A program that shows so many lines as systemctl and journalctl show theirs; `-e` begins at the end. */
const paged: Program = function* (sys) {
  const [, count = '60', option] = sys.args;
  const text = TEXT.split('\n').slice(0, Number(count)).join('\n');
  yield* page(sys, `${text}\n`, { pager: option !== '--no-pager', end: option === '-e' });
  return 0;
};

/** Written from knowledge: what less shows is tested with less itself. */
test.each<[says: string, run: string, rows: readonly string[]]>([
  ['what fits stands as it is', 'paged 3', ['$ paged 3', 'entry 1', 'entry 2', 'entry 3', '$']],
  ['what does not is paged', 'paged', [...lines(1, 5), 'lines 1-5']],
  ['-e begins at the end', 'paged 60 -e', [...lines(56, 60), 'lines 56-60/60 (END)']],
  ['--no-pager', 'paged 60 --no-pager', [...lines(56, 60), '$']],
  ['cat as pager', 'SYSTEMD_PAGER=cat paged', [...lines(56, 60), '$']],
  ['a pager that is not there', 'PAGER=nope paged', [...lines(56, 60), '$']],
  ['a pager of one’s own', 'SYSTEMD_PAGER=tail paged', [...lines(56, 60), '$']],
])('%s', async (_, run, rows) => {
  const session = openSession({ rows: 6, columns: 60, programs: { less: less.run, paged } });
  session.type(`${run}\r`);
  expect((await session.window()).map((row) => row.trimEnd()).slice(-rows.length)).toEqual(rows);
});

test('whoever leaves the pager is at the prompt again', async () => {
  const session = openSession({ rows: 6, columns: 60, programs: { less: less.run, paged } });
  session.type('paged; echo $?\r');
  session.type('q');
  expect((await session.window()).at(-2)?.trimEnd()).toBe('0');
  expect((await session.window()).at(-1)?.trimEnd()).toBe('$');
});
