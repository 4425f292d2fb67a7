import { RE2JS, RE2JSException } from 're2js';

/** A pattern that was understood, or why it was not: a clause without a full stop. */
export type Pattern =
  | {
      readonly found: (text: string) => boolean;
      /** What the first group matched, or all of it where there is no group; undefined where nothing matches. */
      readonly first: (text: string) => string | undefined;
      readonly problem?: undefined;
    }
  | { readonly found?: undefined; readonly first?: undefined; readonly problem: string };

/** Longer patterns are programs. */
const PATTERN_LENGTH_MAX = 1_000;
/** What JavaScript understands and this does not, because nobody can bound the time it takes. */
const UNBOUNDED = /\(\?<?[=!]|\\[1-9]|\\k</;

/**
 * Reads a regular expression in RE2's syntax, which takes time in proportion to the text whatever the pattern: content
 * comes from anybody, and what it is held against from the learner. `^` and `$` stand at lines.
 */
export function readPattern(source: string): Pattern {
  if (source.length > PATTERN_LENGTH_MAX)
    return { problem: `the pattern has ${source.length} characters; it may have ${PATTERN_LENGTH_MAX}` };
  try {
    const compiled = RE2JS.compile(source, RE2JS.MULTILINE);
    const first = (text: string): string | undefined => {
      const matcher = compiled.matcher(text);
      return matcher.find() ? (matcher.group(matcher.groupCount() > 0 ? 1 : 0) ?? undefined) : undefined;
    };
    return { found: (text) => compiled.matcher(text).find(), first };
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    if (UNBOUNDED.test(source))
      return { problem: 'looking ahead or behind and references back (\\1) are not possible: they may take for ever' };
    return { problem: error.message.replace(/^error parsing regexp: /, '').replace('(?m)', '') };
  }
}
