import { grade, noteBaseline } from '../src/checker/grade.js';
import { openSimCluster } from '../src/clusters/sim/sim-cluster.js';
import { contentFolder, readCatalogue } from '../src/labs/content/find.js';
import { seededDice } from '../src/labs/dice.js';
import { expressionsFor } from '../src/labs/format/derive.js';
import { instantiate, type LabInstance } from '../src/labs/format/instance.js';
import { solutionSteps } from '../src/labs/proof/case.js';
import { gradeOptions } from '../src/labs/session/grade-options.js';
import { machineOptions } from '../src/labs/session/machine-options.js';
import { Typist } from '../src/labs/session/play.js';
import type { Benchmark } from './benchmark.js';

/** As many as an exam has. */
const TASKS = 17;

/** Milliseconds that finished tasks took to come to rest, and to be judged after that. */
interface Spent {
  readonly quiet: number;
  readonly judged: number;
}

async function instances(): Promise<LabInstance[]> {
  const { labs } = readCatalogue(contentFolder());
  return Promise.all(
    Array.from({ length: TASKS }, async (_, number) => {
      const lab = labs[number % labs.length];
      if (!lab) throw new Error('there are no labs');
      const evaluate = await expressionsFor(lab.content);
      return instantiate(lab, { seed: `${number}`, dice: seededDice(`${number}`), evaluate });
    }),
  );
}

/** Solves a task and grades it, counting from when the last line was typed. */
async function gradeOne(instance: LabInstance): Promise<Spent> {
  const cluster = await openSimCluster(machineOptions(instance), { thread: 'same' });
  const baseline = await noteBaseline(cluster, instance.checks);
  const typist = await Typist.start(cluster, 1, { host: instance.host, user: 'candidate' });
  await typist.type(solutionSteps(instance));
  await typist.end();
  const finished = performance.now();
  await cluster.settle(instance.settleSecondsMax);
  const quiet = performance.now();
  await grade(cluster, { ...gradeOptions(instance), baseline, spend: true });
  const judged = performance.now();
  await cluster.close();
  return { quiet: quiet - finished, judged: judged - quiet };
}

function row(name: string, aimMax: number, pick: (spent: Spent) => number): Benchmark {
  return {
    name,
    unit: 'ms',
    against: 'bare start',
    aimMax,
    aimIsAbsolute: true,
    rounds: 1,
    secondsMax: 180,
    async measure() {
      let sum = 0;
      for (const instance of await instances()) sum += pick(await gradeOne(instance));
      return sum;
    },
  };
}

/** Grading an exam's tasks, one after another, with and without the jump to quiet that comes before. */
export const gradingTasks: readonly Benchmark[] = [
  row(`grading ${TASKS} quiet tasks`, 200, ({ judged }) => judged),
  row(`grading ${TASKS} tasks, jump to quiet too`, 3000, ({ quiet, judged }) => quiet + judged),
];
