import { isErrno } from '../../kernel/errno.js';
import type { InstalledProgram } from '../../kernel/installed-program.js';
import { getopt, OptionError, type OptionSpec, type ParsedLine } from '../../kernel/libc/getopt.js';
import { print, printError } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { askJournal } from '../systemd/client.js';
import type { JournalEntry } from '../systemd/journal.js';
import { page } from '../systemd/pager.js';
import type { Style } from '../systemd/style.js';
import { paint, styleOf } from '../systemd/style.js';
import { explanation, FORMATS } from './format.js';
import type { Selection } from './select.js';
import { parsePriority, selected } from './select.js';
import { parseInstant } from './when.js';

const SPECS: readonly OptionSpec[] = [
  { short: 'a', long: 'all' },
  { short: 'b', long: 'boot', argument: 'optional' },
  { short: 'k', long: 'dmesg' },
  { long: 'disk-usage' },
  { short: 'f', long: 'follow' },
  { short: 'g', long: 'grep', argument: 'required' },
  { short: 'h', long: 'help' },
  { short: 't', long: 'identifier', argument: 'required' },
  { short: 'n', long: 'lines', argument: 'optional' },
  { long: 'list-boots' },
  { long: 'no-full' },
  { long: 'no-hostname' },
  { long: 'no-pager' },
  { long: 'no-tail' },
  { short: 'o', long: 'output', argument: 'required' },
  { short: 'e', long: 'pager-end' },
  { short: 'p', long: 'priority', argument: 'required' },
  { short: 'q', long: 'quiet' },
  { short: 'r', long: 'reverse' },
  { short: 'S', long: 'since', argument: 'required' },
  { long: 'system' },
  { short: 'u', long: 'unit', argument: 'required' },
  { short: 'U', long: 'until', argument: 'required' },
  { long: 'utc' },
  { long: 'version' },
  { short: 'x', long: 'catalog' },
];

/** Groups that may read the whole journal: adm and systemd-journal. */
const READERS = [4, 999];
const LINES_DEFAULT = 10;
const LINES_AT_END = 1000;

/** A command line that journalctl refuses, in its words. */
class Misuse extends Error {}

class JournalCommand {
  private readonly sys: Sys;
  private readonly line: ParsedLine;
  private readonly style: Style;
  private readonly format: (entry: JournalEntry) => string;
  private readonly formatName: string;

  constructor(sys: Sys, line: ParsedLine) {
    this.sys = sys;
    this.line = line;
    this.style = styleOf(sys);
    this.formatName = this.value('output') ?? 'short';
    const format = FORMATS[this.formatName];
    if (!format) throw new Misuse(`Unknown output format '${this.formatName}'.`);
    this.format = format;
  }

  *run(): Waiting<number> {
    const { sys } = this;
    const { entries, boot } = yield* askJournal(sys, 'read', { after: 0, wait: false });
    const visible = this.mayRead() ? entries : [];
    if (!this.mayRead() && !this.has('quiet')) yield* printError(sys, NOT_A_READER);
    if (this.has('list-boots')) return yield* this.listBoots(visible);
    if (this.has('disk-usage')) {
      yield* print(sys, 'Archived and active journals take up 8.0M in the file system.\n');
      return 0;
    }
    const selection = this.selection(visible, boot);
    const found = this.limited(visible.filter((entry) => selected(entry, selection)));
    const text = this.textOf(this.has('reverse') ? [...found].reverse() : found);
    if (this.has('follow')) return yield* this.follow(text, visible.at(-1)?.sequence ?? 0, selection);
    if (found.length === 0 && !this.has('quiet') && this.formatName.startsWith('short')) {
      yield* print(sys, '-- No entries --\n');
      return 0;
    }
    yield* page(sys, text, { pager: !this.has('no-pager'), end: this.has('pager-end') });
    return 0;
  }

  private has(name: string): boolean {
    return this.line.options.some((option) => option.name === name);
  }

  private value(name: string): string | undefined {
    return this.line.options.findLast((option) => option.name === name)?.value;
  }

  private values(name: string): string[] {
    return this.line.options.flatMap((option) =>
      option.name === name && option.value !== undefined ? [option.value] : [],
    );
  }

  private mayRead(): boolean {
    const { uid, gid, groups } = this.sys.credentials;
    return uid === 0 || READERS.includes(gid) || groups.some((group) => READERS.includes(group));
  }

  private selection(entries: readonly JournalEntry[], boot: string): Selection {
    const priority = this.value('priority');
    const range = priority === undefined ? undefined : parsePriority(priority);
    if (priority !== undefined && !range) throw new Misuse(`Unknown log level ${priority}`);
    const grep = this.value('grep');
    return {
      units: this.values('unit'),
      identifiers: this.values('identifier'),
      priority: range,
      since: this.instant('since'),
      until: this.instant('until'),
      kernel: this.has('dmesg'),
      grep: grep === undefined ? undefined : new RegExp(grep, /[A-Z]/.test(grep) ? '' : 'i'),
      fields: this.fields(),
      boot: this.has('boot') || this.has('dmesg') ? this.bootAsked(entries, boot) : undefined,
    };
  }

  private fields(): [string, string][] {
    return this.line.operands.flatMap((operand): [string, string][] => {
      const [, name, value] = /^([A-Z_][A-Z0-9_]*)=(.*)$/s.exec(operand) ?? [];
      // An offset after a bare -b is read as an operand.
      if (this.has('boot') && /^-?\d+$/.test(operand)) return [];
      if (name === undefined || value === undefined)
        throw new Misuse(`Failed to add match '${operand}': Invalid argument`);
      return [[name, value]];
    });
  }

