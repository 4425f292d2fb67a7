import type { Command } from 'commander';
import type { CommandIo } from './io.js';

/** Tells the program how a command ended. */
export type SetExitCode = (code: number) => void;

/** One command of the program: how it is called, and what it does. */
export interface CliCommand {
  readonly name: string;
  /** Adds its arguments, options and action. What it needs beyond that it imports when it runs. */
  declare(command: Command, io: CommandIo, exit: SetExitCode): void;
}
