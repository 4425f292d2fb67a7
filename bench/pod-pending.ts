import type { Benchmark } from './benchmark.js';
import { cpuMs, runLine, threeNodeMachine } from './machine.js';

const FEW = 50;
const MANY = 1500;
const CALM = 60_000_000;
const NOWHERE = '{"spec":{"template":{"spec":{"nodeSelector":{"disk":"none"}}}}}';

/** What each of some pods costs that no node takes: what store, server, controllers and scheduler do for it. */
function podMs(count: number): number {
  const machine = threeNodeMachine('1');
  runLine(machine, `kubectl create deployment big --image=nginx:1.27 --replicas=0`);
  runLine(machine, `kubectl patch deployment big -p '${NOWHERE}'`);
  machine.advance(CALM);
  const started = cpuMs();
  runLine(machine, `kubectl scale deployment big --replicas=${count}`);
  machine.advance(CALM);
  return (cpuMs() - started) / count;
}

/** Whether an object costs more where there are many. */
export const podPending: Benchmark = {
  name: `each of ${MANY} pods that stay Pending`,
  unit: 'ms',
  against: { name: `each of ${FEW}`, measure: () => podMs(FEW) },
  aimMax: 1.3,
  rounds: 3,
  measure: () => podMs(MANY),
};
