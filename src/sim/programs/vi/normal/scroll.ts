import { firstNonBlank } from '../../editor/characters.js';
import { keepColumn } from '../motions/characters.js';
import { bottomLine } from '../motions/screen.js';
import { rowsOfLine } from '../screen/line-rows.js';
import type { Editor } from '../state/editor.js';
import { Beep } from '../state/failures.js';
import type { NormalCommand } from './command.js';

function room(editor: Editor): number {
  return Math.min(editor.global.scrolloff, Math.floor((editor.textRows - 1) / 2));
}

/** Puts the cursor on a line that is shown, with the room that scrolling keeps. */
function keepShown(editor: Editor): void {
  const last = editor.buffer.count - 1;
  const bottom = bottomLine(editor);
  const low = editor.top === 0 ? 0 : Math.min(editor.top + room(editor), last);
  const high = bottom >= last ? last : Math.max(editor.top, bottom - room(editor));
  const line = Math.max(Math.min(editor.cursor.line, high), Math.min(low, high));
  if (line !== editor.cursor.line) editor.moveTo(keepColumn(editor, line), editor.wanted);
}

/** Ctrl-E and Ctrl-Y: the window moves by lines. */
export function scrollLines(direction: -1 | 1): NormalCommand {
  return function* (editor, { count }) {
    const top = Math.max(0, Math.min(editor.buffer.count - 1, editor.top + direction * count));
    if (top === editor.top) throw new Beep();
    editor.top = top;
    keepShown(editor);
  };
}

/** Ctrl-F and Ctrl-B: a window's height, but two lines. */
export function page(direction: -1 | 1): NormalCommand {
  return function* (editor, { count }) {
    const last = editor.buffer.count - 1;
    if (direction > 0 && editor.top >= last) throw new Beep();
    if (direction < 0 && editor.top === 0) {
      if (editor.cursor.line === 0) throw new Beep();
    }
    for (let left = count; left > 0; left -= 1) {
      if (direction > 0) {
        const bottom = bottomLine(editor);
        editor.top = bottom >= last ? last : Math.max(editor.top + 1, bottom - 1);
        if (editor.top > last) editor.top = last;
      } else {
        let rows = 0;
        let line = Math.min(last, editor.top + 1);
        const shown = Math.min(editor.textRows, editor.textRows);
        while (line >= 0 && rows + rowsOfLine(editor, line) <= shown) {
          rows += rowsOfLine(editor, line);
          line -= 1;
        }
        editor.top = Math.max(0, line + 1);
      }
    }
    const low = direction > 0 ? Math.min(last, editor.top + (editor.top === 0 ? 0 : room(editor))) : editor.top;
    const bottom = bottomLine(editor);
    const high = bottom >= last ? last : bottom - room(editor);
    const line = Math.max(Math.min(Math.max(editor.cursor.line, low), high), Math.min(low, last));
    editor.moveTo({ line, column: firstNonBlank(editor.buffer.line(line)) });
  };
}

/** Ctrl-D and Ctrl-U: half a window, the cursor as far as the text. */
export function halfPage(direction: -1 | 1): NormalCommand {
  return function* (editor, { count, counted }) {
    if (counted) editor.scrollAmount = count;
    const amount = Math.max(1, editor.scrollAmount ?? Math.floor(editor.textRows / 2));
    const last = editor.buffer.count - 1;
    const { line } = editor.cursor;
    if ((direction > 0 && line === last) || (direction < 0 && line === 0)) throw new Beep();
    if (direction > 0) {
      const below = last - bottomLine(editor);
      editor.top += Math.min(amount, Math.max(0, below));
    } else editor.top = Math.max(0, editor.top - amount);
    const to = Math.max(0, Math.min(last, line + direction * amount));
    editor.moveTo({ line: to, column: firstNonBlank(editor.buffer.line(to)) });
    keepShown(editor);
  };
}

/** `zt`, `zz`, `zb` and their relatives that go to the first character. */
export function place(where: 'top' | 'middle' | 'bottom', toFirst: boolean): NormalCommand {
  return function* (editor, { count, counted }) {
    if (counted) editor.moveTo({ line: Math.min(count - 1, editor.buffer.count - 1), column: editor.cursor.column });
    const { line } = editor.cursor;
    const own = rowsOfLine(editor, line);
    const above =
      where === 'top'
        ? room(editor)
        : where === 'bottom'
          ? editor.textRows - own - bottomRoom(editor)
          : Math.floor((editor.textRows - own) / 2);
    let top = line;
    let rows = 0;
    while (top > 0 && rows + rowsOfLine(editor, top - 1) <= above) {
      top -= 1;
      rows += rowsOfLine(editor, top);
    }
    editor.top = top;
    editor.topRows = 0;
    if (toFirst) editor.moveTo({ line, column: firstNonBlank(editor.line) });
  };
}

function bottomRoom(editor: Editor): number {
  return Math.min(room(editor), editor.buffer.count - 1 - editor.cursor.line);
}

/** Ctrl-L: everything is drawn anew. */
export const redraw: NormalCommand = function* (editor) {
  editor.message = undefined;
  yield* editor.redraw(true);
};
