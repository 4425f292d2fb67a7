import type { Context } from '../command.js';
import { compileGlob } from '../glob.js';
import { UsageError } from '../options.js';
import { colorsUsable } from './colors.js';

export type Layout = 'long' | 'one' | 'down' | 'across' | 'commas';
export type SortBy = 'name' | 'none' | 'time' | 'size' | 'extension' | 'version' | 'width';
export type TimeField = 'modified' | 'accessed' | 'changed';

/** How one call of ls shows files. */
export interface Settings {
  readonly layout: Layout;
  readonly show: 'all' | 'almost' | 'plain';
  readonly hidden: (name: string) => boolean;
  readonly directoriesThemselves: boolean;
  readonly recursive: boolean;
  readonly sort: SortBy;
  readonly reverse: boolean;
  readonly directoriesFirst: boolean;
  readonly time: TimeField;
  readonly timeStyle: string;
  readonly inode: boolean;
  readonly blocks: boolean;
  readonly human: 1024 | 1000 | undefined;
  readonly owner: boolean;
  readonly group: boolean;
  readonly numeric: boolean;
  readonly indicators: 'none' | 'slash' | 'file-type' | 'classify';
  readonly quoting: 'literal' | 'shell-escape' | 'c' | 'escape' | 'shell-always';
  readonly control: boolean;
  readonly color: boolean;
  readonly follow: 'none' | 'operands' | 'all';
  readonly width: number;
  readonly end: string;
}

/** Reads ls's options; the terminal decides where they say nothing. */
export function settingsOf(context: Context): Settings {
  const { sys } = context;
  const tty = sys.terminal(1) !== undefined;
  const layout = layoutOf(context, tty);
  const raw = context.has('f');
  const shown = context.last('all', 'almost-all', 'f');
  const timeKey = context.last('c', 'u', 'time');
  return {
    layout,
    show: shown === undefined ? 'plain' : shown === 'almost-all' ? 'almost' : 'all',
    hidden: hiddenOf(context),
    directoriesThemselves: context.has('directory'),
    recursive: context.has('recursive'),
    sort: raw ? 'none' : sortOf(context, layout),
    reverse: context.has('reverse'),
    directoriesFirst: context.has('group-directories-first'),
    time:
      timeKey === 'c' ? 'changed' : timeKey === 'u' ? 'accessed' : timeKey === 'time' ? timeWord(context) : 'modified',
    timeStyle: context.has('full-time')
      ? 'full-iso'
      : (context.value('time-style') ?? sys.environment.get('TIME_STYLE') ?? 'locale').replace(/^posix-/, ''),
    inode: context.has('inode'),
    blocks: context.has('size'),
    human: context.has('si') ? 1000 : context.has('human-readable') ? 1024 : undefined,
    owner: !context.has('g'),
    group: !context.has('no-group') && !context.has('o'),
    numeric: context.has('numeric-uid-gid'),
    indicators: indicatorsOf(context, tty),
    quoting: quotingOf(context, tty),
    control: !context.has('hide-control-chars') && !(tty && !context.has('show-control-chars')),
    color: colorOf(context, tty),
    follow: context.has('dereference')
      ? 'all'
      : context.has('dereference-command-line') ||
          (layout !== 'long' && !context.has('directory') && !context.has('classify'))
        ? 'operands'
        : 'none',
    width: widthOf(context, tty),
    end: context.has('zero') ? '\0' : '\n',
  };
}

function layoutOf(context: Context, tty: boolean): Layout {
  const last = context.last('l', 'numeric-uid-gid', 'g', 'o', 'full-time', '1', 'C', 'x', 'm', 'format', 'zero');
  const long = ['l', 'numeric-uid-gid', 'g', 'o', 'full-time'];
  if (last === undefined) return tty ? 'down' : 'one';
  if (long.includes(last)) return 'long';
  if (last === '1' || last === 'zero') return long.some((key) => context.has(key)) && last === '1' ? 'long' : 'one';
  if (last === 'format') return formatWord(context);
  return last === 'C' ? 'down' : last === 'x' ? 'across' : 'commas';
}

const FORMATS: Readonly<Record<string, Layout>> = {
  verbose: 'long',
  long: 'long',
  commas: 'commas',
  horizontal: 'across',
  across: 'across',
  vertical: 'down',
  'single-column': 'one',
};

function formatWord(context: Context): Layout {
  const word = context.value('format') ?? '';
  return (
    FORMATS[word] ??
    badWord(context, word, '--format', ['verbose, long', 'commas', 'horizontal, across', 'vertical', 'single-column'])
  );
}

