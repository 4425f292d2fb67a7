import { Command, CommanderError } from 'commander';
import { nearest } from '../labs/nearest.js';
import { sayExpected } from './expected.js';
import type { CommandIo } from './io.js';
import { COMMANDS } from './register.js';
import { VERSION } from './version.js';

const USAGE_CODE = 2;

/** As `--help` does. A command that there is not is refused in the words in which it would be anywhere else. */
function showHelp(program: Command, name: string | undefined): void {
  if (name === undefined) return program.help();
  const named = program.commands.find((command) => command.name() === name);
  if (named) return named.help();
  const near = nearest(
    name,
    program.commands.map((command) => command.name()),
  );
  program.error(`error: unknown command '${name}'${near === undefined ? '' : `\n(Did you mean ${near}?)`}`);
}

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
  program.helpCommand(false);
  program
    .command('help')
    .description('display help for a command')
    .argument('[command]')
    .action((name: string | undefined) => showHelp(program, name));
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE_CODE;
    return sayExpected(error, io);
  }
}
