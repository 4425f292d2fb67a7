import type { Waiting } from '../../../kernel/wait.js';
import { characterAt, characterClass, firstNonBlank, nextColumn, previousColumn } from '../../editor/characters.js';
import type { Key } from '../../editor/decode-key.js';
import { keepColumn } from '../motions/characters.js';
import { backWord, forwardWord } from '../motions/words.js';
import type { Editor } from '../state/editor.js';
import { LINE_END } from '../state/editor.js';
import { completeWord } from './complete.js';
import type { Insertion } from './insertion.js';

type Handler = (editor: Editor, insertion: Insertion) => Waiting<void>;

const PASTE = '<paste:';

/** What one key does while text is inserted. */
export function* handleKey(editor: Editor, insertion: Insertion, key: Key): Waiting<void> {
  if (key.startsWith(PASTE) && key.length > PASTE.length)
    return insertion.literal(key.slice(PASTE.length).replace(/\r\n?/g, '\n'));
  const handler = HANDLERS.get(key);
  if (handler) yield* handler(editor, insertion);
  else if (key.length > 1 && key.startsWith('<')) return;
  else if (key >= ' ' || key.length > 1) insertion.type(key);
}

function move(to: (editor: Editor) => { line: number; column: number } | undefined): Handler {
  return function* (editor, insertion) {
    const place = to(editor);
    if (place) insertion.movedTo(place);
  };
}

function vertical(amount: (editor: Editor) => number): Handler {
  return function* (editor, insertion) {
    const { wanted } = editor;
    const column = insertion.moved && insertion.typed === '' ? wanted : undefined;
    const line = Math.max(0, Math.min(editor.buffer.count - 1, editor.cursor.line + amount(editor)));
    if (column === undefined) editor.moveTo(editor.cursor);
    const kept = editor.wanted;
    insertion.movedTo(keepColumn(editor, line));
    editor.wanted = kept;
  };
}

/** Ctrl-W: the word before the cursor, and blanks after it. */
function* removeWord(editor: Editor, insertion: Insertion): Waiting<void> {
  const { line, cursor } = editor;
  if (cursor.column === 0) return insertion.back();
  let from = cursor.column;
  while (from > 0 && characterClass(line.charAt(from - 1)) === 0) from -= 1;
  const wanted = from > 0 ? characterClass(characterAt(line, previousColumn(line, from))) : 0;
  while (from > 0 && characterClass(characterAt(line, previousColumn(line, from))) === wanted)
    from = previousColumn(line, from);
  const { start } = insertion;
  if (start.line === cursor.line && start.column < cursor.column && from < start.column) from = start.column;
  insertion.autoIndented = false;
  insertion.removeTo(from);
}

/** Ctrl-U: all that was typed on this line, or all of the line before the cursor. */
function* removeLine(editor: Editor, insertion: Insertion): Waiting<void> {
  const { line, cursor } = editor;
  if (cursor.column === 0) return insertion.back();
  const { start } = insertion;
  const stop = start.line === cursor.line && start.column < cursor.column ? start.column : 0;
  const indent = firstNonBlank(line);
  insertion.autoIndented = false;
  editor.buffer.history.close();
  insertion.removeTo(stop === 0 && indent < cursor.column && start.line !== cursor.line ? indent : stop);
}

const DIGITS: Readonly<Record<string, { base: number; length: number }>> = {
  x: { base: 16, length: 2 },
  u: { base: 16, length: 4 },
  U: { base: 16, length: 8 },
  o: { base: 8, length: 3 },
};

/** Ctrl-V: the next key as it is, or a character by its number. */
export function* literalKey(editor: Editor): Waiting<string> {
  const first = yield* editor.keyboard.next();
  const kind = DIGITS[first] ?? (/\d/.test(first) ? { base: 10, length: 3 } : undefined);
  if (!kind) return first.startsWith('<') && first.length > 1 ? (NAMES[first] ?? first) : first === '\r' ? '\r' : first;
  let digits = kind.base === 10 ? first : '';
  while (digits.length < kind.length) {
    const next = yield* editor.keyboard.next();
    if (Number.isNaN(Number.parseInt(next, kind.base)) || next.length > 1) {
      editor.keyboard.push([next]);
      break;
    }
    digits += next;
  }
  return digits === '' ? first : String.fromCodePoint(Math.min(0x10ffff, Number.parseInt(digits, kind.base)));
}

const NAMES: Readonly<Record<string, string>> = {
  '<up>': '<Up>',
  '<down>': '<Down>',
  '<left>': '<Left>',
  '<right>': '<Right>',
};

