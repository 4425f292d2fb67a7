import type { Waiting } from '../../../kernel/wait.js';
import type { Position } from '../../editor/characters.js';
import { characterClass, lastColumn, nextColumn, previousColumn } from '../../editor/characters.js';
import type { Pattern } from '../regex/compile.js';
import { compilePattern } from '../regex/compile.js';
import type { Match } from '../regex/match.js';
import { matchesOf, matchFrom } from '../regex/match.js';
import type { Editor, Search } from '../state/editor.js';
import { Beep, EditorError } from '../state/failures.js';
import { plain } from './characters.js';
import type { Motion, Move } from './motion.js';

/** A pattern by the options as they are set. */
export function patternOf(editor: Editor, pattern: string): Pattern {
  const { ignorecase, smartcase, magic } = editor.global;
  return compilePattern(pattern, {
    ignoreCase: ignorecase,
    smartCase: smartcase,
    magic,
    tilde: editor.substitute?.replacement ?? '',
  });
}

interface Found {
  readonly match: Match;
  readonly wrapped: boolean;
}

function forwardFrom(editor: Editor, pattern: Pattern, from: Position, atCursor: boolean): Found | undefined {
  const { buffer, global } = editor;
  const first = atCursor ? from.column : nextColumn(buffer.line(from.line), from.column);
  const beyond = !atCursor && buffer.line(from.line) === '' ? 1 : first;
  for (let step = 0; step <= buffer.count; step += 1) {
    const line = (from.line + step) % buffer.count;
    const wrapped = from.line + step >= buffer.count;
    if (wrapped && !global.wrapscan) return undefined;
    if (step === 0 && beyond > buffer.line(line).length) continue;
    const match = matchFrom(buffer, pattern, line, step === 0 ? beyond : 0);
    if (match && (match.start.column < buffer.line(line).length || buffer.line(line) === '')) return { match, wrapped };
  }
  return undefined;
}

function backFrom(editor: Editor, pattern: Pattern, from: Position): Found | undefined {
  const { buffer, global } = editor;
  for (let step = 0; step <= buffer.count; step += 1) {
    const line = (((from.line - step) % buffer.count) + buffer.count) % buffer.count;
    const wrapped = from.line - step < 0;
    if (wrapped && !global.wrapscan) return undefined;
    const all = matchesOf(buffer, pattern, line);
    const match = (step === 0 ? all.filter(({ start }) => start.column < from.column) : all).at(-1);
    if (match) return { match, wrapped };
  }
  return undefined;
}

/** The next match in a direction; says when it went past the end. Throws E486, E384 and E385. */
export function searchFrom(
  editor: Editor,
  from: Position,
  text: string,
  forward: boolean,
  count = 1,
  atCursor = false,
): Match {
  const pattern = patternOf(editor, text);
  let at = from;
  let found: Match | undefined;
  let wrapped = false;
  for (let left = count; left > 0; left -= 1) {
    const next = forward ? forwardFrom(editor, pattern, at, atCursor) : backFrom(editor, pattern, at);
    if (!next) {
      if (editor.global.wrapscan) throw new EditorError(`E486: Pattern not found: ${text}`);
      throw new EditorError(
        forward
          ? `E385: Search hit BOTTOM without match for: ${text}`
          : `E384: Search hit TOP without match for: ${text}`,
      );
    }
    wrapped ||= next.wrapped;
    found = next.match;
    at = found.start;
  }
  if (wrapped)
    editor.message = {
      text: forward ? 'search hit BOTTOM, continuing at TOP' : 'search hit TOP, continuing at BOTTOM',
      error: true,
    };
  return found as Match;
}

/** Where a search ends with what followed its second slash: `e`, `s+2`, `+1`. */
function withOffset(editor: Editor, match: Match, offset: string): Move {
  const parts = /^([es]?)([+-]?\d*)/.exec(offset);
  const [, unit = '', amount = ''] = parts ?? [];
  const number = amount === '+' ? 1 : amount === '-' ? -1 : Number(amount || 0);
  if (unit === '' && amount !== '') {
    const line = Math.max(0, Math.min(editor.buffer.count - 1, match.start.line + number));
    return { to: { line, column: 0 }, kind: 'linewise', jump: true };
  }
  const base = unit === 'e' ? { line: match.end.line, column: match.end.column - 1 } : match.start;
  return { to: across(editor, base, number), kind: unit === 'e' ? 'inclusive' : 'exclusive', jump: true };
}

