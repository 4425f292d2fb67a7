import * as fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { HomeError } from '../../../src/labs/home.js';
import { LineWriter } from '../../../src/labs/journal/lines.js';
import { temporaryFolder } from '../home-folder.js';

type Done = (error: NodeJS.ErrnoException | null) => void;

/** Those that wait for the disk. */
let waiting: Done[] = [];

vi.mock('node:fs', async (importOriginal) => {
  const real = await importOriginal<typeof fs>();
  return { ...real, fsync: (_: number, done: Done) => waiting.push(done), fsyncSync: vi.fn(real.fsyncSync) };
});

beforeEach(() => {
  waiting = [];
  vi.useFakeTimers();
  vi.mocked(fs.fsyncSync).mockClear();
});
afterEach(() => {
  vi.useRealTimers();
});

function writer(): { lines: LineWriter; path: string } {
  const path = join(temporaryFolder(), 'a.jsonl');
  return { lines: LineWriter.create(path, '{}'), path };
}

const failing = (code: string): NodeJS.ErrnoException =>
  Object.assign(new Error(`${code}: i/o error, fsync`), { code });

test('what was written is on the disk a second later, and the disk is asked no more often than that', () => {
  const { lines } = writer();
  vi.advanceTimersByTime(5000);
  expect(waiting).toHaveLength(0);
  for (let tenth = 0; tenth < 30; tenth += 1) {
    lines.append(`{"n":${tenth}}`);
    vi.advanceTimersByTime(100);
    for (const done of waiting.splice(0, waiting.length)) done(null);
  }
  lines.append('last');
  vi.advanceTimersByTime(1000);
  expect(waiting).toHaveLength(1);
  waiting[0]?.(null);
  vi.advanceTimersByTime(60_000);
  expect(waiting).toHaveLength(1);
  lines.close();
  expect(fs.fsyncSync).not.toHaveBeenCalled();
});

test('what is written while a slow disk is busy follows when it is done', () => {
  const { lines } = writer();
  lines.append('one');
  vi.advanceTimersByTime(1000);
  lines.append('two');
  vi.advanceTimersByTime(30_000);
  expect(waiting).toHaveLength(1);
  waiting[0]?.(null);
  vi.advanceTimersByTime(1000);
  expect(waiting).toHaveLength(2);
  waiting[1]?.(null);
  lines.close();
});

test('a file that is closed is on the disk; where the disk is busy nobody waits, and the lock is free at once', () => {
  const first = writer();
  first.lines.append('one');
  first.lines.close();
  expect(fs.fsyncSync).toHaveBeenCalledTimes(1);
  const second = writer();
  second.lines.append('one');
  vi.advanceTimersByTime(1000);
  second.lines.append('two');
  second.lines.close();
  expect(fs.existsSync(second.path.replace('.jsonl', '.lock'))).toBe(false);
  waiting[0]?.(null);
  expect(fs.fsyncSync).toHaveBeenCalledTimes(2);
  expect(fs.readFileSync(second.path, 'utf8')).toBe('{}\none\ntwo\n');
});

test('a disk that refuses what it had taken is told once; one that knows no such thing is not', () => {
  const { lines, path } = writer();
  lines.append('one');
  vi.advanceTimersByTime(1000);
  waiting[0]?.(failing('EINVAL'));
  lines.append('two');
  vi.advanceTimersByTime(1000);
  waiting[1]?.(failing('EIO'));
  expect(() => lines.append('three')).toThrow(HomeError);
  lines.append('three');
  lines.close();
  expect(fs.readFileSync(path, 'utf8')).toBe('{}\none\ntwo\nthree\n');
});
