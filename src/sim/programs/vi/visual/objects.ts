import { compare, nextColumn, previousColumn } from '../../editor/characters.js';
import { textObject } from '../motions/objects.js';
import type { Editor } from '../state/editor.js';

/** A text object in visual mode: it becomes the selection, or extends it. */
export function visualObject(editor: Editor, key: string, around: boolean, count: number): void {
  const { visual, buffer } = editor;
  if (!visual) return;
  const extends_ = compare(visual.start, editor.cursor) !== 0;
  const from = editor.cursor;
  if (extends_ && 'wWp'.includes(key)) {
    const line = buffer.line(from.line);
    const next = nextColumn(line, from.column);
    editor.cursor =
      next < line.length
        ? { line: from.line, column: next }
        : { line: Math.min(from.line + 1, buffer.count - 1), column: 0 };
  }
  const move = textObject(editor, key, around, count);
  if (!extends_ || !'wWp'.includes(key)) visual.start = move.from ?? from;
  let end = move.to;
  if (move.kind === 'exclusive') {
    if (end.column > 0) end = { line: end.line, column: previousColumn(buffer.line(end.line), end.column) };
    else if (end.line > 0) end = { line: end.line - 1, column: buffer.line(end.line - 1).length };
  }
  if (move.kind === 'linewise') {
    if (key === 'p') visual.kind = 'line';
    else end = { line: end.line, column: Math.max(0, buffer.line(end.line).length) };
  }
  editor.moveTo(end);
}