/** So many characters on, or back when negative, over the ends of lines. */
function across({ buffer }: Editor, from: Position, amount: number): Position {
  let { line, column } = buffer.clamp(from);
  for (let left = amount; left > 0; left -= 1) {
    if (column < lastColumn(buffer.line(line))) column = nextColumn(buffer.line(line), column);
    else if (line + 1 < buffer.count) [line, column] = [line + 1, 0];
  }
  for (let left = amount; left < 0; left += 1) {
    if (column > 0) column = previousColumn(buffer.line(line), column);
    else if (line > 0) [line, column] = [line - 1, lastColumn(buffer.line(line - 1))];
  }
  return { line, column };
}

/** Runs a search, as often as `count` says, and remembers it. */
function runSearch(editor: Editor, search: Search, count: number, reverse = false): Move {
  editor.search = search;
  editor.highlight = true;
  const forward = search.forward !== reverse;
  const from = search.offset.startsWith('e') && forward ? editor.cursor : editor.cursor;
  const match = searchFrom(editor, from, search.pattern, forward, count);
  return withOffset(editor, match, search.offset);
}

/** Cuts what was typed after `/` or `?` into pattern and offset. */
export function splitSearch(typed: string, delimiter: string): { pattern: string; offset: string } {
  for (let at = 0; at < typed.length; at += 1) {
    if (typed[at] === '\\') at += 1;
    else if (typed[at] === '[') {
      const close = typed.indexOf(']', at + 2);
      if (close > 0) at = close;
    } else if (typed[at] === delimiter) return { pattern: typed.slice(0, at), offset: typed.slice(at + 1) };
  }
  return { pattern: typed, offset: '' };
}

/** The search a typed line stands for; an empty pattern is the last one. Throws E35. */
function searchOf(editor: Editor, typed: string, forward: boolean): Search {
  const { pattern, offset } = splitSearch(typed, forward ? '/' : '?');
  const text = pattern === '' ? editor.search?.pattern : pattern;
  if (text === undefined) throw new EditorError('E35: No previous regular expression');
  // `b` is another name of `s`.
  const kept = typed === '' ? (editor.search?.offset ?? '') : offset.replace(/^b/, 's');
  return { pattern: text, forward, offset: kept };
}

/** `n` and `N`. */
export function again(reverse: boolean): Motion {
  return plain((editor, { count }) => {
    const { search } = editor;
    if (!search) throw new EditorError('E35: No previous regular expression');
    const forward = search.forward !== reverse;
    editor.echo(`${forward ? '/' : '?'}${search.pattern}`);
    return runSearch(editor, search, count, reverse);
  });
}

/** `*`, `#`, `g*` and `g#`. */
export function wordUnderCursor(forward: boolean, whole: boolean): Motion {
  return plain((editor, { count }) => {
    const { line, cursor } = editor;
    let start = cursor.column;
    const classAt = (column: number): number => characterClass(line.charAt(column));
    if (classAt(start) < 2) {
      let found = start;
      while (found < line.length && classAt(found) < 2) found += 1;
      if (found < line.length) start = found;
      else while (start < line.length && classAt(start) === 0) start += 1;
    }
    if (start >= line.length) throw new EditorError('E348: No string under cursor');
    const wanted = classAt(start);
    while (start > 0 && classAt(start - 1) === wanted) start -= 1;
    let end = start;
    while (end < line.length && classAt(end) === wanted) end += 1;
    const word = line.slice(start, end).replace(/[\\/.*$^~[\]]/g, '\\$&');
    const pattern = whole && wanted >= 2 ? `\\<${word}\\>` : word;
    editor.echo(`${forward ? '/' : '?'}${pattern}`);
    const from = editor.cursor;
    editor.cursor = { line: cursor.line, column: start };
    editor.histories['/'].push(pattern);
    try {
      return runSearch(editor, { pattern, forward, offset: '' }, count);
    } finally {
      editor.cursor = from;
    }
  });
}

/** `/` and `?`: the pattern is typed on the bottom line. */
export function typedSearch(
  forward: boolean,
  ask: (editor: Editor, prompt: string) => Waiting<string | undefined>,
): Motion {
  return function* (editor, { count }): Waiting<Move> {
    const typed = yield* ask(editor, forward ? '/' : '?');
    if (typed === undefined) throw new Beep();
    const search = searchOf(editor, typed, forward);
    editor.echo(`${forward ? '/' : '?'}${typed === '' ? search.pattern : typed}`);
    return runSearch(editor, search, count);
  };
}
