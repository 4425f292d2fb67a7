import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { OutsideAnswer, OutsideQuestion } from '../../../src/clusters/sim/sim-cluster.js';
import { contentFolder, readCatalogue } from '../../../src/labs/content/find.js';
import { seededDice } from '../../../src/labs/dice.js';
import { instantiate, type LabInstance } from '../../../src/labs/format/instance.js';
import type { Lab } from '../../../src/labs/format/lab.js';
import { readJournal } from '../../../src/labs/journal/reader.js';
import { ProgressStore } from '../../../src/labs/progress/store.js';
import type { LiveSession } from '../../../src/labs/session/live-session.js';
import { type AttemptOptions, resumeAttempt, startAttempt } from '../../../src/labs/session/open-attempt.js';
import { temporaryFolder } from '../home-folder.js';

const lab = readCatalogue(contentFolder()).labs.find(({ id }) => id === 'cka/drain-a-node') as Lab;
const instance: LabInstance = instantiate(lab, { seed: '7', dice: seededDice('7') });
const never = async (): Promise<OutsideAnswer> => {
  throw new Error('nobody should have been asked');
};
let options: AttemptOptions;
let open: LiveSession[];

beforeEach(() => {
  const home = temporaryFolder();
  const progress = ProgressStore.open(home);
  options = { home, progress, program: '1', columns: 80, rows: 24, ownEditor: true, where: { thread: 'same' } };
  open = [];
});

afterEach(async () => {
  for (const session of open) await session.leave({ finished: true });
});

const until = (condition: () => boolean): Promise<void> =>
  vi.waitFor(() => expect(condition()).toBe(true), { timeout: 60_000, interval: 10 });

/** Somebody whose editor stays open until `close` is called. */
function somebody() {
  const questions: OutsideQuestion[] = [];
  const open: ((answer: OutsideAnswer) => void)[] = [];
  return {
    questions,
    answer: (question: OutsideQuestion, onOpen: () => void): Promise<OutsideAnswer> => {
      questions.push(question);
      onOpen();
      return new Promise((resolve) => open.push(resolve));
    },
    close: (answer: OutsideAnswer): void => open.shift()?.(answer),
  };
}

async function listen(session: LiveSession): Promise<{ text: string }> {
  open.push(session);
  const heard = { text: '' };
  session.onOutput((bytes) => {
    heard.text += Buffer.from(bytes).toString('utf8');
  });
  await until(() => heard.text.includes('$ '));
  return heard;
}

const type = (session: LiveSession, line: string): void => session.type(Buffer.from(`${line}\r`));
const saved = (text: string): OutsideAnswer => ({ kind: 'saved', bytes: Buffer.from(text) });

describe('an attempt with an own editor', { timeout: 180_000 }, () => {
  test('lets no time pass while it is open, and journals what was saved', async () => {
    const session = await startAttempt(instance, options);
    const heard = await listen(session);
    const me = somebody();
    session.answerQuestions(me.answer);
    type(session, 'vi one.yaml; cat one.yaml; echo $?-done');
    await until(() => me.questions.length === 1);
    expect(me.questions).toMatchObject([{ path: 'one.yaml', bytes: undefined, readonly: false }]);
    expect(heard.text).toContain('one.yaml is open in your own editor; time stands still');
    session.resize(90, 25);
    const before = readJournal(session.path).entries.at(-1)?.t;
    // More real time than some ticks of the clock.
    const later = performance.now() + 200;
    await until(() => performance.now() > later);
    session.resize(91, 25);
    expect(readJournal(session.path).entries.at(-1)?.t).toBe(before);
    me.close(saved('a: 1\n'));
    await until(() => heard.text.includes('a: 1\r\n0-done'));
    const answers = readJournal(session.path).entries.filter(
      (entry) => 'input' in entry && entry.input.kind === 'answer',
    );
    expect(answers).toMatchObject([{ t: before, input: { id: 1, answer: { kind: 'saved' } } }]);
    expect(readJournal(session.path).header.ownEditor).toBe(true);
    await until(() => (readJournal(session.path).entries.at(-1)?.t ?? 0) > (before ?? 0) + 1_000_000);
  });

  test('is graded and gone on with without opening it', async () => {
    const session = await startAttempt(instance, options);
    const heard = await listen(session);
    session.answerQuestions(async ({ path, bytes }) =>
      bytes && path.includes('kubectl-edit')
        ? saved(Buffer.from(bytes).toString('utf8').replace('metadata:', 'metadata:\n  labels: {edited: outside}'))
        : saved(`${path} was here\n`),
    );
    type(session, 'kubectl -n kube-public edit cm kube-root-ca.crt; vi one two; cat one two');
    await until(() => heard.text.includes('one was here\r\ntwo was here'));
    expect(heard.text).toContain('configmap/kube-root-ca.crt edited\r\n');
    session.answerQuestions(never);
    await session.grade();
    await session.leave({ finished: false });
    const resumed = await resumeAttempt(readJournal(session.path), instance, session.id, options);
    resumed.answerQuestions(never);
    const again = await listen(resumed);
    await until(() => again.text.includes('one was here\r\ntwo was here'));
    type(resumed, 'cat one; echo still-$((1+1))');
    await until(() => /one was here\r\nstill-2/.test(again.text));
  });

  test('that was killed while it was open finds the file as it was', async () => {
    const session = await startAttempt(instance, options);
    await listen(session);
    const me = somebody();
    session.answerQuestions(me.answer);
    type(session, 'echo old > one; vi one; echo $?-done; cat one');
    await until(() => me.questions.length === 1);
    // Not a moment later than the question was asked.
    session.resize(90, 25);
    await session.leave({ finished: false });
    me.close(saved('new\n'));
    const resumed = await resumeAttempt(readJournal(session.path), instance, session.id, options);
    resumed.answerQuestions(never);
    const heard = await listen(resumed);
    await until(() => heard.text.includes('1-done\r\nold'));
    expect(heard.text).toContain('vi: kubedrill ended while the file was open');
  });

  test('without one at hand has the built-in', async () => {
    const session = await startAttempt(instance, options);
    const heard = await listen(session);
    session.answerQuestions(async () => ({ kind: 'nobody' }));
    type(session, 'nano one');
    await until(() => heard.text.includes('GNU nano'));
    expect(heard.text).not.toContain('is open in your own editor');
  });

  test('whose answerer breaks goes on', async () => {
    const session = await startAttempt(instance, options);
    const heard = await listen(session);
    session.answerQuestions(async () => Promise.reject(new Error('no room on the disk')));
    type(session, 'vi one || echo refused-$((1+1))');
    await until(() => heard.text.includes('vi: no room on the disk\r\nrefused-2'));
    expect(heard.text).not.toContain('is open in your own editor');
  });
});
