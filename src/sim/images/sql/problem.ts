/** What can be wrong with a statement; each database has words of its own for it. */
export type ProblemKind =
  | 'syntax'
  | 'no-table'
  | 'no-table-to-drop'
  | 'table-exists'
  | 'no-column'
  | 'ambiguous-column'
  | 'column-exists'
  | 'no-database'
  | 'no-database-to-drop'
  | 'database-exists'
  | 'none-chosen'
  | 'no-function'
  | 'duplicate-key'
  | 'null'
  | 'no-default'
  | 'value-count'
  | 'bad-value'
  | 'too-long'
  | 'division-by-zero'
  | 'many-rows'
  | 'no-role'
  | 'role-exists'
  | 'denied'
  | 'not-grouped'
  | 'foreign-key'
  | 'aborted'
  | 'unknown-setting'
  | 'not-simulated';

/** Why a statement failed: plain data in `details`, and where in its text. */
export class SqlProblem extends Error {
  readonly kind: ProblemKind;
  readonly details: Readonly<Record<string, string>>;
  /** Offset into the statement's text. */
  readonly at: number | undefined;

  constructor(kind: ProblemKind, details: Readonly<Record<string, string>> = {}, at?: number) {
    super(kind);
    this.kind = kind;
    this.details = details;
    this.at = at;
  }
}
