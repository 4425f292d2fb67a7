import { readdirSync, readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { grade, noteBaseline } from '../../src/checker/grade.js';
import { namedObjects } from '../../src/clusters/real/named-objects.js';
import { openSimCluster } from '../../src/clusters/sim/sim-cluster.js';
import type { Lab } from '../../src/labs/format/lab.js';
import { gradeOptions } from '../../src/labs/session/grade-options.js';
import { machineOptions } from '../../src/labs/session/machine-options.js';
import { chooseLabs, drawn } from './cases.js';
import type { TestCluster } from './cluster.js';
import { kubectl } from './kubectl.js';
import { sourceOf } from './source.js';

/** Few objects, a cluster role and a kind of its own, Deployments with policies between them. */
const LABS = ['ckad/settings-into-a-pod', 'cka/define-a-kind', 'ckad/labels-open-doors'];
const COMMAND = ['get', 'pods', '--all-namespaces'];
const NOBODY = { onStep: () => {}, confirm: async () => true };
const ROUNDS = ['first', 'warm'] as const;

/** Seconds, and mebibytes. */
interface Measured {
  readonly ready: number;
  readonly command: number;
  readonly grading: number;
  readonly memory: number;
}

const ROWS: readonly (readonly [what: keyof Measured, says: string, unit: string])[] = [
  ['ready', 'until the lab is ready', 's'],
  ['command', `kubectl ${COMMAND.join(' ')}`, 's'],
  ['grading', 'grading the untouched lab', 's'],
  ['memory', 'memory', 'MiB'],
];

/**
 * What labs cost on a real cluster that is there already, and on simulated ones that are made for them, one after the other
 * in this process: a line each. The first round finds programs and images cold, the second warm.
 */
export async function measuredSides(cluster: TestCluster): Promise<string[]> {
  const before = ownMemory();
  const lines = [loadOf('before')];
  const { labs } = await chooseLabs(LABS);
  for (const round of ROUNDS) {
    for (const lab of labs) {
      const simulated = await measuredSimulated(lab, before);
      const real = await measuredReal(lab, cluster);
      lines.push(`${lab.id}, ${round}:`);
      for (const [what, says, unit] of ROWS) {
        // One process has all simulated clusters, one after another: what it grows by tells of the first alone.
        if (what === 'memory' && lab !== labs[0]) continue;
        const amounts = `real ${real[what].toFixed(2)} ${unit}, simulated ${simulated[what].toFixed(2)} ${unit}`;
        lines.push(`  ${says}: ${(real[what] / simulated[what]).toFixed(1)} : 1 (${amounts})`);
      }
    }
  }
  return [...lines, loadOf('after')];
}

function loadOf(when: string): string {
  return `load ${when}: ${loadavg()[0]?.toFixed(1)} on ${cpus().length} processors`;
}

async function measuredSimulated(lab: Lab, before: number): Promise<Measured> {
  const instance = await drawn(lab);
  const { checks, host } = instance;
  const [there, ready] = await timed(() => openSimCluster(machineOptions(instance), { thread: 'same' }));
  const baseline = await noteBaseline(there, checks);
  const [, command] = await timed(() => there.run(host, 'root', ['kubectl', ...COMMAND]));
  const [, grading] = await timed(() => grade(there, { ...gradeOptions(instance), baseline, spend: true }));
  const memory = ownMemory() - before;
  await there.close();
  return { ready, command, grading, memory };
}

async function measuredReal(lab: Lab, test: TestCluster): Promise<Measured> {
  const cluster = await sourceOf(test).open({ base: 'three-node' }, NOBODY);
  const instance = await drawn(lab, cluster.place);
  const named = namedObjects([instance.checks, instance.world]);
  const [, ready] = await timed(() => cluster.setUp(instance.world, { ...NOBODY, named }));
  const baseline = await noteBaseline(cluster, instance.checks);
  const [, command] = await timed(() => kubectl(test.kubeconfig, COMMAND));
  const [, grading] = await timed(() => grade(cluster, { ...gradeOptions(instance), baseline, spend: true }));
  const memory = memoryOfOthers();
  await cluster.restore(NOBODY);
  await cluster.close();
  return { ready, command, grading, memory };
}

async function timed<T>(work: () => Promise<T>): Promise<readonly [T, seconds: number]> {
  const began = performance.now();
  const result = await work();
  return [result, (performance.now() - began) / 1000];
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
