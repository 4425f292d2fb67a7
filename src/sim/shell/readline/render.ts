import { characterWidth } from '../coreutils/character-width.js';
import { INVISIBLE_END, INVISIBLE_START } from '../prompt/prompt-escapes.js';

interface Place {
  readonly row: number;
  readonly column: number;
}

/** Shows prompt and line on a terminal and keeps them as they should be when either changes. */
export class LineView {
  private columns: number;
  /** The prompt's last line; those before are written once. */
  private prompt = '';
  private cursorRow = 0;
  private shown = '';
  private shownCursor = 0;

  constructor(columns: number) {
    this.columns = columns;
  }

  /** The prompt's line that is redrawn. */
  get promptText(): string {
    return this.prompt;
  }

  /** What puts the prompt on the screen, at the start of a line. */
  begin(prompt: string): string {
    const at = prompt.lastIndexOf('\n');
    this.prompt = prompt.slice(at + 1);
    this.cursorRow = 0;
    this.shown = '';
    this.shownCursor = 0;
    return visible(prompt) + this.pendingWrap(this.place([], 0));
  }

  /** What makes the screen show this line with the cursor there. */
  update(chars: readonly string[], cursor: number, prompt = this.prompt): string {
    const text = chars.join('');
    if (prompt === this.prompt) {
      const quick = this.quickly(chars, text, cursor);
      if (quick !== undefined) return quick;
    }
    return this.redraw(chars, cursor, prompt);
  }

  /** Draws everything anew, the cursor anywhere in what was drawn before. */
  redraw(chars: readonly string[], cursor: number, prompt = this.prompt): string {
    const up = this.cursorRow > 0 ? `\x1b[${this.cursorRow}A` : '';
    this.prompt = prompt;
    const end = this.place(chars, chars.length);
    const target = this.place(chars, cursor);
    const body = chars.map(display).join('').replaceAll('\n', '\x1b[K\r\n');
    let output = `${up}\r${visible(prompt)}${body}${this.pendingWrap(end)}\x1b[J`;
    if (end.row > target.row) output += `\x1b[${end.row - target.row}A`;
    if (end.row !== target.row || end.column !== target.column)
      output += `\r${target.column > 0 ? `\x1b[${target.column}C` : ''}`;
    this.cursorRow = target.row;
    this.shown = chars.join('');
    this.shownCursor = cursor;
    return output;
  }

  /** What moves the cursor behind everything, so that other output can follow on a new line. */
  finish(chars: readonly string[]): string {
    const end = this.place(chars, chars.length);
    const down = end.row - this.cursorRow;
    this.cursorRow = 0;
    return `${down > 0 ? `\x1b[${down}B` : ''}\r\n`;
  }

  /** The window has another width: what is on the screen has been wrapped anew by the terminal. */
  resize(columns: number): void {
    this.columns = columns;
    this.cursorRow = this.place(
      [...this.shown],
      [...this.shown.slice(0)].length < this.shownCursor ? 0 : this.shownCursor,
    ).row;
  }

  /** The screen was cleared. */
  cleared(): void {
    this.cursorRow = 0;
  }

  /** A character put in or taken away at the end needs no redrawing, and a moved cursor neither. */
  private quickly(chars: readonly string[], text: string, cursor: number): string | undefined {
    const shown = [...this.shown];
    const old = this.place(shown, this.shownCursor);
    const target = this.place(chars, cursor);
    if (text === this.shown) {
      this.shownCursor = cursor;
      this.cursorRow = target.row;
      return moveTo(old, target);
    }
    const atEnd = this.shownCursor === shown.length && cursor === chars.length;
    if (!atEnd || target.column === 0 || target.row !== old.row || text.includes('\n')) return undefined;
    if (text.startsWith(this.shown)) {
      const added = text.slice(this.shown.length);
      this.remember(text, cursor, target.row);
      return [...added].map(display).join('');
    }
    if (this.shown.startsWith(text)) {
      const columns = old.column - target.column;
      this.remember(text, cursor, target.row);
      return `${'\b'.repeat(columns)}\x1b[K`;
    }
    return undefined;
  }

  private remember(text: string, cursor: number, row: number): void {
    this.shown = text;
    this.shownCursor = cursor;
    this.cursorRow = row;
  }

  /** A full row leaves the cursor hanging at the margin: step to the next row as readline does. */
  private pendingWrap(end: Place): string {
    return end.column === 0 && end.row > 0 && !this.endsInNewline ? ' \r' : '';
  }

  private endsInNewline = false;

  /** Where the cursor stands before character `index`, counted from the prompt's row. */
  private place(chars: readonly string[], index: number): Place {
    let row = 0;
    let column = 0;
    const advance = (width: number): void => {
      if (column + width > this.columns) {
        row += 1;
        column = 0;
      }
      column += width;
      if (column >= this.columns) {
        row += 1;
        column = 0;
      }
    };
    for (const char of plain(this.prompt)) advance(characterWidth(char));
    for (let at = 0; at < index && at < chars.length; at += 1) {
      const char = chars[at] as string;
      if (char >= ' ' && char <= '~') advance(1);
      else if (char === '\n') {
        row += 1;
        column = 0;
      } else for (const shown of display(char)) advance(characterWidth(shown));
    }
    this.endsInNewline = index > 0 && chars[Math.min(index, chars.length) - 1] === '\n';
    return { row, column };
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

/** Control characters as readline shows them: ^A. */
function display(char: string): string {
  if (char >= ' ' && char !== '\x7f') return char;
  if (char === '\n') return char;
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x20) return `^${String.fromCharCode(code + 64)}`;
  return code === 0x7f ? '^?' : char;
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
