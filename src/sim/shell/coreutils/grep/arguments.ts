import type { Waiting } from '../../../kernel/wait.js';
import { bytesToText } from '../../format/byte-text.js';
import type { Context } from '../command.js';
import { reason } from '../command.js';
import { compileGlob } from '../glob.js';
import { readAll } from '../io.js';
import { UsageError } from '../options.js';
import type { Matcher } from './matcher.js';
import { createMatcher } from './matcher.js';

/** What one call of grep is to do. */
export interface GrepOptions {
  readonly matcher: Matcher;
  readonly targets: readonly string[];
  readonly recursive: 'no' | 'yes' | 'follow';
  readonly directories: 'read' | 'skip';
  readonly named: boolean;
  readonly invert: boolean;
  readonly count: boolean;
  readonly list: 'with' | 'without' | undefined;
  readonly quiet: boolean;
  readonly silent: boolean;
  readonly only: boolean;
  readonly numbers: boolean;
  readonly offsets: boolean;
  readonly most: number;
  readonly before: number;
  readonly after: number;
  readonly separator: string | undefined;
  readonly nul: boolean;
  readonly nameEnd: string | undefined;
  readonly tab: boolean;
  readonly label: string;
  readonly binary: 'binary' | 'text' | 'without-match';
  readonly color: boolean;
  includes(name: string): boolean;
  entersDirectory(name: string): boolean;
}

/** Reads grep's options; undefined when there is no pattern. */
export function* grepOptions(
  context: Context,
  syntax: 'basic' | 'extended' | 'fixed',
): Waiting<GrepOptions | undefined> {
  const found = yield* patternsOf(context);
  if (!found) return undefined;
  const chosen = context.last('extended-regexp', 'fixed-strings', 'basic-regexp', 'perl-regexp');
  const kind = {
    'extended-regexp': 'extended',
    'fixed-strings': 'fixed',
    'basic-regexp': 'basic',
    'perl-regexp': 'perl',
  } as const;
  const matcher = createMatcher(context, found.patterns, chosen ? kind[chosen as keyof typeof kind] : syntax);
  const recursive = recursion(context);
  const targets = found.targets.length > 0 ? found.targets : [recursive === 'no' ? '-' : '.'];
  const naming = context.last('with-filename', 'no-filename');
  const last = context.last('files-with-matches', 'files-without-match');
  const before = length(context, 'before-context');
  const after = length(context, 'after-context');
  const around = length(context, 'context') ?? 0;
  return {
    matcher,
    targets,
    recursive,
    directories: context.value('directories') === 'skip' ? 'skip' : 'read',
    named: naming
      ? naming === 'with-filename'
      : found.targets.length > 1 || (recursive !== 'no' && !isOneFile(context, targets)),
    invert: context.has('invert-match'),
    count: context.has('count'),
    list: last === undefined ? undefined : last === 'files-with-matches' ? 'with' : 'without',
    quiet: context.has('quiet'),
    silent: context.has('no-messages'),
    only: context.has('only-matching'),
    numbers: context.has('line-number'),
    offsets: context.has('byte-offset'),
    most: mostLines(context),
    before: before ?? around,
    after: after ?? around,
    separator:
      context.last('group-separator', 'no-group-separator') === 'no-group-separator'
        ? undefined
        : (context.value('group-separator') ?? '--'),
    nul: context.has('null-data'),
    nameEnd: context.has('null') ? '\0' : undefined,
    tab: context.has('initial-tab'),
    label: context.value('label') ?? '(standard input)',
    binary: context.has('text')
      ? 'text'
      : context.has('I')
        ? 'without-match'
        : ((context.value('binary-files') ?? 'binary') as 'binary'),
    color: wantsColor(context),
    ...nameFilters(context),
  };
}

function recursion(context: Context): 'no' | 'yes' | 'follow' {
  const last = context.last('recursive', 'dereference-recursive', 'directories');
  if (last === 'recursive') return 'yes';
  if (last === 'dereference-recursive') return 'follow';
  return context.value('directories') === 'recurse' ? 'yes' : 'no';
}

function isOneFile(context: Context, targets: readonly string[]): boolean {
  if (targets.length !== 1 || targets[0] === '.') return false;
  try {
    return context.sys.stat(targets[0] as string).type !== 'directory';
  } catch {
    return false;
  }
}

function* patternsOf(context: Context): Waiting<{ patterns: string[]; targets: readonly string[] } | undefined> {
  const given = context.options.given.filter(({ key }) => key === 'regexp' || key === 'file');
  if (given.length === 0) {
    const [pattern, ...targets] = context.operands;
    return pattern === undefined ? undefined : { patterns: pattern.split('\n'), targets };
  }
  const patterns: string[] = [];
  for (const { key, value = '' } of given) {
    if (key === 'regexp') patterns.push(...value.split('\n'));
    else patterns.push(...(yield* patternFile(context, value)));
  }
  return { patterns, targets: context.operands };
}

function* patternFile(context: Context, path: string): Waiting<string[]> {
  try {
    const bytes = path === '-' ? yield* readAll(context.sys, 0) : context.sys.readFile(path);
    const text = bytesToText(bytes);
    return text === '' ? [] : text.replace(/\n$/, '').split('\n');
  } catch (thrown) {
    return context.die(`${path}: ${reason(thrown)}`, 2);
  }
}

function length(context: Context, key: string): number | undefined {
  const text = context.value(key);
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) context.die(`${text}: invalid context length argument`, 2);
  return Number(text);
}

function mostLines(context: Context): number {
  const text = context.value('max-count');
  if (text === undefined) return Number.POSITIVE_INFINITY;
  if (!/^-?\d+$/.test(text)) context.die('invalid max count', 2);
  return Number(text) < 0 ? Number.POSITIVE_INFINITY : Number(text);
}

function wantsColor(context: Context): boolean {
  if (!context.has('color')) return false;
  const when = context.value('color') ?? 'auto';
  if (['always', 'yes', 'force'].includes(when)) return true;
  if (['never', 'no', 'none'].includes(when)) return false;
  if (!['auto', 'tty', 'if-tty'].includes(when)) throw new UsageError('');
  return context.sys.terminal(1) !== undefined && context.sys.environment.get('TERM') !== 'dumb';
}

function nameFilters(context: Context): { includes(name: string): boolean; entersDirectory(name: string): boolean } {
  const files = context.options.given
    .filter(({ key }) => key === 'include' || key === 'exclude')
    .map(({ key, value = '' }) => ({ key, glob: compileGlob(value) }));
  for (const path of context.options.values('exclude-from')) {
    for (const line of bytesToText(context.sys.readFile(path)).split('\n'))
      if (line) files.push({ key: 'exclude', glob: compileGlob(line) });
  }
  const directories = context.options.values('exclude-dir').map((glob) => compileGlob(glob.replace(/\/+$/, '')));
  return {
    includes: (name) => {
      const base = name.slice(name.lastIndexOf('/') + 1);
      const match = files.findLast(({ glob }) => glob.test(base) || glob.test(name));
      return match ? match.key === 'include' : files[0]?.key !== 'include';
    },
    entersDirectory: (name) => {
      const base = name.slice(name.lastIndexOf('/') + 1);
      return !directories.some((glob) => glob.test(base) || glob.test(name));
    },
  };
}