function badWord(context: Context, word: string, option: string, valid: readonly string[]): never {
  const lines = valid.map(
    (names) =>
      `  - ${names
        .split(', ')
        .map((name) => context.quote(name))
        .join(', ')}`,
  );
  throw new UsageError(
    `invalid argument ${context.quote(word)} for ${context.quote(option)}\nValid arguments are:\n${lines.join('\n')}`,
    { status: 1 },
  );
}

function sortOf(context: Context, layout: Layout): SortBy {
  const last = context.last('S', 't', 'U', 'v', 'X', 'sort');
  if (last === 'sort') {
    const word = context.value('sort') ?? '';
    const valid = ['none', 'time', 'size', 'extension', 'version', 'width'];
    return valid.includes(word) ? (word as SortBy) : badWord(context, word, '--sort', valid);
  }
  const letters = { S: 'size', t: 'time', U: 'none', v: 'version', X: 'extension' } as const;
  if (last) return letters[last as keyof typeof letters];
  return layout !== 'long' && context.last('c', 'u', 'time') ? 'time' : 'name';
}

function timeWord(context: Context): TimeField {
  const word = context.value('time') ?? '';
  if (['atime', 'access', 'use'].includes(word)) return 'accessed';
  if (['ctime', 'status'].includes(word)) return 'changed';
  if (['mtime', 'modification', 'birth', 'creation'].includes(word)) return 'modified';
  return badWord(context, word, '--time', [
    'atime, access, use',
    'ctime, status',
    'mtime, modification',
    'birth, creation',
  ]);
}

function indicatorsOf(context: Context, tty: boolean): Settings['indicators'] {
  const last = context.last('classify', 'p', 'file-type', 'indicator-style');
  if (last === 'classify') {
    const when = context.value('classify') ?? 'always';
    return when === 'never' || when === 'no' || (['auto', 'tty'].includes(when) && !tty) ? 'none' : 'classify';
  }
  if (last === 'p') return 'slash';
  if (last === 'file-type') return 'file-type';
  return last ? ((context.value('indicator-style') ?? 'none') as 'none') : 'none';
}

function quotingOf(context: Context, tty: boolean): Settings['quoting'] {
  const last = context.last('literal', 'quote-name', 'escape', 'quoting-style', 'zero');
  if (last === 'literal' || last === 'zero') return 'literal';
  if (last === 'quote-name') return 'c';
  if (last === 'escape') return 'escape';
  const style = last ? context.value('quoting-style') : context.sys.environment.get('QUOTING_STYLE');
  if (style === undefined) return tty ? 'shell-escape' : 'literal';
  if (style === 'c' || style === 'escape' || style === 'literal') return style;
  return style.endsWith('always') ? 'shell-always' : 'shell-escape';
}

function colorOf(context: Context, tty: boolean): boolean {
  const { environment } = context.sys;
  return colorWanted(context, tty) && colorsUsable(environment.get('LS_COLORS'), environment.get('TERM'));
}

function colorWanted(context: Context, tty: boolean): boolean {
  if (!context.has('color')) return false;
  const when = context.value('color') ?? 'always';
  if (['always', 'yes', 'force'].includes(when)) return true;
  if (['never', 'no', 'none'].includes(when)) return false;
  if (['auto', 'tty', 'if-tty'].includes(when)) return tty;
  return badWord(context, when, '--color', ['always, yes, force', 'never, no, none', 'auto, tty, if-tty']);
}

function widthOf(context: Context, tty: boolean): number {
  const text = context.value('width');
  if (text !== undefined) {
    if (!/^\d+$/.test(text)) context.die(`invalid line width: ${context.quote(text)}`, 2);
    return Number(text);
  }
  const columns = Number(context.sys.environment.get('COLUMNS') ?? 0);
  if (columns > 0) return columns;
  return (tty ? context.sys.windowSize(1)?.columns : undefined) || 80;
}

function hiddenOf(context: Context): (name: string) => boolean {
  const globs = context.options.values('ignore').map((glob) => compileGlob(glob));
  if (context.has('ignore-backups')) globs.push(/~$/);
  const hide = context.options.values('hide').map((glob) => compileGlob(glob));
  const showsAll = context.has('all') || context.has('almost-all');
  return (name) => globs.some((glob) => glob.test(name)) || (!showsAll && hide.some((glob) => glob.test(name)));
}
