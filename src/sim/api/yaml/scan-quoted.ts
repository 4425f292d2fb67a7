import { isBlankOrEnd, isBreak, isHex } from './chars.js';
import type { Cursor, Mark } from './cursor.js';
import { scannerError } from './errors.js';
import { type Token, token } from './token.js';
import { atDocumentIndicator, takeWhitespace } from './whitespace.js';

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
};

const CODE_LENGTHS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Reads a scalar in single or double quotes; the cursor stands on the opening quote. */
export function scanQuoted(cursor: Cursor): Token {
  const start = cursor.mark();
  const quote = cursor.take();
  const parts: string[] = [];
  for (;;) {
    if (atDocumentIndicator(cursor)) throw scannerError('found unexpected document indicator', cursor.mark(), start);
    if (cursor.peek() === '') throw scannerError('found unexpected end of stream', cursor.mark(), start);
    const joined = quote === "'" ? scanSingleRun(cursor, parts) : scanDoubleRun(cursor, parts, start);
    if (cursor.peek() === quote) break;
    parts.push(takeWhitespace(cursor, joined).text);
  }
  cursor.skip();
  return token('scalar', start, cursor.mark(), {
    value: parts.join(''),
    style: quote === "'" ? 'single' : 'double',
  });
}

/** Always answers false: single quotes know no escaped line break. */
function scanSingleRun(cursor: Cursor, parts: string[]): boolean {
  while (!isBlankOrEnd(cursor.peek())) {
    if (cursor.peek() === "'") {
      if (cursor.peek(1) !== "'") return false;
      cursor.skip();
    }
    parts.push(cursor.take());
  }
  return false;
}

/** Answers whether the run ended in an escaped line break, which swallows the white space after it. */
function scanDoubleRun(cursor: Cursor, parts: string[], start: Mark): boolean {
  while (!isBlankOrEnd(cursor.peek())) {
    const char = cursor.peek();
    if (char === '"') return false;
    if (char !== '\\') {
      parts.push(cursor.take());
    } else if (isBreak(cursor.peek(1))) {
      cursor.skip();
      cursor.takeBreak();
      return true;
    } else {
      parts.push(scanEscape(cursor, start));
    }
  }
  return false;
}

function scanEscape(cursor: Cursor, start: Mark): string {
  const letter = cursor.peek(1);
  const length = CODE_LENGTHS[letter];
  const plain = ESCAPES[letter];
  if (length === undefined) {
    if (plain === undefined || letter === '')
      throw scannerError('found unknown escape character', cursor.mark(), start);
    cursor.skip(2);
    return plain;
  }
  cursor.skip(2);
  let code = 0;
  for (let n = 0; n < length; n++) {
    if (!isHex(cursor.peek(n))) throw scannerError('did not find expected hexdecimal number', cursor.mark(), start);
    code = code * 16 + Number.parseInt(cursor.peek(n), 16);
  }
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) {
    throw scannerError('found invalid Unicode character escape code', cursor.mark(), start);
  }
  cursor.skip(length);
  return String.fromCodePoint(code);
}
