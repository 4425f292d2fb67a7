import type { MachineInput, MachineOptions, OutsideEvent } from '../../sim/index.js';
import type { Cluster } from '../port.js';

/**
 * A simulated cluster behind a worker: the port, and what only a deterministic machine offers. Whoever holds it is
 * the master of its clock: it moves by `advanceTo` alone (and by the port's own waiting calls). `journal`, when given,
 * is told of every input *before* it takes effect and decides by returning when that may be.
 */
export interface SimCluster extends Cluster {
  /** Virtual instant the machine has reached, as last heard; microseconds. */
  readonly reached: number;
  /** Lets time pass up to an instant; resolves when the machine is there. */
  advanceTo(instant: number): Promise<void>;
  /** An input at an instant (not before `reached`); takes effect after everything sent earlier. */
  input(instant: number, input: MachineInput): void;
  /**
   * Jumps in time while every process waits for time only, until the terminal wants input or `limitMicros` passed.
   * Resolves to whether it wants input.
   */
  advanceUntilInput(terminal: number, limitMicros: number): Promise<boolean>;
  onEvent(listener: (event: OutsideEvent) => void): () => void;
  traceHash(): Promise<string>;
  crashes(): Promise<readonly { at: number; host: string; command: string; message: string }[]>;
}

/** Starts a worker with a machine in it; resolves when the world is ready. Throws `ClusterError` with what is wrong in the world. */
export type OpenSimCluster = (options: MachineOptions) => Promise<SimCluster>;
