import type { MachineOptions } from '../../clusters/sim/sim-cluster.js';
import type { LabInstance } from '../format/instance.js';

/** When simulated worlds are handed over where nothing else decides: an instant of no meaning, the same on every run. */
export const EPOCH = Date.UTC(2026, 0, 15, 9, 0, 0) * 1000;

/** The machine of an attempt. */
export function machineOptions(
  instance: LabInstance,
  salt = '',
  epoch = EPOCH,
  { ownEditor = false, neighbours }: Pick<MachineOptions, 'ownEditor' | 'neighbours'> = {},
): MachineOptions {
  const { world, seed, timing } = instance;
  return { world, seed, salt, epoch, timing, ownEditor, ...(neighbours ? { neighbours } : {}) };
}
