import type { Sys } from '../../kernel/sys.js';
import { TextBuffer } from '../editor/buffer.js';
import type { Position } from '../editor/characters.js';
import { screenColumn } from '../editor/characters.js';

const STATUS_KEYS = 20;
const TAB_SIZE = 8;

/** The state of one nano. */
export class NanoState {
  readonly sys: Sys;
  readonly buffer: TextBuffer;
  cursor: Position = { line: 0, column: 0 };
  wanted = 0;
  top = 0;
  rows = 24;
  columns = 80;
  status: { readonly text: string; readonly alert: boolean } | undefined;
  private statusKeys = 0;
  /** How the window follows a cursor that left it: just so far, or with the cursor in its middle. */
  follows: 'edge' | 'centre' = 'edge';
  mark: Position | undefined;
  cutText: string[] = [];
  /** The last key was a cut: the next one adds to it. */
  cutting = false;
  searched = '';
  /** The switches that are on, by their long names. */
  readonly switches = new Set<string>();
  /** Where ^J fills lines to: columns, or how many before the window's edge when not above zero. */
  fill = -8;

  constructor(sys: Sys, name: string | undefined) {
    this.sys = sys;
    this.buffer = new TextBuffer(
      name,
      { tabstop: TAB_SIZE },
      () => sys.now(),
      () => this.cursor,
    );
  }

  get line(): string {
    return this.buffer.line(this.cursor.line);
  }

  get textRows(): number {
    return Math.max(1, this.rows - this.firstRow - (this.has('nohelp') ? 1 : 3));
  }

  /** The row of the screen on which the text begins. */
  get firstRow(): number {
    return this.has('emptyline') ? 2 : 1;
  }

  /** Columns that line numbers take. */
  get margin(): number {
    return this.has('linenumbers') ? Math.max(2, String(this.buffer.count).length) + 1 : 0;
  }

  /** Whether a switch is on. */
  has(name: string): boolean {
    return this.switches.has(name);
  }

  moveTo(position: Position, wanted?: number, follows: 'edge' | 'centre' = 'edge'): void {
    this.follows = follows;
    this.cursor = this.buffer.clamp(position, true);
    this.wanted = wanted ?? screenColumn(this.line, this.cursor.column, this.buffer.options.tabstop);
  }

  say(text: string, alert = false): void {
    this.status = { text, alert };
    this.statusKeys = this.has('quickblank') || this.has('constantshow') ? 1 : STATUS_KEYS;
  }

  /** A key was typed: a message goes after so many of them. */
  countDown(): void {
    this.statusKeys -= 1;
    if (this.statusKeys <= 0) this.status = undefined;
  }
}
