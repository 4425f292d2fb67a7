import type { FlagSpec } from '../../kernel/libc/pflag.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';

/** A subcommand of agnhost. */
export interface Command {
  readonly name: string;
  readonly short: string;
  readonly flags: readonly FlagSpec[];
  /** How many operands it takes; none when left out. */
  readonly operands?: { readonly least: number; readonly most: number };
  run(sys: Sys, given: ReadonlyMap<string, string>, operands: readonly string[]): Waiting<number>;
}
