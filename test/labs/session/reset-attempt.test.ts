import { readFileSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';
import { contentFolder, readCatalogue } from '../../../src/labs/content/find.js';
import { seededDice } from '../../../src/labs/dice.js';
import { instantiate } from '../../../src/labs/format/instance.js';
import type { Lab } from '../../../src/labs/format/lab.js';
import { AttemptLock } from '../../../src/labs/journal/lock.js';
import { readJournal } from '../../../src/labs/journal/reader.js';
import { JournalWriter } from '../../../src/labs/journal/writer.js';
import { ProgressStore } from '../../../src/labs/progress/store.js';
import { openMachine } from '../../../src/labs/session/attempt-machine.js';
import type { LiveSession } from '../../../src/labs/session/live-session.js';
import type { Moment } from '../../../src/labs/session/moments.js';
import { type AttemptOptions, resumeAttempt, startAttempt } from '../../../src/labs/session/open-attempt.js';
import { replay } from '../../../src/labs/session/replay.js';
import { resetAttempt } from '../../../src/labs/session/reset-attempt.js';
import { temporaryFolder } from '../home-folder.js';

const lab = readCatalogue(contentFolder()).labs.find(({ id }) => id === 'cka/drain-a-node') as Lab;
const instance = instantiate(lab, { seed: '7', dice: seededDice('7') });
let open: LiveSession | undefined;

afterEach(async () => {
  await open?.leave({ finished: true });
});

function listen(session: LiveSession): { text: string } {
  open = session;
  const heard = { text: '' };
  session.terminals.first?.onOutput((bytes) => {
    heard.text += Buffer.from(bytes).toString('utf8');
  });
  return heard;
}

const until = (condition: () => boolean): Promise<void> =>
  vi.waitFor(() => expect(condition()).toBe(true), { timeout: 60_000, interval: 10 });

async function typed(session: LiveSession, heard: { text: string }, line: string, shown: RegExp): Promise<void> {
  session.terminals.first?.type(Buffer.from(`${line}\r`));
  await until(() => shown.test(heard.text));
}

/** Notes in a journal that nobody has open what the state is at its end: whoever goes on from there must come to it. */
async function noteHash(path: string): Promise<void> {
  const { header, entries } = readJournal(path);
  const { cluster } = await openMachine(instance, header, { thread: 'same' });
  const { instant } = await replay(cluster, entries);
  const writer = JournalWriter.resume(path, entries.length, AttemptLock.take(path));
  writer.append({ t: instant, hash: await cluster.traceHash() });
  writer.close();
  await cluster.close();
}

test('an attempt goes back to a moment, and what was done since is kept', { timeout: 120_000 }, async () => {
  const home = temporaryFolder();
  const progress = ProgressStore.open(home);
  const options: AttemptOptions = { home, progress, program: '1', columns: 80, rows: 24, where: { thread: 'same' } };
  const first = await startAttempt(instance, options);
  await typed(first, listen(first), 'echo one-$((1+1)) > note; cat note', /one-2/);
  await first.leave({ finished: false });
  await noteHash(first.path);

  const session = await resumeAttempt(readJournal(first.path), instance, first.id, options);
  const heard = listen(session);
  await typed(session, heard, 'rm note; echo gone-$((1+1))', /gone-2/);
  session.hint();
  const former = readFileSync(session.path, 'utf8');
  const moments = session.moments();
  expect(moments.map(({ line }) => line)).toEqual([
    undefined,
    'echo one-$((1+1)) > note; cat note',
    'rm note; echo gone-$((1+1))',
  ]);
  const moment = moments.at(-1) as Moment;
  const back = await resetAttempt(session, moment, options);
  const heardBack = listen(back);
  expect(back.elapsedSeconds).toBeLessThanOrEqual(moment.seconds + 1);
  // The state's hash of that moment is in its journal, and it was come to.
  expect(readJournal(back.path).entries.filter((entry) => 'hash' in entry)).toHaveLength(1);
  expect(heardBack.text).toMatch(/one-2/);
  expect(heardBack.text).not.toMatch(/gone-2/);
  await typed(back, heardBack, 'cat note; echo still-$((1+1))', /one-2\r\nstill-2/);
  expect(back.typed()).toEqual(['echo one-$((1+1)) > note; cat note', 'cat note; echo still-$((1+1))']);
  // A hint that was taken is known.
  expect(back.hintsTaken).toBe(1);
  expect(back.header.continues).toBe(session.id);
  expect(readFileSync(session.path, 'utf8').startsWith(former)).toBe(true);
  expect(progress.progress.attempts.map(({ id, finished, graded }) => [id, finished, graded])).toEqual([
    [session.id, true, undefined],
    [back.id, false, undefined],
  ]);

  // Whoever is cut off in between is offered one of them: one change keeps both.
  const kept: string[][] = [];
  const unwatched = options.progress.saveAll.bind(options.progress);
  vi.spyOn(options.progress, 'saveAll').mockImplementation((attempts) => {
    unwatched(attempts);
    const { attempts: all } = ProgressStore.open(home).progress;
    kept.push(all.filter(({ finished }) => !finished).map(({ id }) => id));
  });
  const start = await resetAttempt(back, back.moments()[0] as Moment, options);
  const heardAtStart = listen(start);
  await typed(start, heardAtStart, 'ls note', /cannot access 'note'/);
  expect(start.typed()).toEqual(['ls note']);
  expect(start.elapsedSeconds).toBeLessThan(20);
  expect(kept).toEqual([[start.id]]);

  // What cannot be made leaves the former as it was.
  const open = ProgressStore.open(home).progress.attempts;
  const elsewhere = { ...options, program: '2' };
  await expect(resetAttempt(start, start.moments()[0] as Moment, elsewhere)).rejects.toThrow(/kubedrill 1 wrote it/);
  const after = ProgressStore.open(home).progress.attempts;
  expect(after.find(({ id }) => id === start.id)).toEqual(open.find(({ id }) => id === start.id));
  expect(after.filter(({ finished }) => !finished)).toHaveLength(1);
});
