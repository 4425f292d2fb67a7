import type { Waiting } from '../../../kernel/wait.js';
import type { Position } from '../../editor/characters.js';
import { firstNonBlank, nextColumn, previousColumn } from '../../editor/characters.js';
import { insertText } from '../insert/insert-mode.js';
import { commentLeader } from '../insert/insertion.js';
import { literalKey } from '../insert/keys.js';
import { joinLines } from '../operators/join.js';
import { mapCharacters, OPERATORS, swapCase } from '../operators/operators.js';
import { put } from '../operators/put.js';
import type { Region } from '../operators/region.js';
import { linesRegion } from '../operators/region.js';
import type { Editor } from '../state/editor.js';
import { Beep } from '../state/failures.js';
import { checkWritable } from '../state/writable.js';
import type { NormalCommand } from './command.js';

/** Characters of one line. */
function charRegion(start: Position, end: number): Region {
  return { kind: 'char', start, end: { line: start.line, column: end }, left: 0, right: 0, visual: false };
}

function operate(key: string): (editor: Editor, region: Region, register: string | undefined) => Waiting<void> {
  return function* (editor, region, register) {
    const operator = OPERATORS.get(key);
    if (operator) yield* operator(editor, region, { register, count: 1, numbered: false });
  };
}

const remove = operate('d');
const change = operate('c');

function behind(line: string, column: number, count: number): number {
  let at = column;
  for (let left = count; left > 0 && at < line.length; left -= 1) at = nextColumn(line, at);
  return at;
}

/** `x` and Delete. */
export const deleteCharacter: NormalCommand = function* (editor, { count, register }) {
  const { line, cursor } = editor;
  yield* remove(editor, charRegion(cursor, behind(line, cursor.column, count)), register);
};

/** `X`. */
export const deleteBefore: NormalCommand = function* (editor, { count, register }) {
  const { line, cursor } = editor;
  if (cursor.column === 0) throw new Beep();
  let from = cursor.column;
  for (let left = count; left > 0 && from > 0; left -= 1) from = previousColumn(line, from);
  yield* remove(editor, charRegion({ line: cursor.line, column: from }, cursor.column), register);
};

/** `s`. */
export const substituteCharacter: NormalCommand = function* (editor, { count, register }) {
  const { line, cursor } = editor;
  yield* change(editor, charRegion(cursor, behind(line, cursor.column, count)), register);
};

function toLineEnd(editor: Editor, count: number): Region {
  const { cursor, buffer } = editor;
  const line = Math.min(cursor.line + count - 1, buffer.count - 1);
  return { ...charRegion(cursor, 0), end: { line, column: buffer.line(line).length } };
}

/** `D`. */
export const deleteToEnd: NormalCommand = function* (editor, { count, register }) {
  yield* remove(editor, toLineEnd(editor, count), register);
};
/** `C`. */
export const changeToEnd: NormalCommand = function* (editor, { count, register }) {
  yield* change(editor, toLineEnd(editor, count), register);
};

function wholeLines(editor: Editor, count: number): Region {
  const { line, column } = editor.cursor;
  return linesRegion(line, Math.min(editor.buffer.count - 1, line + count - 1), column);
}

/** `S`. */
export const changeLines: NormalCommand = function* (editor, { count, register }) {
  yield* change(editor, wholeLines(editor, count), register);
};
/** `Y`. */
export const yankLines: NormalCommand = function* (editor, { count, register }) {
  yield* operate('y')(editor, wholeLines(editor, count), register);
};

/** `r`. */
export const replaceCharacter: NormalCommand = function* (editor, { count }) {
  editor.pending += 'r';
  if (!editor.keyboard.waiting) yield* editor.redraw();
  const { noted } = editor.keyboard;
  const key = yield* editor.keyboard.next();
  if (key === '\x1b' || key === '\x03' || (key.length > 1 && key.startsWith('<'))) throw new Beep();
  const literal = key === '\x16';
  const char = literal ? yield* literalKey(editor) : key;
  const { line, cursor, buffer } = editor;
  const end = behind(line, cursor.column, count);
  if (line === '' || [...line.slice(cursor.column, end)].length < count) throw new Beep();
  checkWritable(editor);
  void noted;
  if ((key === '\r' || key === '\n') && !literal) {
    const indent = buffer.options.autoindent ? line.slice(0, firstNonBlank(line)) : '';
    const tail = line.slice(end);
    buffer.replace(cursor.line, 1, [line.slice(0, cursor.column), indent + (indent ? tail.trimStart() : tail)]);
    return editor.moveTo({ line: cursor.line + 1, column: firstNonBlank(buffer.line(cursor.line + 1)) });
  }
  buffer.setLine(cursor.line, line.slice(0, cursor.column) + char.repeat(count) + line.slice(end));
  editor.moveTo({ line: cursor.line, column: cursor.column + char.length * (count - 1) });
};

