/** How a pattern is written and what counts as equal. */
export interface PatternOptions {
  readonly syntax: 'basic' | 'extended' | 'perl' | 'fixed';
  readonly ignoreCase?: boolean;
  /** `^` and `$` also match at newlines inside the text (sed's M flag). */
  readonly multiline?: boolean;
  /** Whose backslash escapes hold, such as `\n` for newline; grep has none. */
  readonly escapes?: 'sed' | 'awk';
}

/** What is wrong with a pattern, in the C library's words. */
export class PatternError extends Error {}

/** Text as a JavaScript pattern that matches just it. */
export function escapeLiteral(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replaceAll('\n', '\\n');
}
