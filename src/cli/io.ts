import { harmlessPainted } from '../clusters/plain-text.js';

/** The streams and surroundings a command works with; tests give their own. */
export interface CommandIo {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly environment: NodeJS.ProcessEnv;
  /** Folders of the person's own labs that the command line names. */
  readonly content?: readonly string[];
}

/** Whether a person sits at both ends, so that screens can be shown and keys be read. */
export function atTerminal({ stdin, stdout }: Pick<CommandIo, 'stdin' | 'stdout'>): boolean {
  return stdin.isTTY && stdout.isTTY;
}

/** Writes a line to the standard output. What steers a terminal is written so that it does not, colours apart. */
export function say({ stdout }: Pick<CommandIo, 'stdout'>, line = ''): void {
  stdout.write(`${harmlessPainted(line)}\n`);
}

/** Writes a line to the standard error, in the same way. */
export function tell({ stderr }: Pick<CommandIo, 'stderr'>, line: string): void {
  stderr.write(`${harmlessPainted(line)}\n`);
}

/** Something the person did or that their computer lacks; said in one line, without a stack. Exit code 1. */
export class ExpectedError extends Error {
  readonly code: number;

  constructor(message: string, code = 1) {
    super(message);
    this.name = 'ExpectedError';
    this.code = code;
  }
}

/** The command line itself is wrong. Exit code 2. */
export class UsageError extends ExpectedError {
  constructor(message: string) {
    super(message, 2);
    this.name = 'UsageError';
  }
}
