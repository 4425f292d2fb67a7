/** Something wrong in a file of content: where, what, and how to mend it. */
export interface Problem {
  readonly file: string;
  /** Counted from 1; undefined when the whole file is meant. */
  readonly line: number | undefined;
  /** `spec.checks[0].points`; empty when the whole file is meant. */
  readonly field: string;
  readonly message: string;
}

/** A problem in one line: `file:line: field: message`. */
export function formatProblem({ file, line, field, message }: Problem): string {
  return [line === undefined ? file : `${file}:${line}`, field, message].filter((part) => part !== '').join(': ');
}
