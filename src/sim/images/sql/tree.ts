import type { ColumnType, Value } from './values.js';

/** An expression. `at` is where it begins in the statement's text. */
export type Expression =
  | { readonly is: 'value'; readonly value: Value; readonly type: ColumnType }
  | { readonly is: 'column'; readonly table: string | undefined; readonly name: string; readonly at: number }
  | { readonly is: 'variable'; readonly name: string }
  | { readonly is: 'default' }
  | { readonly is: 'unary'; readonly sign: '-' | 'not'; readonly of: Expression }
  | { readonly is: 'binary'; readonly sign: string; readonly left: Expression; readonly right: Expression }
  | { readonly is: 'null-test'; readonly of: Expression; readonly not: boolean }
  | {
      readonly is: 'in';
      readonly of: Expression;
      readonly not: boolean;
      readonly list: readonly Expression[] | Select;
    }
  | {
      readonly is: 'between';
      readonly of: Expression;
      readonly not: boolean;
      readonly low: Expression;
      readonly high: Expression;
    }
  | {
      readonly is: 'case';
      readonly of: Expression | undefined;
      readonly whens: readonly (readonly [Expression, Expression])[];
      readonly otherwise: Expression | undefined;
    }
  | {
      readonly is: 'call';
      readonly name: string;
      readonly args: readonly Expression[];
      readonly star: boolean;
      readonly distinct: boolean;
      readonly at: number;
    }
  | { readonly is: 'cast'; readonly of: Expression; readonly to: ColumnType }
  | { readonly is: 'exists'; readonly select: Select }
  | { readonly is: 'subquery'; readonly select: Select };

/** What SELECT gives: all columns (of one table), or an expression with its source text. */
export type Item =
  | { readonly star: true; readonly table: string | undefined }
  | {
      readonly star: false;
      readonly expression: Expression;
      readonly name: string | undefined;
      readonly source: string;
    };

export interface TableName {
  readonly database: string | undefined;
  readonly name: string;
  readonly at: number;
}

export interface Source {
  readonly table: TableName | Select;
  readonly name: string;
  readonly join: 'inner' | 'left' | 'right';
  readonly on: Expression | undefined;
  readonly using: readonly string[];
}

export interface Order {
  readonly by: Expression;
  readonly descending: boolean;
}

export interface Select {
  readonly is: 'select';
  readonly distinct: boolean;
  readonly items: readonly Item[];
  readonly from: readonly Source[];
  readonly where: Expression | undefined;
  readonly groups: readonly Expression[];
  readonly having: Expression | undefined;
  readonly orders: readonly Order[];
  readonly limit: Expression | undefined;
  readonly offset: Expression | undefined;
  readonly union: { readonly all: boolean; readonly with: Select } | undefined;
  /** Rows written out: `VALUES (…), (…)`. */
  readonly values?: readonly (readonly Expression[])[];
}

export interface ColumnDefinition {
  readonly name: string;
  readonly type: ColumnType;
  readonly notNull: boolean;
  readonly default: Expression | undefined;
  readonly counts: boolean;
  readonly key: 'primary' | 'unique' | undefined;
  readonly references: { readonly table: string; readonly column: string | undefined } | undefined;
}

export interface KeyDefinition {
  readonly kind: 'primary' | 'unique' | 'index' | 'foreign';
  readonly name: string | undefined;
  readonly columns: readonly string[];
  readonly references?: { readonly table: string; readonly column: string | undefined };
}

export type Alteration =
  | { readonly do: 'add'; readonly column: ColumnDefinition; readonly unlessThere: boolean }
  | { readonly do: 'drop'; readonly column: string; readonly ifThere: boolean }
  | { readonly do: 'rename-column'; readonly from: string; readonly to: string }
  | { readonly do: 'rename'; readonly to: string }
  | { readonly do: 'change'; readonly column: string; readonly to: ColumnDefinition }
  | { readonly do: 'key'; readonly key: KeyDefinition }
  | { readonly do: 'nothing' };

export type Statement =
  | Select
  | {
      readonly is: 'create-table';
      readonly table: TableName;
      readonly unlessThere: boolean;
      readonly columns: readonly ColumnDefinition[];
      readonly keys: readonly KeyDefinition[];
      readonly as: Select | undefined;
    }
  | {
      readonly is: 'create-index';
      readonly name: string;
      readonly table: TableName;
      readonly columns: readonly string[];
      readonly unique: boolean;
    }
  | {
      readonly is: 'create-database';
      readonly name: string;
      readonly unlessThere: boolean;
      readonly owner?: string | undefined;
    }
  | { readonly is: 'drop-database'; readonly name: string; readonly ifThere: boolean }
  | { readonly is: 'drop-table'; readonly tables: readonly TableName[]; readonly ifThere: boolean }
  | { readonly is: 'truncate'; readonly tables: readonly TableName[] }
  | { readonly is: 'alter-table'; readonly table: TableName; readonly changes: readonly Alteration[] }
  | {
      readonly is: 'insert';
      readonly table: TableName;
      readonly columns: readonly string[] | undefined;
      readonly columnsAt: readonly number[];
      readonly rows: Select;
      readonly ignore: boolean;
      readonly replace: boolean;
      readonly onConflict: readonly (readonly [string, Expression])[] | undefined;
      readonly returning: readonly Item[] | undefined;
    }
  | {
      readonly is: 'update';
      readonly table: TableName;
      readonly sets: readonly (readonly [name: string, value: Expression, at: number])[];
      readonly where: Expression | undefined;
      readonly returning: readonly Item[] | undefined;
    }
  | {
      readonly is: 'delete';
      readonly table: TableName;
      readonly where: Expression | undefined;
      readonly returning: readonly Item[] | undefined;
    }
  | { readonly is: 'begin' | 'commit' | 'rollback' }
  | { readonly is: 'use'; readonly database: string }
  | { readonly is: 'describe'; readonly table: TableName }
  | {
      readonly is: 'show';
      readonly what: string;
      readonly like: string | undefined;
      readonly table: TableName | undefined;
    }
  | { readonly is: 'set'; readonly name: string; readonly value: string }
  | {
      readonly is: 'create-role';
      readonly name: string;
      readonly host: string;
      readonly password: string | undefined;
      readonly unlessThere: boolean;
      readonly tag: string;
      readonly attributes: readonly string[];
    }
  | {
      readonly is: 'alter-role';
      readonly name: string;
      readonly host: string;
      readonly password: string | undefined;
      readonly tag: string;
    }
  | {
      readonly is: 'drop-role';
      readonly name: string;
      readonly host: string;
      readonly ifThere: boolean;
      readonly tag: string;
    }
  | { readonly is: 'grant'; readonly revoke: boolean; readonly on: string; readonly to: string; readonly host: string }
  | { readonly is: 'nothing'; readonly tag: string };
