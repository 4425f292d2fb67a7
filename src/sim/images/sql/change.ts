import type { Table } from './catalog.js';
import { cast, evaluate } from './evaluate.js';
import { SqlProblem } from './problem.js';
import type { Scope, Surroundings } from './scope.js';
import type { Expression, Statement } from './tree.js';
import { compareValues, holds, numberOf, type Value } from './values.js';

/** What a change needs of its session. */
export interface ChangeParts {
  readonly table: Table;
  readonly surroundings: Surroundings;
  /** Another table of the database, for foreign keys; undefined when there is none. */
  other(name: string): Table | undefined;
  /** All tables of the database. */
  tables(): Iterable<Table>;
}

/** What a change did. */
export interface Changed {
  readonly affected: number;
  /** The first number that was counted; 0 when none was. */
  readonly counted: number;
  readonly rows: readonly (readonly Value[])[];
}

function scopeOf({ table, surroundings }: ChangeParts, row: readonly Value[]): Scope {
  return { surroundings, columns: table.columns.map(({ name, type }) => ({ table: table.name, name, type })), row };
}

/** Adds rows. Throws `SqlProblem` before anything has changed. */
export function insertRows(
  parts: ChangeParts,
  statement: Extract<Statement, { is: 'insert' }>,
  given: readonly (readonly (Value | undefined)[])[],
): Changed {
  const { table } = parts;
  const places = placesOf(table, statement);
  const before = { rows: [...table.rows], next: table.next };
  let [affected, counted] = [0, 0];
  const added: Value[][] = [];
  try {
    for (const [at, values] of given.entries()) {
      if (!fitsColumns(parts, statement, values.length, places.length))
        throw new SqlProblem(
          'value-count',
          { row: String(at + 1), more: values.length > places.length ? 'expressions' : 'columns' },
          statement.columnsAt[values.length],
        );
      const row = fill(parts, places, values);
      counted ||= row.counted;
      const rival = rivalOf(parts, row.values);
      if (rival && statement.replace) table.rows.splice(table.rows.indexOf(rival.row), 1);
      else if (rival && statement.onConflict) {
        update(parts, rival.row, statement.onConflict, row.values);
        affected += parts.surroundings.dialect === 'mysql' ? 2 : 1;
        continue;
      } else if (rival && statement.ignore) continue;
      else if (rival) throw duplicate(table, rival.key, row.values);
      checkReferences(parts, row.values);
      table.rows.push(row.values);
      added.push(row.values);
      affected += rival ? 2 : 1;
    }
  } catch (error) {
    Object.assign(table, before);
    throw error;
  }
  return { affected, counted, rows: added };
}

/** Whether so many values may be given: PostgreSQL fills up rows without a list of columns. */
function fitsColumns(
  { surroundings }: ChangeParts,
  { columns }: Extract<Statement, { is: 'insert' }>,
  given: number,
  wanted: number,
): boolean {
  if (given === wanted || (given === 0 && (columns?.length ?? 0) === 0)) return true;
  return given < wanted && columns === undefined && surroundings.dialect === 'postgres';
}

function placesOf(table: Table, { columns, columnsAt }: Extract<Statement, { is: 'insert' }>): number[] {
  if (columns === undefined || columns.length === 0) return table.columns.map((_, at) => at);
  return columns.map((name, at) => placeOf(table, name, columnsAt[at]));
}

function placeOf(table: Table, name: string, at?: number): number {
  const place = table.columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase());
  if (place < 0) throw new SqlProblem('no-column', { column: name, table: table.name, list: 'yes' }, at);
  return place;
}

/** A whole row: what was given, numbers counted, and what stands there by itself. */
function fill(
  parts: ChangeParts,
  places: readonly number[],
  given: readonly (Value | undefined)[],
): { values: Value[]; counted: number } {
  const { table, surroundings } = parts;
  const mysql = surroundings.dialect === 'mysql';
  let counted = 0;
  const values = table.columns.map((column, at): Value => {
    const place = places.indexOf(at);
    const value = place < 0 ? undefined : given[place];
    if (column.counts && (value === undefined || (mysql && (value === null || value === 0)))) {
      counted = table.next;
      table.next += 1;
      return counted;
    }
    if (value !== undefined) return cast(value, column.type, column.name);
    if (column.default) return cast(evaluate(column.default, scopeOf(parts, [])), column.type, column.name);
    if (column.notNull && mysql) throw new SqlProblem('no-default', { column: column.name });
    return null;
  });
  for (const [at, column] of table.columns.entries()) {
    const value = values[at];
    if (column.counts && typeof value === 'number' && mysql) table.next = Math.max(table.next, value + 1);
    if (column.notNull && value === null) throw nullProblem(table, column.name, values);
  }
  return { values, counted };
}

function nullProblem(table: Table, column: string, values: readonly Value[]): SqlProblem {
  const row = values
    .map((value) => (value === null ? 'null' : typeof value === 'boolean' ? (value ? 't' : 'f') : String(value)))
    .join(', ');
  return new SqlProblem('null', { column, table: table.name, row });
}

