import type { TextBuffer } from '../../editor/buffer.js';
import type { Position } from '../../editor/characters.js';
import { characterClass, firstNonBlank } from '../../editor/characters.js';
import type { Editor } from '../state/editor.js';
import { Beep } from '../state/failures.js';
import { bracketFrom } from './blocks.js';
import type { Move } from './motion.js';
import { tagObject } from './tags.js';

type TextObject = (editor: Editor, around: boolean, count: number) => Move;

function wordObject(big: boolean): TextObject {
  return ({ line, cursor }, around, count) => {
    const classAt = (column: number): number => {
      const found = characterClass(line.charAt(column));
      return big && found > 0 ? 1 : found;
    };
    let from = cursor.column;
    let end = cursor.column;
    const take = (): void => {
      const wanted = classAt(end);
      while (end < line.length && classAt(end) === wanted) end += 1;
    };
    while (from > 0 && classAt(from - 1) === classAt(cursor.column)) from -= 1;
    const onBlank = classAt(cursor.column) === 0;
    for (let left = count; left > 0; left -= 1) {
      take();
      if (!around) continue;
      if (onBlank) take();
      else if (end < line.length && classAt(end) === 0) take();
      else if (left === 1 && !onBlank) while (from > 0 && classAt(from - 1) === 0) from -= 1;
    }
    if (around && !onBlank && from > 0 && firstNonBlank(line) >= cursor.column) from = Math.max(from, 0);
    return {
      from: { line: cursor.line, column: from },
      to: { line: cursor.line, column: Math.max(from, end - 1) },
      kind: line === '' ? 'exclusive' : 'inclusive',
    };
  };
}

function quoteObject(quote: string): TextObject {
  return ({ line, cursor }, around) => {
    const places: number[] = [];
    for (let at = 0; at < line.length; at += 1) {
      if (line[at] === '\\') at += 1;
      else if (line[at] === quote) places.push(at);
    }
    for (let at = 0; at + 1 < places.length; at += 2) {
      let [open, close] = [places[at] as number, places[at + 1] as number];
      if (cursor.column > close) continue;
      if (!around) {
        if (close === open + 1)
          return {
            from: { line: cursor.line, column: close },
            to: { line: cursor.line, column: close },
            kind: 'exclusive',
          };
        return {
          from: { line: cursor.line, column: open + 1 },
          to: { line: cursor.line, column: close - 1 },
          kind: 'inclusive',
        };
      }
      const after = /^[ \t]*/.exec(line.slice(close + 1))?.[0].length ?? 0;
      if (after > 0) close += after;
      else open -= /[ \t]*$/.exec(line.slice(0, open))?.[0].length ?? 0;
      return { from: { line: cursor.line, column: open }, to: { line: cursor.line, column: close }, kind: 'inclusive' };
    }
    throw new Beep();
  };
}

function bracketObject(open: string, close: string): TextObject {
  return ({ buffer, cursor, line }, around, count) => {
    let start: Position | undefined = line.charAt(cursor.column) === open ? cursor : undefined;
    let left = start ? count - 1 : count;
    const onClose = line.charAt(cursor.column) === close;
    let at: Position = cursor;
    if (start) at = start;
    for (; left > 0; left -= 1) {
      start = bracketFrom(buffer, at, close, open, -1);
      if (!start) throw new Beep();
      at = start;
    }
    if (!start) throw new Beep();
    const end = onClose && count === 1 ? cursor : bracketFrom(buffer, start, open, close, 1);
    if (!end) throw new Beep();
    if (around) return { from: start, to: end, kind: 'inclusive' };
    return insideOf(buffer, start, end);
  };
}

/** What is between two brackets; when each ends its own line, the lines between. */
function insideOf(buffer: TextBuffer, start: Position, end: Position): Move {
  const first = buffer.line(start.line);
  const startsBehind = start.column + 1 >= first.length && end.line > start.line;
  const from = startsBehind ? { line: start.line + 1, column: 0 } : { line: start.line, column: start.column + 1 };
  const blankBefore = buffer.line(end.line).slice(0, end.column).trim() === '';
  if (end.line > start.line && blankBefore) {
    const line = end.line - 1;
    if (startsBehind) {
      if (line < from.line) throw new Beep();
      return { from, to: { line, column: buffer.line(line).length }, kind: 'linewise' };
    }
    return { from, to: { line, column: buffer.line(line).length }, kind: 'exclusive', exact: true };
  }
  return { from, to: end, kind: 'exclusive', exact: true };
}

function paragraphObject({ buffer, cursor }: Editor, around: boolean, count: number): Move {
  const blank = (line: number): boolean => buffer.line(line).trim() === '';
  let from = cursor.line;
  const startsBlank = blank(from);
  while (from > 0 && blank(from - 1) === startsBlank) from -= 1;
  let end = cursor.line;
  const take = (): void => {
    const kind = blank(end);
    while (end + 1 < buffer.count && blank(end + 1) === kind) end += 1;
  };
  take();
  for (let left = count; left > 0; left -= 1) {
    if (left < count) {
      if (end + 1 >= buffer.count) throw new Beep();
      end += 1;
      take();
    }
    if (!around) continue;
    if (end + 1 < buffer.count) {
      end += 1;
      take();
    } else if (startsBlank) throw new Beep();
    else while (from > 0 && blank(from - 1)) from -= 1;
  }
  return { from: { line: from, column: 0 }, to: { line: end, column: buffer.line(end).length }, kind: 'linewise' };
}

function sentenceObject({ line, cursor }: Editor, around: boolean): Move {
  const ends = [...line.matchAll(/[.!?][)\]"']*(?=[ \t]|$)/g)].map((match) => match.index + match[0].length);
  let start = 0;
  for (const end of ends) {
    const blanks = /^[ \t]*/.exec(line.slice(end))?.[0].length ?? 0;
    if (cursor.column < end || (around && cursor.column < end + blanks))
      return {
        from: { line: cursor.line, column: start },
        to: { line: cursor.line, column: end + (around ? blanks : 0) - 1 },
        kind: 'inclusive',
      };
    start = end + blanks;
  }
  return {
    from: { line: cursor.line, column: Math.min(start, cursor.column) },
    to: { line: cursor.line, column: Math.max(0, line.length - 1) },
    kind: 'inclusive',
  };
}

const OBJECTS: ReadonlyMap<string, TextObject> = new Map<string, TextObject>([
  ['w', wordObject(false)],
  ['W', wordObject(true)],
  ['s', sentenceObject],
  ['p', paragraphObject],
  ['t', tagObject],
  ...['"', "'", '`'].map((quote): [string, TextObject] => [quote, quoteObject(quote)]),
  ...['()b', '[]', '{}B', '<>'].flatMap((pair): [string, TextObject][] =>
    [...pair].map((key) => [key, bracketObject(pair[0] as string, pair[1] as string)]),
  ),
]);

/** The text an object's key (`w`, `"`, `{` …) stands for at the cursor. Throws Beep when there is none. */
export function textObject(editor: Editor, key: string, around: boolean, count: number): Move {
  const found = OBJECTS.get(key);
  if (!found) throw new Beep();
  return found(editor, around, count);
}
