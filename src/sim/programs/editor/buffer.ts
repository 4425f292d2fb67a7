import type { Micros } from '../../kernel/time.js';
import type { Position } from './characters.js';
import { lastColumn } from './characters.js';
import type { Coding } from './coding.js';
import { PLAIN } from './coding.js';
import { replaceLines, UndoHistory } from './undo.js';

/** What every editor must know of a text to draw it. */
interface TextOptions {
  tabstop: number;
}

/** One text that is edited: its lines, where it came from, and its history. */
export class TextBuffer<Options extends TextOptions = TextOptions> {
  lines: string[] = [''];
  /** The name as it was given; undefined for a text without one. */
  name: string | undefined;
  alternateStart: Position = { line: 0, column: 0 };
  modified = false;
  readonly = false;
  /** There was no such file when it was opened. */
  isNew = false;
  coding: Coding = PLAIN;
  options: Options;
  readonly marks = new Map<string, Position>();
  history = new UndoHistory();
  /** There is no line at all; the one in `lines` only stands for it, and nothing is written. */
  noLines = true;
  /** Where the last change was, how many lines it put there, and in the place of how many. */
  lastChange = { from: 0, removed: 0, added: 0 };
  /** Lines that `:global` still has to visit; they move with the text. */
  tracked: number[] = [];
  private readonly now: () => Micros;
  private readonly cursor: () => Position;

  constructor(name: string | undefined, options: Options, now: () => Micros, cursor: () => Position) {
    this.name = name;
    this.options = options;
    this.now = now;
    this.cursor = cursor;
  }

  /** The line with a number from 0; empty outside. */
  line(number: number): string {
    return this.lines[number] ?? '';
  }

  get count(): number {
    return this.lines.length;
  }

  /** Nothing in it, which vim tells from one empty line in a file. */
  get isEmpty(): boolean {
    return this.lines.length === 1 && this.lines[0] === '';
  }

  /** The only way a text changes: `count` lines from `from` give way to others. A text always keeps one line. */
  replace(from: number, count: number, put: readonly string[]): void {
    const added = [...put];
    if (this.noLines) this.lines.length = 0;
    const removed = this.lines.slice(from, from + count);
    this.history.add({ from, removed, added }, this.cursor(), this.now(), this.modified);
    replaceLines(this.lines, from, removed.length, added);
    this.mend();
    this.lastChange = { from, removed: removed.length, added: added.length };
    this.modified = true;
    if (added.length !== count) {
      this.moveMarks(from, count, added.length - count);
      if (this.tracked.length > 0) this.moveTracked(from, count, added.length);
    }
    this.marks.set('.', { line: Math.min(from, this.lines.length - 1), column: this.cursor().column });
  }

  /** A text without lines is shown as one empty line. */
  mend(): void {
    this.noLines = this.lines.length === 0;
    if (this.noLines) this.lines.push('');
  }

  /** Changes one line. */
  setLine(number: number, text: string): void {
    if (this.lines[number] !== text) this.replace(number, 1, [text]);
  }

  /** Puts lines before line `at`. */
  insertLines(at: number, lines: readonly string[]): void {
    if (this.noLines) this.replace(0, 0, at === 0 ? [...lines, ''] : ['', ...lines]);
    else this.replace(at, 0, lines);
  }

  /** Everything anew, without history: a file was read. */
  load(lines: readonly string[], coding: Coding): void {
    this.lines = [...lines];
    this.mend();
    this.coding = coding;
    this.modified = false;
    this.history = new UndoHistory();
  }

  /** The nearest place that exists; `past` allows the column behind the last character. */
  clamp({ line, column }: Position, past = false): Position {
    const row = Math.max(0, Math.min(line, this.lines.length - 1));
    const text = this.line(row);
    const end = past ? text.length : lastColumn(text);
    return { line: row, column: Math.max(0, Math.min(column, end)) };
  }

  private moveTracked(from: number, count: number, added: number): void {
    this.tracked = this.tracked.flatMap((line) => {
      if (line < from) return [line];
      if (line >= from + count) return [line + added - count];
      return line - from < added ? [line] : [];
    });
  }

  private moveMarks(from: number, count: number, change: number): void {
    for (const [name, mark] of this.marks) {
      if (mark.line >= from + count) this.marks.set(name, { ...mark, line: mark.line + change });
      else if (mark.line >= from && mark.line >= from + count + change) {
        if (/^[a-z]$/.test(name)) this.marks.delete(name);
        else this.marks.set(name, { line: Math.max(0, Math.min(from, this.lines.length - 1)), column: 0 });
      }
    }
  }
}
