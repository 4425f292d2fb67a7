import { firstNonBlank } from '../../editor/characters.js';
import { rowsOfLine } from '../screen/line-rows.js';
import type { Editor } from '../state/editor.js';
import { Beep } from '../state/failures.js';
import { keepColumn, plain } from './characters.js';
import type { Motion } from './motion.js';

/** The last line that is shown whole. */
export function bottomLine(editor: Editor): number {
  let rows = 0;
  let line = editor.top;
  for (; line < editor.buffer.count; line += 1) {
    rows += rowsOfLine(editor, line);
    if (rows > editor.textRows) break;
  }
  return Math.max(editor.top, line - 1);
}

/** `H`, `M` and `L`: lines of the window. */
export function windowLine(key: 'H' | 'M' | 'L'): Motion {
  return plain((editor, { count, operator }) => {
    const bottom = bottomLine(editor);
    const { scrolloff } = editor.global;
    const room = Math.min(scrolloff, Math.floor((editor.textRows - 1) / 2));
    let line: number;
    if (key === 'H') {
      line = Math.min(editor.top + count - 1, bottom);
      if (operator === '') line = Math.max(line, editor.top + (editor.top === 0 ? 0 : room));
    } else if (key === 'L') {
      line = Math.max(bottom - count + 1, editor.top);
      if (operator === '' && bottom < editor.buffer.count - 1) line = Math.min(line, bottom - room);
    } else {
      const used = bottom - editor.top + 1;
      line = editor.top + Math.floor((Math.min(used, editor.textRows) - 1) / 2);
    }
    return { to: { line, column: firstNonBlank(editor.buffer.line(line)) }, kind: 'linewise', jump: true };
  });
}

/** `gj` and `gk`: rows of the screen. */
export function screenRow(direction: -1 | 1): Motion {
  return plain((editor, { count }) => {
    const width = editor.columns;
    let { line } = editor.cursor;
    let wanted = editor.wanted === Number.MAX_SAFE_INTEGER ? 0 : editor.wanted;
    for (let left = count; left > 0; left -= 1) {
      const rows = rowsOfLine(editor, line);
      const row = Math.min(rows - 1, Math.floor(wanted / width));
      if (direction > 0 ? row < rows - 1 : row > 0) wanted += direction * width;
      else if (direction > 0 ? line < editor.buffer.count - 1 : line > 0) {
        line += direction;
        wanted = (wanted % width) + (direction > 0 ? 0 : (rowsOfLine(editor, line) - 1) * width);
      } else throw new Beep();
    }
    editor.wanted = wanted;
    return { to: keepColumn(editor, line), kind: 'exclusive', wanted };
  });
}

/** `` `x `` and `'x`: a mark. */
export function mark(linewise: boolean): Motion {
  return function* (editor) {
    const name = yield* editor.keyboard.next();
    const key = name === '`' ? "'" : name;
    const { buffer } = editor;
    const place =
      key === '<' || key === '>'
        ? visualMark(editor, key)
        : (buffer.marks.get(key) ?? (key === "'" || key === '"' ? { line: 0, column: 0 } : undefined));
    if (!/^[a-zA-Z'"<>[\].^]$/.test(key)) throw new Beep();
    if (!place) {
      editor.complain('E20: Mark not set');
      throw new Beep();
    }
    const to = linewise ? { line: place.line, column: firstNonBlank(buffer.line(place.line)) } : buffer.clamp(place);
    return { to, kind: linewise ? 'linewise' : 'exclusive', jump: true };
  };
}

/** Where the last selection began or ended. */
export function visualMark(editor: Editor, name: '<' | '>'): { line: number; column: number } | undefined {
  const { lastVisual } = editor;
  if (!lastVisual) return undefined;
  const { start } = lastVisual.visual;
  const { end } = lastVisual;
  const startFirst = start.line < end.line || (start.line === end.line && start.column <= end.column);
  return (name === '<') === startFirst ? start : end;
}
