import type { MachineInput, MachineOptions, OutsideEvent } from '../../sim/index.js';

export type {
  FarRequest,
  FarResponse,
  LineMessage,
  LineSide,
  MachineInput,
  MachineOptions,
  OutsideAnswer,
  OutsideCall,
  OutsideCallAnswer,
  OutsideEvent,
  OutsideQuestion,
} from '../../sim/index.js';

import type { Cluster } from '../port.js';
import { ClusterError } from '../port.js';
import { ClusterPort } from './cluster-port.js';
import type { Link } from './link.js';
import { localLink, workerLink } from './link.js';
import type { Links } from './links.js';

/**
 * A simulated cluster: the port, and what only a deterministic machine offers. Whoever holds it is the master of its
 * clock: time passes by `advanceTo`, `advanceUntilInput` and the port's own waiting calls alone.
 */
export interface SimCluster extends Cluster {
  copy(): Promise<SimCluster>;
  /** Virtual instant the machine has reached, as last heard; microseconds. */
  readonly reached: number;
  /** Milliseconds, as `Silence` counts them, since the machine last answered what was asked; 0 when nothing is. */
  silentMilliseconds(): number;
  /** Whether what it does not answer is that time should pass, or be looked at: no input, and no other machine's affair. */
  hangsInTime(): boolean;
  /** Lets time pass up to an instant; resolves when the machine is there. */
  advanceTo(instant: number): Promise<void>;
  /** An input at an instant (not before `reached`); it takes effect after everything sent earlier. */
  input(instant: number, input: MachineInput): Promise<void>;
  /**
   * Jumps in time while every process waits for time only, until the terminal wants input or `limit` micros passed.
   * Resolves to whether it wants input.
   */
  advanceUntilInput(terminal: number, limit: number): Promise<boolean>;
  /** The program that runs in a terminal; undefined for a shell at its prompt, or no terminal. */
  runningIn(terminal: number): Promise<string | undefined>;
  /** Everything that goes outside, in order. Returns what ends the subscription. */
  onEvent(listener: (event: OutsideEvent) => void): () => void;
  /** The machine is gone for good, with the reason. */
  onFailure(listener: (reason: string) => void): void;
  /** Closes a cluster that does not answer: the thread that it blocks ends, and others that live there with it. */
  abandon(): Promise<void>;
  traceHash(): Promise<string>;
  crashes(): Promise<readonly { at: number; host: string; command: string; message: string }[]>;
}

export interface OpenOptions {
  /** `worker` (the default) keeps the caller's thread free; `same` saves the start of a thread; a pool has threads. */
  readonly thread?: 'worker' | 'same' | Links;
}

/**
 * Makes a machine and resolves when its world is ready. Throws `ClusterError` with what is wrong in the world's
 * description.
 */
export async function openSimCluster(
  options: MachineOptions,
  { thread = 'worker' }: OpenOptions = {},
): Promise<SimCluster> {
  const another = (): Promise<Link> => linkOn(thread);
  const cluster = new ClusterPort(await another(), another);
  try {
    await cluster.open(options);
  } catch (error) {
    await cluster.close();
    throw error instanceof ClusterError
      ? error
      : new ClusterError(error instanceof Error ? error.message : String(error));
  }
  return cluster;
}

function linkOn(thread: NonNullable<OpenOptions['thread']>): Promise<Link> {
  if (thread === 'same') return localLink();
  return thread === 'worker' ? workerLink() : thread.link();
}
