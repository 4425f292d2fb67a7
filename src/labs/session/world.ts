import type { MachineOptions } from '../../clusters/sim/sim-cluster.js';
import { EPOCH } from './machine-options.js';

/** A machine with a ready-made world and nothing else. */
export function worldOptions(base: string, seed: string, epoch = EPOCH): MachineOptions {
  return { world: { base }, seed, salt: '', epoch, timing: 'brisk' };
}
