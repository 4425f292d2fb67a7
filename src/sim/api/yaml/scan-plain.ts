import { isBlank, isBlankOrEnd, isBreak } from './chars.js';
import type { Cursor } from './cursor.js';
import { scannerError } from './errors.js';
import { type Token, token } from './token.js';
import { atDocumentIndicator, takeWhitespace, type Whitespace } from './whitespace.js';

const FLOW_ENDS = ',?[]{}';

export interface PlainScalar {
  readonly token: Token;
  /** The scalar ended at a line's end, so a key may start where the cursor is now. */
  readonly endedLine: boolean;
}

/** Reads an unquoted scalar; it goes on over lines indented deeper than `parentIndent`. */
export function scanPlain(cursor: Cursor, parentIndent: number, inFlow: boolean): PlainScalar {
  const start = cursor.mark();
  const parts: string[] = [];
  let end = start;
  let pending: Whitespace = { text: '', brokeLine: false };
  const guardTabs = (broke: boolean): void => {
    if (broke && cursor.column < parentIndent + 1 && cursor.peek() === '\t') {
      throw scannerError('found a tab character that violates indentation', cursor.mark(), start);
    }
  };
  while (!atDocumentIndicator(cursor) && cursor.peek() !== '#') {
    const word = takeWord(cursor, inFlow);
    if (word !== '') {
      parts.push(pending.text, word);
      pending = { text: '', brokeLine: false };
      end = cursor.mark();
    }
    if (!isBlank(cursor.peek()) && !isBreak(cursor.peek())) break;
    pending = takeWhitespace(cursor, false, guardTabs);
    if (!inFlow && cursor.column < parentIndent + 1) break;
  }
  const scalar = token('scalar', start, end, { value: parts.join(''), style: 'plain' });
  return { token: scalar, endedLine: pending.brokeLine };
}

function takeWord(cursor: Cursor, inFlow: boolean): string {
  let word = '';
  while (!isBlankOrEnd(cursor.peek())) {
    const char = cursor.peek();
    if (char === ':' && isBlankOrEnd(cursor.peek(1))) break;
    if (inFlow && FLOW_ENDS.includes(char)) break;
    word += cursor.take();
  }
  return word;
}
