import type { CommandOptions, CommandResult, FileFacts, TerminalOptions, TerminalSession } from '../port.js';
import type { Played } from '../real/real-cluster.js';

/**
 * A simulated host on which what a lab says runs while its cluster is a real one: it can do nothing but ask that cluster's
 * API server. Its clock follows the wall clock. Everything may fail with `ClusterError` when it is gone.
 */
export interface Workstation {
  /** The host's name, and that of the user who practises. */
  readonly host: string;
  readonly user: string;
  /**
   * A command in the login environment of a user; its time is real. Cut off, it gives code 124; one that is given up is ended
   * as well, and rejects.
   */
  run(user: string, argv: readonly string[], options?: StationCommandOptions): Promise<CommandResult>;
  file(path: string): Promise<FileFacts | undefined>;
  directory(path: string): Promise<readonly string[] | undefined>;
  /** Writes a file as root, with the folders that it needs. `owner`: `user` or `user:group`; root when left out. */
  putFile(path: string, content: Uint8Array, how?: PutHow): Promise<void>;
  /** The plain files below a folder, and what links lead to, by their paths in it; undefined when there is no such folder. */
  folder(path: string): Promise<ReadonlyMap<string, Uint8Array> | undefined>;
  /** Makes a folder hold these plain files and nothing else. */
  putFolder(path: string, files: ReadonlyMap<string, Uint8Array>, how?: PutHow): Promise<void>;
  /** Plays what a lab says in a fresh login shell: each line is typed when whoever reads asks for more. */
  play(played: Played): Promise<void>;
  openTerminal(options: TerminalOptions): Promise<TerminalSession>;
  close(): Promise<void>;
}

export interface StationCommandOptions extends CommandOptions {
  /** Aborted when nobody wants the command to end any more. */
  readonly signal?: AbortSignal | undefined;
}

export interface PutHow {
  readonly owner?: string;
  /** Permission bits of files; 0644 when left out. */
  readonly mode?: number;
}
