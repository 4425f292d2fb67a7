import { ETCD_VERSION } from '../../api/etcd-messages.js';
import type { InstalledProgram } from '../../kernel/installed-program.js';
import { type ParsedFlags, PflagError, parseFlags } from '../../kernel/libc/pflag.js';
import { print, printError } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { CLUSTER_COMMANDS } from './commands/cluster.js';
import type { Command } from './commands/command.js';
import { checkFormat, KEY_COMMANDS } from './commands/keys.js';
import { SNAPSHOT_COMMANDS } from './commands/snapshot.js';
import { commandHelp, groupHelp, rootHelp } from './help.js';
import { CommandError, EXIT, GLOBAL_FLAGS, Settings } from './settings.js';

const VERSION: Command = {
  name: 'version',
  summary: 'Prints the version of etcdctl',
  usage: '[flags]',
  flags: [],
  *run({ sys }) {
    yield* print(sys, `etcdctl version: ${ETCD_VERSION}\nAPI version: 3.6\n`);
    return 0;
  },
};

const COMMANDS: readonly Command[] = [...KEY_COMMANDS, ...CLUSTER_COMMANDS, ...SNAPSHOT_COMMANDS, VERSION];

/** The command the words name, the longest first; the words that are left are its arguments. */
function findCommand(words: readonly string[]): { command: Command; rest: readonly string[] } | undefined {
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(' ');
    const command = COMMANDS.find((candidate) => candidate.name === name);
    if (command) return { command, rest: words.slice(length) };
  }
  return undefined;
}

function* run(sys: Sys): Waiting<number> {
  const args = sys.args.slice(1);
  // Which flags there are depends on the command, which may stand behind flags: all are known while it is looked for.
  const every = [...GLOBAL_FLAGS, ...COMMANDS.flatMap(({ flags }) => flags)];
  const words = wordsOf(args, every);
  const asked = words[0] === 'help' ? words.slice(1) : words;
  const found = findCommand(asked);
  const help = found ? commandHelp(found.command) : (groupHelp(asked[0] ?? '', COMMANDS) ?? rootHelp(COMMANDS));
  try {
    const flags = parseFlags(args, [...GLOBAL_FLAGS, ...(found?.command.flags ?? [])]);
    if (!found && asked[0] !== undefined && groupHelp(asked[0], COMMANDS) === undefined) {
      yield* printError(sys, `Error: unknown command "${asked[0]}" for "etcdctl"\nRun 'etcdctl --help' for usage.\n`);
      return EXIT.error;
    }
    if (!found || words[0] === 'help' || flags.given.get('help') === 'true') {
      yield* print(sys, help);
      return 0;
    }
    return yield* runCommand(sys, found.command, found.rest, flags);
  } catch (error) {
    if (error instanceof PflagError) {
      yield* print(sys, help);
      yield* printError(sys, `Error: ${error.message}\n\n`);
      return EXIT.error;
    }
    if (!(error instanceof CommandError)) throw error;
    if (error.message !== '') yield* printError(sys, `Error: ${error.message}\n`);
    return error.status;
  }
}

function* runCommand(sys: Sys, command: Command, rest: readonly string[], { given }: ParsedFlags): Waiting<number> {
  const settings = new Settings(given);
  checkFormat(settings);
  if (command !== VERSION) yield* settings.addEnvironment(sys);
  checkFormat(settings);
  return yield* command.run({ sys, settings, args: rest });
}

/** The words of a command line that are no flags; none when it does not parse, which is told later. */
function wordsOf(args: readonly string[], every: Parameters<typeof parseFlags>[1]): readonly string[] {
  try {
    return parseFlags(args, every).operands;
  } catch (error) {
    if (error instanceof PflagError) return args.filter((arg) => !arg.startsWith('-'));
    throw error;
  }
}

/** etcdctl 3.6: etcd's client. */
export const etcdctl: InstalledProgram = { name: 'etcdctl', paths: ['/usr/bin/etcdctl'], run };
