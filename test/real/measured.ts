import { readdirSync, readFileSync } from 'node:fs';
import { grade, noteBaseline } from '../../src/checker/grade.js';
import { openSimCluster } from '../../src/clusters/sim/sim-cluster.js';
import { readCatalogue } from '../../src/labs/content/find.js';
import type { Lab } from '../../src/labs/format/lab.js';
import { gradeOptions } from '../../src/labs/session/grade-options.js';
import { machineOptions } from '../../src/labs/session/machine-options.js';
import { drawn } from './cases.js';
import type { TestCluster } from './cluster.js';
import { kubectl } from './kubectl.js';
import { sourceOf } from './source.js';

const LAB = 'ckad/settings-into-a-pod';
const COMMAND = ['get', 'pods', '--all-namespaces'];
const NOBODY = { onStep: () => {}, confirm: async () => true };

/** Seconds, and mebibytes. */
interface Measured {
  readonly ready: number;
  readonly command: number;
  readonly grading: number;
  readonly memory: number;
}

/** What one lab costs on a real cluster that is there already, and on a simulated one that is made for it: a line each. */
export async function measuredSides(cluster: TestCluster): Promise<string[]> {
  const before = ownMemory();
  const simulated = await measuredSimulated(before);
  const real = await measuredReal(cluster);
  const line = (what: keyof Measured, says: string, unit: string): string =>
    `${says}: real ${real[what].toFixed(2)} ${unit}, simulated ${simulated[what].toFixed(2)} ${unit}, ${(real[what] / simulated[what]).toFixed(1)} : 1`;
  return [
    `${LAB}, side by side:`,
    line('ready', 'until the lab is ready', 's'),
    line('command', `kubectl ${COMMAND.join(' ')}`, 's'),
    line('grading', 'grading the untouched lab', 's'),
    line('memory', 'memory', 'MiB'),
  ];
}

async function measuredSimulated(before: number): Promise<Measured> {
  const instance = await drawn(lab());
  let cluster: Awaited<ReturnType<typeof openSimCluster>> | undefined;
  const ready = await seconds(async () => {
    cluster = await openSimCluster(machineOptions(instance), { thread: 'same' });
  });
  if (!cluster) throw new Error('no simulated cluster');
  const { checks, host } = instance;
  const baseline = await noteBaseline(cluster, checks);
  const there = cluster;
  const command = await seconds(async () => void (await there.run(host, 'root', ['kubectl', ...COMMAND])));
  const grading = await seconds(
    async () => void (await grade(there, { ...gradeOptions(instance), baseline, spend: true })),
  );
  const memory = ownMemory() - before;
  await there.close();
  return { ready, command, grading, memory };
}

async function measuredReal(test: TestCluster): Promise<Measured> {
  const source = sourceOf(test);
  const cluster = await source.open({ base: 'three-node' }, NOBODY);
  const instance = await drawn(lab(), cluster.place);
  const ready = await seconds(() => cluster.setUp(instance.world, NOBODY));
  const baseline = await noteBaseline(cluster, instance.checks);
  const command = await seconds(async () => void (await kubectl(test.kubeconfig, COMMAND)));
  const grading = await seconds(
    async () => void (await grade(cluster, { ...gradeOptions(instance), baseline, spend: true })),
  );
  const memory = memoryOfOthers();
  await cluster.restore(NOBODY);
  await cluster.close();
  return { ready, command, grading, memory };
}

function lab(): Lab {
  const found = readCatalogue('content').labs.find(({ id }) => id === LAB);
  if (!found) throw new Error(`${LAB} is not shipped`);
  return found;
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

function ownMemory(): number {
  return process.memoryUsage.rss() / 2 ** 20;
}

/** All processes of this run's namespaces but this one: what the cluster is. */
function memoryOfOthers(): number {
  const pages = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map((name) => {
      try {
        return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1] ?? 0);
      } catch {
        return 0;
      }
    });
  return pages.reduce((sum, kibibytes) => sum + kibibytes, 0) / 1024;
}
