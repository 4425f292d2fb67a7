import { harmless } from '../../clusters/plain-text.js';

/** Something wrong in a file of content: where, what, and how to mend it. */
export interface Problem {
  readonly file: string;
  /** Counted from 1; undefined when the whole file is meant. */
  readonly line: number | undefined;
  /** `spec.checks[0].points`; empty when the whole file is meant. */
  readonly field: string;
  /** What is wrong, and behind a semicolon what to do about it. */
  readonly message: string;
  /** The rule that is broken, by its name in the registers of `labs/lint`. */
  readonly rule: string;
  /** A warning is told and refuses nothing; without one the lab is refused. */
  readonly severity?: 'warning';
}

/** A problem in one line: `file:line: field: message [rule]`. */
export function formatProblem({ file, line, field, message, rule }: Problem): string {
  const where = line === undefined ? file : `${file}:${line}`;
  return harmless(`${[where, field, message].filter((part) => part !== '').join(': ')} [${rule}]`);
}

/** The problems that refuse a lab. */
export function refusing(problems: readonly Problem[]): Problem[] {
  return problems.filter(({ severity }) => severity !== 'warning');
}
