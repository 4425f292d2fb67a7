import { columnAtScreen, screenColumn } from '../../editor/characters.js';
import type { Editor } from '../state/editor.js';

/** A text that is typed on the first line of a block and repeated on the others. */
export interface BlockInsert {
  readonly first: number;
  readonly last: number;
  /** The screen column at which it goes; infinite: at each line's end. */
  readonly left: number;
  /** Shorter lines are filled up with blanks (`A`), or left alone (`I`, `c`). */
  readonly pads: boolean;
  /** Lines that end where it begins get it too, and the cursor stays behind it (`c`). */
  readonly reaches?: boolean;
}

/** Puts what was typed on the first line, which was `before`, on the other lines of the block too. */
export function repeatOnBlock(
  editor: Editor,
  { first, last, left, pads, reaches }: BlockInsert,
  before: string,
  column: number,
): void {
  const { buffer, tabstop } = editor;
  const now = buffer.line(first);
  const added = now.slice(column, column + now.length - before.length);
  if (editor.cursor.line === first && added !== '') {
    for (let line = first + 1; line <= last; line += 1) {
      const text = buffer.line(line);
      const width = screenColumn(text, text.length, tabstop);
      if (left === Number.POSITIVE_INFINITY) buffer.setLine(line, text + added);
      else if (width < left) {
        if (pads) buffer.setLine(line, text + ' '.repeat(left - width) + added);
      } else if (width > left || pads || reaches) {
        const at = columnAtScreen(text, left, tabstop);
        buffer.setLine(line, text.slice(0, at) + added + text.slice(at));
      }
    }
  }
  editor.cursor = { line: first, column: reaches && added !== '' ? column + added.length - 1 : column };
}
