import type { Cursor } from './cursor.js';
import { isReserved, parseExpression } from './parse-expression.js';
import type { Expression, Item, Order, Select, Source, TableName } from './tree.js';

/** A query, from SELECT on. Throws `SqlProblem`. */
export function parseSelect(cursor: Cursor): Select {
  cursor.need('select');
  const distinct = cursor.take('distinct');
  cursor.take('all');
  const items = cursor.finished || cursor.sees('from') ? [] : parseItems(cursor);
  const from = cursor.take('from') ? parseSources(cursor) : [];
  const where = cursor.take('where') ? parseExpression(cursor) : undefined;
  const groups = cursor.take('group') ? parseGroups(cursor) : [];
  const having = cursor.take('having') ? parseExpression(cursor) : undefined;
  const union = parseUnion(cursor);
  const orders = cursor.take('order') ? parseOrders(cursor) : [];
  const window = parseLimit(cursor);
  if (cursor.take('for')) cursor.takeOne('update', 'share');
  return { is: 'select', distinct, items, from, where, groups, having, orders, union, ...window };
}

function parseUnion(cursor: Cursor): Select['union'] {
  if (!cursor.take('union')) return undefined;
  const all = cursor.take('all');
  cursor.take('distinct');
  return { all, with: parseSelect(cursor) };
}

/** What is selected or returned. */
export function parseItems(cursor: Cursor): Item[] {
  const items: Item[] = [];
  do items.push(parseItem(cursor));
  while (cursor.take(','));
  return items;
}

function parseItem(cursor: Cursor): Item {
  if (cursor.take('*')) return { star: true, table: undefined };
  const { from } = cursor.token;
  const before = cursor.text.slice(from).match(/^([\w`"]+)\s*\.\s*\*/);
  if (before) {
    const table = cursor.name();
    cursor.need('.', '*');
    return { star: true, table };
  }
  const expression = parseExpression(cursor);
  const source = cursor.text.slice(from, cursor.end);
  return { star: false, expression, source, name: parseAlias(cursor, true) };
}

/** A name after AS, or a plain one that is no word of the language. */
function parseAlias(cursor: Cursor, texts = false): string | undefined {
  const named = cursor.take('as');
  const { token } = cursor;
  if (texts && token.kind === 'text') return cursor.next().text;
  if (named || token.kind === 'name') return cursor.name();
  return token.kind === 'word' &&
    !isReserved(token.text) &&
    !['for', 'lock', 'outer', 'natural', 'fetch'].includes(token.text)
    ? cursor.name()
    : undefined;
}

/** The name of a table, perhaps with its database's. */
export function parseTableName(cursor: Cursor): TableName {
  const { from } = cursor.token;
  const first = cursor.name();
  return cursor.take('.')
    ? { database: first, name: cursor.name(), at: from }
    : { database: undefined, name: first, at: from };
}

function parseSources(cursor: Cursor): Source[] {
  const sources = [parseSource(cursor, 'inner')];
  for (;;) {
    if (cursor.take(',')) {
      sources.push(parseSource(cursor, 'inner'));
      continue;
    }
    const join = parseJoin(cursor);
    if (!join) return sources;
    const source = parseSource(cursor, join);
    const on = cursor.take('on') ? parseExpression(cursor) : undefined;
    sources.push({ ...source, on, using: cursor.take('using') ? cursor.names() : [] });
  }
}

function parseJoin(cursor: Cursor): Source['join'] | undefined {
  if (cursor.take('join') || cursor.take('inner', 'join') || cursor.take('cross', 'join')) return 'inner';
  const side = cursor.takeOne('left', 'right');
  if (side === undefined) return undefined;
  cursor.take('outer');
  cursor.need('join');
  return side === 'left' ? 'left' : 'right';
}

function parseSource(cursor: Cursor, join: Source['join']): Source {
  if (!cursor.take('(')) {
    const table = parseTableName(cursor);
    return { table, join, name: parseAlias(cursor) ?? table.name, on: undefined, using: [] };
  }
  const table = parseSelect(cursor);
  cursor.need(')');
  return { table, join, name: parseAlias(cursor) ?? '', on: undefined, using: [] };
}

function parseGroups(cursor: Cursor): Expression[] {
  cursor.need('by');
  const groups = [parseExpression(cursor)];
  while (cursor.take(',')) groups.push(parseExpression(cursor));
  return groups;
}

/** The list after ORDER. */
function parseOrders(cursor: Cursor): Order[] {
  cursor.need('by');
  const orders: Order[] = [];
  do {
    const by = parseExpression(cursor);
    orders.push({ by, descending: cursor.takeOne('asc', 'desc') === 'desc' });
    if (cursor.take('nulls')) cursor.takeOne('first', 'last');
  } while (cursor.take(','));
  return orders;
}

function parseLimit(cursor: Cursor): Pick<Select, 'limit' | 'offset'> {
  let limit: Expression | undefined;
  let offset: Expression | undefined;
  for (;;) {
    if (cursor.take('limit')) {
      limit = parseExpression(cursor);
      if (cursor.take(',')) [offset, limit] = [limit, parseExpression(cursor)];
    } else if (cursor.take('offset')) {
      offset = parseExpression(cursor);
      cursor.takeOne('row', 'rows');
    } else return { limit, offset };
  }
}
