import { visualMark } from '../motions/screen.js';
import { searchFrom } from '../motions/search.js';
import type { Editor } from '../state/editor.js';
import { EditorError } from '../state/failures.js';

/** Lines a command names, from 0; `given` counts how many addresses there were. */
export interface Range {
  readonly first: number;
  readonly last: number;
  readonly given: 0 | 1 | 2;
}

/** Reads the addresses a line begins with. Throws E16, E20 and E486. */
export function readRange(editor: Editor, line: string): { range: Range; rest: string } {
  const reader = new AddressReader(editor, line);
  return reader.read();
}

class AddressReader {
  private readonly editor: Editor;
  private readonly line: string;
  private at = 0;
  private current: number;

  constructor(editor: Editor, line: string) {
    this.editor = editor;
    this.line = line;
    this.current = editor.cursor.line;
  }

  read(): { range: Range; rest: string } {
    this.blanks();
    if (this.line[this.at] === '%') {
      this.at += 1;
      this.blanks();
      return { range: { first: 0, last: this.editor.buffer.count - 1, given: 2 }, rest: this.line.slice(this.at) };
    }
    const lines: number[] = [];
    for (;;) {
      this.blanks();
      const address = this.address();
      this.blanks();
      const separator = this.line[this.at];
      if (separator !== ',' && separator !== ';') {
        if (address !== undefined) lines.push(address);
        else if (lines.length > 0) lines.push(this.current);
        break;
      }
      this.at += 1;
      lines.push(address ?? this.current);
      if (separator === ';') this.current = lines.at(-1) as number;
    }
    const rest = this.line.slice(this.at);
    if (lines.length === 0) return { range: { first: this.current, last: this.current, given: 0 }, rest };
    const last = lines.at(-1) as number;
    const first = lines.length > 1 ? (lines.at(-2) as number) : last;
    return { range: { first, last, given: lines.length > 1 ? 2 : 1 }, rest };
  }

  private blanks(): void {
    while (/[ \t:]/.test(this.line[this.at] ?? '')) this.at += 1;
  }

  private address(): number | undefined {
    let base = this.base();
    for (;;) {
      this.blanks();
      const found = /^([+-])(\d*)|^(\d+)/.exec(this.line.slice(this.at));
      if (!found || (found[3] !== undefined && base === undefined)) return base;
      this.at += found[0].length;
      const amount = Number(found[2] || found[3] || 1) * (found[1] === '-' ? -1 : 1);
      base = (base ?? this.current) + amount;
    }
  }

  private base(): number | undefined {
    const { editor } = this;
    const rest = this.line.slice(this.at);
    const number = /^\d+/.exec(rest);
    if (number) {
      this.at += number[0].length;
      return Number(number[0]) - 1;
    }
    switch (rest[0]) {
      case '.':
        this.at += 1;
        return this.current;
      case '$':
        this.at += 1;
        return editor.buffer.count - 1;
      case "'":
        return this.mark(rest[1] ?? '');
      case '/':
      case '?':
        return this.pattern(rest[0]);
      case '\\':
        return this.lastPattern(rest[1] ?? '');
      default:
        return undefined;
    }
  }

  private mark(name: string): number {
    this.at += 2;
    const place =
      name === '<' || name === '>'
        ? visualMark(this.editor, name)
        : this.editor.buffer.marks.get(name === '`' ? "'" : name);
    if (!place) throw new EditorError('E20: Mark not set');
    return place.line;
  }

  private pattern(delimiter: string): number {
    this.at += 1;
    let text = '';
    while (this.at < this.line.length && this.line[this.at] !== delimiter) {
      if (this.line[this.at] === '\\' && this.at + 1 < this.line.length) {
        text += this.line[this.at];
        this.at += 1;
      }
      text += this.line[this.at];
      this.at += 1;
    }
    this.at += 1;
    return this.search(text, delimiter === '/');
  }

  private lastPattern(kind: string): number {
    this.at += 2;
    if (kind === '&' && this.editor.substitute) return this.search(this.editor.substitute.pattern, true);
    return this.search('', kind !== '?');
  }

  private search(text: string, forward: boolean): number {
    const { editor } = this;
    const pattern = text === '' ? editor.search?.pattern : text;
    if (pattern === undefined) throw new EditorError('E35: No previous regular expression');
    editor.search = { pattern, forward, offset: '' };
    const line = editor.buffer.line(this.current);
    const from = { line: this.current, column: forward ? line.length : 0 };
    return searchFrom(editor, from, pattern, forward).start.line;
  }
}
