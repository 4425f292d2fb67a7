import type { Sys } from '../../../kernel/sys.js';
import type { Waiting } from '../../../kernel/wait.js';
import { TextBuffer } from '../../editor/buffer.js';
import type { Position } from '../../editor/characters.js';
import { lastColumn, screenColumn } from '../../editor/characters.js';
import type { Key } from '../../editor/decode-key.js';
import type { AutoCommand } from '../ex/autocmd.js';
import type { Value } from '../ex/expression.js';
import { Keyboard } from '../keys/keyboard.js';
import type { GlobalOptions, LocalOptions } from './options.js';
import { bareLocalOptions, bareOptions } from './options.js';
import { Registers } from './registers.js';

export type Mode = 'normal' | 'insert' | 'replace' | 'command';
export type VisualKind = 'char' | 'line' | 'block';

/** What is selected: from `start` to the cursor. */
export interface Visual {
  kind: VisualKind;
  start: Position;
  /** `$` was pressed in a block: every line to its end. */
  toEnd: boolean;
}

/** A search: its pattern, where it went, and what followed the second slash. */
export interface Search {
  readonly pattern: string;
  readonly forward: boolean;
  readonly offset: string;
}

/** What the bottom line says. */
export interface Message {
  readonly text: string;
  readonly error: boolean;
  /** Only what was typed, left standing. */
  readonly echo?: boolean;
}

/** The column that vertical motions try to keep: a screen column, or the line's end. */
export const LINE_END = Number.MAX_SAFE_INTEGER;

/** How `.` repeats what was done in visual mode: the same command over as much text. */
export interface Repeat {
  readonly keys: readonly Key[];
  readonly count?: number | undefined;
  readonly register?: string | undefined;
  readonly visual?: {
    readonly kind: VisualKind;
    readonly lines: number;
    readonly columns: number;
    readonly toEnd: boolean;
  };
}

/** The whole state of one vi. Commands are functions over it. */
export class Editor {
  readonly sys: Sys;
  readonly keyboard = new Keyboard();
  readonly registers = new Registers();
  readonly global: GlobalOptions = bareOptions();
  /** What new texts start with. */
  readonly localDefaults: LocalOptions = bareLocalOptions();
  /** What `:autocmd` has kept, the groups there are, and the one that is written now. */
  autoCommands: AutoCommand[] = [];
  readonly groups = new Set<string>();
  group = '';
  /** What `:let` has set, by names with their scope. */
  readonly variables = new Map<string, Value>();
  /** A command runs that is to say nothing. */
  silent = false;
  /** `filetype on`, `filetype plugin on` and `filetype indent on`. */
  detectsFileTypes = false;
  fileTypePlugins = false;
  fileTypeIndents = false;
  setFileType: (type: string) => void = () => {};
  buffer: TextBuffer<LocalOptions>;
  cursor: Position = { line: 0, column: 0 };
  wanted = 0;
  /** The first line shown, and how many of its rows are above the window. */
  top = 0;
  topRows = 0;
  leftColumn = 0;
  rows = 24;
  columns = 80;
  mode: Mode = 'normal';
  visual: Visual | undefined;
  lastVisual: { visual: Visual; end: Position } | undefined;
  message: Message | undefined;
  /** Lines a command has printed, to be read before going on. */
  printed: string[] = [];
  /** What was printed is not for the bottom line, even if it is one short line. */
  printsBelow = false;
  pending = '';
  search: Search | undefined;
  highlight = true;
  find: { readonly key: 'f' | 'F' | 't' | 'T'; readonly char: string } | undefined;
  substitute: { pattern: string; replacement: string; flags: string } | undefined;
  repeat: Repeat | undefined;
  /** The count of an operator and its motion, multiplied. */
  operatorCount: number | undefined;
  /** What was just done is not to be what `.` repeats. */
  notRepeatable = false;
  replaying = false;
  /** How many commands have failed. */
  failures = 0;
  /** The keys of recorded macros, special ones included. */
  readonly macros = new Map<string, readonly Key[]>();
  /** How far Ctrl-D and Ctrl-U go, once a count was given. */
  scrollAmount: number | undefined;
  /** The `:` line that runs. */
  executing = '';
  lastInserted = '';
  lastMacro: string | undefined;
  recording: string | undefined;
  lastCommand: string | undefined;
  lastBang: string | undefined;
  readonly histories: Record<':' | '/', string[]> = { ':': [], '/': [] };
  files: string[] = [];
  fileIndex = 0;
  alternate: { name: string; cursor: Position } | undefined;
  quitTried = false;
  readonlyStart = false;
  warnedReadonly = false;
  globalRunning = false;
  /** What the substitutions of a running `:global` have done so far. */
  substituted = { changes: 0, lines: 0 };
  /** What the `:` line shows while it is typed. */
  commandLine: { readonly prompt: string; text: string; cursor: number } | undefined;
  /** The match that is shown while a pattern is typed. */
  incremental: { readonly start: Position; readonly end: Position } | undefined;
  /** Draws now; set by whoever owns the screen. */
  redraw: (whole?: boolean) => Waiting<void> = function* () {};
  /** One command of normal mode. */
  runOne: () => Waiting<void> = function* () {};
  runEx: (line: string) => Waiting<void> = function* () {};
  /** Runs the commands of a file; false when it cannot be read. */
  source: (path: string) => Waiting<boolean> = function* () {
    return false;
  };
  /** Runs keys as commands; mapped ones stand for others unless they are taken as they are. */
  runNormal: (keys: string, asTyped?: boolean) => Waiting<void> = function* () {};
  /** Gives the terminal to something else, then takes it back. */
  outside: <T>(run: () => Waiting<T>) => Waiting<T> = function* (run) {
    return yield* run();
  };

