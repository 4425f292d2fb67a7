import type { Editor } from '../state/editor.js';
import { cellsOf, lastCell, screenColumn, shownAs } from '../text/characters.js';
import { numberColumns, rowsOfLine, textColumns } from './line-rows.js';
import { showCursor } from './scroll.js';
import { statusRow } from './status.js';
import type { Piece } from './style.js';
import { addPiece, rowText } from './style.js';
import { textRows } from './text-rows.js';

/** What is on the terminal, so that only what has changed is sent. */
export class Screen {
  private shown: string[] = [];
  private cursor = '';

  /** Forgets what is shown: everything will be sent. */
  forget(): void {
    this.shown = [];
    this.cursor = '';
  }

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

  /** Puts rows on the screen, each only when it is not there yet. */
  update(rows: readonly { readonly text: string; readonly width: number }[], columns: number): string {
    let output = '';
    for (const [at, { text, width }] of rows.entries()) {
      const before = this.shown[at];
      if (before === text) continue;
      output += change(at, before, text, width < columns);
      this.shown[at] = text;
    }
    this.shown.length = rows.length;
    if (output !== '') this.cursor = '';
    return output;
  }

  /** Moves the cursor, when it is not there. */
  place({ row, column }: { row: number; column: number }): string {
    const move = `\x1b[${row + 1};${column + 1}H`;
    if (move === this.cursor) return '';
    this.cursor = move;
    return move;
  }

  /** The rows as they are shown now, for what is written below them. */
  get rows(): readonly string[] {
    return this.shown;
  }
}

/** What turns one row into another: behind what both begin with, where that is plain. */
function change(row: number, before: string | undefined, text: string, clears: boolean): string {
  let same = 0;
  if (before !== undefined) {
    const most = Math.min(before.length, text.length);
    while (same < most && before.charCodeAt(same) === text.charCodeAt(same) && isPlain(text.charCodeAt(same)))
      same += 1;
    if (same > 0 && !isPlain(before.charCodeAt(same) || 32) && before.charCodeAt(same) !== 0x1b) same -= 1;
  }
  return `\x1b[${row + 1};${same + 1}H${text.slice(same)}${clears ? '\x1b[K' : ''}`;
}

function isPlain(code: number): boolean {
  return code >= 0x20 && code < 0x7f;
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
  const shown =
    onCharacter && !editor.global.list
      ? lastCell(line, cursor.column, tabstop)
      : screenColumn(line, cursor.column, tabstop);
  const wide =
    onCharacter && !/[\t\x00-\x1f\x7f]/.test(line.charAt(cursor.column))
      ? screenColumn(line, cursor.column, tabstop)
      : shown;
  const width = textColumns(editor);
  const numbers = numberColumns(editor);
  if (!editor.global.wrap)
    return { row, column: Math.max(0, Math.min(editor.columns - 1, numbers + wide - editor.leftColumn)) };
  return {
    row: Math.max(0, Math.min(last, row + Math.floor(wide / width))),
    column: Math.min(editor.columns - 1, numbers + (wide % width)),
  };
}
