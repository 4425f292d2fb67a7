import { EPOCH } from '../src/labs/session/machine-options.js';
import { createMachine, type Machine } from '../src/sim/index.js';

const LIMIT = 3_600_000_000;

let commands = 0;

/** A three-node machine, ready. */
export function threeNodeMachine(seed: string): Machine {
  return createMachine({ world: { base: 'three-node' }, seed, salt: '', epoch: EPOCH, timing: 'brisk' });
}

/** Runs a line of bash on the control plane to its end. Throws when it fails. */
export function runLine(machine: Machine, line: string): void {
  commands += 1;
  const id = commands;
  machine.input({ kind: 'run', id, host: 'controlplane', user: 'root', argv: ['bash', '-c', line] });
  let code: number | undefined;
  const ended = (): boolean => {
    for (const event of machine.takeEvents()) if (event.kind === 'finished' && event.id === id) code = event.code;
    return code !== undefined;
  };
  machine.advanceUntil(ended, LIMIT);
  if (code !== 0) throw new Error(`${line} ended with ${code}`);
}

/** Milliseconds of this process's processors, which others on the computer do not stretch as they do real time. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
