import { expect, test } from 'vitest';
import type { JournalEntry } from '../../../src/labs/journal/entry.js';
import { momentsOf } from '../../../src/labs/session/moments.js';

const SECOND = 1_000_000;
const BEGIN = 5 * SECOND;

type Done = readonly [second: number, typed: string, terminal?: number];

/** Keys at their seconds, behind the terminals that were opened at the start. */
function journal(done: readonly Done[]): JournalEntry[] {
  const opened = { kind: 'open-terminal', terminal: 1, host: 'a', user: 'b', columns: 80, rows: 24 } as const;
  return [
    { n: 1, t: BEGIN, input: opened },
    { n: 2, t: BEGIN, input: { kind: 'resize', terminal: 1, columns: 90, rows: 20 } },
    ...done.map(([second, typed, terminal = 1], index): JournalEntry => {
      const t = BEGIN + second * SECOND;
      const n = index + 3;
      return typed === ''
        ? { n, t, clock: true }
        : { n, t, input: { kind: 'type', terminal, bytes: Buffer.from(typed) } };
    }),
  ];
}

/** `read`: the lines that shells read, each with its second. */
function moments(done: readonly Done[], read: readonly (readonly [second: number, line: string])[]): string[] {
  const lines = read.map(([second, line]) => ({ line, at: BEGIN + second * SECOND + 20 }));
  return momentsOf(journal(done), lines, BEGIN).map(
    ({ entries, seconds, line }) => `${entries} at ${seconds} ${line ?? 'start'}`,
  );
}

test.each<[what: string, Done[], (readonly [number, string])[], string[]]>([
  ['nothing was done', [], [], ['2 at 0 start']],
  ['typed at the very start', [[0, 'ls\r']], [[0, 'ls']], ['2 at 0 start', '2 at 0 ls']],
  ['time passed', [[1, '']], [], ['2 at 0 start']],
  [
    'a line key by key, and one at once',
    [
      [1, ''],
      [3, 'l'],
      [4, 's\r'],
      [5, ''],
      [6, 'pwd\r'],
    ],
    [
      [4, 'ls'],
      [6, 'pwd'],
    ],
    ['2 at 0 start', '3 at 3 ls', '6 at 6 pwd'],
  ],
  [
    'lines of an editor are no command lines',
    [
      [1, 'vi a\r'],
      [2, 'itext\r'],
      [3, 'more\x1b'],
      [4, ':wq\r'],
      [5, 'ls\r'],
    ],
    [
      [1, 'vi a'],
      [5, 'ls'],
    ],
    ['2 at 0 start', '2 at 1 vi a', '6 at 5 ls'],
  ],
  [
    'a line that the shell completed',
    [
      [1, 'ca'],
      [2, '\t'],
      [3, '\r'],
    ],
    [[3, 'cat note']],
    ['2 at 0 start', '2 at 1 cat note'],
  ],
  [
    'typed ahead, erased, and given up',
    [
      [1, 'sleep 9\r'],
      [2, 'lx\x7fs\r'],
      [3, 'oops\x03pwd\r'],
    ],
    [
      [1, 'sleep 9'],
      [10, 'ls'],
      [11, 'pwd'],
    ],
    ['2 at 0 start', '2 at 1 sleep 9', '3 at 2 ls', '4 at 3 pwd'],
  ],
  [
    'a paste of lines is one moment',
    [
      [1, 'one\rtwo\rthr'],
      [2, 'ee\r'],
    ],
    [
      [1, 'one'],
      [1, 'two'],
      [2, 'three'],
    ],
    ['2 at 0 start', '2 at 1 one'],
  ],
  [
    'two terminals',
    [
      [1, 'wat', 1],
      [2, 'ls\r', 2],
      [3, 'ch\r', 1],
    ],
    [
      [2, 'ls'],
      [3, 'watch'],
    ],
    ['2 at 0 start', '3 at 2 ls', '2 at 1 watch'],
  ],
  ['an empty line', [[1, '\r']], [[1, '']], ['2 at 0 start']],
])('%s', (_, done, read, expected) => {
  expect(moments(done, read)).toEqual(expected);
});
