import { INVISIBLE_END, INVISIBLE_START } from '../prompt/prompt-escapes.js';
import { display, LineLayout, type Place } from './line-layout.js';

/**
 * Shows prompt and line on a terminal and keeps them as they should be when either changes. Of a line that has more rows
 * than the terminal those around the cursor are drawn.
 */
export class LineView {
  private columns: number;
  private rows: number;
  /** The prompt's last line; those before are written once. */
  private prompt = '';
  private layout: LineLayout;
  /** The first row that is on the screen. */
  private top = 0;
  private cursorRow = 0;
  private shownCursor = 0;

  constructor(columns: number, rows: number) {
    this.columns = columns;
    this.rows = rows;
    this.layout = new LineLayout(columns, '');
  }

  /** The prompt's line that is redrawn. */
  get promptText(): string {
    return this.prompt;
  }

  /** What puts the prompt on the screen, at the start of a line. */
  begin(prompt: string): string {
    const at = prompt.lastIndexOf('\n');
    this.prompt = prompt.slice(at + 1);
    this.layout = new LineLayout(this.columns, plain(this.prompt));
    this.top = 0;
    this.cursorRow = 0;
    this.shownCursor = 0;
    return visible(prompt) + this.layout.write(0, this.layout.lastRow);
  }

  /** What makes the screen show this line with the cursor there. */
  update(chars: readonly string[], cursor: number, prompt = this.prompt): string {
    const quick = prompt === this.prompt ? this.quickly(chars, cursor) : undefined;
    return quick ?? this.redraw(chars, cursor, prompt);
  }

  /** Draws everything anew, the cursor anywhere in what was drawn before. */
  redraw(chars: readonly string[], cursor: number, prompt = this.prompt): string {
    const up = this.cursorRow - this.top;
    if (prompt !== this.prompt) {
      this.prompt = prompt;
      this.layout = new LineLayout(this.columns, plain(prompt));
    }
    const { layout } = this;
    layout.layOut(chars);
    const target = layout.place(cursor);
    this.bringIntoView(target.row);
    const { top, bottom } = this;
    let output = `${up > 0 ? `\x1b[${up}A` : ''}\r${top === 0 ? visible(prompt) : ''}${layout.write(top, bottom)}`;
    if (bottom === layout.lastRow) output += '\x1b[J';
    if (bottom > target.row) output += `\x1b[${bottom - target.row}A`;
    if (cursor !== chars.length || bottom !== target.row)
      output += `\r${target.column > 0 ? `\x1b[${target.column}C` : ''}`;
    this.cursorRow = target.row;
    this.shownCursor = cursor;
    return output;
  }

  /** What moves the cursor behind everything, so that other output can follow on a new line. */
  finish(chars: readonly string[]): string {
    this.layout.layOut(chars);
    const down = this.bottom - this.cursorRow;
    this.top = 0;
    this.cursorRow = 0;
    return `${down > 0 ? `\x1b[${down}B` : ''}\r\n`;
  }

  /**
   * The window has another size. As readline does, what was drawn is taken to stand where it stood: a terminal leaves
   * the line its cursor is in to whoever draws it, and the next `redraw` puts it into the rows it stood in.
   */
  resize(columns: number, rows: number): void {
    const { chars } = this.layout;
    this.columns = columns;
    this.rows = rows;
    this.layout = new LineLayout(columns, plain(this.prompt));
    this.layout.layOut(chars);
  }

  /** The screen was cleared. */
  cleared(): void {
    this.cursorRow = this.top;
  }

  /** The last row that is on the screen. */
  private get bottom(): number {
    return Math.min(this.layout.lastRow, this.top + this.rows - 1);
  }

  private isInView(row: number): boolean {
    return row >= this.top && row < this.top + this.rows;
  }

  /** Moves the window over the rows as little as a row needs to be in it; what fits is shown whole. */
  private bringIntoView(row: number): void {
    const { firstRow, lastRow } = this.layout;
    const wanted = Math.max(Math.min(this.top, row), row - this.rows + 1);
    const top = Math.max(0, Math.min(wanted, lastRow - this.rows + 1));
    // A prompt is shown whole or not at all.
    this.top = top > 0 ? Math.max(top, firstRow) : 0;
  }

  /** A character put in or taken away at the end needs no redrawing, and a moved cursor neither. */
  private quickly(chars: readonly string[], cursor: number): string | undefined {
    const { layout } = this;
    const before = layout.chars.length;
    const old = layout.place(this.shownCursor);
    const same = layout.layOut(chars);
    const target = layout.place(cursor);
    if (same === before && same === chars.length) {
      if (!this.isInView(target.row)) return undefined;
      this.remember(cursor, target.row);
      return moveTo(old, target);
    }
    const atEnd = this.shownCursor === before && cursor === chars.length;
    if (!atEnd || target.column === 0 || target.row !== old.row) return undefined;
    if (same === before) {
      this.remember(cursor, target.row);
      return chars.slice(same).map(display).join('');
    }
    if (same === chars.length) {
      this.remember(cursor, target.row);
      return `${'\b'.repeat(old.column - target.column)}\x1b[K`;
    }
    return undefined;
  }

  private remember(cursor: number, row: number): void {
    this.shownCursor = cursor;
    this.cursorRow = row;
  }
}

function moveTo(from: Place, to: Place): string {
  const rows = to.row - from.row;
  let output = rows < 0 ? `\x1b[${-rows}A` : rows > 0 ? `\x1b[${rows}B` : '';
  if (to.column < from.column)
    output += from.column - to.column < 4 ? '\b'.repeat(from.column - to.column) : `\x1b[${from.column - to.column}D`;
  else if (to.column > from.column) output += `\x1b[${to.column - from.column}C`;
  return output;
}

/** A prompt without the marks around its invisible parts. */
function visible(prompt: string): string {
  return prompt
    .replaceAll(INVISIBLE_START, '')
    .replaceAll(INVISIBLE_END, '')
    .replaceAll('\n', '\r\n')
    .replace(/\r\r\n/g, '\r\n');
}

/** What of a prompt takes room. */
function plain(prompt: string): string {
  return prompt.replace(/\x01[^\x02]*\x02/g, '').replace(/\x1b(?:\[[0-9;?]*[A-Za-z]|\][^\x07]*\x07)/g, '');
}