  constructor(sys: Sys) {
    this.sys = sys;
    this.buffer = this.newBuffer(undefined);
  }

  /** A text with the options new texts have. */
  newBuffer(name: string | undefined): TextBuffer<LocalOptions> {
    return new TextBuffer(
      name,
      { ...this.localDefaults },
      () => this.sys.now(),
      () => this.cursor,
    );
  }

  get line(): string {
    return this.buffer.line(this.cursor.line);
  }

  get tabstop(): number {
    return this.buffer.options.tabstop;
  }

  get textRows(): number {
    return Math.max(1, this.rows - 1);
  }

  /** What the settings have set on the first text is what all texts start with. */
  localDefaultsFrom(): void {
    Object.assign(this.localDefaults, this.buffer.options);
  }

  /** Moves the cursor; the wanted column follows unless it is given. */
  moveTo(position: Position, wanted?: number): void {
    const past = this.mode !== 'normal' || this.visual !== undefined;
    this.cursor = this.buffer.clamp(position, past);
    this.wanted = wanted ?? screenColumn(this.line, this.cursor.column, this.tabstop);
  }

  /** Puts the cursor back on a character. */
  settle(): void {
    if (this.cursor.line >= this.buffer.count)
      this.cursor = { line: this.buffer.count - 1, column: this.cursor.column };
    const past = this.mode !== 'normal' || this.visual !== undefined;
    const end = past ? this.line.length : lastColumn(this.line);
    if (this.cursor.column > end) this.cursor = { line: this.cursor.line, column: end };
  }

  /** The mark that `` `` `` goes back to. */
  rememberJump(): void {
    this.buffer.marks.set("'", this.cursor);
  }

  say(text: string): void {
    this.message = { text, error: false };
  }

  /** Leaves what was typed on the bottom line, until the screen scrolls or something is said. */
  echo(text: string): void {
    this.message = { text, error: false, echo: true };
  }

  complain(text: string): void {
    this.message = { text, error: true };
  }

  /** The columns of one indent. */
  get shiftWidth(): number {
    return this.buffer.options.shiftwidth || this.tabstop;
  }
}
