import { type MachineOptions, openSimCluster, type SimCluster } from '../src/clusters/sim/sim-cluster.js';
import type { Benchmark } from './benchmark.js';
import { threeNodeMachine } from './machine.js';

/** Something that is done with a world that is ready. */
export interface OnReadyWorld<Prepared> {
  readonly name: string;
  /** The most milliseconds it should take. */
  readonly aimMax: number;
  readonly world: () => MachineOptions;
  /** Done before the clock runs. */
  readonly prepare: (cluster: SimCluster) => Prepared | Promise<Prepared>;
  /** What is measured. */
  readonly work: (cluster: SimCluster, prepared: Prepared) => Promise<unknown>;
}

/** Measures what is done with a world, each time with one of its own, beside what making one takes. */
export function onReadyWorld<Prepared>({ name, aimMax, world, prepare, work }: OnReadyWorld<Prepared>): Benchmark {
  return {
    name,
    unit: 'ms',
    against: { name: 'world ready', measure: () => millisecondsOf(() => threeNodeMachine('1')) },
    aimMax,
    aimIsAbsolute: true,
    rounds: 3,
    async measure() {
      const cluster = await openSimCluster(world(), { thread: 'same' });
      const prepared = await prepare(cluster);
      const milliseconds = await millisecondsOf(() => work(cluster, prepared));
      await cluster.close();
      return milliseconds;
    },
  };
}

async function millisecondsOf(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
