import type { MachineOptions } from '../../clusters/sim/sim-cluster.js';
import { EPOCH } from './machine-options.js';

/** A machine with a ready-made world and nothing else. */
export function worldOptions(
  base: string,
  seed: string,
  epoch = EPOCH,
  addons: readonly string[] = [],
): MachineOptions {
  return { world: { base, ...(addons.length > 0 ? { addons } : {}) }, seed, salt: '', epoch, timing: 'brisk' };
}
