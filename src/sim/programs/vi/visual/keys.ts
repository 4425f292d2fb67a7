import type { Waiting } from '../../../kernel/wait.js';
import { columnAtScreen, screenColumn } from '../../editor/characters.js';
import { insertText } from '../insert/insert-mode.js';
import { literalKey } from '../insert/keys.js';
import { addTo } from '../normal/changes.js';
import type { NormalCall, NormalCommand } from '../normal/command.js';
import { colon } from '../normal/others.js';
import { joinLines } from '../operators/join.js';
import { mapCharacters, OPERATORS } from '../operators/operators.js';
import { putText } from '../operators/put.js';
import type { Region } from '../operators/region.js';
import { blockColumns, linesRegion, visualRegion } from '../operators/region.js';
import type { Editor } from '../state/editor.js';
import { Beep, EditorError } from '../state/failures.js';
import { checkWritable } from '../state/writable.js';
import { beginVisual, endVisual, reselect } from './selection.js';

function operate(
  key: string,
  change: (editor: Editor, region: Region) => Region = (_, region) => region,
): NormalCommand {
  return function* (editor, { count, register }) {
    const region = change(editor, visualRegion(editor));
    endVisual(editor);
    const operator = OPERATORS.get(key);
    if (operator) yield* operator(editor, region, { register, count, numbered: false });
  };
}

const asLines = (_: Editor, region: Region): Region =>
  linesRegion(region.start.line, lastLine(region), region.start.column, true);
const toLineEnds = (_: Editor, region: Region): Region =>
  region.kind === 'block'
    ? { ...region, right: Number.POSITIVE_INFINITY }
    : linesRegion(region.start.line, lastLine(region), region.start.column, true);

/** The last line of a selection; one that took a newline with it ends on the line before. */
function lastLine(region: Region): number {
  return region.kind === 'char' && region.end.column === 0 && region.end.line > region.start.line
    ? region.end.line - 1
    : region.end.line;
}

const other: NormalCommand = function* (editor) {
  const { visual, cursor } = editor;
  if (!visual) throw new Beep();
  editor.moveTo(visual.start);
  visual.start = cursor;
};

/** `O` in a block: the other corner of the same line. */
const otherCorner: NormalCommand = function* (editor, call) {
  const { visual, cursor, tabstop, buffer } = editor;
  if (visual?.kind !== 'block') return yield* other(editor, call);
  const here = screenColumn(editor.line, cursor.column, tabstop);
  const there = screenColumn(buffer.line(visual.start.line), visual.start.column, tabstop);
  visual.start = { line: visual.start.line, column: columnAtScreen(buffer.line(visual.start.line), here, tabstop) };
  editor.moveTo({ line: cursor.line, column: columnAtScreen(editor.line, there, tabstop) });
};

/** `r`: every character becomes the same. */
const replace: NormalCommand = function* (editor) {
  const key = yield* editor.keyboard.next();
  if (key === '\x1b' || (key.length > 1 && key.startsWith('<'))) throw new Beep();
  const char = key === '\x16' ? yield* literalKey(editor) : key;
  const region = visualRegion(editor);
  endVisual(editor);
  mapCharacters(editor, region, (text) => [...text].map(() => char).join(''));
  editor.moveTo(
    region.kind === 'block'
      ? { line: region.start.line, column: blockColumns(editor, region.start.line, region).from }
      : region.start,
  );
};

const swap: NormalCommand = function* (editor, call) {
  yield* operate('g~')(editor, call);
};

/** `I` and `A`: in a block on every line, else at the selection's ends. */
function insertAtEdge(append: boolean): NormalCommand {
  return function* (editor) {
    const { visual } = editor;
    const region = visualRegion(editor);
    endVisual(editor);
    checkWritable(editor);
    const first = region.start.line;
    if (region.kind !== 'block' || !visual) return yield* insertAtSelection(editor, region, append);
    const toEnd = region.right === Number.POSITIVE_INFINITY;
    const left = append ? (toEnd ? Number.POSITIVE_INFINITY : region.right + 1) : region.left;
    const text = editor.buffer.line(first);
    const width = screenColumn(text, text.length, editor.tabstop);
    if (append && !toEnd && width < left) editor.buffer.setLine(first, text + ' '.repeat(left - width));
    editor.mode = 'insert';
    const line = editor.buffer.line(first);
    editor.moveTo({ line: first, column: toEnd && append ? line.length : columnAtScreen(line, left, editor.tabstop) });
    yield* insertText(editor, { count: 1, block: { first, last: region.end.line, left, pads: append } });
    if (append && !toEnd)
      editor.moveTo({ line: first, column: columnAtScreen(editor.buffer.line(first), region.left, editor.tabstop) });
    if (append && toEnd)
      editor.moveTo({ line: first, column: columnAtScreen(editor.buffer.line(first), region.left, editor.tabstop) });
  };
}

