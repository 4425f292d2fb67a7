import type { Program } from './sys.js';

/** A program with the name its binary carries and the paths at which a machine that has it keeps it. */
export interface InstalledProgram {
  readonly name: string;
  readonly paths: readonly string[];
  readonly run: Program;
  /** Permission bits of its file, 0755 when left out. */
  readonly mode?: number;
}
