import type { SqlDatabase, Table } from './catalog.js';
import { evaluate, findColumn, isAggregate, mayBeNull, typeOf } from './evaluate.js';
import { SqlProblem } from './problem.js';
import type { Scope, ScopeColumn, Surroundings } from './scope.js';
import type { Expression, Item, Select, Source, TableName } from './tree.js';
import { type ColumnType, holds, numberOf, orderValues, type Value } from './values.js';

export interface ResultColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** Whether it may be null, which MySQL's client makes room for. */
  readonly nullable?: boolean;
}

/** Rows of a query, with their columns. */
export interface Rows {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly Value[])[];
}

type Row = readonly Value[];

/** Finds the tables that queries name. Throws `SqlProblem`. */
export type FindTable = (name: TableName) => { readonly table: Table; readonly database: SqlDatabase };

/** Answers a query. Throws `SqlProblem`. */
export function runSelect(select: Select, find: FindTable, surroundings: Surroundings, outer?: Scope): Rows {
  const base = { surroundings, ...(outer ? { outer } : {}) };
  const { columns, rows } = gather(select.from, find, base);
  const scope = (row: Row, group?: readonly Row[]): Scope => ({ ...base, columns, row, ...(group ? { group } : {}) });
  const blank = columns.map(() => null);
  const items = select.items.flatMap((item) => expand(item, columns));
  const orders = select.orders.map((order) => ({ ...order, by: meant(order.by, items, columns) }));
  const groups = select.groups.map((group) => meant(group, items, columns));
  // Names are looked for even when there are no rows to look at.
  const types = items.map(({ expression }) => typeOf(expression, scope(blank, [])));
  if (select.where) checkNames(select.where, scope(blank, []), 'where clause');
  for (const { by } of orders) checkNames(by, scope(blank, []), 'order clause');
  const kept = select.where ? rows.filter((row) => holds(evaluate(select.where as Expression, scope(row)))) : rows;
  const grouped =
    groups.length > 0 ||
    items.some(({ expression }) => isAggregate(expression)) ||
    (select.having && isAggregate(select.having));
  const scopes = grouped ? groupScopes(kept, groups, blank, scope) : kept.map((row) => scope(row));
  if (groups.length > 0 && surroundings.dialect === 'postgres') checkGrouped(items, select.groups, columns);
  const chosen = select.having ? scopes.filter((each) => holds(evaluate(select.having as Expression, each))) : scopes;
  let made = chosen.map((each) => ({
    row: items.map(({ expression }) => evaluate(expression, each)),
    keys: orders.map(({ by }) => evaluate(by, each)),
  }));
  if (select.distinct) made = distinct(made);
  if (select.union) {
    const more = runSelect({ ...select.union.with, orders: [] }, find, surroundings, outer).rows;
    made = [
      ...made,
      ...more.map((row) => ({
        row: [...row],
        keys: orders.map(({ by }) => row[items.findIndex(({ expression }) => expression === by)] ?? null),
      })),
    ];
    if (!select.union.all) made = distinct(made);
  }
  if (orders.length > 0)
    made.sort((one, other) => {
      for (const [at, { descending }] of orders.entries()) {
        const order = orderValues(one.keys[at] ?? null, other.keys[at] ?? null, surroundings.dialect);
        if (order !== 0) return descending ? -order : order;
      }
      return 0;
    });
  const empty = scope(blank);
  const from = select.offset ? numberOf(evaluate(select.offset, empty)) : 0;
  const to = select.limit ? from + numberOf(evaluate(select.limit, empty)) : undefined;
  return {
    columns: items.map(({ name, expression }, at) => ({
      name,
      type: types[at] as ColumnType,
      nullable: mayBeNull(expression, empty),
    })),
    rows: made.slice(from, to).map(({ row }) => row),
  };
}

/** Looks for the names in a clause, which its problem then tells. */
function checkNames(expression: Expression, scope: Scope, clause: string): void {
  try {
    namesIn(expression, scope);
  } catch (error) {
    if (!(error instanceof SqlProblem) || error.kind !== 'no-column') throw error;
    throw new SqlProblem(error.kind, { ...error.details, clause }, error.at);
  }
}

function namesIn(expression: Expression, scope: Scope): void {
  if (expression.is === 'column') findColumn(scope, expression);
  else if (expression.is === 'binary') for (const side of [expression.left, expression.right]) namesIn(side, scope);
  else if ('of' in expression && expression.of) namesIn(expression.of, scope);
  else if (expression.is === 'call') for (const arg of expression.args) namesIn(arg, scope);
}

function distinct<T extends { readonly row: Row }>(rows: readonly T[]): T[] {
  const seen = new Set<string>();
  return rows.filter(({ row }) => {
    const text = JSON.stringify(row);
    return !seen.has(text) && seen.add(text);
  });
}