function* insertAtSelection(editor: Editor, region: Region, append: boolean): Waiting<void> {
  editor.mode = 'insert';
  if (region.kind === 'line') {
    const line = append ? region.end.line : region.start.line;
    editor.moveTo({ line, column: append ? editor.buffer.line(line).length : 0 });
  } else editor.moveTo(append ? region.end : region.start);
  yield* insertText(editor, { count: 1 });
}

function join(spaces: boolean): NormalCommand {
  return function* (editor) {
    const region = visualRegion(editor);
    endVisual(editor);
    const { start } = region;
    const last = Math.min(editor.buffer.count - 1, Math.max(lastLine(region), start.line + 1));
    if (last === start.line) throw new Beep();
    editor.cursor = start;
    joinLines(editor, start.line, last, spaces);
  };
}

/** `p` and `P`: the selection gives way to a register. */
const paste: NormalCommand = function* (editor: Editor, { register, count, key }: NormalCall) {
  const text = editor.registers.get(register);
  if (!text) throw new EditorError(`E353: Nothing in register ${register ?? '"'}`);
  const region = visualRegion(editor);
  endVisual(editor);
  const remove = OPERATORS.get('d');
  if (!remove) return;
  const atLineEnd =
    region.kind === 'char' &&
    region.end.column >= editor.buffer.line(region.end.line).length &&
    region.end.line < editor.buffer.count;
  const wasLast = region.end.line === editor.buffer.count - 1;
  yield* remove(editor, region, { register: key === 'P' ? '_' : undefined, count: 1, numbered: false });
  editor.message = undefined;
  if (region.kind === 'line') {
    const empty = editor.buffer.isEmpty;
    if (text.kind === 'line') {
      putText(editor, text, { register, count, before: empty || !wasLast });
      if (empty) editor.buffer.replace(editor.buffer.count - 1, 1, []);
    } else {
      if (!empty) editor.buffer.insertLines(region.start.line, ['']);
      editor.cursor = { line: region.start.line, column: 0 };
      putText(editor, text, { register, count, before: true });
    }
  } else if (text.kind === 'line') {
    const { line, column } = region.start;
    const whole = editor.buffer.line(line);
    editor.buffer.replace(line, 1, [whole.slice(0, column), whole.slice(column)]);
    editor.cursor = { line, column: 0 };
    putText(editor, text, { register, count, before: false });
  } else putText(editor, text, { register, count, before: !atLineEnd || editor.buffer.line(region.start.line) === '' });
};

const end: NormalCommand = function* (editor) {
  endVisual(editor);
};

/** Ctrl-A and Ctrl-X on the selected lines. */
function add(direction: -1 | 1): NormalCommand {
  return function* (editor, call) {
    const region = visualRegion(editor);
    endVisual(editor);
    for (let line = region.start.line; line <= lastLine(region); line += 1) {
      editor.cursor = {
        line,
        column:
          region.kind === 'char' && line === region.start.line
            ? region.start.column
            : region.kind === 'block'
              ? blockColumns(editor, line, region).from
              : 0,
      };
      try {
        yield* addTo(direction)(editor, call);
      } catch (error) {
        if (!(error instanceof Beep)) throw error;
      }
    }
    editor.moveTo(region.start);
  };
}

/** Every command of visual mode that is no motion, by its keys. */
export const VISUAL_COMMANDS: ReadonlyMap<string, NormalCommand> = new Map<string, NormalCommand>([
  ...['d', 'y', 'c', '>', '<', '=', '!', 'gq', 'gu', 'gU', 'g~', 'g?'].map((key): [string, NormalCommand] => [
    key,
    operate(key),
  ]),
  ['x', operate('d')],
  ['<del>', operate('d')],
  ['s', operate('c')],
  ['X', operate('d', (editor, region) => (region.kind === 'block' ? region : asLines(editor, region)))],
  ['D', operate('d', toLineEnds)],
  ['Y', operate('y', (editor, region) => (region.kind === 'block' ? region : asLines(editor, region)))],
  ['C', operate('c', toLineEnds)],
  ['S', operate('c', asLines)],
  ['R', operate('c', asLines)],
  ['~', swap],
  ['u', operate('gu')],
  ['U', operate('gU')],
  ['J', join(true)],
  ['gJ', join(false)],
  ['r', replace],
  ['p', paste],
  ['P', paste],
  ['I', insertAtEdge(false)],
  ['A', insertAtEdge(true)],
  ['o', other],
  ['O', otherCorner],
  [':', colon],
  ['\x01', add(1)],
  ['\x18', add(-1)],
  ['v', beginVisual('char')],
  ['V', beginVisual('line')],
  ['\x16', beginVisual('block')],
  ['gv', reselect],
  ['\x1b', end],
  ['\x03', end],
]);
