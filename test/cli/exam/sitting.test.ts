import { expect, test } from 'vitest';
import { sittingOf } from '../../../src/cli/exam/sitting.js';
import { contentFolder, readCatalogue } from '../../../src/labs/content/find.js';
import type { ExamSession, FinishedExam } from '../../../src/labs/exam/exam-session.js';
import { type ExamState, NEW_EXAM } from '../../../src/labs/exam/exam-state.js';
import { drawnTask } from '../../../src/labs/exam/exam-tasks.js';
import type { Lab } from '../../../src/labs/format/lab.js';
import { GRADED } from '../../ui/fake-session.js';

const { labs } = readCatalogue(contentFolder());
const [first, second] = labs.filter(({ content }) => content.spec.certification === 'cka') as [Lab, Lab];
const tasks = [first, second].map(({ id }, index) => ({
  number: index + 1,
  lab: id,
  seed: `7-${index + 1}`,
  weight: 50,
}));
const instances = await Promise.all([drawnTask(tasks[0] as never, first), drawnTask(tasks[1] as never, second)]);

const finished = {
  record: {
    percent: 33,
    passed: false,
    ending: 'time',
    seconds: 7200,
    domains: [{ name: 'Storage', weight: 100, percent: 33 }],
    tasks: [
      { points: 4, total: 6, seconds: 300 },
      { points: 0, total: 8, seconds: 0 },
    ],
  },
  tasks: [
    { number: 1, graded: GRADED, typed: ['k get po'] },
    { number: 2, graded: undefined, typed: [] },
  ],
} as unknown as FinishedExam;

/** An exam's session as far as a sitting asks it. */
function sitting(ended?: ExamState['ended']) {
  const live = { instance: instances[0], host: 'base' };
  const session = {
    id: 'e1',
    header: {
      title: 'CKA mock exam',
      certification: 'cka',
      seed: '7',
      minutes: 120,
      passPercent: 66,
      coach: true,
      interruptions: 'count',
      tasks,
    },
    instances,
    state: {
      ...NEW_EXAM,
      current: 2,
      openedAt: new Map([[2, 1000]]),
      spent: new Map([[2, 61_000]]),
      flagged: new Set([1]),
      notes: 'x',
      ended,
    },
    remaining: 59_400,
    open: async () => live,
    finish: async () => finished,
  };
  return sittingOf(session as unknown as ExamSession);
}

test('what is settled is shown: tasks with their hosts and texts, and the sites of the certification', () => {
  const { view } = sitting();
  expect(view).toMatchObject({ title: 'CKA mock exam', coach: true, interruptions: 'count', passPercent: 66 });
  expect(view.sites).toContain('helm.sh/docs');
  expect(view.tasks.map(({ number, weight, host }) => ({ number, weight, host }))).toEqual([
    { number: 1, weight: 50, host: instances[0]?.host },
    { number: 2, weight: 50, host: instances[1]?.host },
  ]);
  expect(view.tasks[0]?.view.task).toBe(instances[0]?.task);
  expect(view.tasks[0]?.view.title).toBe(first.content.metadata.title);
});

test('the exam is taken up where it stands', () => {
  const { standing, remainingSeconds, spentSeconds } = sitting();
  expect(standing).toEqual({ current: 2, opened: [2], flagged: [1], notes: 'x' });
  expect(remainingSeconds).toBe(60);
  expect([spentSeconds(1), spentSeconds(2)]).toEqual([0, 61]);
  expect(sitting('finished').standing.ended).toBe('finished');
});

test('a machine has one session, however often its task is opened', async () => {
  const exam = sitting();
  const options = { columns: 80, rows: 24, onStep: () => {} };
  expect(await exam.open(1, options)).toBe(await exam.open(1, options));
});

test('the result has each task with what it earned, its report and what was typed', async () => {
  const result = await sitting().finish('time', () => {});
  expect(result).toMatchObject({ percent: 33, passed: false, ending: 'time', seconds: 7200 });
  expect(result.tasks[0]).toMatchObject({ points: 4, total: 6, seconds: 300, graded: GRADED, typed: ['k get po'] });
  expect(result.tasks[1]).toMatchObject({ points: 0, total: 8, graded: undefined, typed: [] });
});
