import { characterWidth } from '../coreutils/character-width.js';

/** A place on the screen, counted from the prompt's row. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** Where a row begins: its first character, and the column that one stands at. */
interface RowStart {
  readonly index: number;
  column: number;
  /** The row before ended in a newline rather than at the margin. */
  readonly afterNewline: boolean;
}

/** Characters that are given to a call one by one. */
const COPIED_MAX = 10_000;

/** Where the characters of a line stand below one another. What follows a change is laid out anew, what precedes it is not. */
export class LineLayout {
  /** A copy of what was laid out, to find out what is new. */
  private laid: string[] = [];
  private readonly promptRow: number;
  private starts: RowStart[];
  private row: number;
  private column: number;

  /** Begins behind the last line of a prompt, given without its invisible parts. */
  constructor(
    private readonly columns: number,
    prompt: string,
  ) {
    this.row = 0;
    this.column = 0;
    this.starts = [];
    for (const char of prompt) this.advance(characterWidth(char), 0);
    this.promptRow = this.row;
    this.starts = [{ index: 0, column: this.column, afterNewline: false }];
  }

  /** The characters laid out. */
  get chars(): readonly string[] {
    return this.laid;
  }

  /** The row in which the prompt ends. */
  get firstRow(): number {
    return this.promptRow;
  }

  /** The row behind the last character. */
  get lastRow(): number {
    return this.promptRow + this.starts.length - 1;
  }

  /** Lays out a line; returns how many characters at its beginning are as they were. */
  layOut(chars: readonly string[]): number {
    const { laid } = this;
    const most = Math.min(laid.length, chars.length);
    let same = 0;
    while (same < most && laid[same] === chars[same]) same += 1;
    if (same === laid.length && same === chars.length) return same;
    let kept = this.rowOf(same) + 1;
    // What follows may reach back: a wide character that does not fit opens the row it stands in.
    if (kept > 1 && this.starts[kept - 1]?.index === same) kept -= 1;
    this.starts.length = kept;
    const { index, column } = this.starts[kept - 1] as RowStart;
    // Copied whole where much is new: character by character that would take ten times as long.
    if (chars.length - index > COPIED_MAX) this.laid = chars.slice();
    else laid.splice(index, laid.length - index, ...chars.slice(index));
    this.row = this.promptRow + kept - 1;
    this.column = column;
    for (let at = index; at < chars.length; at += 1) {
      const char = chars[at] as string;
      // What nearly every character is, without a call for each of ten million.
      if (char >= ' ' && char <= '~' && this.column + 1 < this.columns) this.column += 1;
      else if (char === '\n') this.nextRow(at + 1, 0, true);
      else this.advanceOver(char, at);
    }
    return same;
  }

  /** Where the cursor stands before a character. */
  place(index: number): Place {
    const at = this.rowOf(index);
    const start = this.starts[at] as RowStart;
    let { column } = start;
    for (let before = start.index; before < index; before += 1)
      for (const shown of display(this.laid[before] as string)) column += characterWidth(shown);
    return { row: this.promptRow + at, column };
  }

  /**
   * What writes the rows from one to another, the cursor at the first one's left margin or behind the prompt. The next
   * row is begun by readline itself where the terminal would leave the cursor at the margin.
   */
  write(from: number, to: number): string {
    let output = '';
    for (let at = Math.max(0, from - this.promptRow); at <= to - this.promptRow && at < this.starts.length; at += 1) {
      const start = this.starts[at] as RowStart;
      const next = this.starts[at + 1];
      if (this.promptRow + at === from && from > 0) output += ' '.repeat(start.column);
      const end = next?.index ?? this.laid.length;
      const ended = next?.afterNewline === true;
      const text = this.laid.slice(start.index, ended ? end - 1 : end);
      if (text.length === 0 && at + this.promptRow > from && this.hangs(at)) output += ' \r';
      output += text.map(display).join('');
      if (ended) output += '\x1b[K';
      if (ended && at < to - this.promptRow) output += '\r\n';
    }
    return output;
  }

  /** Whether the terminal leaves the cursor at the end of the row before. */
  private hangs(at: number): boolean {
    const start = this.starts[at] as RowStart;
    return start.column === 0 && !start.afterNewline && this.promptRow + at > 0;
  }

  /** The row a character stands in, counted from the first one's. */
  private rowOf(index: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] as RowStart).index <= index) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** A control character may be cut by the margin: `^` at the end of one row, its letter in the next. */
  private advanceOver(char: string, at: number): void {
    for (const shown of display(char)) this.advance(characterWidth(shown), at);
    const last = this.starts.at(-1) as RowStart;
    if (last.index === at + 1) last.column = this.column;
  }

  private advance(width: number, at: number): void {
    if (this.column + width > this.columns) this.nextRow(at, 0, false);
    this.column += width;
    if (this.column >= this.columns) this.nextRow(at + 1, 0, false);
  }

  private nextRow(index: number, column: number, afterNewline: boolean): void {
    this.row += 1;
    this.column = column;
    this.starts.push({ index, column, afterNewline });
  }
}

/** Control characters as readline shows them: ^A. */
export function display(char: string): string {
  if (char >= ' ' && char !== '\x7f') return char;
  if (char === '\n') return char;
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x20) return `^${String.fromCharCode(code + 64)}`;
  return code === 0x7f ? '^?' : char;
}
