import type { Backend, Door, DoorOptions } from './http/door.js';

export { createMachine } from './create-machine.js';
export type { Backend, Door, Exchange, Reply } from './http/door.js';
export type { FileFacts, HostFacts, Machine, MachineInput, MachineOptions, OutsideEvent } from './machine.js';
export type { Timing, WorldFile, WorldSpec, WorldStep } from './worlds/spec.js';

/** Opens the HTTPS door of a machine; loaded only when asked for. See `http/door.ts`. */
export async function openDoor(port: number, backend: Backend, options: DoorOptions): Promise<Door> {
  return (await import('./http/door.js')).openDoor(port, backend, options);
}
