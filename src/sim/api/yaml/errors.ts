import type { Mark } from './cursor.js';

/** A YAML text that cannot be read (or a value that cannot be printed); the message is the library's own, from `yaml: ` on. */
export class YamlError extends Error {
  override readonly name = 'YamlError';

  constructor(
    message: string,
    /** Where in the text, and what was being read there: other versions of the library name another of the two. */
    readonly place?: MistakePlace,
  ) {
    super(message);
  }
}

/** A mistake without its line. */
export interface MistakePlace {
  readonly problem: string;
  readonly at: Mark;
  readonly context: Mark | undefined;
  /** Added to a line counted from zero. */
  readonly offset: number;
}

/** Several complaints of a strict read at once, each with its line, as the library lists them. */
export class YamlTypeError extends YamlError {
  constructor(readonly problems: readonly string[]) {
    super(`yaml: unmarshal errors:\n  ${problems.join('\n  ')}`);
  }
}

function atLine(line: number, place: MistakePlace): YamlError {
  return new YamlError(`yaml: ${line > 0 ? `line ${line}: ` : ''}${place.problem}`, place);
}

/** A mistake in the characters. The line counts from one, except that the text's first line is never named. */
export function scannerError(problem: string, at: Mark, context: Mark): YamlError {
  return atLine(at.line !== 0 ? at.line + 1 : context.line, { problem, at, context, offset: 1 });
}

/** A mistake in the order of tokens. The library names the line before the one it means; so do we. */
export function parserError(problem: string, at: Mark, context?: Mark): YamlError {
  return atLine(at.line !== 0 ? at.line : (context?.line ?? 0), { problem, at, context, offset: 0 });
}
