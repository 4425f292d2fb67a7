import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { type Command, findCommand } from '../cobra/command.js';
import { DEPRECATED_FLAGS } from '../cobra/flag-table.js';
import { FlagError, type FlagSpec, type Flags, FlagTable, parseFlags } from '../cobra/flags.js';
import { failureOf, isFault } from '../errors.js';
import { Session } from '../session.js';
import { containerNames } from './pods.js';
import { namesOf } from './resources.js';

/** Cobra's directives, bits that tell the shell what to do besides offering the candidates. With none set it offers files where no candidate fits. */
const DIRECTIVE_DEFAULT = 0;
/** No blank is put behind the candidate that was chosen: more of the same word is to follow. */
const DIRECTIVE_NO_SPACE = 2;
/** No file is offered where no candidate fits. */
const DIRECTIVE_NO_FILE = 4;
/** The candidates are endings of file names (`yaml`); the shell offers the files that end so. */
const DIRECTIVE_EXTENSIONS = 8;
const DIRECTIVE_NAMES: Readonly<Record<number, string>> = {
  [DIRECTIVE_DEFAULT]: 'ShellCompDirectiveDefault',
  [DIRECTIVE_NO_SPACE]: 'ShellCompDirectiveNoSpace',
  [DIRECTIVE_NO_FILE]: 'ShellCompDirectiveNoFileComp',
  [DIRECTIVE_EXTENSIONS]: 'ShellCompDirectiveFilterFileExt',
};

/** The values of `--output`, in the order in which kubectl asks its printers for their names. */
// biome-ignore format: a list
const FORMATS = ['json', 'yaml', 'kyaml', 'name', 'go-template', 'go-template-file', 'template', 'templatefile', 'jsonpath', 'jsonpath-as-json', 'jsonpath-file'];
const COLUMN_FORMATS = ['custom-columns', 'custom-columns-file', 'wide'];

/** Flags whose values kubectl completes itself; behind all others the shell offers files. */
const KNOWN_VALUES = ['namespace', 'context', 'cluster', 'user', 'output', 'container'];

/** Answers `kubectl __complete WORDS…`: candidates for the last word, then how the shell shall treat them. */
export function* completeWords(sys: Sys, root: Command, words: readonly string[], described: boolean): Waiting<number> {
  const { before, prefix } = lastWord(words);
  const { command, path, words: left } = findCommand(root, before);
  const table = new FlagTable(path);
  let candidates: readonly string[] = [];
  let directive = DIRECTIVE_NO_FILE;
  try {
    const waiting = pendingFlag(table, left);
    const flags = parseFlags(table, waiting ? left.slice(0, -1) : left);
    const session = new Session(sys, flags, path);
    if (waiting) {
      candidates = isUnaided(path, waiting) ? [] : yield* flagValues(session, waiting, flags);
      if (waiting.name === 'filename') directive = DIRECTIVE_EXTENSIONS;
      else if (!KNOWN_VALUES.includes(waiting.name) || isUnaided(path, waiting)) directive = DIRECTIVE_DEFAULT;
    } else if (/^-/.test(prefix)) candidates = flagNames(table, flags);
    else if (command.commands && flags.args.length === 0 && !command.run) candidates = commandNames(command);
    else {
      const own = flags.args.length === 0 && left.length === 0 ? commandNames(command) : [];
      const required = (command.required ?? []).filter((name) => !flags.has(name)).map((name) => `--${name}`);
      candidates = [
        ...required,
        ...own,
        ...(command.complete ? yield* command.complete(session, flags.args, prefix, flags) : []),
      ];
      if (!command.complete && (left.length > 0 || own.length === 0)) directive = DIRECTIVE_DEFAULT;
      if (command.joined) directive = DIRECTIVE_NO_SPACE;
    }
  } catch (error) {
    if (!isExpected(error)) throw error;
    // No server, no such flag, no right: the person at the prompt sees no candidates rather than an error.
    candidates = [];
  }
  const fitting =
    directive === DIRECTIVE_EXTENSIONS
      ? candidates
      : candidates.filter((candidate) => candidate.split('\t')[0]?.startsWith(prefix));
  const shown = described ? fitting : fitting.map((candidate) => candidate.split('\t')[0] ?? '');
  yield* sys.write(1, `${shown.map((candidate) => `${candidate}\n`).join('')}:${directive}\n`);
  yield* sys.write(2, `Completion ended with directive: ${DIRECTIVE_NAMES[directive]}\n`);
  return 0;
}

/** What kubectl would have told and ended with, had it been run; anything else is a fault of ours. */
function isExpected(error: unknown): boolean {
  return error instanceof FlagError || isErrno(error) || (failureOf(error) !== undefined && !isFault(error));
}

/** Only `attach` and `exec` help with containers. */
function isUnaided(path: string, { name }: FlagSpec): boolean {
  return name === 'container' && path !== 'attach' && path !== 'exec';
}

/** The word to complete, and those before it; `--flag=value` counts as two. */
function lastWord(words: readonly string[]): { before: readonly string[]; prefix: string } {
  const last = words.at(-1) ?? '';
  const flag = /^(--[^=]+)=(.*)$/s.exec(last);
  return flag
    ? { before: [...words.slice(0, -1), flag[1] ?? ''], prefix: flag[2] ?? '' }
    : { before: words.slice(0, -1), prefix: last };
}

function commandNames({ commands = [] }: Command): string[] {
  return commands.filter(({ hidden }) => !hidden).map(({ name, short }) => `${name}\t${short}`);
}

/** The flag whose value the last word will be. */
function pendingFlag(table: FlagTable, words: readonly string[]): FlagSpec | undefined {
  const last = words.at(-1) ?? '';
  if (words.includes('--')) return undefined;
  const spec = last.startsWith('--')
    ? table.name(last.slice(2))
    : /^-.$/.test(last)
      ? table.short(last.slice(1))
      : undefined;
  return spec?.alone === undefined ? spec : undefined;
}

function flagNames(table: FlagTable, flags: Flags): string[] {
  return table
    .all()
    .filter(
      ({ name, kind }) => DEPRECATED_FLAGS[name] === undefined && (!flags.has(name) || kind === 'l' || kind === 'a'),
    )
    .flatMap(({ name, short }) => [`--${name}`, ...(short ? [`-${short}`] : [])])
    .sort();
}

function* flagValues(session: Session, { name }: FlagSpec, flags: Flags): Waiting<readonly string[]> {
  switch (name) {
    case 'namespace':
      return yield* namesOf(session, 'namespaces', flags);
    case 'context':
      return [...session.kubeconfig().contexts.keys()].sort();
    case 'cluster':
      return [...session.kubeconfig().clusters.keys()].sort();
    case 'user':
      return [...session.kubeconfig().users.keys()].sort();
    case 'container':
      return yield* containerNames(session, flags);
    case 'output':
      return session.path === 'get' ? [...FORMATS, ...COLUMN_FORMATS] : FORMATS;
    case 'filename':
      return ['json', 'yaml', 'yml'];
    default:
      return [];
  }
}
