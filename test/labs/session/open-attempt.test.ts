import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { HomeError } from '../../../src/labs/home.js';
import { readJournal } from '../../../src/labs/journal/reader.js';
import { JournalWriter } from '../../../src/labs/journal/writer.js';
import { ProgressStore } from '../../../src/labs/progress/store.js';
import {
  type AttemptOptions,
  prepareMachine,
  rebuildAttempt,
  resumeAttempt,
  startAttempt,
} from '../../../src/labs/session/open-attempt.js';
import { resetAttempt } from '../../../src/labs/session/reset-attempt.js';
import { temporaryFolder } from '../home-folder.js';
import { instanceOf } from '../lab-text.js';
import { ObedientMachines } from '../obedient-machines.js';

const instance = instanceOf();
let machines: ObedientMachines;
let options: AttemptOptions;

beforeEach(() => {
  machines = new ObedientMachines();
  const home = temporaryFolder();
  const progress = ProgressStore.open(home);
  options = { home, progress, program: '1', columns: 80, rows: 24, where: { thread: machines } };
  return () => vi.restoreAllMocks();
});

const journals = (): string[] => {
  const folder = join(options.home, 'journals');
  return existsSync(folder) ? readdirSync(folder) : [];
};
const full = (): never => {
  throw new HomeError('it', Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }));
};

describe('where an attempt cannot be begun', () => {
  test.each<[what: string, breaks: () => void]>([
    ['its progress cannot be kept', () => vi.spyOn(options.progress, 'save').mockImplementation(full)],
    ['its journal cannot be begun', () => vi.spyOn(JournalWriter, 'create').mockImplementation(full)],
    ['nothing can be made in the home', () => writeFileSync(join(options.home, 'journals'), 'a file')],
  ])('since %s, its machine ends and nothing is left', async (what, breaks) => {
    breaks();
    const prepared = prepareMachine(instance, options);
    await expect(startAttempt(instance, { ...options, prepared })).rejects.toThrow(HomeError);
    expect(machines.count).toBe(0);
    if (!what.includes('home')) expect(journals()).toEqual([]);
    vi.restoreAllMocks();
    if (what.includes('home')) return;
    const session = await startAttempt(instance, options);
    expect(machines.count).toBe(1);
    await session.leave({ finished: false });
    expect(machines.count).toBe(0);
  });
});

describe('where an attempt cannot be gone on with', () => {
  test.each<[what: string, breaks: () => void]>([
    ['its journal cannot be opened', () => vi.spyOn(JournalWriter, 'resume').mockImplementation(full)],
    ['its terminal cannot be written down', () => vi.spyOn(JournalWriter.prototype, 'append').mockImplementation(full)],
  ])('since %s, its machine ends, and it can be later', async (what, breaks) => {
    const session = await startAttempt(instance, options);
    await session.leave({ finished: false });
    const before = readFileSync(session.path, 'utf8');
    breaks();
    const resumed = resumeAttempt(readJournal(session.path), instance, session.id, options);
    if (what.includes('opened')) await expect(resumed).rejects.toThrow(HomeError);
    else await (await resumed).leave({ finished: false });
    expect(machines.count).toBe(0);
    expect(readFileSync(session.path, 'utf8')).toBe(before);
    vi.restoreAllMocks();
    const again = await resumeAttempt(readJournal(session.path), instance, session.id, options);
    expect(machines.count).toBe(1);
    await again.leave({ finished: false });
    expect(journals()).toEqual([`${session.id}.jsonl`]);
  });
});

test('where an attempt cannot be rebuilt, since the disk is full, its journal is as it was', async () => {
  const session = await startAttempt(instance, options);
  session.type(Buffer.from('k get po'));
  await vi.waitFor(() => expect(session.silentMilliseconds()).toBe(0));
  const before = readFileSync(session.path, 'utf8');
  vi.spyOn(JournalWriter.prototype, 'append').mockImplementation(full);
  await expect(rebuildAttempt(session, options)).rejects.toThrow(HomeError);
  vi.restoreAllMocks();
  expect(machines.count).toBe(0);
  expect(journals()).toEqual([`${session.id}.jsonl`]);
  expect(readFileSync(session.path, 'utf8')).toBe(before);
});

test.each<[what: string, breaks: () => void]>([
  ['its journal cannot be written', () => vi.spyOn(JournalWriter.prototype, 'append').mockImplementation(full)],
  ['its progress cannot be kept', () => vi.spyOn(options.progress, 'saveAll').mockImplementation(full)],
])('an attempt that goes back, where %s, leaves the former and nothing else', async (_, breaks) => {
  const session = await startAttempt(instance, options);
  breaks();
  await expect(resetAttempt(session, { entries: 1, at: 1 }, options)).rejects.toThrow(HomeError);
  vi.restoreAllMocks();
  expect(machines.count).toBe(0);
  expect(journals()).toEqual([`${session.id}.jsonl`]);
  expect(options.progress.progress.attempts).toMatchObject([{ id: session.id, finished: false }]);
});

test.each([
  { who: 'by itself is rebuilt without the last key, which has set that off', atWork: true, kept: ['sleep'] },
  { who: 'behind another one is rebuilt with all keys it had taken up', atWork: false, kept: ['sleep', '\r'] },
])('an attempt whose time hangs $who', async ({ atWork, kept }) => {
  const session = await startAttempt(instance, options);
  for (const key of ['sleep', '\r']) session.type(Buffer.from(key));
  await vi.waitFor(() => expect(session.silentMilliseconds()).toBe(0));
  Object.assign(machines, { stuck: true, atWork });
  // The clock goes on asking for time.
  await vi.waitFor(() => expect(session.silentMilliseconds()).toBeGreaterThan(0));
  session.type(Buffer.from('ls'));
  const rebuilt = await rebuildAttempt(session, options);
  const typed = readJournal(rebuilt.path).entries.flatMap((entry) =>
    'input' in entry && entry.input.kind === 'type' ? [Buffer.from(entry.input.bytes).toString()] : [],
  );
  expect(typed).toEqual(kept);
  expect(journals().filter((name) => name.includes('.stuck-'))).toHaveLength(1);
  await rebuilt.leave({ finished: false });
});
