import type { ExamRoom } from '../src/labs/exam/begin-exam.js';
import type { Benchmark } from './benchmark.js';
import { threeNodeMachine } from './machine.js';
import { beginDrawn, examRoom, leaveCutOff, standAgain } from './two-hour-exam.js';

const SIZE = { columns: 100, rows: 30 };
const PROGRAM = 'bench';
const TASK = { number: 1, lab: 'cka/drain-a-node', seed: '1', weight: 100 };

const worldReady = {
  name: 'world ready',
  measure: () => millisecondsOf(async () => threeNodeMachine('1')),
};

/** Does something in a room for exams with threads of its own. */
async function inRoom<T>(work: (room: ExamRoom) => Promise<T>): Promise<T> {
  const { room, end } = examRoom(PROGRAM);
  try {
    return await work(room);
  } finally {
    await end();
  }
}

/** From the key that opens a task whose machine was made before, until its prompt is there. */
const opened: Benchmark = {
  name: 'a prepared task of an exam opened',
  unit: 'ms',
  against: worldReady,
  aimMax: 100,
  aimIsAbsolute: true,
  rounds: 5,
  measure: () =>
    inRoom(async (room) => {
      const exam = await beginDrawn(room, [TASK]);
      await exam.prepare(1);
      const milliseconds = await millisecondsOf(async () => {
        const session = await exam.open(1, SIZE);
        await new Promise<void>((resolve) =>
          session.onOutput((bytes) => {
            if (Buffer.from(bytes).toString().includes('$ ')) resolve();
          }),
        );
      });
      await exam.leave();
      return milliseconds;
    }),
};

/** A whole exam that was cut off at its end is gone on with: the machines of all its tasks are made again and replayed. */
const replayed: Benchmark = {
  name: 'a two-hour exam replayed, all tasks',
  unit: 'ms',
  against: worldReady,
  aimMax: 20_000,
  aimIsAbsolute: true,
  rounds: 1,
  secondsMax: 400,
  measure: () =>
    inRoom(async (room) => {
      const id = await leaveCutOff(room);
      const started = performance.now();
      const exam = await standAgain(id, room);
      const milliseconds = performance.now() - started;
      await exam.leave();
      return milliseconds;
    }),
};

export const exam: readonly Benchmark[] = [opened, replayed];

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
