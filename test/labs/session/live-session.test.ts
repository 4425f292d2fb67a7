import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { contentFolder, readCatalogue } from '../../../src/labs/content/find.js';
import { seededDice } from '../../../src/labs/dice.js';
import { instantiate, type LabInstance } from '../../../src/labs/format/instance.js';
import type { Lab } from '../../../src/labs/format/lab.js';
import { readJournal } from '../../../src/labs/journal/reader.js';
import { ProgressStore } from '../../../src/labs/progress/store.js';
import type { LiveSession } from '../../../src/labs/session/live-session.js';
import {
  type AttemptOptions,
  rebuildAttempt,
  resumeAttempt,
  startAttempt,
} from '../../../src/labs/session/open-attempt.js';
import { temporaryFolder } from '../home-folder.js';

const lab = readCatalogue(contentFolder()).labs.find(({ id }) => id === 'cka/drain-a-node') as Lab;
const instance: LabInstance = instantiate(lab, { seed: '7', dice: seededDice('7') });
let options: AttemptOptions;
let open: LiveSession[];

beforeEach(() => {
  const home = temporaryFolder();
  const progress = ProgressStore.open(home);
  options = { home, progress, program: '1', columns: 80, rows: 24, where: { thread: 'same' } };
  open = [];
});

afterEach(async () => {
  for (const session of open) await session.leave({ finished: true });
});

function listen(session: LiveSession): { text: string } {
  open.push(session);
  const heard = { text: '' };
  session.onOutput((bytes) => {
    heard.text += Buffer.from(bytes).toString('utf8');
  });
  return heard;
}

const until = (condition: () => boolean): Promise<void> =>
  vi.waitFor(() => expect(condition()).toBe(true), { timeout: 60_000, interval: 10 });

async function started(): Promise<{ session: LiveSession; heard: { text: string } }> {
  const session = await startAttempt(instance, options);
  const heard = listen(session);
  await until(() => heard.text.includes('$ '));
  session.type(Buffer.from('echo one-$((1+1)) > note; cat note\r'));
  await until(() => heard.text.includes('one-2'));
  return { session, heard };
}

describe('an attempt', { timeout: 90_000 }, () => {
  test('has every input on disk before it takes effect, for nobody else to read', async () => {
    const { session } = await started();
    const { header, entries } = readJournal(session.path);
    expect(header).toMatchObject({ lab: lab.id, content: lab.hash, seed: '7', salt: '', program: '1' });
    expect(entries.map((entry) => ('input' in entry ? entry.input.kind : 'clock')).slice(0, 1)).toEqual([
      'open-terminal',
    ]);
    expect(session.typed()).toEqual(['echo one-$((1+1)) > note; cat note']);
    if (process.platform !== 'win32') expect(statSync(session.path).mode & 0o777).toBe(0o600);
  });

  test('is gone on with where its journal ends, also when the last entry was cut', async () => {
    const { session } = await started();
    const text = readFileSync(session.path, 'utf8');
    await session.leave({ finished: false });
    writeFileSync(session.path, `${text}{"n":99,"t":17`);
    const journal = readJournal(session.path);
    expect(journal.cut).toBe(true);
    const resumed = await resumeAttempt(journal, instance, session.id, options);
    const heard = listen(resumed);
    await until(() => heard.text.includes('one-2'));
    resumed.type(Buffer.from('cat note; echo agaim\x7fn\r'));
    await until(() => /one-2\r\nagain/.test(heard.text));
    // What programs read is no line of the shell's.
    resumed.type(Buffer.from('read -p "name: " name\r'));
    await until(() => heard.text.endsWith('name: '));
    resumed.type(Buffer.from('not a command\r'));
    await until(() => heard.text.endsWith('$ '));
    resumed.type(Buffer.from('sort <<E; echo ed\rb\rE\r'));
    await until(() => /b\r\ned\r\n/.test(heard.text));
    expect(resumed.typed()).toEqual([
      'echo one-$((1+1)) > note; cat note',
      'cat note; echo again',
      'read -p "name: " name',
      'sort <<E; echo ed',
      'b',
      'E',
    ]);
    expect(readJournal(resumed.path).cut).toBe(false);
  });

  test.each([
    ['another program', { program: '2' }, instance, /kubedrill 1 wrote it, and this is 2/],
    ['a lab that has changed', {}, { ...instance, lab: { ...lab, hash: 'other' } }, /has changed since/],
  ])('is not gone on with by %s, and is kept', async (_, changes, other, reason) => {
    const { session } = await started();
    await session.leave({ finished: false });
    const before = readFileSync(session.path, 'utf8');
    const journal = readJournal(session.path);
    await expect(resumeAttempt(journal, other, session.id, { ...options, ...changes })).rejects.toThrow(reason);
    expect(readFileSync(session.path, 'utf8')).toBe(before);
    expect(existsSync(session.path.replace('.jsonl', '.lock'))).toBe(false);
  });

  test('is for one program at a time, and its lock is gone with it', async () => {
    const { session } = await started();
    const lock = session.path.replace('.jsonl', '.lock');
    expect(JSON.parse(readFileSync(lock, 'utf8'))).toMatchObject({ pid: process.pid });
    const other = { pid: process.ppid, host: hostname(), started: Date.now() };
    await session.leave({ finished: false });
    expect(existsSync(lock)).toBe(false);
    writeFileSync(lock, JSON.stringify(other));
    const before = readFileSync(session.path, 'utf8');
    await expect(resumeAttempt(readJournal(session.path), instance, session.id, options)).rejects.toThrow(
      `open in another kubedrill (process ${other.pid})`,
    );
    expect(readFileSync(session.path, 'utf8')).toBe(before);
    expect(JSON.parse(readFileSync(lock, 'utf8'))).toEqual(other);
  });

  test('is graded on a copy: its own world does not age, and the result is kept', async () => {
    const { session } = await started();
    session.hint();
    const steps: string[] = [];
    const graded = await session.grade((step) => steps.push(step));
    expect(steps).toHaveLength(3);
    expect(graded.report.checks.map(({ id }) => id)).toEqual(instance.checks.map(({ id }) => id));
    expect(session.elapsedSeconds).toBe(graded.seconds);
    expect(options.progress.progress.attempts).toMatchObject([
      { id: session.id, points: graded.points, total: 6, hints: 1, finished: false },
    ]);
  });

  test('that does not answer is rebuilt from what it had taken up', async () => {
    const { session } = await started();
    session.pause();
    await until(() => session.silentMilliseconds() === 0);
    const rebuilt = await rebuildAttempt(session, options);
    const heard = listen(rebuilt);
    await until(() => heard.text.includes('one-2'));
    expect(rebuilt.id).toBe(session.id);
  });

  test('goes on in a new shell when the first one ends', async () => {
    const { session, heard } = await started();
    session.type(Buffer.from('exit\r'));
    await until(() => /the shell has ended.*\n.*\$ $/s.test(heard.text));
  });
});
