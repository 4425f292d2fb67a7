import { screenColumn } from '../../editor/characters.js';
import type { Editor } from '../state/editor.js';

/** Columns the line numbers take. */
export function numberColumns(editor: Editor): number {
  const { number, relativenumber, numberwidth } = editor.global;
  if (!number && !relativenumber) return 0;
  return Math.max(numberwidth, String(number ? editor.buffer.count : editor.textRows).length + 1);
}

/** Columns left for text. */
export function textColumns(editor: Editor): number {
  return Math.max(1, editor.columns - numberColumns(editor));
}

/** How many rows of the screen a line takes. */
export function rowsOfLine(editor: Editor, line: number): number {
  if (!editor.global.wrap) return 1;
  const text = editor.buffer.line(line);
  const columns = textColumns(editor);
  if (text.length < columns && !/[^\x20-\x7e]/.test(text)) return 1;
  const width = screenColumn(text, text.length, editor.tabstop);
  return Math.max(1, Math.ceil((width + (editor.global.list ? 1 : 0)) / columns));
}
