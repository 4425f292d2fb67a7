import { Command, CommanderError } from 'commander';
import { type CommandIo, ExpectedError } from './io.js';
import { COMMANDS } from './register.js';
import { VERSION } from './version.js';

const USAGE_CODE = 2;

/** Runs the command a command line names and resolves to the exit code: 0, 1 for failure, 2 for misuse. */
export async function runProgram(argv: readonly string[], io: CommandIo): Promise<number> {
  let code = 0;
  const program = new Command('kubedrill')
    .description(
      'Practise for the Kubernetes certifications in your terminal.\nWithout a command it opens the screens.',
    )
    .version(VERSION, '-V, --version')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
    });
  for (const { name, declare } of COMMANDS) {
    declare(program.command(name), io, (value) => {
      code = value;
    });
  }
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE_CODE;
    if (!(error instanceof ExpectedError) && !isExpected(error)) throw error;
    io.stderr.write(`${(error as Error).message}\n`);
    return error instanceof ExpectedError ? error.code : 1;
  }
}

/** Errors of the rooms below that say what to do and need no stack. */
function isExpected(error: unknown): boolean {
  return error instanceof Error && ['ClusterError', 'JournalError', 'NewerProgressError'].includes(error.name);
}