/** `~`. */
export const swapCharacters: NormalCommand = function* (editor, { count }) {
  const { line, cursor } = editor;
  if (line === '') throw new Beep();
  const end = behind(line, cursor.column, count);
  mapCharacters(editor, charRegion(cursor, end), swapCase);
  editor.moveTo({ line: cursor.line, column: end });
};

/** `J` and `gJ`. */
export function join(spaces: boolean): NormalCommand {
  return function* (editor, { count }) {
    const { line } = editor.cursor;
    const last = line + Math.max(1, count - 1);
    if (last >= editor.buffer.count) {
      if (line + 1 >= editor.buffer.count || count > 2) throw new Beep();
    }
    joinLines(editor, line, Math.min(last, editor.buffer.count - 1), spaces);
  };
}

/** `p`, `P`, `gp` and `gP`. */
export function paste(before: boolean, leaveBehind = false): NormalCommand {
  return function* (editor, { count, register }) {
    put(editor, { register, count, before, leaveBehind });
  };
}

/** `i`, `a`, `I`, `A`, `gi`, `gI`: where text goes in. */
export function insertAt(where: (editor: Editor) => Position): NormalCommand {
  return function* (editor, { count }) {
    const place = where(editor);
    editor.mode = 'insert';
    editor.moveTo(place);
    yield* insertText(editor, { count });
  };
}

/** Where `i` puts text. */
export const atCursor = ({ cursor }: Editor): Position => cursor;
/** Where `a` puts text. */
export const behindCursor = ({ cursor, line }: Editor): Position => ({
  line: cursor.line,
  column: nextColumn(line, cursor.column),
});
/** Where `I` puts text: before the first character that is not blank. */
export const atTextStart = ({ cursor, line }: Editor): Position => ({ line: cursor.line, column: firstNonBlank(line) });
/** Where `gI` puts text. */
export const atLineStart = ({ cursor }: Editor): Position => ({ line: cursor.line, column: 0 });
/** Where `A` puts text. */
export const atLineEnd = ({ cursor, line }: Editor): Position => ({ line: cursor.line, column: line.length });
/** Where `gi` puts text: where it was put last. */
export const whereInserted = ({ buffer, cursor }: Editor): Position => buffer.marks.get('^') ?? cursor;

/** `R`. */
export const overwrite: NormalCommand = function* (editor, { count }) {
  yield* insertText(editor, { count, replace: true });
};

/** `o` and `O`: a new line, indented as the options say. */
export function open(above: boolean): NormalCommand {
  return function* (editor, { count }) {
    checkWritable(editor);
    const { buffer, line, cursor } = editor;
    const { autoindent, indents, comment } = buffer.options;
    const { paste: pastes } = editor.global;
    const leader = comment !== '' && !pastes ? commentLeader(line, line.length, comment) : '';
    const shownLeader = leader === '' ? '' : (/^[ \t]*\S+?[ \t]*/.exec(leader)?.[0] ?? leader);
    const indent = shownLeader || (autoindent && !pastes ? line.slice(0, firstNonBlank(line)) : '');
    const at = cursor.line + (above ? 0 : 1);
    buffer.insertLines(at, [indent]);
    editor.mode = 'insert';
    editor.cursor = { line: at, column: indent.length };
    const yaml = indents === 'yaml' && !pastes && shownLeader === '';
    yield* insertText(editor, {
      count,
      opens: true,
      autoIndented: indent !== '' && shownLeader === '',
      reindents: yaml,
    });
  };
}

/** Ctrl-A and Ctrl-X: the number at or behind the cursor. */
export function addTo(direction: -1 | 1): NormalCommand {
  return function* (editor, { count }) {
    const { line, cursor, buffer } = editor;
    const found = [...line.matchAll(/0[xX][0-9a-fA-F]+|0[bB][01]+|-?\d+/g)].find(
      (match) => match.index + match[0].length > cursor.column,
    );
    if (!found) throw new Beep();
    checkWritable(editor);
    const [text] = found;
    const base = /^0[xX]/.test(text) ? 16 : /^0[bB]/.test(text) ? 2 : 10;
    let changed: string;
    if (base === 10) {
      const before = line[found.index - 1] ?? '';
      const negative = text.startsWith('-') && !/\w/.test(before);
      const digits = negative || !text.startsWith('-') ? text : text.slice(1);
      changed = (text.startsWith('-') && !negative ? '-' : '') + String(BigInt(digits) + BigInt(direction * count));
    } else {
      const sum = BigInt(text) + BigInt(direction * count);
      changed = text.slice(0, 2) + sum.toString(base).padStart(text.length - 2, '0');
    }
    buffer.setLine(cursor.line, line.slice(0, found.index) + changed + line.slice(found.index + text.length));
    editor.moveTo({ line: cursor.line, column: found.index + changed.length - 1 });
  };
}
