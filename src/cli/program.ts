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

/** Adds one more value of an option that may be given several times. */
function also(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** Whether a command line has nothing but options of all commands: the screens are meant. */
function namesNoCommand(argv: readonly string[]): boolean {
  const rest = argv.filter(
    (word, index) => word !== '--screen-reader' && !word.startsWith('--content') && argv[index - 1] !== '--content',
  );
  return argv.length > 0 && rest.length === 0;
}

interface GlobalOptions {
  readonly content?: readonly string[];
  readonly screenReader?: boolean;
}

/** The surroundings of commands, with what the options of all commands say once the command line has been read. */
function surroundings(program: Command, io: CommandIo): CommandIo {
  const { environment } = io;
  const heard = { ...environment, KUBEDRILL_SCREEN_READER: '1' };
  return Object.defineProperties(
    { ...io },
    {
      content: { enumerable: true, get: () => program.opts<GlobalOptions>().content },
      environment: {
        enumerable: true,
        get: () => (program.opts<GlobalOptions>().screenReader ? heard : environment),
      },
    },
  );
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
  program
    .option('--content <folder>', 'a folder of your own labs, beside those of KUBEDRILL_CONTENT; may be repeated', also)
    .option(
      '--screen-reader',
      'lines to be read out instead of painted screens; KUBEDRILL_SCREEN_READER=1 does the same',
    )
    .configureHelp({ showGlobalOptions: true });
  const withContent = surroundings(program, io);
  for (const { name, declare } of COMMANDS) {
    declare(program.command(name), withContent, (value) => {
      code = value;
    });
  }
  // Where there is always an action, a command that there is not would be taken for its argument.
  if (namesNoCommand(argv))
    program.action(async () => {
      code = await (await import('./open.js')).openOrIntroduce(withContent);
    });
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
