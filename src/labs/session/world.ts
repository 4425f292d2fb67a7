import type { WorldSpec } from '../../clusters/port.js';
import type { MachineOptions } from '../../clusters/sim/sim-cluster.js';
import { EPOCH } from './machine-options.js';

/** A machine with a ready-made world and nothing else. */
export function worldOptions(
  base: string,
  seed: string,
  epoch = EPOCH,
  addons: readonly string[] = [],
  network: Pick<WorldSpec, 'cni' | 'dualStack'> = {},
): MachineOptions {
  return {
    world: { base, ...network, ...(addons.length > 0 ? { addons } : {}) },
    seed,
    salt: '',
    epoch,
    timing: 'brisk',
  };
}
