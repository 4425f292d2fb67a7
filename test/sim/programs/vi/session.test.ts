import { expect, test } from 'vitest';
import { less } from '../../../../src/sim/programs/less/index.js';
import { nano } from '../../../../src/sim/programs/nano/index.js';
import { vi } from '../../../../src/sim/programs/vi/index.js';
import { openSession } from '../../shell/terminal.js';

const NUMBERS = Array.from({ length: 60 }, (_, at) => `line ${at + 1}\n`).join('');
const open = () => openSession({ files: { f: NUMBERS }, programs: { vi: vi.run, nano: nano.run, less: less.run } });

test('Ctrl-Z puts vi behind the shell, fg brings it back with its text, and what it writes is there', async () => {
  const session = open();
  session.type('vi f\r');
  session.type('iabc\x1b');
  session.type('\x1a');
  expect((await session.screen()).join('\n')).toMatch(/\[1\]\+ {2}Stopped +vi f\n\$ $/);
  session.type('jobs\r');
  expect((await session.screen()).join('\n')).toMatch(/\$ jobs\n\[1\]\+ {2}Stopped +vi f\n\$ $/);
  session.type('fg\r');
  expect((await session.screen())[0]).toBe('abcline 1');
  expect(await session.cursor()).toEqual([2, 0]);
  session.type('x:wq\r');
  session.type('clear; head -n 1 f; jobs\r');
  const rows = await session.screen();
  expect(rows.at(-2)).toBe('abline 1');
});

/** How each is left without a question. */
const PROGRAMS: readonly (readonly [program: string, moves: string, leaves: string])[] = [
  ['vi', 'ix\x1bG:set nu\rggO', '\x1b:q!\r'],
  ['nano', 'x\x17line 40\r\x03\x16', '\x18n'],
  ['less', '/line 40\rGg5j', 'q'],
];
const SIZES: readonly (readonly [number, number])[] = [
  [20, 5],
  [1, 1],
  [3, 2],
  [2, 30],
  [200, 1],
  [80, 24],
];

test.each(PROGRAMS)('%s works on in windows of any size', async (program, moves, leaves) => {
  const session = open();
  session.type(`${program} f\r`);
  for (const [columns, rows] of SIZES) {
    session.resize(columns, rows);
    session.type(moves);
    if (program === 'vi') session.type('\x1b');
  }
  expect((await session.screen()).join('\n')).toMatch(/line \d\d/);
  session.type(leaves);
  session.type('echo over $((40 + 2))\r');
  expect((await session.screen()).join('\n')).toContain('over 42');
});
