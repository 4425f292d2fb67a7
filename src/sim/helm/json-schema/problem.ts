import { goQuote } from '../../api/go-text.js';

/** Why a value does not fit a schema, and the smaller reasons behind it. */
export interface Problem {
  /** Names on the way to the value. */
  readonly path: readonly string[];
  readonly text: string;
  readonly causes: readonly Problem[];
  /** Only holds others together, or stands for a reference to one. */
  readonly kind?: 'group' | 'reference';
}

/** A text in single quotes, as the library of schemas shows it. */
export function singleQuoted(text: string): string {
  const inner = goQuote(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${inner}'`;
}

/** Problems below each other, each level further in. */
export function problemLines(problem: Problem, depth: number): string {
  const skipped = problem.kind === 'reference' && problem.causes.length === 1;
  const path = problem.path.map((name) => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  const own = skipped ? '' : `${'  '.repeat(depth)}- at ${singleQuoted(path)}: ${problem.text}\n`;
  const deeper = skipped ? depth : depth + 1;
  return own + problem.causes.map((cause) => problemLines(cause, deeper)).join('');
}
