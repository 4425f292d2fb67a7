import type { Column, Key, SqlDatabase, Table } from './catalog.js';
import { evaluate } from './evaluate.js';
import { SqlProblem } from './problem.js';
import type { Surroundings } from './scope.js';
import type { Dialect } from './tokens.js';
import type { Alteration, ColumnDefinition, KeyDefinition, Statement } from './tree.js';
import type { Value } from './values.js';

/** The name a key is given when nobody names it. */
function keyName(dialect: Dialect, table: string, { kind, name, columns }: KeyDefinition, count: number): string {
  if (kind === 'primary') return dialect === 'mysql' ? 'PRIMARY' : (name ?? `${table}_pkey`);
  if (name !== undefined) return name;
  if (kind === 'foreign')
    return dialect === 'mysql' ? `${table}_ibfk_${count + 1}` : `${table}_${columns.join('_')}_fkey`;
  return dialect === 'mysql' ? (columns[0] ?? '') : `${table}_${columns.join('_')}_key`;
}

function addKey(dialect: Dialect, table: Table, key: KeyDefinition): void {
  const primary = key.kind === 'primary';
  for (const name of key.columns) {
    const at = table.columns.findIndex((column) => column.name === name);
    const column = table.columns[at];
    if (!column) throw new SqlProblem('no-column', { column: name, table: table.name, key: 'yes' });
    if (primary) table.columns[at] = { ...column, notNull: true };
  }
  if (key.columns.length === 0) return;
  const count = table.keys.filter(({ kind }) => kind === 'foreign').length;
  const made: Key = {
    kind: key.kind,
    name: keyName(dialect, table.name, key, count),
    columns: key.columns,
    ...(key.references ? { references: key.references } : {}),
  };
  table.keys.push(made);
}

/** A new table. Throws `SqlProblem`. */
export function createTable(
  dialect: Dialect,
  statement: Extract<Statement, { is: 'create-table' }>,
  database: SqlDatabase,
): Table {
  const table: Table = { name: statement.table.name, columns: [...statement.columns], keys: [], rows: [], next: 1 };
  const names = table.columns.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new SqlProblem('column-exists', { column: twice, table: table.name });
  for (const { name, key, references } of statement.columns) {
    if (key) addKey(dialect, table, { kind: key, name: undefined, columns: [name] });
    if (references) addKey(dialect, table, { kind: 'foreign', name: undefined, columns: [name], references });
  }
  for (const key of statement.keys) addKey(dialect, table, key);
  for (const { references } of table.keys)
    if (references && references.table !== table.name && !database.tables.has(references.table))
      throw new SqlProblem('no-table', { table: references.table, database: database.name });
  return table;
}

/** Changes a table's columns. Gives its new name when it has one. Throws `SqlProblem`. */
export function alterTable(
  table: Table,
  changes: readonly Alteration[],
  surroundings: Surroundings,
): string | undefined {
  let name: string | undefined;
  for (const change of changes) {
    if (change.do === 'add') addColumn(table, change.column, change.unlessThere, surroundings);
    else if (change.do === 'key') addKey(surroundings.dialect, table, change.key);
    else if (change.do === 'rename') name = change.to;
    else if (change.do === 'drop') {
      const at = place(table, change.column, change.ifThere);
      if (at < 0) continue;
      table.columns.splice(at, 1);
      for (const row of table.rows) row.splice(at, 1);
      table.keys = table.keys.filter(({ columns }) => !columns.includes(change.column));
    } else if (change.do === 'rename-column') rename(table, change.from, change.to);
    else if (change.do === 'change') {
      const at = place(table, change.column, false);
      rename(table, change.column, change.to.name);
      table.columns[at] = change.to;
    }
  }
  return name;
}

function place(table: Table, name: string, optional: boolean): number {
  const at = table.columns.findIndex((column) => column.name === name);
  if (at < 0 && !optional) throw new SqlProblem('no-column', { column: name, table: table.name, list: 'yes' });
  return at;
}

function rename(table: Table, from: string, to: string): void {
  const at = place(table, from, false);
  table.columns[at] = { ...(table.columns[at] as Column), name: to };
  table.keys = table.keys.map((key) => ({ ...key, columns: key.columns.map((name) => (name === from ? to : name)) }));
}

function addColumn(table: Table, column: ColumnDefinition, unlessThere: boolean, surroundings: Surroundings): void {
  if (table.columns.some(({ name }) => name === column.name)) {
    if (unlessThere) return;
    throw new SqlProblem('column-exists', { column: column.name, table: table.name });
  }
  const standard: Value = column.default ? evaluate(column.default, { surroundings, columns: [], row: [] }) : null;
  if (
    column.notNull &&
    standard === null &&
    !column.counts &&
    table.rows.length > 0 &&
    surroundings.dialect === 'postgres'
  )
    throw new SqlProblem('null', { column: column.name, table: table.name, existing: 'yes' });
  table.columns.push(column);
  for (const row of table.rows) {
    row.push(column.counts ? table.next : standard);
    if (column.counts) table.next += 1;
  }
  if (column.key) addKey(surroundings.dialect, table, { kind: column.key, name: undefined, columns: [column.name] });
}
