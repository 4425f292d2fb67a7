import type { Dialect } from './tokens.js';
import type { Select } from './tree.js';
import type { ColumnType, Value } from './values.js';

/** A column that an expression may name, with the place of its value in a row. */
export interface ScopeColumn {
  readonly table: string;
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable?: boolean;
}

/** What expressions may know of their session. */
export interface Surroundings {
  readonly dialect: Dialect;
  readonly now: number;
  readonly variables: (name: string) => Value | undefined;
  readonly facts: Readonly<Record<string, Value>>;
  /** Answers a query inside an expression. */
  select(
    select: Select,
    outer: Scope,
  ): { readonly rows: readonly (readonly Value[])[]; readonly types: readonly ColumnType[] };
}

/** Where an expression stands: the columns it sees, one row of them, and the rows of its group. */
export interface Scope {
  readonly surroundings: Surroundings;
  readonly columns: readonly ScopeColumn[];
  readonly row: readonly Value[];
  /** Rows that aggregates count; undefined where none may stand. */
  readonly group?: readonly (readonly Value[])[];
  readonly outer?: Scope;
}
