import { DEPLOYMENTS } from '../src/sim/controllers/machinery/resource-types.js';
import type { Benchmark } from './benchmark.js';
import { cheapCluster, deployment } from './cheap-cluster.js';
import { cpuMs } from './machine.js';

const NODES = 250;
const FEW = 100;

/** Milliseconds from a deployment's creation until all of its pods are ready and everybody knows it. */
function readyMs(replicas: number): number {
  const cluster = cheapCluster(NODES);
  cluster.start();
  cluster.simulation.advance(2_000_000);
  const started = cpuMs();
  cluster.simulation.create(DEPLOYMENTS, deployment('web', replicas) as never);
  cluster.untilReady('web', replicas);
  return cpuMs() - started;
}

const row = (replicas: number, more: Pick<Benchmark, 'aimMax' | 'rounds' | 'secondsMax'>): Benchmark => ({
  name: `a deployment of ${replicas} until it is ready`,
  unit: 'ms',
  against: { name: `one of ${FEW}`, measure: () => readyMs(FEW) },
  ...more,
  measure: () => readyMs(replicas),
});

/** Deployments on 250 nodes, from a request to the last pod that is ready: each pod should cost the same. */
export const deploymentReady: readonly Benchmark[] = [
  row(3, { aimMax: 0.3, rounds: 3 }),
  row(100, { aimMax: 1.3, rounds: 3 }),
  row(10_000, { aimMax: 130, rounds: 1, secondsMax: 300 }),
];
