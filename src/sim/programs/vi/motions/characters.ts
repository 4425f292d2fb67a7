import type { Waiting } from '../../../kernel/wait.js';
import type { Position } from '../../editor/characters.js';
import { columnAtScreen, firstNonBlank, lastColumn, nextColumn, previousColumn } from '../../editor/characters.js';
import type { Editor } from '../state/editor.js';
import { LINE_END } from '../state/editor.js';
import { Beep } from '../state/failures.js';
import type { Motion, Move, MoveArgs } from './motion.js';
import { backEndOfWord, backWord, endOfWord, forwardWord } from './words.js';

/** A motion that needs no further key. */
export function plain(move: (editor: Editor, args: MoveArgs) => Move): Motion {
  return function* (editor, args) {
    return move(editor, args);
  };
}

/** `h`: left, not beyond the line. */
export const left = plain(({ line, cursor }, { count, operator }) => {
  let { column } = cursor;
  if (column === 0 && operator === '') throw new Beep();
  for (let at = 0; at < count && column > 0; at += 1) column = previousColumn(line, column);
  return { to: { line: cursor.line, column }, kind: 'exclusive' };
});

/** `l`: right, not beyond the last character unless an operator waits. */
export const right = plain((editor, { count, operator }) => {
  const { line, cursor } = editor;
  const end = operator !== '' || editor.visual ? line.length : lastColumn(line);
  let { column } = cursor;
  if (column >= end && operator === '') throw new Beep();
  for (let at = 0; at < count && column < end; at += 1) column = nextColumn(line, column);
  return { to: { line: cursor.line, column }, kind: 'exclusive' };
});

/** Backspace: left, across the ends of lines. */
export const leftAcross = plain((editor, { count }) => {
  let { line, column } = editor.cursor;
  for (let at = 0; at < count; at += 1) {
    if (column > 0) column = previousColumn(editor.buffer.line(line), column);
    else if (line > 0) {
      line -= 1;
      column = lastColumn(editor.buffer.line(line));
    } else if (at === 0) throw new Beep();
  }
  return { to: { line, column }, kind: 'exclusive' };
});

/** Space: right, across the ends of lines. */
export const rightAcross = plain((editor, { count, operator }) => {
  let { line, column } = editor.cursor;
  for (let at = 0; at < count; at += 1) {
    const text = editor.buffer.line(line);
    const next = nextColumn(text, column);
    if (next < text.length || (operator !== '' && column < text.length && at === count - 1)) column = next;
    else if (line < editor.buffer.count - 1) {
      line += 1;
      column = 0;
    } else if (at === 0 && operator === '') throw new Beep();
    else column = text.length;
  }
  return { to: { line, column }, kind: 'exclusive' };
});

/** A line, with the cursor in the column it wants to keep. */
export function keepColumn(editor: Editor, line: number): Position {
  const text = editor.buffer.line(line);
  if (editor.wanted === LINE_END) return { line, column: text.length };
  return { line, column: columnAtScreen(text, editor.wanted, editor.tabstop) };
}

function vertical(direction: -1 | 1): Motion {
  return plain((editor, { count }) => {
    const line = editor.cursor.line + direction * count;
    const last = editor.buffer.count - 1;
    if ((direction < 0 && editor.cursor.line === 0) || (direction > 0 && editor.cursor.line === last)) throw new Beep();
    if (line < 0 || line > last) {
      if (count === 1 || editor.cursor.line === (direction < 0 ? 0 : last)) throw new Beep();
      if (editor.visual === undefined && line !== editor.cursor.line) {
        return { to: keepColumn(editor, direction < 0 ? 0 : last), kind: 'linewise', wanted: editor.wanted };
      }
    }
    const to = keepColumn(editor, Math.max(0, Math.min(line, last)));
    return { to, kind: 'linewise', wanted: editor.wanted };
  });
}

/** `k`: the same column in a line above. */
export const up = vertical(-1);
/** `j`: the same column in a line below. */
export const down = vertical(1);

/** `+`, `-`, `_` and Enter: to the first character that is no blank, so many lines on. */
export function firstCharacter(direction: (count: number) => number): Motion {
  return plain((editor, { count }) => {
    const line = editor.cursor.line + direction(count);
    if (line < 0 || line >= editor.buffer.count) throw new Beep();
    return { to: { line, column: firstNonBlank(editor.buffer.line(line)) }, kind: 'linewise' };
  });
}

/** `0`. */
export const lineStart = plain(({ cursor }) => ({ to: { line: cursor.line, column: 0 }, kind: 'exclusive' }));
/** `^`. */
export const textStart = plain(({ cursor, line }) => ({
  to: { line: cursor.line, column: Math.min(firstNonBlank(line), lastColumn(line)) },
  kind: 'exclusive',
}));

