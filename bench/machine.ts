import { EPOCH } from '../src/labs/session/machine-options.js';
import { createMachine, type Machine } from '../src/sim/index.js';

/** A three-node machine, ready. */
export function threeNodeMachine(seed: string): Machine {
  return createMachine({ world: { base: 'three-node' }, seed, salt: '', epoch: EPOCH, timing: 'brisk' });
}
