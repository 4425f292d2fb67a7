import { compilePattern, Pattern } from '../../../kernel/libc/regex/pattern.js';
import type { PatternOptions } from '../../../kernel/libc/regex/pattern-text.js';
import { escapeLiteral, PatternError } from '../../../kernel/libc/regex/pattern-text.js';
import type { Context } from '../command.js';

/** Finds grep's patterns in lines. */
export interface Matcher {
  matches(line: string): boolean;
  /** All that matches in a line, in order, from and to; nothing empty. */
  spans(line: string): [number, number][];
}

/** Compiles the patterns; a wrong one ends grep with status 2. */
export function createMatcher(
  context: Context,
  patterns: readonly string[],
  syntax: PatternOptions['syntax'],
): Matcher {
  const ignoreCase = context.last('ignore-case', 'no-ignore-case') === 'ignore-case';
  const whole = context.has('line-regexp');
  const word = context.has('word-regexp') && !whole;
  const compiled = patterns.map((text) => compileOne(context, text, syntax, ignoreCase, whole));
  const single = combine(patterns, syntax, ignoreCase, whole) ?? undefined;
  const usable = single ? [single] : compiled;
  if (!word) {
    return {
      matches: (line) => usable.some((pattern) => pattern.test(line)),
      spans: (line) => spansOf(line, (from) => earliest(usable, line, from)),
    };
  }
  return {
    matches: (line) => wordMatch(compiled, line, 0) !== undefined,
    spans: (line) => spansOf(line, (from) => wordMatch(compiled, line, from)),
  };
}

/** Many fixed strings as one pattern. */
function combine(
  patterns: readonly string[],
  syntax: string,
  ignoreCase: boolean,
  whole: boolean,
): Pattern | undefined {
  if (syntax !== 'fixed' || patterns.length < 2) return undefined;
  const body = patterns
    .toSorted((a, b) => b.length - a.length)
    .map(escapeLiteral)
    .join('|');
  return new Pattern(whole ? `^(?:${body})$` : body, ignoreCase ? 'ui' : 'u', 0, false);
}

function compileOne(
  context: Context,
  text: string,
  syntax: PatternOptions['syntax'],
  ignoreCase: boolean,
  whole: boolean,
): Pattern {
  if (syntax !== 'fixed' && syntax !== 'perl' && /^\[:\w+:\]$/.test(text))
    context.die('character class syntax is [[:space:]], not [:space:]', 2);
  try {
    if (!whole) return compilePattern(text, { syntax, ignoreCase });
    if (syntax === 'fixed') return new Pattern(`^${escapeLiteral(text)}$`, ignoreCase ? 'ui' : 'u', 0, false);
    compilePattern(text, { syntax, ignoreCase });
    const wrapped = syntax === 'basic' ? `^\\(${text}\\)$` : `^(?:${text})$`;
    if (syntax === 'extended') return compilePattern(`^(${shiftReferences(text)})$`, { syntax, ignoreCase });
    return compilePattern(syntax === 'basic' ? `^\\(${shiftReferences(text)}\\)$` : wrapped, { syntax, ignoreCase });
  } catch (thrown) {
    if (!(thrown instanceof PatternError)) throw thrown;
    return context.die(thrown.message.startsWith('Unmatched [') ? 'Invalid regular expression' : thrown.message, 2);
  }
}

/** One group more stands around the pattern: its references count one further. */
function shiftReferences(text: string): string {
  return text.replace(/\\([1-8\\])/g, (whole, digit: string) => (digit === '\\' ? whole : `\\${Number(digit) + 1}`));
}

type Span = [number, number];

function earliest(patterns: readonly Pattern[], line: string, from: number): Span | undefined {
  let best: Span | undefined;
  for (const pattern of patterns) {
    const match = pattern.exec(line, from);
    if (!match) continue;
    const span: Span = [match.index, match.index + match[0].length];
    if (!best || span[0] < best[0] || (span[0] === best[0] && span[1] > best[1])) best = span;
  }
  return best;
}

function spansOf(line: string, next: (from: number) => Span | undefined): Span[] {
  const result: Span[] = [];
  for (let at = 0; at <= line.length; ) {
    const span = next(at);
    if (!span) break;
    if (span[1] > span[0]) result.push(span);
    at = span[1] > span[0] ? span[1] : span[1] + 1;
  }
  return result;
}

const WORD_CHARACTER = /[\p{L}\p{N}_]/u;

/** -w: what is before and after the match is no word character; shorter matches at the same place are tried too. */
function wordMatch(patterns: readonly Pattern[], line: string, from: number): Span | undefined {
  let best: Span | undefined;
  for (const pattern of patterns) {
    let at = from;
    while (at <= line.length) {
      const match = pattern.exec(line, at);
      if (!match) break;
      const end = wordEnd(pattern, line, match);
      if (end !== undefined) {
        if (!best || match.index < best[0]) best = [match.index, end];
        break;
      }
      at = match.index + 1;
    }
  }
  return best;
}

function wordEnd(pattern: Pattern, line: string, match: RegExpExecArray): number | undefined {
  const start = match.index;
  if (start > 0 && WORD_CHARACTER.test(line[start - 1] as string)) return undefined;
  for (let end = start + match[0].length; end >= start; end -= 1) {
    if (end < line.length && WORD_CHARACTER.test(line[end] as string)) continue;
    if (end === start + match[0].length) return end;
    const shorter = pattern.exec(line.slice(0, end), start);
    if (shorter && shorter.index === start && start + shorter[0].length === end) return end;
  }
  return undefined;
}
