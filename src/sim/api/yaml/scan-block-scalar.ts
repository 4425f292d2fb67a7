import { isBlank, isBreak, isBreakOrEnd, isDigit } from './chars.js';
import type { Cursor, Mark } from './cursor.js';
import { scannerError } from './errors.js';
import { type Token, token } from './token.js';

type Chomping = 'clip' | 'keep' | 'strip';

interface Header {
  readonly chomping: Chomping;
  /** The indentation indicator, or 0 when the text itself decides. */
  readonly increment: number;
}

/** Reads a `|` or `>` scalar; `parentIndent` is the column of the block it stands in (-1 at the top). */
export function scanBlockScalar(cursor: Cursor, parentIndent: number): Token {
  const start = cursor.mark();
  const literal = cursor.take() === '|';
  const { chomping, increment } = scanHeader(cursor, start);
  finishHeaderLine(cursor, start);
  const fixed = increment > 0 ? Math.max(parentIndent, 0) + increment : 0;
  const opening = scanBreaks(cursor, fixed, parentIndent, start);
  const body = scanBody(cursor, literal, opening, parentIndent, start);
  let value = body.text;
  if (chomping !== 'strip') value += body.lastBreak;
  if (chomping === 'keep') value += body.trailing;
  return token('scalar', start, cursor.mark(), { value, style: literal ? 'literal' : 'folded' });
}

function scanChomping(cursor: Cursor): Chomping {
  const sign = cursor.peek();
  if (sign !== '+' && sign !== '-') return 'clip';
  cursor.skip();
  return sign === '+' ? 'keep' : 'strip';
}

function scanIncrement(cursor: Cursor, start: Mark): number {
  if (!isDigit(cursor.peek())) return 0;
  if (cursor.peek() === '0') throw scannerError('found an indentation indicator equal to 0', cursor.mark(), start);
  return Number(cursor.take());
}

/** The two indicators may come in either order. */
function scanHeader(cursor: Cursor, start: Mark): Header {
  if (isDigit(cursor.peek())) {
    const increment = scanIncrement(cursor, start);
    return { increment, chomping: scanChomping(cursor) };
  }
  const chomping = scanChomping(cursor);
  return { chomping, increment: chomping === 'clip' ? 0 : scanIncrement(cursor, start) };
}

function finishHeaderLine(cursor: Cursor, start: Mark): void {
  while (isBlank(cursor.peek())) cursor.skip();
  if (cursor.peek() === '#') while (!isBreakOrEnd(cursor.peek())) cursor.skip();
  if (!isBreakOrEnd(cursor.peek())) {
    throw scannerError('did not find expected comment or line break', cursor.mark(), start);
  }
  if (isBreak(cursor.peek())) cursor.takeBreak();
}

interface Breaks {
  readonly indent: number;
  readonly text: string;
}

/** Eats empty lines and the indentation after them; finds the indentation when `indent` is still 0. */
function scanBreaks(cursor: Cursor, indent: number, parentIndent: number, start: Mark): Breaks {
  let deepest = 0;
  let text = '';
  const inside = (): boolean => indent === 0 || cursor.column < indent;
  for (;;) {
    while (inside() && cursor.peek() === ' ') cursor.skip();
    deepest = Math.max(deepest, cursor.column);
    if (inside() && cursor.peek() === '\t') {
      throw scannerError('found a tab character where an indentation space is expected', cursor.mark(), start);
    }
    if (!isBreak(cursor.peek())) break;
    text += cursor.takeBreak();
  }
  return { indent: indent === 0 ? Math.max(deepest, parentIndent + 1, 1) : indent, text };
}

interface Body {
  readonly text: string;
  readonly lastBreak: string;
  readonly trailing: string;
}

function scanBody(cursor: Cursor, literal: boolean, opening: Breaks, parentIndent: number, start: Mark): Body {
  const parts: string[] = [];
  let { indent, text: trailing } = opening;
  let lastBreak = '';
  let previousLed = false;
  while (cursor.column === indent && cursor.peek() !== '') {
    const leads = isBlank(cursor.peek());
    if (!literal && !previousLed && !leads && lastBreak === '\n') {
      if (trailing === '') parts.push(' ');
    } else {
      parts.push(lastBreak);
    }
    parts.push(trailing);
    previousLed = leads;
    while (!isBreakOrEnd(cursor.peek())) parts.push(cursor.take());
    lastBreak = isBreak(cursor.peek()) ? cursor.takeBreak() : '';
    ({ indent, text: trailing } = scanBreaks(cursor, indent, parentIndent, start));
  }
  return { text: parts.join(''), lastBreak, trailing };
}
