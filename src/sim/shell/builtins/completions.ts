import type { Waiting } from '../../kernel/wait.js';
import { generate } from '../completion/generate.js';
import { singleQuote } from '../expand/quoting.js';
import type { Builtin, CompletionSpec, Shell } from '../state/shell.js';
import { complainAs, misuse, readFlags } from './usage.js';

const ACTIONS: Readonly<Record<string, string>> = {
  a: 'alias',
  b: 'builtin',
  c: 'command',
  d: 'directory',
  e: 'export',
  f: 'file',
  g: 'group',
  j: 'job',
  k: 'keyword',
  s: 'service',
  u: 'user',
  v: 'variable',
};
const LETTERS = 'abcdefgjksuvprDEIo:A:G:W:F:C:X:P:S:';

function specOf(
  args: readonly string[],
): { spec: CompletionSpec; letters: Set<string>; rest: readonly string[] } | string {
  const flags = readFlags(args, LETTERS);
  if (flags.problem) return flags.problem;
  const options = new Set<string>();
  const actions = [...flags.letters].flatMap((letter) => ACTIONS[letter] ?? []);
  // -o and -A may be given several times; the reader of options keeps only the last.
  for (let at = 1; at < args.length - 1; at += 1) {
    if (args[at] === '-o') options.add(args[at + 1] as string);
    if (args[at] === '-A') actions.push(args[at + 1] as string);
  }
  const { values } = flags;
  const given = (letter: string, key: string) => (values.has(letter) ? { [key]: values.get(letter) as string } : {});
  const spec = {
    options,
    actions,
    ...given('F', 'function'),
    ...given('C', 'command'),
    ...given('W', 'words'),
    ...given('P', 'prefix'),
    ...given('S', 'suffix'),
    ...given('G', 'glob'),
    ...given('X', 'filter'),
  };
  return { spec, letters: flags.letters, rest: flags.rest };
}

/** `complete`. */
export const complete: Builtin = function* (shell, args) {
  const read = specOf(args);
  if (typeof read === 'string') return yield* misuse(shell, 'complete', read);
  const { spec, letters, rest } = read;
  const names = [
    ...rest,
    ...(letters.has('D') ? ['-D'] : []),
    ...(letters.has('E') ? ['-E'] : []),
    ...(letters.has('I') ? ['-I'] : []),
  ];
  if (letters.has('r')) {
    if (names.length === 0) shell.completions.clear();
    for (const name of names)
      if (!shell.completions.delete(name))
        return yield* complainAs(shell, 'complete', `${name}: no completion specification`);
    return 0;
  }
  if (letters.has('p') || names.length === 0) return yield* show(shell, names);
  for (const name of names) shell.completions.set(name, spec);
  return 0;
};

function* show(shell: Shell, names: readonly string[]): Waiting<number> {
  let status = 0;
  for (const name of names.length > 0 ? names : [...shell.completions.keys()]) {
    const spec = shell.completions.get(name);
    if (spec) yield* shell.print('complete', `${describe(name, spec)}\n`);
    else status = yield* complainAs(shell, 'complete', `${name}: no completion specification`);
  }
  return status;
}

function describe(name: string, spec: CompletionSpec): string {
  const parts = ['complete', ...[...spec.options].map((option) => `-o ${option}`)];
  for (const action of spec.actions) {
    const letter = Object.entries(ACTIONS).find(([, own]) => own === action)?.[0];
    parts.push(letter ? `-${letter}` : `-A ${action}`);
  }
  if (spec.glob !== undefined) parts.push(`-G ${singleQuote(spec.glob)}`);
  if (spec.words !== undefined) parts.push(`-W ${singleQuote(spec.words)}`);
  if (spec.prefix !== undefined) parts.push(`-P ${singleQuote(spec.prefix)}`);
  if (spec.suffix !== undefined) parts.push(`-S ${singleQuote(spec.suffix)}`);
  if (spec.filter !== undefined) parts.push(`-X ${singleQuote(spec.filter)}`);
  if (spec.command !== undefined) parts.push(`-C ${singleQuote(spec.command)}`);
  if (spec.function !== undefined) parts.push(`-F ${spec.function}`);
  return [...parts, name].join(' ');
}

/** `compgen`. */
export const compgen: Builtin = function* (shell, args) {
  const read = specOf(args);
  if (typeof read === 'string') return yield* misuse(shell, 'compgen', read);
  const word = read.rest[0] ?? '';
  const found = yield* generate(shell, read.spec, {
    command: 'compgen',
    word,
    previous: '',
    words: ['compgen', word],
    index: 1,
    line: '',
    point: 0,
  });
  if (found.length === 0) return 1;
  return yield* shell.print('compgen', found.map((item) => `${item}\n`).join(''));
};

/** `compopt`: changes the options of the completion that is being made, or of named commands. */
export const compopt: Builtin = (shell, args) => {
  const names: string[] = [];
  const on: string[] = [];
  const off: string[] = [];
  for (let at = 1; at < args.length; at += 1) {
    const arg = args[at] as string;
    if (arg === '-o' || arg === '+o') {
      at += 1;
      (arg === '-o' ? on : off).push(args[at] ?? '');
    } else names.push(arg);
  }
  if (names.length === 0) {
    if (!shell.completing) return complainAs(shell, 'compopt', 'not currently executing completion function');
    for (const option of on) shell.completing.add(option);
    for (const option of off) shell.completing.delete(option);
    return 0;
  }
  for (const name of names) {
    const spec = shell.completions.get(name);
    if (!spec) return complainAs(shell, 'compopt', `${name}: no completion specification`);
    shell.completions.set(name, {
      ...spec,
      options: new Set([...spec.options, ...on].filter((option) => !off.includes(option))),
    });
  }
  return 0;
};
