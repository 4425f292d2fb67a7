import type { FlagSpec } from '../../../kernel/libc/pflag.js';
import type { Sys } from '../../../kernel/sys.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { Settings } from '../settings.js';

/** What a command runs with. */
export interface Call {
  readonly sys: Sys;
  readonly settings: Settings;
  readonly args: readonly string[];
}

/** One command of etcdctl. */
export interface Command {
  /** `endpoint status` */
  readonly name: string;
  readonly summary: string;
  /** What stands behind the name in the usage line. */
  readonly usage: string;
  readonly flags: readonly FlagSpec[];
  /** Lines of the help's OPTIONS without `--help`. */
  readonly options?: readonly string[];
  readonly run: (call: Call) => Waiting<number>;
}
