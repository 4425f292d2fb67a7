import { cellsOf, lastCell, screenColumn, shownAs } from '../../editor/characters.js';
import { PaintedRows } from '../../editor/painted-rows.js';
import type { Editor } from '../state/editor.js';
import { numberColumns, rowsOfLine, textColumns } from './line-rows.js';
import { showCursor } from './scroll.js';
import { statusRow } from './status.js';
import type { Piece } from './style.js';
import { addPiece, rowText } from './style.js';
import { textRows } from './text-rows.js';

/** The screen of vi. */
export class Screen extends PaintedRows {
  /** What brings the terminal from what it shows to what the editor is. */
  draw(editor: Editor): string {
    showCursor(editor);
    const rows = textRows(editor).map((pieces) => ({ text: rowText(pieces), width: widthOf(pieces) }));
    const bottom = editor.commandLine ? commandRows(editor) : [statusRow(editor)];
    const visible = editor.rows === 1 ? [] : rows;
    const all = [...visible, ...bottom.map((pieces) => ({ text: rowText(pieces), width: widthOf(pieces) }))].slice(
      -editor.rows - (bottom.length - 1),
    );
    const fitted = bottom.length > 1 ? all.slice(all.length - editor.rows) : all;
    return this.update(fitted, editor.columns) + this.place(cursorPlace(editor, bottom.length));
  }
}

function widthOf(pieces: readonly Piece[]): number {
  return pieces.reduce((width, { text }) => width + cellsOf(text), 0);
}

/** The `:` line, over several rows when it is long. */
function commandRows(editor: Editor): Piece[][] {
  const { prompt, text } = editor.commandLine ?? { prompt: '', text: '' };
  const rows: Piece[][] = [[]];
  let column = 0;
  for (const char of prompt + text) {
    const shown = shownAs(char, 0, 8);
    const wide = Math.max(1, cellsOf(shown));
    if (column + wide > editor.columns) {
      rows.push([]);
      column = 0;
    }
    addPiece(rows.at(-1) as Piece[], shown, 'plain');
    column += wide;
  }
  if (column >= editor.columns) rows.push([]);
  return rows.slice(-Math.max(1, editor.rows));
}

function cursorPlace(editor: Editor, bottomRows: number): { row: number; column: number } {
  const last = editor.rows - 1;
  if (editor.commandLine) {
    const { prompt, text, cursor } = editor.commandLine;
    const before = [...(prompt + text.slice(0, cursor))].reduce(
      (width, char) => width + Math.max(1, cellsOf(shownAs(char, 0, 8))),
      0,
    );
    const row = last - bottomRows + 1 + Math.floor(before / editor.columns);
    return { row: Math.max(0, Math.min(last, row)), column: before % editor.columns };
  }
  const { cursor, line, tabstop } = editor;
  let row = -editor.topRows;
  for (let at = editor.top; at < cursor.line; at += 1) row += rowsOfLine(editor, at);
  const onCharacter = editor.mode === 'normal' && cursor.column < line.length;
  // With 'list' a tab is two cells, ^I.
  const before = line.slice(0, cursor.column);
  const start = editor.global.list
    ? screenColumn(before.replaceAll('\t', '^I'), before.replaceAll('\t', '^I').length, tabstop)
    : screenColumn(line, cursor.column, tabstop);
  const shown = onCharacter && !editor.global.list ? lastCell(line, cursor.column, tabstop) : start;
  const wide = onCharacter && !/[\t\x00-\x1f\x7f]/.test(line.charAt(cursor.column)) ? start : shown;
  const width = textColumns(editor);
  const numbers = numberColumns(editor);
  if (!editor.global.wrap)
    return { row, column: Math.max(0, Math.min(editor.columns - 1, numbers + wide - editor.leftColumn)) };
  return {
    row: Math.max(0, Math.min(last, row + Math.floor(wide / width))),
    column: Math.min(editor.columns - 1, numbers + (wide % width)),
  };
}
