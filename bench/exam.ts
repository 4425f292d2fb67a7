import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSimCluster } from '../src/clusters/sim/sim-cluster.js';
import { curriculum } from '../src/labs/content/curriculum.js';
import { contentFolder, readCatalogue } from '../src/labs/content/find.js';
import { beginExam } from '../src/labs/exam/begin-exam.js';
import type { JournalEntry } from '../src/labs/journal/entry.js';
import { ProgressStore } from '../src/labs/progress/store.js';
import { replay } from '../src/labs/session/replay.js';
import { worldOptions } from '../src/labs/session/world.js';
import type { Benchmark } from './benchmark.js';
import { threeNodeMachine } from './machine.js';

const MINUTE = 60_000_000;
const MINUTES = 120;
const TASKS = 17;
const SIZE = { columns: 100, rows: 30 };
const LAB = 'cka/drain-a-node';

const worldReady = {
  name: 'world ready',
  measure: () => millisecondsOf(async () => threeNodeMachine('1')),
};

/** From the key that opens a task whose machine was made before, until its prompt is there. */
const opened: Benchmark = {
  name: 'a prepared task opened',
  unit: 'ms',
  against: worldReady,
  aimMax: 100,
  aimIsAbsolute: true,
  rounds: 5,
  async measure() {
    const home = mkdtempSync(join(tmpdir(), 'kubedrill-bench-'));
    const exam = await examOf(home);
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
    rmSync(home, { recursive: true, force: true });
    return milliseconds;
  },
};

/** All tasks' machines after two hours, from their journals: what the end of an exam costs that was gone on with. */
const replayed: Benchmark = {
  name: 'two hours of 17 tasks replayed',
  unit: 'ms',
  against: worldReady,
  aimMax: 20_000,
  aimIsAbsolute: true,
  rounds: 1,
  secondsMax: 240,
  async measure() {
    let milliseconds = 0;
    for (let task = 0; task < TASKS; task += 1) {
      const cluster = await openSimCluster(worldOptions('three-node', String(task)), { thread: 'same' });
      const entries = journalOf(task, cluster.reached);
      milliseconds += await millisecondsOf(() => replay(cluster, entries));
      await cluster.close();
    }
    return milliseconds;
  },
};

export const exam: readonly Benchmark[] = [opened, replayed];

async function examOf(home: string) {
  const lab = readCatalogue(contentFolder()).labs.find(({ id }) => id === LAB);
  if (!lab) throw new Error(`there is no lab ${LAB}`);
  const room = {
    home,
    progress: ProgressStore.open(home),
    program: 'bench',
    where: { thread: 'same' },
    labs: new Map([[LAB, lab]]),
  } as const;
  const blueprint = {
    id: 'cka/bench',
    title: 'One task',
    certification: 'cka',
    tasks: { min: 1, max: 1 },
    minutes: MINUTES,
    passPercent: 66,
    domains: curriculum().domains.filter(({ certification }) => certification === 'cka'),
  } as const;
  const draw = { tasks: [{ number: 1, lab: LAB, seed: '1', weight: 100 }], lacks: 0, again: [] };
  return beginExam({ blueprint, draw, seed: '1', minutes: MINUTES, coach: false, interruptions: 'pause' }, room);
}

/** What a task's machine lived through: it was opened in its turn, seven minutes were worked at it, the rest it stood by. */
function journalOf(task: number, start: number): JournalEntry[] {
  const entries: JournalEntry[] = [];
  const add = (entry: { t: number } & Record<string, unknown>): void => {
    entries.push({ n: entries.length + 1, ...entry } as JournalEntry);
  };
  add({
    t: start,
    input: { kind: 'open-terminal', terminal: 1, host: 'base', user: 'candidate', columns: 100, rows: 30 },
  });
  for (const [minute, line] of [
    'ssh controlplane',
    'kubectl get pods -A',
    'kubectl create deployment web --image=nginx:1.27 --replicas=2',
    'kubectl get deploy,rs,pods -o wide',
    'kubectl scale deployment web --replicas=4',
    'kubectl -n kube-system describe pod -l k8s-app=kube-dns | tail -20',
    'exit',
  ].entries())
    for (const key of `${line}\r`)
      add({ t: start + minute * MINUTE, input: { kind: 'type', terminal: 1, bytes: Buffer.from(key) } });
  const left = MINUTES - Math.floor((task * MINUTES) / TASKS);
  add({ t: start + left * MINUTE, clock: true });
  return entries;
}

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
