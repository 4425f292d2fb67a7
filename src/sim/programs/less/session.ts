import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { Document } from './document.js';
import type { Entry } from './entry.js';
import { enterLine } from './entry.js';
import type { Listed } from './files.js';
import { openDocument } from './files.js';
import { END_OF_COMMAND, type Keyboard } from './keyboard.js';
import type { Row } from './layout.js';
import { Layout, lineOf, placeOf } from './layout.js';
import type { Settings } from './options.js';
import type { Decoration } from './paint.js';
import { standout } from './paint.js';
import { expandPrompt, type Facts, PROMPTS } from './prompt.js';
import { Screen } from './screen.js';
import { PLAIN_SEARCH, type SearchKind, type Wanted } from './search.js';
import type { ViewOwner } from './view.js';
import { View } from './view.js';

/** Rows a screen may be scrolled back before it is painted anew. */
const BACK_SCROLL_MAX = 10_000;
const HELP_NAME = '@/\\less/\\help/\\file/\\@';

/** A less that runs: what it shows, its files, what was searched for. */
export class Session implements ViewOwner {
  readonly screen: Screen;
  readonly view: View;
  document: Document;
  layout: Layout;
  /** The file shown, in `files`; the help text is none of them. */
  current = -1;
  previous: number | undefined;
  newFile = false;
  showsHelp = false;
  wanted: Wanted | undefined;
  kind: SearchKind = PLAIN_SEARCH;
  /** The person does not want to see what is found. */
  hidesFound = false;
  filters: Wanted[] = [];
  /** Number typed before a command; 0: none. */
  number = 0;
  /** Rows that d and u move. */
  scrollRows: number;
  /** Columns an arrow shifts; 0: half of the window. */
  shiftColumns = 0;
  readonly marks = new Map<string, { file: string; place: number; row: number }>();
  readonly histories = new Map<string, string[]>();
  /** For every file that is opened. */
  always: string[] = [];

  constructor(
    readonly sys: Sys,
    readonly settings: Settings,
    readonly keyboard: Keyboard,
    readonly terminal: number,
    readonly files: Listed[],
    commanded: boolean,
  ) {
    this.screen = new Screen(sys, () => settings.on('X'));
    this.scrollRows = Math.floor((this.screen.size.rows + 1) / 2);
    this.document = new Document(sys, -1, false);
    this.layout = this.newLayout();
    this.view = new View(this, commanded);
  }

  get paintsFromTop(): boolean {
    return this.settings.on('c');
  }

  get forwardMax(): number {
    return this.settings.number('y');
  }

  get backwardMax(): number {
    const value = this.settings.number('h');
    return value >= 0 ? value : BACK_SCROLL_MAX;
  }

  get tildes(): boolean {
    return this.settings.on('~');
  }

  get filtering(): boolean {
    return this.filters.length > 0 && !this.showsHelp;
  }

  /** `-j`: a row, or a part of the window after a point. */
  get targetRow(): number {
    const text = this.settings.text('j') ?? '1';
    const part = /^(-?)\.(\d+)$/.exec(text);
    if (part) return Math.floor(this.screen.size.rows * Number(`0.${part[2]}`));
    return Number.parseInt(text, 10) || 0;
  }

  /** Columns an arrow shifts. */
  get shiftBy(): number {
    if (this.number > 0) this.shiftColumns = this.number;
    const text = this.settings.text('#');
    if (this.shiftColumns === 0 && text !== undefined && Number(text) >= 1) return Number(text);
    return this.shiftColumns > 0 ? this.shiftColumns : Math.floor(this.screen.size.columns / 2);
  }

  aborted(): boolean {
    return this.keyboard.aborted();
  }

  decoration(row: Row): Decoration {
    const shows = this.wanted && this.settings.on('g') && !this.hidesFound;
    const found = shows ? (this.wanted?.found(row.plain) ?? []) : [];
    const matched = this.settings.on('J') && (this.wanted?.found(row.plain) ?? []).length > 0;
    return {
      number: this.settings.number('n') === 2 ? row.line + 1 : undefined,
      mark: this.settings.on('J') ? (matched ? '*' : ' ') : undefined,
      found,
    };
  }

  /** Opens a file of the list; a string says why that cannot be. */
  open(index: number): string | undefined {
    const listed = this.files[index];
    if (!listed) return 'No such file';
    const opened = openDocument(this.sys, listed.name, this.settings.on('f'));
    if (typeof opened === 'string') return opened;
    this.leaveFile();
    this.previous = this.current;
    this.current = index;
    this.take(opened);
    for (const command of this.always) this.keyboard.push(`${command}${END_OF_COMMAND}`);
    return undefined;
  }

  /** Reads the file again from the disk, and stays where it is. */
  reopen(): void {
    const name = this.files[this.current]?.name;
    if (name === undefined || name === '-' || this.showsHelp) return;
    const opened = openDocument(this.sys, name, true);
    if (typeof opened === 'string') return;
    this.document.close();
    this.document = opened;
    this.layout = this.newLayout(this.layout.shift);
    this.view.trashed = true;
  }

  /** Shows a document that is not of the list. */
  takeHelp(document: Document): void {
    this.leaveFile();
    this.showsHelp = true;
    this.take(document);
  }

  /** Back from the help text. */
  leaveHelp(): void {
    this.showsHelp = false;
    const name = this.files[this.current]?.name ?? '-';
    const kept = this.kept;
    if (name === '-' && kept) this.take(kept);
    else {
      const opened = openDocument(this.sys, name, true);
      this.take(typeof opened === 'string' ? new Document(this.sys, -1, false) : opened);
    }
  }

  private kept: Document | undefined;