  private bootAsked(entries: readonly JournalEntry[], current: string): string {
    const text = this.value('boot') ?? this.line.operands.find((operand) => /^-?\d+$/.test(operand)) ?? '0';
    if (/^[0-9a-f]{32}$/.test(text)) return text;
    const boots = [...new Set(entries.map(({ boot }) => boot))];
    const offset = Number(text);
    const at = offset > 0 ? offset - 1 : boots.indexOf(current) + offset;
    const found = boots[at];
    if (found === undefined) {
      throw new Misuse(`Data from the specified boot (${text}) is not available: No such boot ID in journal`);
    }
    return found;
  }

  private instant(name: 'since' | 'until'): number | undefined {
    const text = this.value(name);
    if (text === undefined) return undefined;
    const instant = parseInstant(text, this.sys.now());
    if (instant === undefined) throw new Misuse(`Failed to parse timestamp: ${text}`);
    return instant;
  }

  private limited(entries: readonly JournalEntry[]): readonly JournalEntry[] {
    const asked = this.has('lines') ? (this.value('lines') ?? `${LINES_DEFAULT}`) : undefined;
    if (asked !== undefined && asked !== 'all' && !/^\+?\d+$/.test(asked))
      throw new Misuse(`Failed to parse lines '${asked}'`);
    if (asked?.startsWith('+')) return entries.slice(0, Number(asked));
    const byDefault =
      this.has('follow') && !this.has('no-tail') ? LINES_DEFAULT : this.has('pager-end') ? LINES_AT_END : undefined;
    const count = asked === undefined ? byDefault : asked === 'all' ? undefined : Number(asked);
    return count === undefined ? entries : count === 0 ? [] : entries.slice(-count);
  }

  private textOf(entries: readonly JournalEntry[]): string {
    let text = '';
    let boot = entries[0]?.boot;
    for (const entry of entries) {
      if (entry.boot !== boot && this.formatName.startsWith('short')) text += `-- Boot ${entry.boot} --\n`;
      boot = entry.boot;
      text += this.lineOf(entry);
    }
    return text;
  }

  private lineOf(entry: JournalEntry): string {
    const color =
      entry.priority <= 3 ? 'red' : entry.priority === 4 ? 'yellow' : entry.priority === 5 ? 'bold' : undefined;
    const text = this.format(entry);
    const shown = this.formatName.startsWith('short') ? paint(this.style, color, text) : text;
    return `${shown}${this.has('catalog') ? explanation(entry) : ''}\n`;
  }

  private *follow(first: string, last: number, selection: Selection): Waiting<number> {
    yield* print(this.sys, first);
    for (let after = last; ; ) {
      const { entries } = yield* askJournal(this.sys, 'read', { after, wait: true });
      after = entries.at(-1)?.sequence ?? after;
      const text = this.textOf(entries.filter((entry) => selected(entry, selection)));
      if (text !== '') yield* print(this.sys, text);
    }
  }

  private *listBoots(entries: readonly JournalEntry[]): Waiting<number> {
    const boots = [...new Set(entries.map(({ boot }) => boot))];
    const stamp = FORMATS['short-full'] as (entry: JournalEntry) => string;
    yield* print(this.sys, 'IDX BOOT ID                          FIRST ENTRY                 LAST ENTRY\n');
    for (const [at, boot] of boots.entries()) {
      const own = entries.filter((entry) => entry.boot === boot);
      const [first, last] = [own[0], own.at(-1)].map((entry) => (entry ? stamp(entry).slice(0, 27) : ''));
      yield* print(this.sys, `${String(at - boots.length + 1).padStart(3)} ${boot} ${first} ${last}\n`);
    }
    return 0;
  }
}

const NOT_A_READER = `Hint: You are currently not seeing messages from other users and the system.
      Users in groups 'adm', 'systemd-journal' can see all messages.
      Pass -q to turn off this notice.
`;

const HELP = `journalctl [OPTIONS...] [MATCHES...]

Query the journal.
`;

function* run(sys: Sys): Waiting<number> {
  try {
    // -n takes a following number as its value although it is optional.
    const args = sys.args.slice(1).flatMap((arg, at, all) => {
      if (/^-[a-zA-Z]*n$|^--lines$/.test(arg) && /^\+?\d+$|^all$/.test(all[at + 1] ?? '')) {
        return [arg.startsWith('--') ? `${arg}=${all[at + 1]}` : `${arg}${all[at + 1]}`];
      }
      const taken = at > 0 && /^-[a-zA-Z]*n$|^--lines$/.test(all[at - 1] ?? '') && /^\+?\d+$|^all$/.test(arg);
      return taken ? [] : [arg];
    });
    const line = getopt(args, SPECS);
    const asks = (name: string) => line.options.some((option) => option.name === name);
    if (asks('help') || asks('version')) {
      yield* print(sys, asks('help') ? HELP : 'systemd 255 (255.4-1ubuntu8.10)\n');
      return 0;
    }
    return yield* new JournalCommand(sys, line).run();
  } catch (error) {
    if (error instanceof OptionError) yield* printError(sys, `journalctl: ${error.message}\n`);
    else if (error instanceof Misuse) yield* printError(sys, `${error.message}\n`);
    else if (isErrno(error, 'ENOENT', 'ECONNREFUSED', 'EACCES'))
      yield* printError(sys, 'No journal files were found.\n-- No entries --\n');
    else throw error;
    return 1;
  }
}

/** journalctl: shows what the machine has logged. */
export const journalctl: InstalledProgram = { name: 'journalctl', paths: ['/usr/bin/journalctl'], run };
