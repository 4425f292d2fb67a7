import { isBlank, isBlankOrEnd, isHex, isWord } from './chars.js';
import type { Cursor, Mark } from './cursor.js';
import { scannerError } from './errors.js';
import { type Token, token } from './token.js';

const URI_PUNCTUATION = ";/?:@&=+$,.!~*'()[]%";

/** Reads `&name` or `*name`. */
export function scanAnchor(cursor: Cursor, type: 'alias' | 'anchor'): Token {
  const start = cursor.mark();
  cursor.skip();
  let value = '';
  while (isWord(cursor.peek())) value += cursor.take();
  const end = cursor.mark();
  const next = cursor.peek();
  if (value === '' || !(isBlankOrEnd(next) || '?:,]}%@`'.includes(next))) {
    throw scannerError('did not find expected alphabetic or numeric character', end, start);
  }
  return token(type, start, end, { value });
}

/** Reads `!`, `!suffix`, `!handle!suffix` or `!<uri>`; the handle is empty when there is none to look up. */
export function scanTag(cursor: Cursor): Token {
  const start = cursor.mark();
  const { value, suffix } = cursor.peek(1) === '<' ? scanVerbatim(cursor, start) : scanShorthand(cursor, start);
  if (!isBlankOrEnd(cursor.peek())) {
    throw scannerError('did not find expected whitespace or line break', cursor.mark(), start);
  }
  return token('tag', start, cursor.mark(), { value, suffix });
}

interface TagParts {
  readonly value: string;
  readonly suffix: string;
}

function scanVerbatim(cursor: Cursor, start: Mark): TagParts {
  cursor.skip(2);
  const suffix = scanUri(cursor, '', start);
  if (cursor.peek() !== '>') throw scannerError("did not find the expected '>'", cursor.mark(), start);
  cursor.skip();
  return { value: '', suffix };
}

function scanShorthand(cursor: Cursor, start: Mark): TagParts {
  const handle = scanHandle(cursor, false, start);
  if (handle.length > 1 && handle.endsWith('!')) return { value: handle, suffix: scanUri(cursor, '', start) };
  const suffix = scanUri(cursor, handle, start);
  return suffix === '' ? { value: '', suffix: '!' } : { value: '!', suffix };
}

/** Reads `!`, `!word` or `!word!`; a directive accepts only the first and the last. */
export function scanHandle(cursor: Cursor, inDirective: boolean, start: Mark): string {
  if (cursor.peek() !== '!') throw scannerError("did not find expected '!'", cursor.mark(), start);
  let handle = cursor.take();
  while (isWord(cursor.peek())) handle += cursor.take();
  if (cursor.peek() === '!') return handle + cursor.take();
  if (inDirective && handle !== '!') throw scannerError("did not find expected '!'", cursor.mark(), start);
  return handle;
}

/** Reads the rest of a tag; `head` is what was already read of it, with its exclamation mark. */
export function scanUri(cursor: Cursor, head: string, start: Mark): string {
  let uri = head.slice(1);
  let found = head !== '';
  for (;;) {
    const char = cursor.peek();
    if (char === '' || !(isWord(char) || URI_PUNCTUATION.includes(char))) break;
    uri += char === '%' ? scanUriEscapes(cursor, start) : cursor.take();
    found = true;
  }
  if (!found) throw scannerError('did not find expected tag URI', cursor.mark(), start);
  return uri;
}

/** How many octets a UTF-8 character takes, by its first one; 0 when none starts so. */
function octetsOf(first: number): number {
  if (first < 0x80) return 1;
  if (first >= 0xc0 && first < 0xe0) return 2;
  if (first >= 0xe0 && first < 0xf0) return 3;
  return first >= 0xf0 && first < 0xf8 ? 4 : 0;
}

function scanUriEscapes(cursor: Cursor, start: Mark): string {
  const octets: number[] = [];
  let wanted = 1;
  while (octets.length < wanted) {
    if (cursor.peek() !== '%' || !isHex(cursor.peek(1)) || !isHex(cursor.peek(2))) {
      throw scannerError('did not find URI escaped octet', cursor.mark(), start);
    }
    const octet = Number.parseInt(cursor.peek(1) + cursor.peek(2), 16);
    if (octets.length === 0) {
      wanted = octetsOf(octet);
      if (wanted === 0) throw scannerError('found an incorrect leading UTF-8 octet', cursor.mark(), start);
    } else if ((octet & 0xc0) !== 0x80) {
      throw scannerError('found an incorrect trailing UTF-8 octet', cursor.mark(), start);
    }
    octets.push(octet);
    cursor.skip(3);
  }
  return new TextDecoder().decode(Uint8Array.from(octets));
}

/** Eats spaces and tabs. */
export function skipBlanks(cursor: Cursor): void {
  while (isBlank(cursor.peek())) cursor.skip();
}
