import { cellsOf, firstNonBlank } from '../../editor/characters.js';
import type { Editor } from '../state/editor.js';

const WIDTH_MAX = 79;

/** `gq`: paragraphs filled up to `textwidth`, or the window's width but one, at most 79. */
export function formatLines(editor: Editor, first: number, last: number): void {
  const { buffer } = editor;
  const width = buffer.options.textwidth || Math.min(WIDTH_MAX, editor.columns - 1);
  const filled: string[] = [];
  let indent = '';
  let current: string | undefined;
  for (const text of buffer.lines.slice(first, last + 1)) {
    if (text.trim() === '') {
      if (current !== undefined) filled.push(current);
      current = undefined;
      filled.push('');
      continue;
    }
    for (const word of text.trim().split(/[ \t]+/)) {
      if (current === undefined) {
        indent = text.slice(0, firstNonBlank(text));
        current = indent + word;
      } else if (cellsOf(`${current} ${word}`) <= width) current += ` ${word}`;
      else {
        filled.push(current);
        current = (buffer.options.autoindent ? indent : '') + word;
      }
    }
  }
  if (current !== undefined) filled.push(current);
  buffer.replace(first, last - first + 1, filled);
  const line = first + filled.length - 1;
  editor.moveTo({ line, column: firstNonBlank(buffer.line(line)) });
}
