import type { LabFile } from '../format/lab.js';
import type { Positions } from '../format/positions.js';

/**
 * How much a broken rule weighs. An error refuses the lab; a warning is told and refuses nothing; `shipped` is an error
 * in a lab of the program's own content and a warning in somebody's own.
 */
export type Severity = 'error' | 'warning' | 'shipped';

/** Something that every lab keeps to. */
export interface Rule {
  /** What problems name it by: `guard-without-mistake`. */
  readonly name: string;
  /** What must be so: a clause without a full stop. */
  readonly says: string;
  /** What its author does about it, where the problem itself does not say more: a clause in the imperative. */
  readonly remedy: string;
  readonly severity: Severity;
}

/**
 * Tells that a rule is broken at a field, by its path (`spec/checks/0/id`). The remedy is the rule's own when left out,
 * and none follows when it is empty because the message says what to do.
 */
export type Report = (path: string, message: string, remedy?: string) => void;

/** A rule about what a file says; the schema holds already. */
export interface FileRule<File> extends Rule {
  check(file: File, report: Report): void;
}

/** A rule about what a lab says. */
export type LabRule = FileRule<LintedLab>;

/** A file as its rules see it. */
export interface Linted<Content> {
  /** The name used in problems; rules of names look at its last parts. */
  readonly file: string;
  readonly content: Content;
  readonly positions: Positions;
  /** The path in the file of a path in the content, where they differ. */
  readonly place?: (path: string) => string;
}

/** A lab as its rules see it. */
export interface LintedLab extends Linted<LabFile> {
  /** Names of the ready-made worlds. */
  readonly worlds: readonly string[];
}
