import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { ClusterError } from '../../../src/clusters/port.js';
import { ExamLeftError } from '../../../src/labs/exam/exam-errors.js';
import { ExamJournal } from '../../../src/labs/exam/exam-journal.js';
import { unfinishedExams } from '../../../src/labs/exam/unfinished-exams.js';
import { HomeError } from '../../../src/labs/home.js';
import { beginRealExam, resumeRealExam } from '../../../src/labs/real-exam/begin-real-exam.js';
import type { RealExamSession } from '../../../src/labs/real-exam/real-exam-session.js';
import { StandInSource } from '../real/stand-in.js';
import { CHOICES, HOW, type Room, roomOf, SIZE } from './stand-in-room.js';

async function begin(room: Room): Promise<{ readonly session: RealExamSession; readonly steps: string[] }> {
  const steps: string[] = [];
  const session = await beginRealExam(CHOICES, room, { ...HOW, onStep: ({ says }) => void steps.push(says) });
  return { session, steps };
}

test('all worlds are made before the clock begins; each task has shells and answers of its own', async () => {
  const room = roomOf();
  const { session, steps } = await begin(room);
  expect(steps).toEqual(['creating the node', 'task 2 of 3: applying the lab’s objects']);
  expect(room.source.done).toEqual(['capabilities', 'open', 'set up']);
  expect(session.state.elapsed).toBeLessThan(1000);
  const one = await session.open(1, SIZE);
  const two = await session.open(2, SIZE);
  expect(await session.open(1, SIZE)).toBe(one);
  expect([one.host, two.host]).toEqual(['kind', 'kind']);
  expect([1, 2].map((number) => existsSync(join(room.home, 'answers', String(number))))).toEqual([true, true]);
  expect(session.instances.map(({ task }) => task)).toEqual(
    ['alpha', 'beta', 'gamma'].map(
      (name, index) =>
        `Put yes into answer of ${name}, and what you found into ${join(room.home, 'answers', String(index + 1))}/found.`,
    ),
  );
  expect([...session.state.openedAt.keys()]).toEqual([1, 2]);
  await session.leave(HOW);
});

test('who finishes is graded on the cluster, what acts last; it is kept with the cluster, which is put back', async () => {
  const room = roomOf({ left: ['namespace beta is still being deleted'] });
  const { session } = await begin(room);
  await session.open(1, SIZE);
  await session.open(2, SIZE);
  room.answered.add('alpha').add('beta');
  room.asked.length = 0;
  const order: string[] = [];
  const { record, tasks } = await session.finish('finished', (task, { number, of, says }) => {
    order.push(`${number}/${of} ${task} ${says}`);
  });
  expect(order).toEqual([
    '1/2 2 undefined',
    '1/2 2 letting it come to rest',
    '1/2 2 looking at it',
    '2/2 1 undefined',
    '2/2 1 letting it come to rest',
    '2/2 1 trying it out, which may take minutes',
  ]);
  expect(room.asked).toEqual(['GET beta', 'GET alpha']);
  // A task waits for what is its own: others may never come to rest.
  expect(room.source.done.filter((one) => one.startsWith('settle'))).toEqual([
    'settle beta',
    'settle alpha',
    'settle alpha',
  ]);
  expect(record).toMatchObject({ cluster: 'kind', ending: 'finished', percent: 70, passed: true });
  expect(record.tasks.map(({ points, opened }) => [points, opened])).toEqual([
    [2, true],
    [2, true],
    [0, false],
  ]);
  expect(tasks.map(({ graded }) => graded?.points)).toEqual([2, 2, undefined]);
  const [first, second] = [session.leave(HOW), session.leave(HOW)];
  expect(await first).toEqual(['namespace beta is still being deleted']);
  expect(await second).toEqual(await first);
  expect(room.source.done.slice(-2)).toEqual(['restore', 'close']);
  expect(room.progress.progress.exams).toEqual([record]);
  expect(room.progress.progress.attempts.map(({ cluster, exam, finished }) => [cluster, exam, finished])).toEqual([
    ['kind', session.id, true],
    ['kind', session.id, true],
  ]);
  expect(unfinishedExams(room.home, room.progress)).toEqual([]);
});

test('what cannot be made, or is stopped, leaves nothing', async () => {
  const room = roomOf({
    setUp: async () => {
      throw new Error('the API server refused it');
    },
  });
  await expect(begin(room)).rejects.toThrow('the API server refused it');
  expect(room.source.done.slice(-2)).toEqual(['restore', 'close']);
  expect(unfinishedExams(room.home, room.progress)).toEqual([]);
  const lacking = roomOf({ capabilities: ['containers'] });
  await expect(begin(lacking)).rejects.toThrow('cannot be done on this cluster');
  expect(lacking.source.done).toEqual(['capabilities']);
});

