import type { FileStat } from '../../../kernel/files.js';
import type { Program } from '../../../kernel/sys.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { Context } from '../command.js';
import { command, reason } from '../command.js';
import { work } from '../io.js';
import { humanSize } from '../numbers.js';
import { joinPath, look } from '../paths.js';
import { Colors } from './colors.js';
import { inColumns, withCommas } from './columns.js';
import type { Entry } from './entry.js';
import { diskKibibytes } from './entry.js';
import { blocksText, longLines } from './long.js';
import { Names } from './names.js';
import { ordered } from './order.js';
import type { Settings } from './settings.js';
import { settingsOf } from './settings.js';

const OPTIONS = [
  'a all : names that start with . too',
  'A almost-all : so, but not . and ..',
  'author : (ignored)',
  'b escape : C escapes for what cannot be seen',
  'block-size=SIZE : (ignored)',
  'B ignore-backups : no names that end with ~',
  'c : by and with the time of the last status change',
  'C : in columns',
  'color?WHEN : colours: always, auto or never',
  'd directory : directories themselves, not what is in them',
  'D dired : (ignored)',
  'f : in no order, all names',
  'F classify?WHEN : a mark for the kind of file',
  'file-type : so, but none for programs',
  'format=WORD : across, commas, long, single-column, verbose, vertical',
  'full-time : long, with whole times',
  'g : long, without owner',
  'group-directories-first : directories before files',
  'G no-group : long without group',
  'h human-readable : sizes like 1K 234M 2G',
  'si : so, in powers of 1000',
  'H dereference-command-line : follow links among the operands',
  'dereference-command-line-symlink-to-dir : (ignored)',
  'hide=PATTERN : no names like PATTERN',
  'hyperlink?WHEN : (ignored)',
  'indicator-style=WORD : none, slash, file-type or classify',
  'i inode : the index number of each file',
  'I ignore=PATTERN : no names like PATTERN',
  'k kibibytes : (ignored)',
  'l : long listing',
  'L dereference : follow links',
  'm : names with commas between',
  'n numeric-uid-gid : long, with numbers for owner and group',
  'N literal : names as they are',
  'o : long, without group',
  'p : / after directories',
  'q hide-control-chars : ? for what cannot be seen',
  'show-control-chars : names as they are',
  'Q quote-name : names in double quotes',
  'quoting-style=WORD : literal, shell, shell-always, shell-escape, c, escape',
  'r reverse : the other way round',
  'R recursive : directories below too',
  's size : the blocks each file takes',
  'S : by size, largest first',
  'sort=WORD : by none, size, time, version, extension, width',
  'time=WORD : which time',
  'time-style=STYLE : how times look',
  't : by time, newest first',
  'T tabsize=COLS : (ignored)',
  'u : by and with the time of the last access',
  'U : in no order',
  'v : by numbers within text',
  'w width=COLS : columns of a line',
  'x : in columns, across',
  'X : by extension',
  'Z context : (ignored)',
  'zero : lines end with NUL',
  '1 : one file a line',
];

/** `ls`: what is in directories. */
export const ls: Program = command(
  {
    name: 'ls',
    summary: 'List information about the FILEs (the current directory by default).',
    misuse: 2,
    options: OPTIONS,
  },
  function* (context) {
    const listing = new Listing(context, settingsOf(context));
    yield* listing.all(context.operands.length > 0 ? context.operands : ['.']);
    return undefined;
  },
);

class Listing {
  private readonly names: Names;
  private printed = false;

  constructor(
    private readonly context: Context,
    private readonly settings: Settings,
  ) {
    const colors = settings.color ? new Colors(context.sys.environment.get('LS_COLORS')) : undefined;
    this.names = new Names(settings, colors);
  }

  *all(operands: readonly string[]): Waiting<void> {
    const { settings } = this;
    const entries = operands.flatMap((path) => this.operand(path) ?? []);
    const isDirectory = (entry: Entry) => !settings.directoriesThemselves && entry.stat?.type === 'directory';
    const files = ordered(
      entries.filter((entry) => !isDirectory(entry)),
      settings,
    );
    const directories = ordered(entries.filter(isDirectory), settings);
    if (files.length > 0) {
      this.print(files);
      this.printed = true;
    }
    const titled = operands.length > 1 || settings.recursive;
    for (const directory of directories) yield* this.directory(directory.path, titled, true);
  }

