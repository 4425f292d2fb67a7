import { goQuote } from '../../../api/go-text.js';
import { KustomizeError } from '../error.js';

/** A regular expression as Go's regexp reads it (RE2's syntax, as far as both agree). Throws what Go says. */
export function compileGoPattern(pattern: string): RegExp {
  const [, flags = '', body = pattern] = /^\(\?([ims]+)\)(.*)$/s.exec(pattern) ?? [];
  try {
    return new RegExp(body.replaceAll('(?P<', '(?<').replaceAll('\\z', '$').replaceAll('\\A', '^'), flags);
  } catch {
    throw new KustomizeError(`error parsing regexp: ${complaint(pattern)}`);
  }
}

function complaint(pattern: string): string {
  const bare = pattern.replaceAll('(?', '(');
  const repeated = /(?:^|\(:?|\|)([*+?])/.exec(bare)?.[1] ?? /(?:\*\*|\+\*|\*\+|\+\+)/.exec(pattern)?.[0];
  if (repeated !== undefined) {
    return repeated.length === 1
      ? `missing argument to repetition operator: \`${repeated}\``
      : `invalid nested repetition operator: \`${repeated}\``;
  }
  const bracket = pattern.lastIndexOf('[');
  if (bracket >= 0 && !pattern.includes(']', bracket)) return `missing closing ]: \`${pattern.slice(bracket)}\``;
  const count = (sign: string): number => pattern.split(sign).length - 1;
  if (count('(') > count(')')) return `missing closing ): \`${pattern}\``;
  if (count(')') > count('(')) return `unexpected ): \`${pattern}\``;
  return `invalid character class range: ${goQuote(pattern)}`;
}
