import { appendFileSync, readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { type ApiRequest, type ApiResponse, ClusterError } from '../../../src/clusters/port.js';
import { readJournal } from '../../../src/labs/journal/reader.js';
import { ProgressStore } from '../../../src/labs/progress/store.js';
import {
  type RealAttemptOptions,
  resumeRealAttempt,
  startRealAttempt,
} from '../../../src/labs/real/open-real-attempt.js';
import { pseudoTerminals } from '../../../src/labs/real/pseudo-terminal.js';
import type { RealSession } from '../../../src/labs/real/real-session.js';
import { inEmptyWorld } from '../../../src/labs/real/real-world.js';
import { temporaryFolder } from '../home-folder.js';
import { instanceOf, labOf } from '../lab-text.js';
import { StandInSource, type StandInWishes } from './stand-in.js';

const havePty = (await pseudoTerminals({})) !== undefined;
const CORDONED: ApiResponse = {
  status: 200,
  body: { kind: 'Node', apiVersion: 'v1', metadata: { name: 'node01' }, spec: { unschedulable: true } },
};
const KINDS = [
  { name: 'nodes', kind: 'Node', namespaced: false },
  { name: 'pods', kind: 'Pod', namespaced: true },
];
const HOW = { onStep: () => {}, confirm: async () => true };

interface Stage {
  readonly source: StandInSource;
  readonly options: RealAttemptOptions;
  readonly steps: string[];
  readonly progress: ProgressStore;
}

const HINTED: readonly [string, string] = ['  explains:', '  hints: [Look at the node.]\n  explains:'];

function stage(wishes: StandInWishes = {}): Stage {
  const home = temporaryFolder();
  const source = new StandInSource({ answer, ...wishes });
  const steps: string[] = [];
  const progress = ProgressStore.open(home);
  const options: RealAttemptOptions = {
    home,
    progress,
    program: '1',
    columns: 80,
    rows: 24,
    source,
    environment: { PATH: process.env['PATH'] },
    onStep: ({ says }) => void steps.push(says),
    confirm: async () => true,
    instantiate: async () => instanceOf(HINTED),
  };
  return { source, options, steps, progress };
}

function answer({ path }: ApiRequest): ApiResponse {
  if (path === '/api/v1') return { status: 200, body: { kind: 'APIResourceList', resources: KINDS } };
  return path === '/api/v1/nodes/node01' ? CORDONED : { status: 404, body: { kind: 'Status', code: 404 } };
}

async function shows(session: RealSession, text: string): Promise<void> {
  let seen = '';
  const stop = session.terminals.latest.onOutput((bytes) => {
    seen += Buffer.from(bytes).toString('utf8');
  });
  await vi.waitUntil(() => seen.includes(text), { timeout: 20_000, interval: 10 });
  stop();
}

const types = (session: RealSession, text: string): void => session.terminals.latest.type(Buffer.from(text));

test.skipIf(!havePty)('an attempt: a shell, what was entered, a grade, and the cluster put back', async () => {
  const { source, options, steps, progress } = stage({ left: ['namespace shop is still being deleted'] });
  const session = await startRealAttempt(labOf(HINTED), options);
  expect(steps).toEqual(['creating the node', 'applying the lab’s objects']);
  await shows(session, 'me@here:~$ ');
  types(session, 'read -sp "Password: " word; echo; echo "it has ${#word}"\r');
  await shows(session, 'Password: ');
  types(session, 'geheim7\r');
  await shows(session, 'it has 7');
  types(session, 'echo one\\\r');
  types(session, 'two\r');
  await shows(session, 'onetwo');
  expect(session.terminals.open(80, 24)?.number).toBe(2);
  const graded = await session.grade();
  expect([graded.points, graded.report.passed]).toEqual([2, true]);
  expect(session.typed()).toContain('read -sp "Password: " word; echo; echo "it has ${#word}"');
  const [attempt] = progress.progress.attempts;
  expect([attempt?.cluster, attempt?.points, attempt?.finished]).toEqual(['kind', 2, false]);
  expect(await session.leave({ finished: true }, HOW)).toEqual(['namespace shop is still being deleted']);
  expect(source.done.slice(-3)).toEqual(['settle', 'restore', 'close']);
  expect(progress.progress.attempts[0]?.finished).toBe(true);
  const text = readFileSync(session.path, 'utf8');
  expect(text).not.toContain('geheim7');
  const { header, entries } = readJournal(session.path);
  expect([header.version, header.real?.cluster]).toEqual([2, 'kind']);
  expect(entries.flatMap((entry) => ('mark' in entry ? [entry.mark] : []))).toEqual(['graded']);
  expect(entries.some((entry) => 'shown' in entry && entry.text.includes('it has 7'))).toBe(true);
});

test('answers that cannot be looked at are told before anything is looked at, and can be mended', async () => {
  const refusals = ['The folder of answers is a link.'];
  const { source, options } = stage({ refusalOfAnswers: () => refusals.pop() });
  const session = await startRealAttempt(labOf(HINTED), options);
  await expect(session.grade()).rejects.toThrow('The folder of answers is a link.');
  expect(source.done).not.toContain('settle');
  expect((await session.grade()).points).toBe(2);
  await session.leave({ finished: true }, HOW);
});

test('what does not fit is refused before anything is made', async () => {
  const { source, options } = stage({ capabilities: [] });
  await expect(startRealAttempt(labOf(HINTED), options)).rejects.toThrow(
    /the cluster has nodes that are not the lab's to change/,
  );
  expect(source.done).toEqual(['capabilities']);
});

test('a world that cannot be made is taken away again, and what stays is told', async () => {
  const { source, options, progress } = stage({
    left: ['PersistentVolume data is still there'],
    setUp: async () => {
      throw new Error('the node did not become ready');
    },
  });
  await expect(startRealAttempt(labOf(HINTED), options)).rejects.toThrow(
    'the node did not become ready\nPersistentVolume data is still there',
  );
  expect(source.done.slice(-2)).toEqual(['restore', 'close']);
  expect(progress.progress.attempts).toEqual([]);
});

test('who stops it while it is made finds nothing left', async () => {
  const stopping = new AbortController();
  const { source, options, progress } = stage({
    setUp: async () => {
      stopping.abort();
    },
  });
  await expect(startRealAttempt(labOf(HINTED), { ...options, signal: stopping.signal })).rejects.toThrow(/abort/i);
  expect(source.done.slice(-2)).toEqual(['restore', 'close']);
  expect(progress.progress.attempts).toEqual([]);
});

test.skipIf(!havePty)('one that was left is taken up where it stood', async () => {
  const { source, options, progress } = stage({ takesUp: true });
  const session = await startRealAttempt(labOf(HINTED), options);
  session.hint();
  await shows(session, 'me@here:~$ ');
  await session.leave({ finished: false }, HOW);
  expect(source.done).not.toContain('restore');
  expect(progress.progress.attempts[0]?.finished).toBe(false);
  const again = await resumeRealAttempt(readJournal(session.path), session.id, options);
  expect([source.done.at(-1), again.hintsTaken]).toEqual([`take up ${session.id}`, 1]);
  await again.leave({ finished: true }, HOW);
  expect(source.done.slice(-2)).toEqual(['restore', 'close']);
  expect(readJournal(session.path).entries.length).toBeGreaterThan(0);
});

test.skipIf(!havePty)('one whose cluster is gone is over, and says so', async () => {
  const { options, progress } = stage({ takesUp: true });
  const session = await startRealAttempt(labOf(HINTED), options);
  await session.leave({ finished: false }, HOW);
  const gone = { ...options, source: new StandInSource({ takesUp: false }) };
  await expect(resumeRealAttempt(readJournal(session.path), session.id, gone)).rejects.toThrow(
    /kind does not hold it any more, so the attempt is over/,
  );
  expect(progress.progress.attempts[0]?.finished).toBe(true);
});

const ACTING: readonly [string, string] = [
  '      gone: {apiVersion: v1, kind: Pod, name: intruder, namespace: default}',
  '      before: [{advance: 1s}]\n      gone: {apiVersion: v1, kind: Pod, name: intruder, namespace: default}',
];

test.skipIf(!havePty)('one whose checks changed the cluster is graded once, and is over', async () => {
  const { source, options, progress } = stage({ takesUp: true });
  const acting = { ...options, instantiate: async () => instanceOf(HINTED, ACTING) };
  const session = await startRealAttempt(labOf(HINTED, ACTING), acting);
  expect([session.gradingEnds, session.isSpent]).toEqual([true, false]);
  expect((await session.grade()).points).toBe(2);
  expect(session.isSpent).toBe(true);
  await expect(session.grade()).rejects.toThrow('it cannot be graded again');
  await session.leave({ finished: false }, HOW);
  expect(source.done.slice(-2)).toEqual(['restore', 'close']);
  expect(progress.progress.attempts[0]).toMatchObject({ points: 2, finished: true });
});

test.skipIf(!havePty)('what was found out before checks change the cluster is kept before they do', async () => {
  const kept: unknown[] = [];
  const { options, progress } = stage({
    runs: true,
    wait: async () => {
      const { points, total } = progress.progress.attempts[0] ?? {};
      kept.push([points, total, session.isSpent]);
      throw new ClusterError('the connection was lost');
    },
  });
  const acting = { ...options, instantiate: async () => instanceOf(HINTED, ACTING) };
  const session = await startRealAttempt(labOf(HINTED, ACTING), acting);
  const { report } = await session.grade();
  expect(kept).toEqual([[0, 2, true]]);
  expect(report.checks.at(-1)).toMatchObject({ undecided: true, found: 'the connection was lost' });
  await session.leave({ finished: true }, HOW);
});

test.skipIf(!havePty)('one that was killed while its checks changed the cluster is not gone on with', async () => {
  const { source, options, progress } = stage({ takesUp: true });
  const session = await startRealAttempt(labOf(HINTED), options);
  await session.leave({ finished: false }, HOW);
  const { entries } = readJournal(session.path);
  appendFileSync(session.path, `${JSON.stringify({ n: entries.length + 1, t: 9_000_000, mark: 'spent' })}\n`);
  await expect(resumeRealAttempt(readJournal(session.path), session.id, options)).rejects.toThrow(
    'its checks had changed the cluster, so the attempt is over',
  );
  expect(source.done.slice(-2)).toEqual(['restore', 'close']);
  expect(progress.progress.attempts[0]?.finished).toBe(true);
});

test('a cluster without a lab is told of, and put back where its use fails', async () => {
  const { source, options } = stage({ unrestorable: 'kubectl proxy ended' });
  const fails = async (): Promise<never> => {
    throw new Error('no shell');
  };
  await expect(inEmptyWorld(source, 'three-node', options, fails)).rejects.toThrow(
    'no shell\nThe cluster was not put back: kubectl proxy ended',
  );
  expect(source.done.slice(-2)).toEqual(['restore', 'close']);
});