/** `$`: the end, so many lines on. */
export const lineEnd = plain((editor, { count }) => {
  const line = editor.cursor.line + count - 1;
  if (line >= editor.buffer.count) throw new Beep();
  const text = editor.buffer.line(line);
  return {
    to: { line, column: editor.visual ? text.length : lastColumn(text) },
    kind: text === '' ? 'exclusive' : 'inclusive',
    wanted: LINE_END,
  };
});

/** `g_`: the last character that is no blank. */
export const lastNonBlank = plain((editor, { count }) => {
  const line = Math.min(editor.cursor.line + count - 1, editor.buffer.count - 1);
  const text = editor.buffer.line(line).replace(/[ \t]+$/, '');
  return { to: { line, column: lastColumn(text) }, kind: 'inclusive' };
});

/** `|`: a screen column. */
export const column = plain((editor, { count }) => ({
  to: { line: editor.cursor.line, column: columnAtScreen(editor.line, count - 1, editor.tabstop) },
  kind: 'exclusive',
  wanted: count - 1,
}));

/** `gg` and `G`: a line by its number. */
export function toLine(otherwise: (editor: Editor) => number): Motion {
  return plain((editor, { count, counted }) => {
    const line = Math.min(counted ? count - 1 : otherwise(editor), editor.buffer.count - 1);
    const text = editor.buffer.line(line);
    return { to: { line, column: firstNonBlank(text) }, kind: 'linewise', jump: true };
  });
}

/** `w` and `W`; after `c` on a word they go to its end. */
export function word(big: boolean): Motion {
  return plain((editor, { count, operator }) => {
    const { buffer, cursor, line } = editor;
    if (operator === 'c' && cursor.column < line.length && !/[ \t]/.test(line.charAt(cursor.column))) {
      const { to } = endOfWord(buffer, cursor, count, big, true);
      return { to, kind: 'inclusive' };
    }
    const { to, ok } = forwardWord(buffer, cursor, count, big, operator !== '');
    if (!ok && operator === '') {
      if (to.line === cursor.line && to.column >= line.length && cursor.column < lastColumn(line))
        return { to, kind: 'exclusive' };
      throw new Beep();
    }
    return { to, kind: 'exclusive' };
  });
}

/** `b` and `B`. */
export function wordBack(big: boolean): Motion {
  return plain(({ buffer, cursor }, { count, operator }) => {
    const { to, ok } = backWord(buffer, cursor, count, big);
    if (!ok && (operator !== '' || to.line === cursor.line)) {
      if (to.line === cursor.line && to.column === cursor.column) throw new Beep();
    }
    return { to, kind: 'exclusive' };
  });
}

/** `e` and `E`. */
export function wordEnd(big: boolean): Motion {
  return plain((editor, { count, operator }) => {
    const { to, ok } = endOfWord(editor.buffer, editor.cursor, count, big);
    if (!ok && operator === '' && to.line === editor.cursor.line && editor.cursor.column >= lastColumn(editor.line))
      throw new Beep();
    return { to, kind: 'inclusive' };
  });
}

/** `ge` and `gE`. */
export function wordEndBack(big: boolean): Motion {
  return plain(({ buffer, cursor }, { count }) => {
    const { to, ok } = backEndOfWord(buffer, cursor, count, big);
    if (!ok && to.line === cursor.line && to.column === cursor.column) throw new Beep();
    return { to, kind: 'inclusive' };
  });
}

function findIn(editor: Editor, key: string, char: string, count: number, again: boolean): Move {
  const { line, cursor } = editor;
  const forward = key === 'f' || key === 't';
  const before = key === 't' || key === 'T';
  let at = cursor.column;
  if (again && before && count === 1) {
    const beside = forward ? nextColumn(line, at) : previousColumn(line, at);
    if (line.startsWith(char, beside)) at = beside;
  }
  for (let left = count; left > 0; left -= 1) {
    at = forward ? line.indexOf(char, nextColumn(line, at)) : at === 0 ? -1 : line.lastIndexOf(char, at - 1);
    if (at < 0 || (forward && at >= line.length)) throw new Beep();
  }
  if (before) at = forward ? previousColumn(line, at) : nextColumn(line, at);
  return { to: { line: cursor.line, column: at }, kind: forward ? 'inclusive' : 'exclusive' };
}

/** `f`, `F`, `t` and `T`. */
export function find(key: 'f' | 'F' | 't' | 'T'): Motion {
  return function* (editor, { count }): Waiting<Move> {
    const char = yield* editor.keyboard.next();
    if (char === '\x1b' || (char.startsWith('<') && char.length > 1)) throw new Beep();
    editor.find = { key, char };
    return findIn(editor, key, char, count, false);
  };
}

const OPPOSITE = { f: 'F', F: 'f', t: 'T', T: 't' } as const;

/** `;` and `,`. */
export function findAgain(reverse: boolean): Motion {
  return plain((editor, { count }) => {
    if (!editor.find) throw new Beep();
    const { key, char } = editor.find;
    return findIn(editor, reverse ? OPPOSITE[key] : key, char, count, true);
  });
}