function duplicate(
  table: Table,
  key: { name: string; columns: readonly string[] },
  values: readonly Value[],
): SqlProblem {
  const shown = key.columns.map((name) => String(values[placeOf(table, name)]));
  return new SqlProblem('duplicate-key', {
    key: key.name,
    table: table.name,
    columns: key.columns.join(', '),
    values: shown.join(', '),
    joined: shown.join('-'),
  });
}

/** A row that has the same in a key that must differ. */
function rivalOf({ table, surroundings }: ChangeParts, values: readonly Value[], self?: readonly Value[]) {
  for (const key of table.keys) {
    if (key.kind !== 'primary' && key.kind !== 'unique') continue;
    const places = key.columns.map((name) => placeOf(table, name));
    if (places.some((at) => values[at] === null)) continue;
    const row = table.rows.find(
      (each) =>
        each !== self &&
        places.every(
          (at) => each[at] !== null && compareValues(each[at] ?? null, values[at] ?? null, surroundings.dialect) === 0,
        ),
    );
    if (row) return { row, key };
  }
  return undefined;
}

/** What foreign keys name must be there. */
function checkReferences(parts: ChangeParts, values: readonly Value[]): void {
  const { table } = parts;
  for (const key of table.keys) {
    if (!key.references) continue;
    const target = parts.other(key.references.table);
    const place = placeOf(table, key.columns[0] ?? '');
    const value = values[place] ?? null;
    if (!target || value === null) continue;
    const column = key.references.column ?? target.keys.find(({ kind }) => kind === 'primary')?.columns[0] ?? '';
    const at = placeOf(target, column);
    if (
      !target.rows.some(
        (row) => row[at] !== null && compareValues(row[at] ?? null, value, parts.surroundings.dialect) === 0,
      )
    )
      throw new SqlProblem('foreign-key', {
        table: table.name,
        key: key.name,
        column: key.columns[0] ?? '',
        value: String(value),
        target: target.name,
        targetColumn: column,
        way: 'child',
      });
  }
}

function update(
  parts: ChangeParts,
  row: Value[],
  sets: readonly (readonly [name: string, value: Expression, at?: number])[],
  fresh?: readonly Value[],
): void {
  const { table } = parts;
  const scope = scopeOf(parts, row);
  const full: Scope = fresh
    ? {
        ...scope,
        columns: [...scope.columns, ...scope.columns.map((column) => ({ ...column, table: 'excluded' }))],
        row: [...row, ...fresh],
      }
    : scope;
  const values = [...row];
  for (const [name, value, at] of sets) {
    const place = placeOf(table, name, at);
    const column = table.columns[place];
    if (!column) continue;
    const standard = value.is === 'default' && column.default ? column.default : value;
    values[place] = cast(evaluate(valuesCall(standard), full), column.type, column.name);
    if (column.notNull && values[place] === null) throw nullProblem(table, column.name, values);
  }
  const rival = rivalOf(parts, values, row);
  if (rival) throw duplicate(table, rival.key, values);
  checkReferences(parts, values);
  row.splice(0, row.length, ...values);
}

/** MySQL's VALUES(column) in ON DUPLICATE KEY UPDATE: what was to be inserted. */
function valuesCall(expression: Expression): Expression {
  const [first] = expression.is === 'call' && expression.name === 'values' ? expression.args : [];
  return first?.is === 'column' ? { ...first, table: 'excluded' } : expression;
}

/** Changes the rows that a condition holds for. Throws `SqlProblem` before anything has changed. */
export function updateRows(
  parts: ChangeParts,
  { sets, where }: Extract<Statement, { is: 'update' }>,
): Changed & { matched: number } {
  const { table } = parts;
  for (const [name, , at] of sets) placeOf(table, name, at);
  const before = table.rows.map((row) => [...row]);
  const matched = table.rows.filter((row) => !where || holds(evaluate(where, scopeOf(parts, row))));
  let affected = 0;
  try {
    for (const row of matched) {
      const old = JSON.stringify(row);
      update(parts, row, sets);
      if (old !== JSON.stringify(row)) affected += 1;
    }
  } catch (error) {
    table.rows = before;
    throw error;
  }
  return { affected, matched: matched.length, counted: 0, rows: matched };
}

/** Removes the rows that a condition holds for. Throws `SqlProblem`. */
export function deleteRows(parts: ChangeParts, where: Expression | undefined): Changed {
  const { table } = parts;
  const gone = new Set(table.rows.filter((row) => !where || holds(evaluate(where, scopeOf(parts, row)))));
  for (const other of parts.tables())
    for (const key of other.keys) {
      if (key.references?.table !== table.name) continue;
      const own = placeOf(
        table,
        key.references.column ?? table.keys.find(({ kind }) => kind === 'primary')?.columns[0] ?? '',
      );
      const theirs = placeOf(other, key.columns[0] ?? '');
      for (const row of gone)
        if (
          other.rows.some(
            (each) => each[theirs] !== null && numberOf(each[theirs] ?? null) === numberOf(row[own] ?? null),
          )
        )
          throw new SqlProblem('foreign-key', {
            table: other.name,
            key: key.name,
            column: key.columns[0] ?? '',
            value: String(row[own]),
            target: table.name,
            targetColumn: table.columns[own]?.name ?? '',
            way: 'parent',
          });
    }
  table.rows = table.rows.filter((row) => !gone.has(row));
  return { affected: gone.size, counted: 0, rows: [...gone] };
}
