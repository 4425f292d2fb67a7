/** Patterns as Go's regexp reads them, in time that grows with the text only. */
import { RE2JS } from 're2js';
import { CelError, type Value } from '../values.js';

const KEPT_MAX = 256;
const kept = new Map<string, RE2JS | string>();

/** A pattern, or what is wrong with it. */
export function readPattern(pattern: string): RE2JS | string {
  let read = kept.get(pattern);
  if (read === undefined) {
    try {
      read = RE2JS.compile(pattern);
    } catch (error) {
      read = error instanceof Error ? error.message : String(error);
    }
    if (kept.size >= KEPT_MAX) kept.clear();
    kept.set(pattern, read);
  }
  return read;
}

/** Whether a pattern occurs in a text. */
export function matches(text: string, pattern: string): Value {
  const read = readPattern(pattern);
  return typeof read === 'string' ? new CelError(read) : read.matcher(text).find();
}
