import { goQuote } from '../api/go-text.js';
import type { Program, Sys } from '../kernel/sys.js';
import type { Waiting } from '../kernel/wait.js';
import { firstArgument } from '../kubectl/cobra/command.js';
import { FlagError, type Flags, FlagTable, parseFlags } from '../kubectl/cobra/flags.js';
import { distance } from '../kubectl/cobra/suggest.js';
import type { HelmCommand } from './command.js';
import { COMMANDS } from './commands/register.js';
import { FatalError, messageOf } from './errors.js';
import { DEPRECATED_FLAGS, DEPRECATED_OF_TEMPLATE, GLOBAL_FLAGS } from './flag-table.js';
import { helpText, usageLine } from './help.js';
import { HelmRun } from './run.js';

const ROOT: HelmCommand = { name: 'helm', short: 'The Kubernetes package manager', commands: COMMANDS };

/** helm 4.2: releases of charts. It sees system calls and the API only. */
export const helm: Program = function* run(sys) {
  const words = sys.args.slice(1);
  const asked = words[0] === 'help' ? words.slice(1) : words;
  const { command, path, left } = findCommand(asked);
  const table = tableOf(command, path);
  const stray = path === '' ? firstArgument(table, left) : -1;
  if (stray >= 0) return yield* refuse(sys, left[stray] as string);
  let flags: Flags;
  try {
    flags = parseFlags(table, left);
    checkFormat(flags);
  } catch (error) {
    if (!(error instanceof FlagError)) throw error;
    yield* sys.write(2, `Error: ${error.message}\n`);
    return 1;
  }
  if (words[0] === 'help' || flags.bool('help') || !command.run) {
    yield* sys.write(1, helpText(command, path, table));
    return 0;
  }
  return yield* runCommand(sys, command, path, flags);
};

function tableOf({ flags = '' }: HelmCommand, path: string): FlagTable {
  return new FlagTable(path, flags, GLOBAL_FLAGS);
}

/** The command the words name; flags may stand between them. */
function findCommand(words: readonly string[]): { command: HelmCommand; path: string; left: readonly string[] } {
  let command = ROOT;
  let path = '';
  const left = [...words];
  for (;;) {
    const at = firstArgument(tableOf(command, path), left);
    const name = at < 0 ? undefined : (left[at] as string);
    const next = command.commands?.find((each) => each.name === name || each.aliases?.includes(name ?? ''));
    if (!next) return { command, path, left };
    left.splice(at, 1);
    command = next;
    path = path === '' ? next.name : `${path} ${next.name}`;
  }
}

function* refuse(sys: Sys, word: string): Waiting<number> {
  const near = COMMANDS.filter(
    ({ name, suggestFor }) =>
      distance(word.toLowerCase(), name) <= 2 || name.startsWith(word.toLowerCase()) || suggestFor?.includes(word),
  );
  const hint = near.length === 0 ? '' : `\n\nDid you mean this?\n${near.map(({ name }) => `\t${name}\n`).join('')}`;
  yield* sys.write(2, `Error: unknown command ${goQuote(word)} for "helm"${hint}\nRun 'helm --help' for usage.\n`);
  return 1;
}

/** `-o` is read while flags are. */
function checkFormat(flags: Flags): void {
  const spec = flags.table.name('output');
  if (spec && flags.has('output') && !['table', 'json', 'yaml'].includes(flags.text('output')))
    throw new FlagError(
      `invalid argument ${goQuote(flags.text('output'))} for "-o, --output" flag: invalid format type`,
    );
  const wait = flags.table.name('wait') && flags.has('wait') ? flags.text('wait') : 'watcher';
  if (!['watcher', 'hookOnly', 'legacy', 'true', 'false'].includes(wait))
    throw new FlagError(
      `invalid argument ${goQuote(wait)} for "--wait" flag: invalid wait input ${goQuote(wait)}. Valid inputs are watcher, hookOnly, and legacy`,
    );
}

function* runCommand(sys: Sys, command: HelmCommand, path: string, flags: Flags): Waiting<number> {
  const run = new HelmRun(sys, flags, path);
  const deprecated = path === 'template' ? { ...DEPRECATED_FLAGS, ...DEPRECATED_OF_TEMPLATE } : DEPRECATED_FLAGS;
  for (const [name] of flags.inOrder())
    if (deprecated[name] !== undefined)
      yield* sys.write(2, `Flag --${name} has been deprecated, ${deprecated[name]}\n`);
  const wait = flags.table.name('wait') ? flags.text('wait') : '';
  if (wait === 'true' || wait === 'false')
    run.log(
      'WARN',
      `--wait=${wait} is deprecated (boolean value) and can be replaced with --wait=${wait === 'true' ? 'watcher' : 'hookOnly'}`,
    );
  const problem = arityProblem(command, path, flags) ?? exclusiveProblem(path, flags);
  try {
    if (problem === undefined) yield* command.run?.(run, flags.args) ?? [];
    yield* run.flush();
    if (problem === undefined) return 0;
    yield* sys.write(2, `Error: ${problem}\n`);
  } catch (error) {
    const text = messageOf(error);
    if (error instanceof FatalError) run.log('INFO', text);
    yield* run.flush();
    if (error instanceof FatalError) return 1;
    yield* sys.write(2, `Error: ${text}\n`);
  }
  return 1;
}

function arityProblem({ arity = {}, ...command }: HelmCommand, path: string, { args }: Flags): string | undefined {
  const { least = 0, most = Number.POSITIVE_INFINITY } = arity;
  if (args.length >= least && args.length <= most) return undefined;
  const plural = (count: number): string => `${count} argument${count === 1 ? '' : 's'}`;
  const wish =
    most === 0
      ? 'accepts no arguments'
      : least === most
        ? `requires ${plural(least)}`
        : args.length < least
          ? `requires at least ${plural(least)}`
          : `accepts at most ${plural(most)}`;
  return `"helm ${path}" ${wish}\n\nUsage:  ${usageLine(command, path)}`;
}

/** Flags that exclude each other. */
function exclusiveProblem(path: string, flags: Flags): string | undefined {
  const pairs =
    path === 'template'
      ? [['validate', 'dry-run']]
      : [
          ['force-replace', 'force-conflicts'],
          ['force', 'force-conflicts'],
        ];
  for (const pair of pairs) {
    if (!pair.every((name) => flags.has(name))) continue;
    const names = pair.join(' ');
    return `if any flags in the group [${names}] are set none of the others can be; [${[...pair].sort().join(' ')}] were all set`;
  }
  return undefined;
}
