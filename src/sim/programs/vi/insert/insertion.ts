import type { Position } from '../../editor/characters.js';
import {
  cellsOf,
  characterAt,
  compare,
  firstNonBlank,
  nextColumn,
  previousColumn,
  screenColumn,
} from '../../editor/characters.js';
import type { Key } from '../../editor/decode-key.js';
import { indentOf, setIndent, wantedIndent, whiteSpace } from '../operators/indent.js';
import type { Editor } from '../state/editor.js';
import { checkWritable } from '../state/writable.js';

/** One stay in insert or replace mode: what was typed since, and what it did to the text. */
export class Insertion {
  /** Where it began; Ctrl-U and Ctrl-W stop there once. */
  start: Position;
  typed = '';
  readonly keys: Key[] = [];
  autoIndented: boolean;
  /** The cursor was moved by a key: counts no longer repeat. */
  moved = false;
  interrupted = false;
  /** Ctrl-T or Ctrl-D has set the line's indent: signs no longer change it. */
  private ownIndent = false;
  /** What replace mode has overwritten, for Backspace. */
  private readonly overwritten: string[] = [];
  private readonly editor: Editor;

  constructor(editor: Editor, autoIndented: boolean) {
    this.editor = editor;
    this.start = editor.cursor;
    this.autoIndented = autoIndented;
  }

  /** Puts a text without newlines at the cursor. */
  type(text: string): void {
    if (text === '') return;
    const { editor } = this;
    if (!editor.buffer.modified) checkWritable(editor);
    const { line, cursor } = editor;
    let end = cursor.column;
    if (editor.mode === 'replace') {
      for (const _char of text) {
        this.overwritten.push(characterAt(line, end));
        end = nextColumn(line, end);
      }
    }
    editor.buffer.setLine(cursor.line, line.slice(0, cursor.column) + text + line.slice(end));
    editor.cursor = { line: cursor.line, column: cursor.column + text.length };
    this.typed += text;
    this.autoIndented = false;
    this.breakLong();
    if (text.length === 1) this.reindentAfter(text);
  }