function groupScopes(
  rows: readonly Row[],
  groups: readonly Expression[],
  blank: Row,
  scope: (row: Row, group: readonly Row[]) => Scope,
): Scope[] {
  if (groups.length === 0) return [scope(rows[0] ?? blank, rows)];
  const byKey = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify(groups.map((group) => evaluate(group, scope(row, []))));
    const group = byKey.get(key);
    if (group) group.push(row);
    else byKey.set(key, [row]);
  }
  return [...byKey.values()].map((group) => scope(group[0] ?? blank, group));
}

interface NamedItem {
  readonly expression: Expression;
  readonly name: string;
}

function expand(item: Item, columns: readonly ScopeColumn[]): NamedItem[] {
  if (!item.star) return [{ expression: item.expression, name: item.name ?? item.source }];
  const chosen = columns.filter(({ table }) => item.table === undefined || table === item.table);
  return chosen.map(({ table, name }) => ({ expression: { is: 'column', table, name, at: 0 }, name }));
}

/** What ORDER BY and GROUP BY mean: a place in the list, a name given there, or an expression. */
function meant(by: Expression, items: readonly NamedItem[], columns: readonly ScopeColumn[]): Expression {
  if (by.is === 'value' && typeof by.value === 'number') return items[by.value - 1]?.expression ?? by;
  if (by.is !== 'column' || by.table !== undefined) return by;
  const named = items.find(({ name }) => name === by.name);
  const own = columns.some(({ name }) => name === by.name);
  return named && (!own || named.expression.is === 'column') ? named.expression : by;
}

/** PostgreSQL refuses columns that are neither grouped nor counted. */
function checkGrouped(
  items: readonly NamedItem[],
  groups: readonly Expression[],
  columns: readonly ScopeColumn[],
): void {
  for (const { expression } of items) {
    if (expression.is !== 'column') continue;
    const { name, at } = expression;
    const there = groups.some(
      (group) => (group.is === 'column' && (group.name === name || group.name === 'id')) || group.is !== 'column',
    );
    const table = expression.table ?? columns.find((column) => column.name === name)?.table ?? '';
    if (!there) throw new SqlProblem('not-grouped', { column: `${table}.${name}` }, at);
  }
}

/** All rows of the tables after FROM, joined. */
function gather(
  sources: readonly Source[],
  find: FindTable,
  base: Pick<Scope, 'surroundings' | 'outer'>,
): { columns: ScopeColumn[]; rows: Row[] } {
  let columns: ScopeColumn[] = [];
  let rows: Row[] = [[]];
  for (const source of sources) {
    const right = rowsOf(source, find, base);
    const all = [...columns, ...right.columns];
    const fits = (row: Row): boolean => {
      const scope: Scope = { ...base, columns: all, row };
      for (const name of source.using) {
        const [one, other] = all.flatMap((column, at) => (column.name === name ? [row[at]] : []));
        if (one === null || one !== other) return false;
      }
      return !source.on || holds(evaluate(source.on, scope));
    };
    rows = joinRows(rows, right.rows, source.join, columns.length, right.columns.length, fits);
    columns = all;
  }
  return { columns, rows };
}

function joinRows(
  left: readonly Row[],
  right: readonly Row[],
  join: Source['join'],
  leftWidth: number,
  rightWidth: number,
  fits: (row: Row) => boolean,
): Row[] {
  const used = new Set<Row>();
  const joined = left.flatMap((row) => {
    const pairs = right.flatMap((other) => {
      const pair = [...row, ...other];
      if (!fits(pair)) return [];
      used.add(other);
      return [pair];
    });
    return pairs.length === 0 && join === 'left' ? [[...row, ...Array<Value>(rightWidth).fill(null)]] : pairs;
  });
  if (join !== 'right') return joined;
  const alone = right
    .filter((other) => !used.has(other))
    .map((other) => [...Array<Value>(leftWidth).fill(null), ...other]);
  return [...joined, ...alone];
}

function rowsOf(
  { table: what, name }: Source,
  find: FindTable,
  { surroundings, outer }: Pick<Scope, 'surroundings' | 'outer'>,
): { columns: ScopeColumn[]; rows: readonly Row[] } {
  if ('is' in what) {
    const { columns, rows } = runSelect(what, find, surroundings, outer);
    return { columns: columns.map((column) => ({ ...column, table: name })), rows };
  }
  const { table } = find(what);
  return {
    columns: table.columns.map(({ name: column, type, notNull }) => ({
      table: name,
      name: column,
      type,
      nullable: !notNull,
    })),
    rows: table.rows,
  };
}