  private leaveFile(): void {
    const listed = this.files[this.current];
    if (!listed) return;
    if (!this.showsHelp) listed.start = this.view.top();
    if (listed.name === '-') this.kept = this.document;
    else if (this.document.descriptor >= 0) this.document.close();
    this.view.clear();
  }

  private take(document: Document): void {
    this.document = document;
    this.layout = this.newLayout();
    this.newFile = true;
    this.view.clear();
  }

  private newLayout(shift = 0): Layout {
    const hidden = (line: number) =>
      this.filtering && !this.filters.every((filter) => filter.matches(this.document.lines[line] ?? ''));
    const layout = new Layout(this.sys, this.settings, this.document, () => this.screen.size.columns, hidden);
    layout.shift = shift;
    return layout;
  }

  /** The name of the file shown, as it was given. */
  get name(): string {
    return this.showsHelp ? HELP_NAME : (this.files[this.current]?.name ?? '-');
  }

  /** A file's length is known from the start, a pipe's when its end was seen. */
  *measureFile(): Waiting<void> {
    if (this.document.isFile) yield* this.document.reach(Number.POSITIVE_INFINITY);
  }

  /** A message that waits for Return; another key is the next command. */
  *error(text: string): Waiting<void> {
    yield* this.view.unsquish();
    this.screen.message(text, '  (press RETURN)');
    yield* this.screen.flush();
    yield* this.awaitReturn();
    this.screen.lowerLeft();
    this.screen.put('\x1b[K');
    this.view.promptReady = false;
    if (text.length + '  (press RETURN)'.length + 1 >= this.screen.size.columns) this.view.trashed = true;
  }

  *awaitReturn(): Waiting<void> {
    const key = yield* this.keyboard.nextTyped();
    if (key !== undefined && !'\r\n '.includes(key)) this.keyboard.unget(key);
  }

  /** A message while something goes on that Ctrl-C ends. */
  *busy(text: string): Waiting<void> {
    this.screen.message(text, '... (interrupt to abort)');
    yield* this.screen.flush();
  }

  /** Reads a line at the bottom, and remembers it. */
  *ask(entry: Entry, history?: string): Waiting<string | undefined> {
    const past = history === undefined ? [] : (this.histories.get(history) ?? []);
    const text = yield* enterLine(this.screen, this.keyboard, { ...entry, history: past });
    if (history !== undefined && text) this.histories.set(history, [...past.filter((line) => line !== text), text]);
    this.view.promptReady = false;
    return text;
  }

  /** Reads one key after a prompt; undefined when it was given up. */
  *askKey(prompt: string): Waiting<string | undefined> {
    this.screen.clearBottom();
    this.screen.put(prompt);
    yield* this.screen.flush();
    this.view.promptReady = false;
    return yield* this.keyboard.next();
  }

  /** What the prompt says. */
  prompt(): string {
    if (this.showsHelp) return expandPrompt(this.prototype('h', PROMPTS.help), this.facts());
    const kinds = [
      ['s', PROMPTS.short],
      ['m', PROMPTS.medium],
      ['M', PROMPTS.long],
    ] as const;
    const [letter, standard] = kinds[this.settings.number('m')] ?? kinds[0];
    const text = expandPrompt(this.prototype(letter, standard), this.facts());
    this.newFile = false;
    return text;
  }

  prototype(letter: string, standard: string): string {
    return this.settings.text(`P${letter}`) ?? standard;
  }

  /** Shows the prompt; the cursor stands behind it. */
  showPrompt(): void {
    if (!this.view.promptReady) this.screen.clearBottom();
    this.view.promptReady = false;
    const text = this.prompt();
    const room = this.screen.size.columns - 2;
    if (this.filtering) this.screen.put('& ');
    this.screen.put(text === '' ? ':' : standout(text.length > room ? text.slice(-room) : text));
    this.screen.put('\x1b[K');
  }

  facts(): Facts {
    const { document } = this;
    const numbered = this.settings.on('n');
    return {
      file: this.name === '-' ? undefined : this.name,
      newFile: this.newFile,
      index: this.current + 1,
      count: this.files.length,
      next: this.files[this.current + 1]?.name,
      atEnd: this.view.atEnd,
      size: document.length,
      lines: numbered && document.complete ? document.lines.length : undefined,
      shift: this.layout.shift,
      editor: this.editor(),
      rows: this.screen.size.rows,
      byte: (where) => this.byteAt(where),
      line: (where) => (numbered ? this.lineAt(where) || undefined : undefined),
    };
  }

  private editor(): string {
    const { environment } = this.sys;
    const given = environment.get('VISUAL') || environment.get('EDITOR');
    if (given) return given;
    try {
      this.sys.access('/usr/bin/editor', { execute: true });
      return 'editor';
    } catch (error) {
      if (!isErrno(error)) throw error;
      return 'vi';
    }
  }

  private placeAt(where: string): number | undefined {
    const { rows } = this.screen.size;
    const first = { t: 0, m: Math.floor((rows - 1) / 2), b: rows - 2, B: rows - 1 }[where];
    for (let index = first ?? this.view.rowIndex(this.targetRow); index < rows; index += 1) {
      const place = this.view.place(index);
      if (place !== undefined) return place;
    }
    return undefined;
  }

  private byteAt(where: string): number | undefined {
    const place = this.placeAt(where);
    return place === undefined ? this.document.length : this.layout.byteAt(place);
  }

  private lineAt(where: string): number | undefined {
    const end = this.document.complete ? placeOf(this.document.lines.length) : undefined;
    const place = this.placeAt(where) ?? end;
    if (place === undefined) return undefined;
    return end !== undefined && place >= end ? this.document.lines.length : lineOf(place) + 1;
  }
}
