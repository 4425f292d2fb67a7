import type { Machine, MachineOptions } from './machine.js';

export type { FileFacts, HostFacts, Machine, MachineInput, MachineOptions, OutsideEvent } from './machine.js';
export type { Timing, WorldFile, WorldSpec, WorldStep } from './worlds/spec.js';

/** Makes a machine with its world ready. Throws `WorldError` with what is wrong in the world's description. */
export function createMachine(_options: MachineOptions): Machine {
  throw new Error('no world can be built yet');
}
