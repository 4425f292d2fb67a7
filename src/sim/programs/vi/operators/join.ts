import type { Editor } from '../state/editor.js';
import { checkWritable } from '../state/writable.js';
import { reportLines } from './report.js';

/** `J` and `gJ`: lines `first` to `last` become one. */
export function joinLines(editor: Editor, first: number, last: number, spaces: boolean): void {
  checkWritable(editor);
  const { buffer } = editor;
  let joined = buffer.line(first);
  let column = 0;
  for (let line = first + 1; line <= last; line += 1) {
    const next = spaces ? buffer.line(line).replace(/^[ \t]+/, '') : buffer.line(line);
    column = joined.length;
    const gap = spaces && next !== '' && !next.startsWith(')') && joined !== '' && !/[ \t]$/.test(joined);
    joined += `${gap ? ' ' : ''}${next}`;
  }
  buffer.replace(first, last - first + 1, [joined]);
  editor.moveTo({ line: first, column });
  reportLines(editor, first - last);
}