test('one that was left is gone on with on the same cluster, and its file says which', async () => {
  const room = roomOf();
  const { session } = await begin(room);
  await session.open(2, SIZE);
  session.flag(3, true);
  await session.leave(HOW);
  expect(room.source.done.slice(-2)).toEqual(['set up', 'close']);
  const [unfinished] = unfinishedExams(room.home, room.progress, room.clocks);
  expect(unfinished?.header.real?.cluster).toBe('kind');
  const again = await resumeRealExam(session.id, room, HOW);
  expect(room.source.done.at(-1)).toBe(`take up ${session.id}`);
  expect([again.state.current, [...again.state.flagged], again.state.resumed]).toEqual([2, [3], 1]);
  await again.open(2, SIZE);
  room.answered.add('beta');
  room.forward += 61 * 60_000;
  await vi.waitUntil(() => again.over, { timeout: 5000 });
  await expect(again.open(1, SIZE)).rejects.toThrow('The exam is over.');
  const { record } = await again.finish('finished');
  expect(record).toMatchObject({ ending: 'time', percent: 30, resumed: 1 });
  await again.leave(HOW);
});

test('where the cluster is gone it is over, with what was graded before', async () => {
  const room = roomOf();
  const { session } = await begin(room);
  await session.open(1, SIZE);
  await session.open(2, SIZE);
  await session.leave(HOW);
  const gone = roomOf({ takesUp: false }, room.home);
  await expect(resumeRealExam(session.id, gone, HOW)).rejects.toThrow(
    'kind does not hold it any more, so the exam is over',
  );
  expect(unfinishedExams(room.home, gone.progress)).toEqual([]);
  expect(gone.progress.progress.attempts.every(({ finished }) => finished)).toBe(true);
  expect(gone.progress.progress.exams).toEqual([]);
});

test('where it cannot be gone on with for now, what was done on the cluster stays', async () => {
  const room = roomOf();
  const { session } = await begin(room);
  await session.open(2, SIZE);
  await session.leave(HOW);
  vi.spyOn(ExamJournal.prototype, 'note').mockImplementationOnce(() => {
    throw new HomeError(room.home, new Error('the disk is full'));
  });
  await expect(resumeRealExam(session.id, room, HOW)).rejects.toThrow('the disk is full');
  expect(room.source.done.slice(-2)).toEqual([`take up ${session.id}`, 'close']);
  const again = await resumeRealExam(session.id, room, HOW);
  expect(again.state.current).toBe(2);
  await again.leave(HOW);
});

test('grading that is interrupted goes on, and what its own checks have spoiled is not graded again', async () => {
  const room = roomOf();
  const { session } = await begin(room);
  await session.open(1, SIZE);
  await session.open(2, SIZE);
  room.answered.add('alpha').add('beta');
  vi.spyOn(room.progress, 'saveExam').mockImplementationOnce(() => {
    throw new Error('the disk is full');
  });
  await expect(session.finish('finished')).rejects.toThrow('the disk is full');
  await session.leave(HOW);
  expect(room.source.done.at(-1)).toBe('close');
  const again = await resumeRealExam(session.id, room, HOW);
  room.answered.clear();
  const { record } = await again.finish('finished');
  expect(record.tasks.map(({ points }) => points)).toEqual([2, 0, 0]);
  await again.leave(HOW);
  expect(room.source.done.slice(-2)).toEqual(['restore', 'close']);
});

test.each<[string, Error, readonly string[]]>([
  ['the cluster is lost', new ClusterError('the connection was lost'), []],
  ['it is killed', new Error('killed'), ['killed']],
])('where %s while checks change it, what was found out before counts', async (_, error, fails) => {
  const room = roomOf({
    runs: () => {
      throw error;
    },
  });
  const { session } = await begin(room);
  await session.open(1, SIZE);
  await session.open(2, SIZE);
  room.answered.add('alpha').add('beta');
  const failed: string[] = [];
  await session.finish('finished').catch(({ message }: Error) => void failed.push(message));
  expect(failed).toEqual(fails);
  room.asked.length = 0;
  let last = session;
  if (fails.length > 0) {
    await session.leave(HOW);
    last = await resumeRealExam(session.id, room, HOW);
  }
  const { record } = await last.finish('finished');
  expect(record.tasks.map(({ points, total }) => [points, total])).toEqual([
    [0, 2],
    [2, 2],
    [0, 2],
  ]);
  // What may be spoiled is not looked at.
  expect(room.asked).toEqual(['GET beta']);
  await last.leave(HOW);
});

test('who leaves while the last task is graded has the exam kept, and on the cluster', async () => {
  let leaving: Promise<unknown> = Promise.resolve();
  const room = roomOf({
    runs: () => {
      leaving = session.leave(HOW);
      throw new ClusterError('the connection was lost');
    },
  });
  const { session } = await begin(room);
  await session.open(1, SIZE);
  await expect(session.finish('finished')).rejects.toThrow(ExamLeftError);
  await leaving;
  expect(room.source.done.slice(-1)).toEqual(['close']);
  expect(room.source.done).not.toContain('restore');
  expect(room.progress.progress.exams).toEqual([]);
  expect(unfinishedExams(room.home, room.progress).map(({ id }) => id)).toEqual([session.id]);
});

test('without a source that takes up, leaving ends it and puts the cluster back', async () => {
  const room = roomOf();
  const plain = new StandInSource({ answers: join(room.home, 'answers') });
  const { session } = await begin({ ...room, source: plain });
  await session.leave(HOW);
  expect(plain.done.slice(-2)).toEqual(['restore', 'close']);
  expect(unfinishedExams(room.home, room.progress)).toEqual([]);
});
