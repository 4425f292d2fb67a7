/** Patterns as Go's regexp reads them, in time that grows with the text only. */
import { RE2JS } from 're2js';

const KEPT_MAX = 500;
const kept = new Map<string, RE2JS | string>();
const TRAILING = 'error parsing regexp: trailing backslash at end of expression';

/** A pattern, or what Go says of one that it refuses. */
export function readPattern(pattern: string): RE2JS | string {
  let read = kept.get(pattern);
  if (read === undefined) {
    read = compiled(pattern);
    if (kept.size >= KEPT_MAX) kept.clear();
    kept.set(pattern, read);
  }
  return read;
}

function compiled(pattern: string): RE2JS | string {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    // Go names the part that is wrong, which is nothing here.
    return problem === TRAILING ? `${TRAILING}: \`\`` : problem;
  }
}

/** Whether a pattern occurs in a text; undefined for a pattern that Go refuses. */
export function matchesPattern(text: string, pattern: string): boolean | undefined {
  const read = readPattern(pattern);
  return typeof read === 'string' ? undefined : read.matcher(text).find();
}

/** What Go says of a pattern it refuses. */
export function patternProblem(pattern: string): string | undefined {
  const read = readPattern(pattern);
  return typeof read === 'string' ? read : undefined;
}
