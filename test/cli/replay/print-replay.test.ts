import { expect, test, vi } from 'vitest';
import type { CommandIo } from '../../../src/cli/io.js';
import { printReplay } from '../../../src/cli/replay/print-replay.js';
import type { Frame, Part, Playback } from '../../../src/labs/playback/playback.js';

let parts: Part[];

vi.mock('../../../src/cli/replay/open-playback.js', () => ({
  openPlayback: async (): Promise<Playback> => ({
    title: 'A lab',
    length: 0,
    notices: ['This is old.'],
    ending: undefined,
    next: async () => parts.shift(),
    close: async () => {},
  }),
}));

const SIZE = { columns: 40, rows: 5 };
const opened = (terminal: number): Frame => ({ at: 0, kind: 'opened', terminal, host: 'node01', ...SIZE });
const typed = (terminal: number): Frame => ({ at: 0, kind: 'typed', terminal });
const output = (terminal: number, text: string): Frame => ({
  at: 0,
  kind: 'output',
  terminal,
  bytes: Buffer.from(text),
});
const partOf = (frames: readonly Frame[], task?: number): Part => ({ task, from: 0, until: 0, frames });

async function printed(...played: Part[]): Promise<{ stdout: string[]; stderr: string[] }> {
  parts = played;
  const lines = { stdout: [] as string[], stderr: [] as string[] };
  const stream = (name: keyof typeof lines) => ({ write: (text: string) => lines[name].push(text.trimEnd()) });
  const io = { stdout: stream('stdout'), stderr: stream('stderr') } as unknown as CommandIo;
  expect(await printReplay(io, { kind: 'attempt', path: 'a.jsonl' })).toBe(0);
  return lines;
}

test('terminals are printed as they are typed in, and notices apart', async () => {
  const { stdout, stderr } = await printed(
    partOf([opened(1), output(1, '$ '), typed(1), output(1, 'ls\r\nnote\r\n$ ')]),
    partOf([opened(2), output(2, '$ ls\r\n$ '), typed(1), output(1, 'exit\r\n')]),
  );
  expect(stdout).toEqual([
    '--- terminal 1 on node01 ---',
    '$ ls',
    'note',
    '--- terminal 2 on node01 ---',
    '$ ls',
    '--- terminal 1 on node01 ---',
    '$ exit',
    '',
  ]);
  expect(stderr).toEqual(['This is old.']);
});

test('what a terminal shows after it was left is printed at the end, and a prompt alone is not', async () => {
  const { stdout } = await printed(
    partOf([opened(1), output(1, '$ watch\r\n'), opened(2), output(2, '$ ')], 3),
    partOf([output(1, 'a pod\r\nanother\r\n'), opened(3), output(3, '$ ')], 3),
  );
  expect(stdout).toEqual([
    '--- task 3, terminal 1 on node01 ---',
    '$ watch',
    '--- task 3, terminal 2 on node01 ---',
    '--- task 3, terminal 3 on node01 ---',
    '$',
    '--- task 3, terminal 1 on node01 ---',
    'a pod',
    'another',
    '',
  ]);
});

test('a task that one comes back to goes on with the terminal that was in front', async () => {
  const { stdout } = await printed(
    partOf([opened(1), output(1, '$ one\r\n'), opened(2), output(2, '$ two\r\n')], 1),
    partOf([opened(1), output(1, '$ other\r\n')], 2),
    partOf([output(2, '$ back\r\n'), output(1, 'a pod\r\n')], 1),
    partOf([output(1, '$ last\r\n')], 2),
  );
  expect(stdout).toEqual([
    '--- task 1, terminal 1 on node01 ---',
    '$ one',
    '--- task 1, terminal 2 on node01 ---',
    '$ two',
    '--- task 2, terminal 1 on node01 ---',
    '$ other',
    '--- task 1, terminal 2 on node01 ---',
    '$ back',
    '--- task 2, terminal 1 on node01 ---',
    '$ last',
    '',
    '--- task 1, terminal 1 on node01 ---',
    'a pod',
    '',
  ]);
});
