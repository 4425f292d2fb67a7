import { expect, test } from 'vitest';
import { type OutsideAnswer, type OutsideQuestion, openSimCluster } from '../../../src/clusters/sim/sim-cluster.js';
import type { JournalEntry } from '../../../src/labs/journal/entry.js';
import { QuestionDesk } from '../../../src/labs/session/question-desk.js';
import { replay } from '../../../src/labs/session/replay.js';
import { worldOptions } from '../../../src/labs/session/world.js';

const question = (path: string): OutsideQuestion => ({ kind: 'edit', path, bytes: undefined, readonly: false });
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('questions are answered in the order of asking, one at a time, and time goes on after the last', async () => {
  const told: string[] = [];
  const desk = new QuestionDesk({
    answer: (id, answer) => told.push(`answer ${id} ${answer.kind}`),
    opened: ({ path }) => told.push(`opened ${path}`),
    hold: () => told.push('hold'),
    release: () => told.push('release'),
  });
  const open: ((answer: OutsideAnswer) => void)[] = [];
  desk.ask(1, question('one'));
  expect(desk.busy).toBe(true);
  desk.attend(({ path }, onOpen) => {
    told.push(`opens ${path}`);
    if (path === 'one') onOpen();
    return new Promise((resolve) => open.push(resolve));
  });
  desk.ask(2, question('two'));
  await settled();
  expect(open).toHaveLength(1);
  open[0]?.({ kind: 'left' });
  await settled();
  open[1]?.({ kind: 'nobody' });
  await settled();
  expect(told).toEqual([
    'hold',
    'opens one',
    'opened one',
    'hold',
    'answer 1 left',
    'opens two',
    'answer 2 nobody',
    'release',
  ]);
  expect(desk.busy).toBe(false);
});

const SECOND = 1_000_000;
const TYPED = 'sudo vi /root/one; ssh -t node01 vi two; echo rest-$((1+1))\r';

/** Plays a journal in portions of these seconds; tells what was asked, shown, and the state in the end. */
async function played(answers: readonly OutsideAnswer[], portions: readonly number[]) {
  const cluster = await openSimCluster({ ...worldOptions('three-node', '1'), ownEditor: true }, { thread: 'same' });
  try {
    const asked: string[] = [];
    let shown = '';
    cluster.onEvent((event) => {
      if (event.kind === 'asked') asked.push(`${event.id} ${event.question.path}`);
      if (event.kind === 'output') shown += Buffer.from(event.bytes).toString('utf8');
    });
    const start = cluster.reached;
    const at = (seconds: number): number => start + seconds * SECOND;
    const terminal = { terminal: 1, columns: 80, rows: 24 };
    const entries: JournalEntry[] = [
      { n: 1, t: at(0), input: { kind: 'open-terminal', host: 'controlplane', user: 'candidate', ...terminal } },
      { n: 2, t: at(2), input: { kind: 'type', terminal: 1, bytes: Buffer.from(TYPED) } },
      ...answers.map(
        (answer, index): JournalEntry => ({
          n: index + 3,
          t: at(6 + 3 * index),
          input: { kind: 'answer', id: index + 1, answer },
        }),
      ),
    ];
    const clock = portions.map((seconds): JournalEntry => ({ n: 0, t: at(seconds), hash: '' }));
    await replay(
      cluster,
      [...entries, ...clock].sort((one, other) => one.t - other.t),
    );
    await cluster.advanceTo(at(15));
    return { asked, shown, hash: await cluster.traceHash(), one: await cluster.file('controlplane', '/root/one') };
  } finally {
    await cluster.close();
  }
}

test('the same answers make the same machine, however time is cut; other ones another', async () => {
  const saved = (text: string): OutsideAnswer => ({ kind: 'saved', bytes: Buffer.from(text) });
  const first = await played([saved('1\n'), { kind: 'left' }], []);
  expect(first.asked).toEqual(['1 /root/one', '2 two']);
  expect(first.shown).toContain('rest-2');
  expect(Buffer.from(first.one?.content ?? []).toString('utf8')).toBe('1\n');
  const again = await played([saved('1\n'), { kind: 'left' }], [0.3, 2.01, 5.5, 7.777, 9, 12]);
  expect(again.hash).toBe(first.hash);
  expect((await played([saved('2\n'), { kind: 'left' }], [])).hash).not.toBe(first.hash);
}, 120_000);
