import type { Waiting } from '../kernel/wait.js';
import type { HelmRun } from './run.js';

/** How many arguments a command takes; both left out: any. */
export interface Arity {
  readonly least?: number;
  readonly most?: number;
}

/** A command of helm, or a group of them when it has no `run`. */
export interface HelmCommand {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** Words for which the command is offered. */
  readonly suggestFor?: readonly string[];
  readonly short: string;
  /** What follows the name in its usage. */
  readonly usage?: string;
  /** Its flags in the notation of kubectl's table. */
  readonly flags?: string;
  readonly arity?: Arity;
  readonly commands?: readonly HelmCommand[];
  readonly run?: (run: HelmRun, args: readonly string[]) => Waiting<void>;
}

/** `exactly(2)`. */
export function exactly(count: number): Arity {
  return { least: count, most: count };
}