  /** YAML's indent keys: `-`, `#`, `}` and `]` as the first character, and every colon. */
  private reindentAfter(char: string): void {
    const { editor } = this;
    if (editor.buffer.options.indents !== 'yaml' || editor.global.paste || this.ownIndent) return;
    const first = /[-#}\]]/.test(char) && firstNonBlank(editor.line) === editor.cursor.column - 1;
    if (first || char === ':') this.reindent();
  }

  /** Gives the line the indent its file type wants; the cursor stays on its character. */
  reindent(): void {
    const { editor } = this;
    const width = wantedIndent(editor, editor.cursor.line);
    if (width < 0 || width === indentOf(editor, editor.cursor.line)) return;
    const behind = editor.line.length - editor.cursor.column;
    setIndent(editor, editor.cursor.line, width);
    editor.cursor = { line: editor.cursor.line, column: Math.max(0, editor.line.length - behind) };
  }

  private breakLong(): void {
    const { editor } = this;
    const { textwidth } = editor.buffer.options;
    if (textwidth <= 0 || editor.global.paste) return;
    const { line, cursor } = editor;
    if (screenColumn(line, cursor.column, editor.tabstop) <= textwidth) return;
    const at = line.lastIndexOf(' ', Math.min(cursor.column - 1, textwidth));
    if (at <= firstNonBlank(line)) return;
    const tail = line.slice(at + 1);
    const indent = editor.buffer.options.autoindent ? line.slice(0, firstNonBlank(line)) : '';
    editor.buffer.replace(cursor.line, 1, [line.slice(0, at).replace(/ +$/, ''), indent + tail]);
    editor.cursor = { line: cursor.line + 1, column: indent.length + cursor.column - at - 1 };
  }

  /** Enter: the rest of the line goes below, indented as the options say. */
  newline(): void {
    const { editor } = this;
    if (!editor.buffer.modified) checkWritable(editor);
    const { line, cursor, buffer } = editor;
    if (editor.mode === 'replace') this.overwritten.push('');
    const { autoindent, indents, comment } = buffer.options;
    const paste = editor.global.paste;
    const empties = this.autoIndented && line.slice(0, cursor.column).trim() === '';
    const head = empties ? '' : line.slice(0, cursor.column);
    let tail = line.slice(cursor.column);
    const leader = comment !== '' && !paste ? commentLeader(line, cursor.column, comment) : '';
    const indent = autoindent && !paste ? line.slice(0, Math.min(firstNonBlank(line), cursor.column)) : '';
    if ((autoindent && !paste) || leader !== '') tail = tail.replace(/^[ \t]+/, '');
    const start = leader || indent;
    const lines = editor.mode === 'replace' ? [head + (empties ? '' : ''), start + tail] : [head, start + tail];
    buffer.replace(cursor.line, 1, lines);
    editor.cursor = { line: cursor.line + 1, column: start.length };
    this.typed += '\n';
    this.ownIndent = false;
    this.autoIndented = indent !== '';
    if (indents === 'yaml' && !paste) {
      this.reindent();
      this.autoIndented = editor.line.trim() === '' && editor.line !== '';
    }
  }

  /** Backspace: over indents and ends of lines too. */
  back(): void {
    const { editor } = this;
    const { line, cursor, buffer } = editor;
    this.autoIndented = false;
    this.typed = this.typed.slice(0, -1);
    if (editor.mode === 'replace') return this.restore();
    if (cursor.column === 0) {
      if (cursor.line === 0) return;
      const above = buffer.line(cursor.line - 1);
      buffer.replace(cursor.line - 1, 2, [above + line]);
      editor.cursor = { line: cursor.line - 1, column: above.length };
      return;
    }
    const { softtabstop, shiftwidth } = buffer.options;
    const stop = editor.global.paste ? 0 : softtabstop < 0 ? shiftwidth : softtabstop;
    let from = previousColumn(line, cursor.column);
    if (stop > 0 && line[cursor.column - 1] === ' ') {
      const width = screenColumn(line, cursor.column, editor.tabstop);
      const wanted = Math.floor((width - 1) / stop) * stop;
      while (from > 0 && line[from - 1] === ' ' && screenColumn(line, from, editor.tabstop) > wanted) from -= 1;
    }
    this.removeTo(from);
  }

  /** Takes away what stands between a column and the cursor. */
  removeTo(column: number): void {
    const { line, cursor, buffer } = this.editor;
    buffer.setLine(cursor.line, line.slice(0, column) + line.slice(cursor.column));
    this.editor.cursor = { line: cursor.line, column };
    if (compare(this.editor.cursor, this.start) < 0) this.start = this.editor.cursor;
  }

  private restore(): void {
    const { editor } = this;
    const { line, cursor, buffer } = editor;
    const old = this.overwritten.pop();
    if (cursor.column === 0) {
      if (old !== undefined && cursor.line > 0) {
        const above = buffer.line(cursor.line - 1);
        buffer.replace(cursor.line - 1, 2, [above + line]);
        editor.cursor = { line: cursor.line - 1, column: above.length };
      }
      return;
    }
    const from = previousColumn(line, cursor.column);
    if (old !== undefined) buffer.setLine(cursor.line, line.slice(0, from) + old + line.slice(cursor.column));
    editor.cursor = { line: cursor.line, column: from };
  }

  /** Tab: itself, or blanks to the next stop. */
  tab(): void {
    const { editor } = this;
    const { expandtab, softtabstop, tabstop, shiftwidth } = editor.buffer.options;
    if (editor.global.paste) return this.type('\t');
    const { line, cursor } = editor;
    const smart = editor.global.smarttab && line.slice(0, cursor.column).trim() === '';
    const soft = softtabstop < 0 ? shiftwidth || tabstop : softtabstop;
    const stop = smart ? shiftwidth || tabstop : soft || tabstop;
    const width = screenColumn(line, cursor.column, tabstop);
    const to = width + stop - (width % stop);
    if (expandtab) return this.type(' '.repeat(to - width));
    if (stop === tabstop) return this.type('\t');
    const blanks = /[ ]*$/.exec(line.slice(0, cursor.column))?.[0].length ?? 0;
    this.removeTo(cursor.column - blanks);
    const from = width - blanks;
    const tabs = Math.floor(to / tabstop) - Math.floor(from / tabstop);
    this.type('\t'.repeat(tabs) + ' '.repeat(tabs > 0 ? to % tabstop : to - from));
  }

  /** Ctrl-T and Ctrl-D: the line's indent, one shift width more or less. */
  shift(direction: -1 | 1): void {
    const { editor } = this;
    const width = indentOf(editor, editor.cursor.line);
    const unit = editor.shiftWidth;
    this.ownIndent = true;
    const to =
      direction > 0 ? (Math.floor(width / unit) + 1) * unit : Math.max(0, (Math.ceil(width / unit) - 1) * unit);
    const behind = editor.line.length - editor.cursor.column;
    const old = firstNonBlank(editor.line);
    editor.buffer.setLine(editor.cursor.line, whiteSpace(editor, to) + editor.line.slice(old));
    editor.cursor = { line: editor.cursor.line, column: Math.max(0, editor.line.length - behind) };
    this.autoIndented = false;
  }

  /** A text with newlines, as it is: a paste or a register. */
  literal(text: string): void {
    const { editor } = this;
    const lines = text.split('\n');
    if (lines.length === 1) return this.type(text);
    const { line, cursor, buffer } = editor;
    if (!buffer.modified) checkWritable(editor);
    const put = [line.slice(0, cursor.column) + (lines[0] ?? ''), ...lines.slice(1)];
    const last = put.at(-1) as string;
    put[put.length - 1] = last + line.slice(cursor.column);
    buffer.replace(cursor.line, 1, put);
    editor.cursor = { line: cursor.line + put.length - 1, column: last.length };
    this.typed += text;
    this.autoIndented = false;
  }

  /** A key has moved the cursor: what follows is an insertion of its own. */
  movedTo(position: Position): void {
    const { editor } = this;
    if (this.autoIndented && editor.line.trim() === '' && editor.line !== '')
      editor.buffer.setLine(editor.cursor.line, '');
    this.autoIndented = false;
    this.moved = true;
    editor.buffer.history.close();
    editor.moveTo(position);
    this.start = editor.cursor;
    this.typed = '';
    if (editor.keyboard.noted) editor.keyboard.noted.splice(0, Number.POSITIVE_INFINITY, 'i');
  }

  /** How many cells a text takes. */
  width(text: string): number {
    return cellsOf(text);
  }
}

/** The indent and comment sign that the next line gets too; empty when the line is no comment. */
export function commentLeader(line: string, column: number, sign: string): string {
  const found = new RegExp(`^[ \\t]*${sign.replace(/[/*]/g, '\\$&')}+[ \\t]*`).exec(line);
  return found && found[0].trimEnd().length <= column
    ? found[0].slice(0, Math.max(column, found[0].trimEnd().length))
    : '';
}
