import { isBlank, isBlankOrEnd, isBreak } from './chars.js';
import type { Cursor } from './cursor.js';

/** Whether a line starts here with `---` or `...` alone: the one thing no scalar may run over. */
export function atDocumentIndicator(cursor: Cursor): boolean {
  if (cursor.column !== 0) return false;
  return (cursor.startsWith('---') || cursor.startsWith('...')) && isBlankOrEnd(cursor.peek(3));
}

/** White space between the words of a flow scalar: what it stands for, and whether it went over a line's end. */
export interface Whitespace {
  readonly text: string;
  readonly brokeLine: boolean;
}

/**
 * Eats blanks and line breaks and folds them: blanks within a line stay, one line break becomes a space,
 * more stay as the empty lines they are. `brokeLine` says that a break was already eaten (an escaped one);
 * `onBlank` sees each blank before it goes.
 */
export function takeWhitespace(cursor: Cursor, brokeLine: boolean, onBlank?: (broke: boolean) => void): Whitespace {
  let blanks = '';
  let first = '';
  let further = '';
  let broke = brokeLine;
  for (;;) {
    const char = cursor.peek();
    if (isBlank(char)) {
      onBlank?.(broke);
      const blank = cursor.take();
      if (!broke) blanks += blank;
    } else if (isBreak(char)) {
      const lineBreak = cursor.takeBreak();
      if (broke) further += lineBreak;
      else first = lineBreak;
      broke = true;
    } else {
      break;
    }
  }
  if (!broke) return { text: blanks, brokeLine: false };
  const folded = first === '\n' ? further || ' ' : first + further;
  return { text: folded, brokeLine: true };
}
