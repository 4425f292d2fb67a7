import type { TextBuffer } from '../../editor/buffer.js';
import type { Position } from '../../editor/characters.js';
import { firstNonBlank, lastColumn } from '../../editor/characters.js';
import { Beep } from '../state/failures.js';
import { plain } from './characters.js';
import type { Motion } from './motion.js';

/** `{` and `}`: the next empty line after text. */
export function paragraph(direction: -1 | 1): Motion {
  return plain(({ buffer, cursor }, { count }) => {
    let line = cursor.line;
    for (let left = count; left > 0; left -= 1) {
      let sawText = false;
      for (let first = true; ; first = false) {
        if (buffer.line(line) !== '') sawText = true;
        if (!first && sawText && buffer.line(line) === '') break;
        line += direction;
        if (line >= 0 && line < buffer.count) continue;
        if (left > 1) throw new Beep();
        line -= direction;
        break;
      }
    }
    const text = buffer.line(line);
    const atEnd = direction > 0 && line === buffer.count - 1 && text !== '';
    return { to: { line, column: atEnd ? lastColumn(text) : 0 }, kind: atEnd ? 'inclusive' : 'exclusive', jump: true };
  });
}

/** Where the sentences of a text begin, in order, around a place. */
function sentenceStarts(buffer: TextBuffer, line: number): Position[] {
  const starts: Position[] = [];
  const first = Math.max(0, line - 200);
  let pending = true;
  for (let at = first; at < Math.min(buffer.count, line + 200); at += 1) {
    const text = buffer.line(at);
    if (text === '') {
      if (at === first || buffer.line(at - 1) !== '') starts.push({ line: at, column: 0 });
      pending = true;
      continue;
    }
    if (pending) {
      const column = firstNonBlank(text);
      if (column < text.length) {
        starts.push({ line: at, column });
        pending = false;
      }
    }
    for (const match of text.matchAll(/[.!?][)\]"']*(?:[ \t]+|$)/g)) {
      const column = match.index + match[0].length;
      if (column < text.length) starts.push({ line: at, column });
      else pending = true;
    }
  }
  return starts;
}

/** `(` and `)`. */
export function sentence(direction: -1 | 1): Motion {
  return plain(({ buffer, cursor }, { count }) => {
    let at: Position = cursor;
    for (let left = count; left > 0; left -= 1) {
      const starts = sentenceStarts(buffer, at.line);
      const isBefore = (one: Position, other: Position): boolean =>
        one.line < other.line || (one.line === other.line && one.column < other.column);
      const found =
        direction > 0 ? starts.find((each) => isBefore(at, each)) : starts.filter((each) => isBefore(each, at)).at(-1);
      const last = buffer.count - 1;
      const end = direction > 0 ? { line: last, column: lastColumn(buffer.line(last)) } : { line: 0, column: 0 };
      if (!found && at.line === end.line && at.column === end.column) throw new Beep();
      at = found ?? end;
    }
    return { to: at, kind: 'exclusive', jump: true };
  });
}

const PAIRS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const OPENING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** The bracket that belongs to the one at a place; undefined when there is none. */
function matchingBracket(buffer: TextBuffer, at: Position): Position | undefined {
  const bracket = buffer.line(at.line).charAt(at.column);
  const forward = bracket in PAIRS;
  const other = forward ? PAIRS[bracket] : OPENING[bracket];
  if (other === undefined) return undefined;
  return bracketFrom(buffer, at, bracket, other, forward ? 1 : -1);
}

/** Walks until `wanted` closes what `nested` opens, so many deep. */
export function bracketFrom(
  buffer: TextBuffer,
  from: Position,
  nested: string,
  wanted: string,
  direction: -1 | 1,
): Position | undefined {
  let depth = 1;
  let { line, column } = from;
  let text = buffer.line(line);
  for (;;) {
    column += direction;
    while (column < 0 || column >= text.length) {
      line += direction;
      if (line < 0 || line >= buffer.count) return undefined;
      text = buffer.line(line);
      column = direction > 0 ? 0 : text.length - 1;
    }
    const char = text.charAt(column);
    if (char === nested) depth += 1;
    else if (char === wanted) depth -= 1;
    if (depth === 0) return { line, column };
  }
}

/** `%`: the other bracket; with a count, a share of the file. */
export const percent = plain((editor, { count, counted }) => {
  const { buffer, cursor, line } = editor;
  if (counted) {
    if (count > 100) throw new Beep();
    const row = Math.min(buffer.count - 1, Math.max(0, Math.floor((count * buffer.count + 99) / 100) - 1));
    return { to: { line: row, column: firstNonBlank(buffer.line(row)) }, kind: 'linewise', jump: true };
  }
  for (let column = cursor.column; column < line.length; column += 1) {
    if (!'()[]{}'.includes(line.charAt(column))) continue;
    const to = matchingBracket(buffer, { line: cursor.line, column });
    if (!to) throw new Beep();
    return { to, kind: 'inclusive', jump: true };
  }
  throw new Beep();
});
