import type { Pattern } from '../../../kernel/libc/regex/pattern.js';
import { compilePattern } from '../../../kernel/libc/regex/pattern.js';
import { PatternError } from '../../../kernel/libc/regex/pattern-text.js';

const cache = new Map<string, Pattern>();
const CACHE_MAX = 500;

/** A wrong pattern, in mawk's words. */
export class AwkPatternError extends Error {}

/** An extended regular expression, compiled once. */
export function compileAwk(source: string): Pattern {
  const known = cache.get(source);
  if (known) return known;
  try {
    const pattern = compilePattern(source, { syntax: 'extended', escapes: 'awk' });
    if (cache.size >= CACHE_MAX) cache.clear();
    cache.set(source, pattern);
    return pattern;
  } catch (thrown) {
    if (!(thrown instanceof PatternError)) throw thrown;
    throw new AwkPatternError(`regular expression compile failed (${thrown.message.toLowerCase()})\n${source}`);
  }
}

/** Cuts text into fields as FS says. Blanks part them when it is one blank. */
export function splitFields(text: string, separator: string, paragraphs: boolean): string[] {
  if (text === '') return [];
  if (separator === ' ') {
    const trimmed = text.replace(/^[ \t\n]+|[ \t\n]+$/g, '');
    return trimmed === '' ? [] : trimmed.split(/[ \t\n]+/);
  }
  if (separator === '') return [...text];
  if (separator.length === 1 && separator !== '\\' && !/[.*+?^$|()[\]{}]/.test(separator))
    return text.split(paragraphs ? new RegExp(`[${separator}\\n]`) : separator);
  if (separator === '|' || separator === '\\') return text.split(separator);
  const pattern = compileAwk(
    separator.length === 1 && '.*+?^$()[]{}'.includes(separator)
      ? `\\${separator}`
      : paragraphs
        ? `(${separator})|\n`
        : separator,
  );
  const fields: string[] = [];
  let from = 0;
  for (let at = 0; at <= text.length; ) {
    const match = pattern.exec(text, at);
    if (!match) break;
    if (match[0] === '') {
      at = match.index + 1;
      continue;
    }
    fields.push(text.slice(from, match.index));
    from = match.index + match[0].length;
    at = from;
  }
  fields.push(text.slice(from));
  return fields;
}
