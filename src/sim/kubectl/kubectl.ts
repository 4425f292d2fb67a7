import { OutputError } from '../api/output-error.js';
import { klogLine } from '../client/klog.js';
import type { Program, Sys } from '../kernel/sys.js';
import type { Waiting } from '../kernel/wait.js';
import { type Command, findCommand, firstArgument } from './cobra/command.js';
import { DEPRECATED_FLAGS } from './cobra/flag-table.js';
import { FlagError, type Flags, FlagTable, parseFlags } from './cobra/flags.js';
import { groupHelp, helpText } from './cobra/help.js';
import { unknownCommand } from './cobra/suggest.js';
import { completeWords } from './completion/complete.js';
import { ExitError, failureOf, isFault } from './errors.js';
import { showHelpTopic } from './help-topic.js';
import { UnsortableError } from './output/sort-by.js';
import { warnOfDryRun } from './print-flags.js';
import { Session } from './session.js';
import { VERBS } from './verbs/register.js';

const ROOT: Command = { name: 'kubectl', short: 'kubectl controls the Kubernetes cluster manager.', commands: VERBS };

/** The command-line client of Kubernetes v1.36. It sees system calls and the API only. */
export const kubectl: Program = function* run(sys) {
  const words = sys.args.slice(1);
  if (words[0] === '__complete' || words[0] === '__completeNoDesc')
    return yield* completeWords(sys, ROOT, words.slice(1), words[0] === '__complete');
  const { command, path, words: left } = findCommand(ROOT, words);
  const stray = path === '' ? firstArgument(new FlagTable(path), left) : -1;
  const isHelp = left[stray] === 'help';
  if (stray >= 0 && !isHelp) return yield* refuseCommand(sys, words, left[stray] as string);
  const shown = isHelp ? 'help' : path;
  const rest = isHelp ? left.toSpliced(stray, 1) : left;
  const table = new FlagTable(path);
  let flags: Flags;
  try {
    flags = parseFlags(table, rest);
  } catch (error) {
    if (!(error instanceof FlagError)) throw error;
    yield* sys.write(2, `error: ${error.message}\nSee 'kubectl${shown === '' ? '' : ` ${shown}`} --help' for usage.\n`);
    return 1;
  }
  if (isHelp) return yield* showHelpTopic(sys, ROOT, flags);
  return yield* runCommand(sys, command, path, flags);
};

/** A word that is no command, which might have been a plugin if no flag stood before it. */
function* refuseCommand(sys: Sys, words: readonly string[], word: string): Waiting<number> {
  const first = words[0] as string;
  const isFlag = first.startsWith('-');
  const text = isFlag ? `Error: flags cannot be placed before plugin name: ${first}\n` : unknownCommand(word, VERBS);
  yield* sys.write(2, text);
  return 1;
}

function* runCommand(sys: Sys, command: Command, path: string, flags: Flags): Waiting<number> {
  for (const [name] of flags.inOrder())
    if (DEPRECATED_FLAGS[name] !== undefined)
      yield* sys.write(2, `Flag --${name} has been deprecated, ${DEPRECATED_FLAGS[name]}\n`);
  if (flags.bool('help')) {
    yield* sys.write(1, helpText(command, path));
    return 0;
  }
  const missing = (command.required ?? []).filter((name) => !flags.has(name));
  if (missing.length > 0) {
    yield* sys.write(2, `error: required flag(s) ${missing.map((name) => JSON.stringify(name)).join(', ')} not set\n`);
    return 1;
  }
  if (!command.run) return yield* runGroup(sys, command, path, flags);
  const session = new Session(sys, flags, path);
  try {
    yield* warnOfDryRun(session);
    yield* command.run(session, flags, flags.args);
    return 0;
  } catch (error) {
    if (error instanceof OutputError) yield* sys.write(1, error.printed);
    if (error instanceof UnsortableError) {
      yield* sys.write(2, klogLine(sys, 'F', 'sorter.go:329', error.message));
      return 1;
    }
    const failure = failureOf(error);
    if (!failure || isFault(error)) throw error;
    if (failure.text !== '') yield* sys.write(2, failure.text.endsWith('\n') ? failure.text : `${failure.text}\n`);
    // `diff` keeps 1 for a difference that was found.
    return path === 'diff' && !(error instanceof ExitError) ? failure.code + 1 : failure.code;
  }
}

/** A group alone shows its help; a word it does not know is an error. */
function* runGroup(sys: Sys, command: Command, path: string, flags: Flags): Waiting<number> {
  const [word] = flags.args;
  if (word === undefined || command.helpTo === 'out') {
    yield* sys.write(command.helpTo === 'err' ? 2 : 1, groupHelp(command, path));
    return path === '' || command.helpTo === 'out' ? 0 : 1;
  }
  yield* sys.write(
    2,
    `error: unknown command ${JSON.stringify(flags.args.join(' '))}\nSee 'kubectl ${path} -h' for help and examples\n`,
  );
  return 1;
}