function* fromRegister(editor: Editor, insertion: Insertion): Waiting<void> {
  const name = yield* editor.keyboard.next();
  const text = editor.registers.get(name);
  if (text) insertion.literal(text.lines.join('\n') + (text.kind === 'line' ? '\n' : ''));
}

function copyFrom(offset: -1 | 1): Handler {
  return function* (editor, insertion) {
    const other = editor.buffer.line(editor.cursor.line + offset);
    const char = characterAt(other, editor.cursor.column);
    if (char !== '') insertion.type(char);
  };
}

function* deleteUnder({ line, cursor, buffer }: Editor, insertion: Insertion): Waiting<void> {
  insertion.autoIndented = false;
  if (cursor.column < line.length)
    buffer.setLine(cursor.line, line.slice(0, cursor.column) + line.slice(nextColumn(line, cursor.column)));
  else if (cursor.line < buffer.count - 1) buffer.replace(cursor.line, 2, [line + buffer.line(cursor.line + 1)]);
}

const back: Handler = function* (_, insertion) {
  insertion.back();
};
const newline: Handler = function* (_, insertion) {
  insertion.newline();
};

const HANDLERS: ReadonlyMap<Key, Handler> = new Map<Key, Handler>([
  ['\r', newline],
  ['\n', newline],
  ['\x7f', back],
  ['\x08', back],
  ['<del>', deleteUnder],
  [
    '\t',
    function* (_, insertion) {
      insertion.tab();
    },
  ],
  [
    '\x14',
    function* (_, insertion) {
      insertion.shift(1);
    },
  ],
  [
    '\x04',
    function* (_, insertion) {
      insertion.shift(-1);
    },
  ],
  ['\x17', removeWord],
  ['\x15', removeLine],
  [
    '\x16',
    function* (editor, insertion) {
      editor.pending = '^V';
      const text = yield* literalKey(editor);
      editor.pending = '';
      insertion.type(text);
    },
  ],
  ['\x12', fromRegister],
  ['\x05', copyFrom(1)],
  ['\x19', copyFrom(-1)],
  [
    '\x01',
    function* (editor, insertion) {
      insertion.literal(editor.lastInserted);
    },
  ],
  ['\x0e', completeWord(1)],
  ['\x10', completeWord(-1)],
  [
    '\x0f',
    function* (editor, insertion) {
      const atEnd = editor.cursor.column >= editor.line.length && editor.line !== '';
      const { mode } = editor;
      editor.mode = 'normal';
      const before = editor.cursor;
      editor.settle();
      yield* editor.runOne();
      editor.mode = mode;
      const stayed =
        before.line === editor.cursor.line && editor.cursor.column === previousColumn(editor.line, before.column);
      insertion.movedTo(
        (atEnd && stayed) || editor.wanted === LINE_END
          ? { line: editor.cursor.line, column: editor.line.length }
          : editor.cursor,
      );
    },
  ],
  [
    '<left>',
    move(({ cursor, line }) =>
      cursor.column > 0 ? { line: cursor.line, column: previousColumn(line, cursor.column) } : undefined,
    ),
  ],
  [
    '<right>',
    move(({ cursor, line }) =>
      cursor.column < line.length ? { line: cursor.line, column: nextColumn(line, cursor.column) } : undefined,
    ),
  ],
  ['<home>', move(({ cursor }) => ({ line: cursor.line, column: 0 }))],
  ['<end>', move(({ cursor, line }) => ({ line: cursor.line, column: line.length }))],
  ['<s-left>', move(({ buffer, cursor }) => backWord(buffer, cursor, 1, false).to)],
  ['<c-left>', move(({ buffer, cursor }) => backWord(buffer, cursor, 1, false).to)],
  ['<s-right>', move(({ buffer, cursor }) => forwardWord(buffer, cursor, 1, false, false).to)],
  ['<c-right>', move(({ buffer, cursor }) => forwardWord(buffer, cursor, 1, false, false).to)],
  ['<c-home>', move(() => ({ line: 0, column: 0 }))],
  ['<c-end>', move(({ buffer }) => ({ line: buffer.count - 1, column: buffer.line(buffer.count - 1).length }))],
  ['<up>', vertical(() => -1)],
  ['<down>', vertical(() => 1)],
  ['<pageup>', vertical(({ textRows }) => 2 - textRows)],
  ['<pagedown>', vertical(({ textRows }) => textRows - 2)],
  [
    '<insert>',
    function* (editor) {
      editor.mode = editor.mode === 'replace' ? 'insert' : 'replace';
    },
  ],
]);
