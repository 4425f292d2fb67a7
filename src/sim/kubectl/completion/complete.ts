import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { type Command, findCommand } from '../cobra/command.js';
import { type FlagSpec, type Flags, FlagTable, parseFlags } from '../cobra/flags.js';
import { Session } from '../session.js';
import { namesOf } from './resources.js';

/** Cobra's directives: nothing special, and that no file name fits. */
const DIRECTIVE_DEFAULT = 0;
const DIRECTIVE_NO_FILE = 4;

/** Answers `kubectl __complete WORDS…`: candidates for the last word, then how the shell shall treat them. */
export function* completeWords(sys: Sys, root: Command, words: readonly string[]): Waiting<number> {
  const prefix = words.at(-1) ?? '';
  const { command, path, words: left } = findCommand(root, words.slice(0, -1));
  const table = new FlagTable(path);
  let candidates: readonly string[] = [];
  let directive = DIRECTIVE_NO_FILE;
  try {
    const waiting = pendingFlag(table, left);
    const flags = parseFlags(table, waiting ? left.slice(0, -1) : left);
    const session = new Session(sys, flags, path);
    if (waiting) {
      candidates = yield* flagValues(session, waiting, flags);
      if (['filename', 'kubeconfig', 'from-file', 'from-env-file', 'cert', 'key'].includes(waiting.name))
        directive = DIRECTIVE_DEFAULT;
    } else if (prefix.startsWith('-')) candidates = flagNames(table, flags);
    else if (command.commands && flags.args.length === 0 && !command.run) candidates = commandNames(command);
    else {
      const own = flags.args.length === 0 ? commandNames(command) : [];
      candidates = [...own, ...(command.complete ? yield* command.complete(session, flags.args, prefix, flags) : [])];
      if (!command.complete && own.length === 0) directive = DIRECTIVE_DEFAULT;
    }
  } catch {
    // Whatever goes wrong, the person at the prompt sees no candidates rather than an error.
    candidates = [];
  }
  const fitting = candidates.filter((candidate) => candidate.split('\t')[0]?.startsWith(prefix));
  yield* sys.write(1, `${fitting.map((candidate) => `${candidate}\n`).join('')}:${directive}\n`);
  yield* sys.write(
    2,
    `Completion ended with directive: ${directive === 0 ? 'ShellCompDirectiveDefault' : 'ShellCompDirectiveNoFileComp'}\n`,
  );
  return 0;
}

function commandNames({ commands = [] }: Command): string[] {
  return commands.map(({ name, short }) => `${name}\t${short}`);
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
    .filter(({ name, kind }) => !flags.has(name) || kind === 'l' || kind === 'a')
    .flatMap(({ name, short, alone }) => [
      `--${name}${alone === undefined ? '=' : ''}`,
      ...(short ? [`-${short}`] : []),
    ])
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
      return [
        'go-template',
        'go-template-file',
        'json',
        'jsonpath',
        'jsonpath-as-json',
        'jsonpath-file',
        'name',
        'template',
        'templatefile',
        'yaml',
      ];
    case 'dry-run':
      return ['client', 'none', 'server'];
    default:
      return [];
  }
}

function* containerNames(session: Session, flags: Flags): Waiting<readonly string[]> {
  const name = (flags.args[0] ?? '').replace(/^pods?\//, '');
  if (name === '') return [];
  const type = { group: '', version: 'v1', resource: 'pods', kind: 'Pod', namespaced: true };
  const pod = yield* session.rest().get(type, name, session.namespace().name);
  const spec = pod['spec'] as { containers?: { name: string }[]; initContainers?: { name: string }[] };
  return [...(spec.initContainers ?? []), ...(spec.containers ?? [])].map((each) => each.name);
}
