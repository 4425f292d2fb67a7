import type { Waiting } from '../../../kernel/wait.js';
import { firstNonBlank } from '../../editor/characters.js';
import { patternOf } from '../motions/search.js';
import type { Pattern } from '../regex/compile.js';
import { compilePattern } from '../regex/compile.js';
import type { Match } from '../regex/match.js';
import { matchFrom } from '../regex/match.js';
import type { Editor } from '../state/editor.js';
import { EditorError } from '../state/failures.js';
import { checkWritable } from '../state/writable.js';
import type { ExCall } from './command.js';
import { expandReplacement } from './replacement.js';

const REPORT = 2;

interface Work {
  readonly pattern: Pattern;
  readonly replacement: string;
  readonly flags: string;
  readonly text: string;
}

/** `:s`: the first match of each line, or all of them with `g`. */
export function* substitute(editor: Editor, { args, range }: ExCall): Waiting<void> {
  const work = readWork(editor, args);
  let { first, last } = range;
  if (work.count !== undefined) {
    first = last;
    last = Math.min(editor.buffer.count - 1, last + work.count - 1);
  }
  yield* new Substitution(editor, work).run(first, last);
}

/** `:&&`, `&` and `g&`: the last substitution again. */
export function* substituteAgain(editor: Editor, flags: string, first: number, last: number): Waiting<void> {
  if (!editor.substitute) throw new EditorError('E35: No previous regular expression');
  const { pattern, replacement } = editor.substitute;
  yield* new Substitution(editor, {
    pattern: patternWith(editor, pattern, flags),
    replacement,
    flags,
    text: pattern,
  }).run(first, last);
}

function patternWith(editor: Editor, text: string, flags: string): Pattern {
  if (!/[iI]/.test(flags)) return patternOf(editor, text);
  return compilePattern(text, { ignoreCase: flags.includes('i'), smartCase: false, magic: editor.global.magic });
}

function readWork(editor: Editor, args: string): Work & { readonly count: number | undefined } {
  const delimiter = args[0] ?? '';
  if (delimiter === '' || /[A-Za-z0-9&]/.test(delimiter)) {
    if (!editor.substitute) throw new EditorError('E35: No previous regular expression');
    const { flags, count } = readFlags(editor, args);
    const { pattern, replacement } = editor.substitute;
    return { pattern: patternWith(editor, pattern, flags), replacement, flags, text: pattern, count };
  }
  if (delimiter === '"' || delimiter === '|')
    throw new EditorError("E146: Regular expressions can't be delimited by letters");
  const [typed = '', replacement = '', rest = ''] = cutAt(args.slice(1), delimiter);
  const text = typed === '' ? (editor.search?.pattern ?? editor.substitute?.pattern) : typed;
  if (text === undefined) throw new EditorError('E476: Invalid command', 'E35: No previous regular expression');
  const { flags, count } = readFlags(editor, rest);
  const pattern = patternWith(editor, text, flags);
  editor.search = { pattern: text, forward: true, offset: '' };
  editor.highlight = true;
  const previous = editor.substitute?.replacement ?? '';
  const whole = replacement === '%' ? previous : replacement;
  editor.substitute = { pattern: text, replacement: whole, flags };
  return { pattern, replacement: whole, flags, text, count };
}

