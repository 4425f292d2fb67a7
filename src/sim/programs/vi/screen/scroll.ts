import { screenColumn } from '../../editor/characters.js';
import type { Editor } from '../state/editor.js';
import { rowsOfLine, textColumns } from './line-rows.js';

/** Moves the window so that the cursor is shown, as far as vim would. */
export function showCursor(editor: Editor): void {
  const { buffer, textRows } = editor;
  const { line } = editor.cursor;
  editor.top = Math.max(0, Math.min(editor.top, buffer.count - 1));
  const room = Math.min(editor.global.scrolloff, Math.floor((textRows - 1) / 2));
  const low = editor.top === 0 ? 0 : editor.top + room;
  if (line < low) {
    const missing = editor.top + room - line;
    if (missing >= Math.max(2, Math.floor(textRows / 2) - 1)) middle(editor, line);
    else editor.top = Math.max(0, line - room);
  }
  const last = Math.min(buffer.count - 1, line + room);
  if (rowsBetween(editor, editor.top, last, textRows) > textRows) {
    const bottom = bottomOf(editor);
    if (line - bottom + room <= textRows + 1) toBottom(editor, last);
    else middle(editor, line);
  }
  if (editor.top > line) editor.top = line;
  while (editor.top < line && rowsBetween(editor, editor.top, line, textRows) > textRows) editor.top += 1;
  showRows(editor);
  showColumns(editor);
}

/** Rows of lines, both included; counting ends beyond `most`. */
function rowsBetween(editor: Editor, first: number, last: number, most: number): number {
  let rows = 0;
  for (let line = first; line <= last && rows <= most; line += 1) rows += rowsOfLine(editor, line);
  return rows;
}

function bottomOf(editor: Editor): number {
  let rows = 0;
  let line = editor.top;
  while (line < editor.buffer.count) {
    rows += rowsOfLine(editor, line);
    if (rows > editor.textRows) break;
    line += 1;
  }
  return line - 1;
}

function toBottom(editor: Editor, last: number): void {
  let top = last;
  let rows = rowsOfLine(editor, last);
  while (top > 0 && rows + rowsOfLine(editor, top - 1) <= editor.textRows) {
    top -= 1;
    rows += rowsOfLine(editor, top);
  }
  editor.top = Math.min(top, editor.cursor.line);
}

function middle(editor: Editor, line: number): void {
  const { buffer, textRows } = editor;
  let used = rowsOfLine(editor, line);
  let [above, below, top, bottom] = [0, 0, line, line];
  while (top > 0) {
    if (above > below || above === below) {
      if (bottom < buffer.count - 1) {
        const rows = rowsOfLine(editor, bottom + 1);
        used += rows;
        if (used > textRows) break;
        below += rows;
        bottom += 1;
      } else below += 1;
    }
    if (below > above) {
      const rows = rowsOfLine(editor, top - 1);
      used += rows;
      if (used > textRows) break;
      above += rows;
      top -= 1;
    }
  }
  editor.top = top;
}

/** A line that is longer than the window is shown from the row on that has the cursor. */
function showRows(editor: Editor): void {
  const { textRows, cursor } = editor;
  if (editor.top !== cursor.line || !editor.global.wrap) {
    editor.topRows = 0;
    return;
  }
  const row = Math.floor(screenColumn(editor.line, cursor.column, editor.tabstop) / textColumns(editor));
  if (rowsOfLine(editor, cursor.line) <= textRows) editor.topRows = 0;
  else if (row < editor.topRows) editor.topRows = row;
  else if (row >= editor.topRows + textRows) editor.topRows = row - textRows + 1;
}

/** Without `wrap` the window moves sideways, half of it at once. */
function showColumns(editor: Editor): void {
  if (editor.global.wrap) {
    editor.leftColumn = 0;
    return;
  }
  const width = textColumns(editor);
  const column = screenColumn(editor.line, editor.cursor.column, editor.tabstop);
  if (column >= editor.leftColumn && column < editor.leftColumn + width) return;
  editor.leftColumn = Math.max(0, column - Math.floor(width / 2));
}
