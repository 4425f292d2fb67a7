import type { TextBuffer } from '../../editor/buffer.js';
import type { Position } from '../../editor/characters.js';
import type { Pattern } from './compile.js';

const LINES_JOINED_MAX = 100;

/** What a pattern matched. `groups[0]` is the whole text. */
export interface Match {
  readonly start: Position;
  /** Behind the last character. */
  readonly end: Position;
  readonly groups: readonly string[];
}

/** The first match that begins on a line at `column` or later. */
export function matchFrom(buffer: TextBuffer, pattern: Pattern, line: number, column: number): Match | undefined {
  const { expression, multiline } = pattern;
  const own = buffer.line(line);
  const text = multiline
    ? buffer.lines.slice(line, line + LINES_JOINED_MAX).join('\n') +
      (buffer.count > line + LINES_JOINED_MAX ? '' : '\n')
    : own;
  expression.lastIndex = column;
  const found = expression.exec(text);
  if (
    !found ||
    found.index > own.length ||
    (multiline && own.length > 0 && found.index === own.length && !found[0].startsWith('\n') && found[0] !== '')
  )
    return undefined;
  const whole = found[0];
  const lines = whole.split('\n');
  const end =
    lines.length === 1
      ? { line, column: found.index + whole.length }
      : { line: line + lines.length - 1, column: (lines.at(-1) as string).length };
  return { start: { line, column: found.index }, end, groups: found.map((group) => group ?? '') };
}

/** All matches that begin on a line, from left to right. */
export function matchesOf(buffer: TextBuffer, pattern: Pattern, line: number): Match[] {
  const found: Match[] = [];
  const { length } = buffer.line(line);
  for (let column = 0; column <= length; ) {
    const match = matchFrom(buffer, pattern, line, column);
    if (!match) break;
    found.push(match);
    column = Math.max(match.start.column + 1, match.end.line === line ? match.end.column : length + 1);
  }
  return found;
}
