import * as fs from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { HomeError } from '../../../src/labs/home.js';
import { readJournal } from '../../../src/labs/journal/reader.js';
import { JournalWriter } from '../../../src/labs/journal/writer.js';
import { ProgressStore } from '../../../src/labs/progress/store.js';
import { temporaryFolder } from '../home-folder.js';

/** What a disk takes of a write; undefined: all of it. */
let room: ((bytes: number) => number) | undefined;

vi.mock('node:fs', async (importOriginal) => {
  const real = await importOriginal<typeof fs>();
  const writeSync = (file: number, bytes: Uint8Array, offset = 0): number => {
    const length = bytes.length - offset;
    return real.writeSync(file, bytes, offset, room ? room(length) : length);
  };
  return { ...real, writeSync };
});

const HEADER = {
  kubedrill: 'journal',
  version: 1,
  program: '0.1.0',
  lab: 'cka/small',
  content: 'abc',
  seed: '7',
  salt: '',
  timing: 'brisk',
  epoch: 1_000_000,
  started: '2026-01-15T09:00:00.000Z',
} as const;
const TYPED = { t: 1_000_000, input: { kind: 'type', terminal: 1, bytes: new Uint8Array(5000).fill(120) } } as const;

beforeEach(() => {
  room = undefined;
});

test.each([
  ['a byte', () => 1],
  ['half', (bytes: number) => Math.ceil(bytes / 2)],
  ['all but one byte', (bytes: number) => Math.max(1, bytes - 1)],
])('an entry is whole where each write takes %s of it', (_, takes) => {
  const path = join(temporaryFolder(), 'a.jsonl');
  room = takes;
  const writer = JournalWriter.create(path, HEADER);
  writer.append(TYPED);
  writer.append({ t: 1_500_000, clock: true });
  writer.close();
  const { header, entries, cut } = readJournal(path);
  expect(header).toEqual(HEADER);
  expect(entries).toEqual([
    { n: 1, ...TYPED },
    { n: 2, t: 1_500_000, clock: true },
  ]);
  expect(cut).toBe(false);
});

test('a disk that becomes full in the middle of an entry is told, and what was whole can be gone on with', () => {
  const path = join(temporaryFolder(), 'a.jsonl');
  const writer = JournalWriter.create(path, HEADER);
  writer.append({ t: 1_000_000, clock: true });
  let left = 1000;
  room = (bytes) => {
    if (left === 0) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    const taken = Math.min(left, bytes);
    left -= taken;
    return taken;
  };
  expect(() => writer.append(TYPED)).toThrow(HomeError);
  expect(readJournal(path)).toMatchObject({ entries: [{ n: 1, t: 1_000_000, clock: true }], cut: true });
  expect(fs.statSync(path).size).toBe(readJournal(path).wholeBytes + 1000);
  expect(() => writer.append(TYPED)).toThrow(HomeError);
  room = undefined;
  writer.append(TYPED);
  writer.close();
  expect(readJournal(path)).toMatchObject({ entries: [{ n: 1 }, { n: 2, ...TYPED }], cut: false });
});

test('progress that finds no room leaves what was there, its copy, and no half file', () => {
  const home = temporaryFolder();
  const store = ProgressStore.open(home);
  const attempt = { id: 'a', lab: 'cka/small', content: 'x', seed: '1', started: HEADER.started, finished: true };
  store.save(attempt);
  store.save({ ...attempt, id: 'b' });
  const before = fs.readdirSync(home).map((name) => [name, fs.readFileSync(join(home, name), 'utf8')]);
  for (const bytes of [0, 10, 500]) {
    let left = bytes;
    room = (wanted) => {
      if (left === 0) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
      const taken = Math.min(left, wanted);
      left -= taken;
      return taken;
    };
    expect(() => store.save({ ...attempt, id: 'c' })).toThrow(/cannot be written: no space left on device \(ENOSPC\)/);
    room = (wanted) => wanted;
    const after = fs.readdirSync(home).map((name) => [name, fs.readFileSync(join(home, name), 'utf8')]);
    if (bytes < 500) expect(after).toEqual(before);
    else expect(after.map(([name]) => name)).toEqual(before.map(([name]) => name));
    expect(ProgressStore.open(home).progress.attempts.map(({ id }) => id)).toEqual(['a', 'b']);
  }
});
