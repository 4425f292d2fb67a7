import { createMachine, type Machine } from '../../src/sim/index.js';
import type { WorldSpec } from '../../src/sim/worlds/spec.js';

const SECOND = 1_000_000;

/** A cluster, of three nodes unless it is to be smaller, and a way to run command lines in it as root on the control plane. */
export class CommandLine {
  readonly machine: Machine;
  private last = 0;

  constructor(seed: string, base: 'single-node' | 'three-node' = 'three-node', more: Omit<WorldSpec, 'base'> = {}) {
    const epoch = Date.UTC(2026, 0, 15) * 1000;
    this.machine = createMachine({ world: { base, ...more }, seed, salt: '', epoch, timing: 'brisk' });
  }

  /** Runs a command line and gives what it printed, both streams; time jumps while everybody waits. */
  run(line: string, host = 'controlplane', seconds = 300): string {
    this.last += 1;
    const id = this.last;
    this.machine.input({ kind: 'run', id, host, user: 'root', argv: ['bash', '-c', line] });
    let output: string | undefined;
    this.machine.advanceUntil(() => {
      for (const event of this.machine.takeEvents()) {
        if (event.kind !== 'finished' || event.id !== id) continue;
        output = Buffer.from(event.stdout).toString() + Buffer.from(event.stderr).toString();
      }
      return output !== undefined;
    }, seconds * SECOND);
    if (output === undefined) throw new Error(`"${line}" did not end within ${seconds} s`);
    return output;
  }
}
