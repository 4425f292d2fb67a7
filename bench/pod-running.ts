import type { Benchmark } from './benchmark.js';
import { cpuMs, runLine, threeNodeMachine } from './machine.js';

const FEW = 50;
const MANY = 200;
const CALM = 30_000_000;

/** What each of some pods costs until all of them run and the cluster is calm. */
function podMs(count: number): number {
  const machine = threeNodeMachine('1');
  const started = cpuMs();
  runLine(machine, `kubectl create deployment web --image=nginx:1.27 --replicas=${count}`);
  runLine(machine, 'kubectl rollout status deployment web --timeout=900s');
  machine.advance(CALM);
  return (cpuMs() - started) / count;
}

/** Whether a pod costs more where there are many: scheduler, kubelets, endpoints and rollouts see all of them. */
export const podRunning: Benchmark = {
  name: `each of ${MANY} pods until it runs`,
  unit: 'ms',
  against: { name: `each of ${FEW}`, measure: () => podMs(FEW) },
  aimMax: 1.3,
  rounds: 3,
  measure: () => podMs(MANY),
};
