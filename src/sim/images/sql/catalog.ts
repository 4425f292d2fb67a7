import type { ColumnDefinition } from './tree.js';
import type { Value } from './values.js';

/** A column: what it was defined as. Expressions are plain data, so that tables can be written to disk as they are. */
export type Column = ColumnDefinition;

export interface Key {
  readonly kind: 'primary' | 'unique' | 'index' | 'foreign';
  readonly name: string;
  readonly columns: readonly string[];
  readonly references?: { readonly table: string; readonly column: string | undefined };
}

export interface Table {
  name: string;
  columns: Column[];
  keys: Key[];
  rows: Value[][];
  /** The next number of the column that counts. */
  next: number;
}

export interface Role {
  readonly name: string;
  readonly host: string;
  password: string | undefined;
  readonly superuser: boolean;
}

/** One database of a server. */
export class SqlDatabase {
  readonly name: string;
  owner: string;
  /** Names of roles that may do everything in it. */
  readonly granted = new Set<string>();
  readonly tables = new Map<string, Table>();

  constructor(name: string, owner: string) {
    this.name = name;
    this.owner = owner;
  }
}

/** What was changed and is to be written to disk. */
export interface Keeper {
  database(database: SqlDatabase): void;
  dropDatabase(name: string): void;
  table(database: SqlDatabase, table: Table): void;
  dropTable(database: SqlDatabase, name: string): void;
  roles(roles: readonly Role[]): void;
}

/** All that a server holds. */
export class Catalog {
  readonly databases = new Map<string, SqlDatabase>();
  readonly roles: Role[] = [];

  role(name: string, host?: string): Role | undefined {
    return this.roles.find((role) => role.name === name && (host === undefined || role.host === host));
  }
}