  private operand(path: string): Entry | undefined {
    const { sys } = this.context;
    try {
      const stat = this.settings.follow === 'none' ? sys.lstat(path) : (look(sys, path) ?? sys.lstat(path));
      return this.entry(path, path, stat);
    } catch (thrown) {
      this.context.fail(`cannot access ${this.context.quoteName(path)}: ${reason(thrown)}`, 2);
      return undefined;
    }
  }

  private entry(name: string, path: string, stat: FileStat | undefined): Entry {
    if (stat?.type !== 'symlink') return { name, path, stat };
    let link = '';
    try {
      link = this.context.sys.readLink(path);
    } catch {
      // Shown as a link to nothing.
    }
    return { name, path, stat, link, target: look(this.context.sys, path) };
  }

  private *directory(path: string, titled: boolean, given: boolean): Waiting<void> {
    const { context, settings } = this;
    let entries: Entry[];
    try {
      entries = this.read(path);
    } catch (thrown) {
      context.fail(
        `cannot open directory ${context.quoteName(path)}: ${reason(thrown)}`,
        given ? 2 : Math.max(1, context.status),
      );
      return;
    }
    yield* work(context.sys, entries.length * 64);
    if (titled) context.print(`${this.printed ? '\n' : ''}${this.names.quoted(path)}:\n`);
    this.printed = true;
    const sorted = ordered(entries, settings);
    if (settings.layout === 'long' || settings.blocks) context.print(`total ${this.total(sorted)}${settings.end}`);
    this.print(sorted);
    yield* context.relieve();
    if (!settings.recursive) return;
    for (const entry of sorted) {
      if (entry.stat?.type === 'directory' && entry.name !== '.' && entry.name !== '..')
        yield* this.directory(entry.path, true, false);
    }
  }

  private read(path: string): Entry[] {
    const { sys } = this.context;
    const { settings } = this;
    const names = sys.readDirectory(path).map((entry) => entry.name);
    if (settings.show === 'all') names.unshift('.', '..');
    const shown = names.filter(
      (name) => (settings.show !== 'plain' || !name.startsWith('.')) && !settings.hidden(name),
    );
    return shown.map((name) => {
      const full = joinPath(path, name);
      try {
        return this.entry(name, full, settings.follow === 'all' ? sys.stat(full) : sys.lstat(full));
      } catch (thrown) {
        this.context.fail(
          `cannot access ${this.context.quoteName(full)}: ${reason(thrown)}`,
          Math.max(1, this.context.status),
        );
        return { name, path: full, stat: undefined };
      }
    });
  }

  private total(entries: readonly Entry[]): string {
    const size = entries.reduce((sum, { stat }) => sum + (stat ? diskKibibytes(stat) : 0), 0);
    return this.settings.human ? humanSize(size * 1024, this.settings.human) : String(size);
  }

  private print(entries: readonly Entry[]): void {
    const { settings, context, names } = this;
    names.prepare(entries);
    if (settings.layout === 'long') {
      for (const line of longLines(context.sys, entries, settings, names)) context.print(line + settings.end);
      return;
    }
    const cells = this.cells(entries);
    if (settings.layout === 'one') for (const { text } of cells) context.print(text + settings.end);
    else if (settings.layout === 'commas') context.print(withCommas(cells, settings.width));
    else context.print(inColumns(cells, settings.width, settings.layout === 'down', !settings.color));
  }

  /** Names, with the columns of -i and -s before them. */
  private cells(entries: readonly Entry[]): { text: string; width: number }[] {
    const { settings } = this;
    const inodes = entries.map(({ stat }) => (settings.inode ? String(stat?.inode ?? '?') : ''));
    const blocks = entries.map(({ stat }) => (settings.blocks ? (stat ? blocksText(stat, settings) : '?') : ''));
    const lined = settings.layout !== 'commas';
    const inodeWidth = lined ? Math.max(0, ...inodes.map((text) => text.length)) : 0;
    const blockWidth = lined ? Math.max(0, ...blocks.map((text) => text.length)) : 0;
    return entries.map((entry, index) => {
      const inode = settings.inode ? `${(inodes[index] as string).padStart(inodeWidth)} ` : '';
      const block = settings.blocks ? `${(blocks[index] as string).padStart(blockWidth)} ` : '';
      const { text, width } = this.names.show(entry);
      return { text: inode + block + text, width: inode.length + block.length + width };
    });
  }
}
