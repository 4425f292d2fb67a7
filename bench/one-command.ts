import { spawnSync } from 'node:child_process';
import { realClients } from '../test/clients/real-kubectl.js';
import type { Benchmark } from './benchmark.js';
import { runLine, threeNodeMachine } from './machine.js';
import { type Served, serveWorld } from './served.js';

const ARGUMENTS = ['get', 'pods', '-A', '-o', 'wide'];
const COMMANDS = 10;

const clients = realClients();
let machine: ReturnType<typeof threeNodeMachine> | undefined;
let served: (Served & { end(): Promise<void> }) | undefined;

/** Milliseconds that the simulated kubectl takes, typed into a shell of the control plane. */
function simulatedMs(): number {
  machine ??= threeNodeMachine('1');
  const started = performance.now();
  for (let count = 0; count < COMMANDS; count += 1) runLine(machine, `kubectl ${ARGUMENTS.join(' ')}`);
  return (performance.now() - started) / COMMANDS;
}

async function realMs(): Promise<number> {
  served ??= await serveWorld();
  const started = performance.now();
  const { status, stderr } = spawnSync(clients.kubectl ?? '', ['--kubeconfig', served.kubeconfig, ...ARGUMENTS], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the real kubectl ended with ${status}: ${stderr}`);
  return performance.now() - started;
}

/** The simulated kubectl against the real one, which asks the same world by `kubedrill serve`. */
export const oneCommand: Benchmark = {
  name: `kubectl ${ARGUMENTS.join(' ')}`,
  unit: 'ms',
  against: { name: 'real kubectl', measure: realMs },
  aimMax: 0.1,
  skip: () => clients.reason,
  end: () => served?.end(),
  measure: simulatedMs,
};
