import { isBlank, isBlankOrEnd, isBreak, isBreakOrEnd, isDigit, isWord } from './chars.js';
import type { Cursor, Mark } from './cursor.js';
import { scannerError } from './errors.js';
import { scanHandle, scanUri, skipBlanks } from './scan-tag.js';
import { type Token, token } from './token.js';

const VERSION_DIGITS_MAX = 2;

/** Reads a whole `%YAML` or `%TAG` line. */
export function scanDirective(cursor: Cursor): Token {
  const start = cursor.mark();
  cursor.skip();
  const name = scanName(cursor, start);
  let directive: Token;
  if (name === 'YAML') directive = scanVersion(cursor, start);
  else if (name === 'TAG') directive = scanTagDirective(cursor, start);
  else throw scannerError('found unknown directive name', cursor.mark(), start);
  skipBlanks(cursor);
  if (cursor.peek() === '#') while (!isBreakOrEnd(cursor.peek())) cursor.skip();
  if (!isBreakOrEnd(cursor.peek())) {
    throw scannerError('did not find expected comment or line break', cursor.mark(), start);
  }
  if (isBreak(cursor.peek())) cursor.takeBreak();
  return directive;
}

function scanName(cursor: Cursor, start: Mark): string {
  let name = '';
  while (isWord(cursor.peek())) name += cursor.take();
  if (name === '') throw scannerError('could not find expected directive name', cursor.mark(), start);
  if (!isBlankOrEnd(cursor.peek())) {
    throw scannerError('found unexpected non-alphabetical character', cursor.mark(), start);
  }
  return name;
}

function scanVersion(cursor: Cursor, start: Mark): Token {
  skipBlanks(cursor);
  const major = scanVersionNumber(cursor, start);
  if (cursor.peek() !== '.') {
    throw scannerError("did not find expected digit or '.' character", cursor.mark(), start);
  }
  cursor.skip();
  const minor = scanVersionNumber(cursor, start);
  return token('version-directive', start, cursor.mark(), { value: `${major}.${minor}` });
}

function scanVersionNumber(cursor: Cursor, start: Mark): number {
  let digits = '';
  while (isDigit(cursor.peek())) {
    if (digits.length >= VERSION_DIGITS_MAX) {
      throw scannerError('found extremely long version number', cursor.mark(), start);
    }
    digits += cursor.take();
  }
  if (digits === '') throw scannerError('did not find expected version number', cursor.mark(), start);
  return Number(digits);
}

function scanTagDirective(cursor: Cursor, start: Mark): Token {
  skipBlanks(cursor);
  const value = scanHandle(cursor, true, start);
  if (!isBlank(cursor.peek())) throw scannerError('did not find expected whitespace', cursor.mark(), start);
  skipBlanks(cursor);
  const suffix = scanUri(cursor, '', start);
  if (!isBlankOrEnd(cursor.peek())) {
    throw scannerError('did not find expected whitespace or line break', cursor.mark(), start);
  }
  return token('tag-directive', start, cursor.mark(), { value, suffix });
}
