import type { Waiting } from '../../../kernel/wait.js';
import { nextColumn, previousColumn } from '../../editor/characters.js';
import { searchFrom, splitSearch } from '../motions/search.js';
import type { Editor } from '../state/editor.js';
import { EditorError } from '../state/failures.js';
import { completeFile } from './complete-file.js';

const HISTORY_MAX = 200;

/** Reads a line at the bottom of the screen: `:`, `/` or `?`. Undefined when it was given up. */
export function* askLine(editor: Editor, prompt: string, initial = ''): Waiting<string | undefined> {
  const { mode, message } = editor;
  const line = { prompt, text: initial, cursor: initial.length };
  const before = { cursor: editor.cursor, top: editor.top, topRows: editor.topRows };
  editor.commandLine = line;
  editor.mode = 'command';
  editor.message = undefined;
  const typed = yield* new LineReader(editor, line).read();
  editor.commandLine = undefined;
  editor.mode = mode;
  Object.assign(editor, before);
  editor.incremental = undefined;
  if (typed === undefined) editor.message = message?.error ? undefined : undefined;
  else remember(editor, prompt === ':' ? ':' : '/', typed);
  return typed;
}

function remember(editor: Editor, which: ':' | '/', typed: string): void {
  if (typed.trim() === '' && which === ':') return;
  if (typed === '') return;
  const history = editor.histories[which];
  const old = history.indexOf(typed);
  if (old >= 0) history.splice(old, 1);
  history.push(typed);
  if (history.length > HISTORY_MAX) history.shift();
}

class LineReader {
  private readonly editor: Editor;
  private readonly line: { prompt: string; text: string; cursor: number };
  private place: number;
  private draft = '';
  private readonly history: string[];
  private readonly origin: { cursor: Editor['cursor']; top: number; topRows: number };

  constructor(editor: Editor, line: { prompt: string; text: string; cursor: number }) {
    this.editor = editor;
    this.line = line;
    this.history = editor.histories[line.prompt === ':' ? ':' : '/'];
    this.place = this.history.length;
    this.origin = { cursor: editor.cursor, top: editor.top, topRows: editor.topRows };
  }

  *read(): Waiting<string | undefined> {
    const { editor, line } = this;
    for (;;) {
      this.preview();
      if (!editor.keyboard.waiting) yield* editor.redraw();
      const key = yield* editor.keyboard.nextMapped('c');
      if (key === '\r' || key === '\n') return line.text;
      if (key === '\x1b' || key === '\x03') return undefined;
      if ((key === '\x7f' || key === '\x08') && line.text === '') return undefined;
      yield* this.edit(key);
    }
  }

  /** While a pattern is typed, the first match is shown. */
  private preview(): void {
    const { editor, line } = this;
    if (line.prompt === ':' || !editor.global.incsearch || editor.keyboard.waiting) return;
    Object.assign(editor, this.origin);
    editor.incremental = undefined;
    const { pattern } = splitSearch(line.text, line.prompt);
    if (pattern === '') return;
    const { message } = editor;
    try {
      const match = searchFrom(editor, editor.cursor, pattern, line.prompt === '/');
      editor.incremental = match;
      editor.cursor = match.start;
    } catch (error) {
      if (!(error instanceof EditorError)) throw error;
    }
    editor.message = message;
  }

  private *edit(key: string): Waiting<void> {
    const { line } = this;
    switch (key) {
      case '\x7f':
      case '\x08':
        return this.erase(previousColumn(line.text, line.cursor));
      case '<del>':
        line.text = line.text.slice(0, line.cursor) + line.text.slice(nextColumn(line.text, line.cursor));
        return undefined;
      case '\x15':
        return this.erase(0);
      case '\x17':
        return this.erase(
          /(?:[\p{L}\p{N}_]+|[^\p{L}\p{N}_\s]+|)\s*$/u.exec(line.text.slice(0, line.cursor))?.index ?? 0,
        );
      case '<left>':
        line.cursor = line.cursor > 0 ? previousColumn(line.text, line.cursor) : 0;
        return undefined;
      case '<right>':
        line.cursor = nextColumn(line.text, line.cursor);
        return undefined;
      case '\x02':
      case '<home>':
        line.cursor = 0;
        return undefined;
      case '\x05':
      case '<end>':
        line.cursor = line.text.length;
        return undefined;
      case '<up>':
      case '\x10':
        return this.recall(-1, key === '<up>');
      case '<down>':
      case '\x0e':
        return this.recall(1, key === '<down>');
      case '\x16':
        return this.put(yield* this.editor.keyboard.next());
      case '\x12':
        return yield* this.fromRegister();
      case '\t':
        return this.put(line.prompt === ':' ? completeFile(this.editor, line.text.slice(0, line.cursor)) : '\t');
      default:
        if (key.startsWith('<paste:') && key.length > 7) return this.put(key.slice(7).replace(/[\r\n].*$/s, ''));
        if (!(key.startsWith('<') && key.length > 1) && key >= ' ') this.put(key);
        return undefined;
    }
  }

  private put(text: string): void {
    const { line } = this;
    line.text = line.text.slice(0, line.cursor) + text + line.text.slice(line.cursor);
    line.cursor += text.length;
  }

  private erase(from: number): void {
    const { line } = this;
    line.text = line.text.slice(0, from) + line.text.slice(line.cursor);
    line.cursor = from;
  }

  private *fromRegister(): Waiting<void> {
    const { editor } = this;
    const name = yield* editor.keyboard.next();
    if (name === '\x17' || name === '\x01') {
      const { column } = this.origin.cursor;
      const text = editor.buffer.line(this.origin.cursor.line);
      const found = [...text.matchAll(name === '\x17' ? /[\p{L}\p{N}_]+/gu : /\S+/g)].find(
        (each) => each.index + each[0].length > column,
      );
      return this.put(found?.[0] ?? '');
    }
    const text = editor.registers.get(name);
    if (text) this.put(text.lines.join('\r') + (text.kind === 'line' ? '\r' : ''));
  }

  private recall(direction: -1 | 1, byPrefix: boolean): void {
    const { line, history } = this;
    if (this.place === history.length) this.draft = line.text;
    for (let at = this.place + direction; at >= 0 && at <= history.length; at += direction) {
      const text = at === history.length ? this.draft : (history[at] as string);
      if (byPrefix && !text.startsWith(this.draft)) continue;
      this.place = at;
      line.text = text;
      line.cursor = text.length;
      return;
    }
  }
}
