import { expect } from 'vitest';
import type { Person } from './person.js';
import { scenario } from './scenario.js';

const LAB = ['run', 'cka/drain-a-node', '--seed', '7'] as const;
const SIZES = [
  [60, 20],
  [160, 50],
  [20, 5],
  [100, 30],
] as const;

scenario('what is typed while the window changes arrives whole', async ({ person }) => {
  const me = person(...LAB);
  await me.seesPrompt();
  const words = Array.from({ length: 40 }, (_, index) => `w${index}`);
  me.types('echo');
  for (const [index, word] of words.entries()) {
    me.types(` ${word}`);
    const [columns, rows] = SIZES[index % SIZES.length] as (typeof SIZES)[number];
    me.resizes(columns, rows);
  }
  me.types(' > typed; clear; wc -w typed; cksum < typed; stty size\r');
  await me.seesRow('40 typed');
  await me.seesPrompt();
  await me.runs(`clear; echo ${words.join(' ')} | diff - typed && echo same`);
  await me.seesRow('same');
});

/** Programs that take the whole screen: what shows that they fill it, and the keys that end them. */
const FULL_SCREEN: readonly { line: string; fills: (pane: readonly string[]) => boolean; end: (me: Person) => void }[] =
  [
    {
      line: 'vi note',
      fills: (pane) => pane.filter((row) => row === '~').length >= pane.length - 2,
      end: (me) => me.types(':q!\r'),
    },
    {
      line: 'seq 500 | less',
      fills: (pane) => pane.slice(0, -1).every((row, index) => row === String(index + 1)) && pane.at(-1) === ':',
      end: (me) => me.types('q'),
    },
    {
      // It draws anew at its next turn, not when the window changes.
      line: 'watch -n 0.1 seq 500',
      fills: (pane) => pane.slice(2).every((row, index) => row === String(index + 1)),
      end: (me) => me.presses('Ctrl-C'),
    },
  ];

scenario('vi, less and watch fill the window, however it changes', async ({ person }) => {
  const me = person(...LAB);
  for (const { line, fills, end } of FULL_SCREEN) {
    await me.enters(line);
    for (const [columns, rows] of SIZES) {
      me.resizes(columns, rows);
      await me.sees(`${line} at ${columns}×${rows}`, (shown) => fills(paneOf(shown)));
    }
    end(me);
    await me.seesPrompt();
    await me.runs('clear; echo still here');
    await me.seesRow('still here');
    expect(me.modes.alternateScreen).toBe(true);
  }
});

/** Columns of the task where it stands beside the terminal, in a window of 160. */
const BESIDE = 70;

/** The terminal's rows: below the rule, beside the task, or below the header alone. */
function paneOf(rows: readonly string[]): string[] {
  const rule = rows.findIndex((row) => row.startsWith('──'));
  const beside = rule < 0 && rows.length > 40;
  return rows.slice(Math.max(0, rule) + 1, -1).map((row) => (beside ? row.slice(BESIDE) : row));
}