function readFlags(editor: Editor, text: string): { flags: string; count: number | undefined } {
  const found = /^\s*([&cegiInp#lr]*)\s*(\d*)\s*(.*)$/.exec(text);
  const [, typed = '', count = '', rest = ''] = found ?? [];
  if (rest !== '') throw new EditorError(`E488: Trailing characters: ${rest}`);
  if (count === '0') throw new EditorError('E939: Positive count required');
  const kept = typed.startsWith('&') ? (editor.substitute?.flags ?? '') + typed.slice(1) : typed;
  return { flags: kept, count: count === '' ? undefined : Number(count) };
}

function cutAt(text: string, delimiter: string): string[] {
  const parts = [''];
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] as string;
    if (char === '\\' && at + 1 < text.length) {
      const next = text[at + 1] as string;
      parts[parts.length - 1] +=
        next === delimiter && parts.length <= 2 && !/[&~*.[\]^$\\]/.test(next) ? next : char + next;
      at += 1;
    } else if (char === delimiter && parts.length < 3) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts;
}

class Substitution {
  private readonly editor: Editor;
  private readonly work: Work;
  private changes = 0;
  private lines = 0;
  private all = false;
  private stopped = false;
  private lastLine = -1;
  private last = 0;

  constructor(editor: Editor, work: Work) {
    this.editor = editor;
    this.work = work;
  }

  *run(first: number, last: number): Waiting<void> {
    const { editor, work } = this;
    let matched = 0;
    this.last = last;
    for (let line = first; line <= this.last && !this.stopped; line += 1) {
      const before = this.changes;
      line += yield* this.line(line);
      if (this.changes > before) this.lines += 1;
      matched += this.changes - before;
    }
    this.finish(matched);
    if (matched === 0 && !work.flags.includes('e') && !editor.globalRunning && this.lastLine < 0)
      throw new EditorError(`E486: Pattern not found: ${work.text}`);
  }

  private finish(matched: number): void {
    const { editor, work } = this;
    if (work.flags.includes('n')) {
      if (matched > 0)
        editor.say(`${matched} match${matched === 1 ? '' : 'es'} on ${this.lines} line${this.lines === 1 ? '' : 's'}`);
      return;
    }
    if (this.lastLine >= 0 && !work.flags.includes('c')) {
      const line = Math.min(this.lastLine, editor.buffer.count - 1);
      editor.moveTo({ line, column: firstNonBlank(editor.buffer.line(line)) });
    }
    if (editor.globalRunning) {
      editor.substituted.changes += this.changes;
      editor.substituted.lines += this.lines;
    } else if (this.changes > REPORT)
      editor.say(`${this.changes} substitutions on ${this.lines} line${this.lines === 1 ? '' : 's'}`);
    if (work.flags.includes('p') && this.lastLine >= 0) editor.printed.push(editor.line);
  }

  /** Works on one line; gives by how many lines the text has grown. */
  private *line(line: number): Waiting<number> {
    const { editor, work } = this;
    const { buffer } = editor;
    let result = '';
    let from = 0;
    let search = 0;
    let end = line;
    let text = buffer.line(line);
    let changed = false;
    for (;;) {
      const match = matchFrom(buffer, work.pattern, end, search);
      if (!match || match.start.column > text.length) break;
      const spans = match.end.line > end && match.end.line < buffer.count;
      if (work.flags.includes('n')) this.changes += 1;
      else if (yield* this.accepts(match)) {
        const put = expandReplacement(work.replacement, match.groups, '', editor.global.magic);
        result += text.slice(from, match.start.column) + put;
        end = match.end.line;
        from = match.end.column;
        if (end >= buffer.count) {
          end = buffer.count - 1;
          from = buffer.line(end).length;
        }
        text = buffer.line(end);
        changed = true;
        this.changes += 1;
      }
      if (this.stopped || (spans ? end > this.last : !work.flags.includes('g'))) break;
      const empty = !spans && match.end.column === match.start.column;
      search = empty ? match.end.column + 1 : match.end.column;
      if (search >= text.length && !spans) break;
    }
    if (!changed) return 0;
    if (!buffer.modified) checkWritable(editor);
    const put = (result + text.slice(from)).split('\r');
    editor.cursor = { line, column: editor.cursor.line === line ? editor.cursor.column : 0 };
    buffer.replace(line, end - line + 1, put);
    this.lastLine = line + put.length - 1;
    const grown = put.length - 1 - (end - line);
    this.last += grown;
    return put.length - 1;
  }

  /** With the flag `c` every match is asked for. */
  private *accepts(match: Match): Waiting<boolean> {
    const { editor, work } = this;
    if (!work.flags.includes('c') || this.all) return true;
    editor.cursor = match.start;
    this.lastLine = match.start.line;
    for (;;) {
      editor.incremental = match;
      editor.message = { text: `replace with ${work.replacement} (y/n/a/q/l/^E/^Y)?`, error: false };
      if (!editor.keyboard.waiting) yield* editor.redraw();
      const key = yield* editor.keyboard.next();
      editor.incremental = undefined;
      editor.message = undefined;
      if (key === 'y') return true;
      if (key === 'n') return false;
      if (key === 'a') this.all = true;
      if (key === 'l' || key === 'q' || key === '\x1b' || key === '\x03') this.stopped = true;
      if (key === 'l') editor.cursor = { line: match.start.line, column: 0 };
      if ('alq\x1b\x03'.includes(key)) return key === 'a' || key === 'l';
    }
  }
}
