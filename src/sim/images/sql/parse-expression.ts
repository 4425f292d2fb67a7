import type { Cursor } from './cursor.js';
import { parseType } from './parse-type.js';
import type { Expression } from './tree.js';
import { BOOLEAN, decimalOf, INTEGER, TEXT, TIME, UNKNOWN } from './values.js';

const COMPARISONS = ['=', '<>', '!=', '<=', '>=', '<=>', '<', '>'];
/** Words that end an expression where a name could stand. */
const RESERVED = new Set(
  (
    'from where group having order limit offset union on using join inner left right cross as and or not in is like between case ' +
    'when then else end select values set into desc asc returning'
  ).split(' '),
);
/** Functions that are called without parentheses. */
const BARE = new Set(
  'current_user session_user current_date current_time current_timestamp current_catalog localtime localtimestamp'.split(
    ' ',
  ),
);

/** Whether a word may be a name where a name is optional. */
export function isReserved(word: string): boolean {
  return RESERVED.has(word);
}

/** An expression, loosest operator first. Throws `SqlProblem`. */
export function parseExpression(cursor: Cursor): Expression {
  let left = parseAnd(cursor);
  while (cursor.take('or') || (cursor.dialect === 'mysql' && cursor.take('||')))
    left = { is: 'binary', sign: 'or', left, right: parseAnd(cursor) };
  return left;
}

function parseAnd(cursor: Cursor): Expression {
  let left = parseNot(cursor);
  while (cursor.takeOne('and', '&&') !== undefined) left = { is: 'binary', sign: 'and', left, right: parseNot(cursor) };
  return left;
}

function parseNot(cursor: Cursor): Expression {
  return cursor.takeOne('not', '!') === undefined
    ? parseComparison(cursor)
    : { is: 'unary', sign: 'not', of: parseNot(cursor) };
}

function parseComparison(cursor: Cursor): Expression {
  let left = parseSum(cursor);
  for (;;) {
    const sign = cursor.takeOne(...COMPARISONS);
    if (sign !== undefined) {
      left = { is: 'binary', sign: sign === '!=' ? '<>' : sign, left, right: parseSum(cursor) };
      continue;
    }
    if (cursor.take('is')) {
      left = parseIs(cursor, left);
      continue;
    }
    const test = parseTest(cursor, left);
    if (!test) return left;
    left = test;
  }
}

function parseIs(cursor: Cursor, of: Expression): Expression {
  const not = cursor.take('not');
  if (cursor.take('null')) return { is: 'null-test', of, not };
  const value = cursor.takeOne('true', 'false');
  if (value === undefined) throw cursor.wrong();
  const right: Expression = { is: 'value', value: value === 'true', type: BOOLEAN };
  const test: Expression = { is: 'binary', sign: '<=>', left: of, right };
  return not ? { is: 'unary', sign: 'not', of: test } : test;
}

/** LIKE, IN and BETWEEN, with NOT before them or not. */
function parseTest(cursor: Cursor, of: Expression): Expression | undefined {
  const not =
    ['in', 'like', 'ilike', 'between', 'regexp', 'rlike'].some((word) => cursor.sees('not', word)) &&
    cursor.take('not');
  if (cursor.take('in')) {
    cursor.need('(');
    const list = cursor.sees('select') ? cursor.query(cursor) : parseList(cursor);
    cursor.need(')');
    return { is: 'in', of, not, list };
  }
  if (cursor.take('between')) {
    const low = parseSum(cursor);
    cursor.need('and');
    return { is: 'between', of, not, low, high: parseSum(cursor) };
  }
  const sign = cursor.takeOne('like', 'ilike', 'regexp', 'rlike', '~');
  if (sign === undefined) return undefined;
  const test: Expression = {
    is: 'binary',
    sign: sign === 'rlike' ? 'regexp' : sign,
    left: of,
    right: parseSum(cursor),
  };
  return not ? { is: 'unary', sign: 'not', of: test } : test;
}

function parseList(cursor: Cursor): Expression[] {
  const list = [parseExpression(cursor)];
  while (cursor.take(',')) list.push(parseExpression(cursor));
  return list;
}

function parseSum(cursor: Cursor): Expression {
  let left = parseProduct(cursor);
  for (;;) {
    const sign = cursor.takeOne('+', '-') ?? (cursor.dialect === 'postgres' ? cursor.takeOne('||') : undefined);
    if (sign === undefined) return left;
    left = { is: 'binary', sign, left, right: parseProduct(cursor) };
  }
}

function parseProduct(cursor: Cursor): Expression {
  let left = parseUnary(cursor);
  for (;;) {
    const sign = cursor.takeOne('*', '/', '%', 'div', 'mod');
    if (sign === undefined) return left;
    left = { is: 'binary', sign: sign === 'mod' ? '%' : sign, left, right: parseUnary(cursor) };
  }
}

function parseUnary(cursor: Cursor): Expression {
  if (cursor.take('-')) return { is: 'unary', sign: '-', of: parseUnary(cursor) };
  if (cursor.take('+')) return parseUnary(cursor);
  let expression = parsePrimary(cursor);
  while (cursor.take('::')) expression = { is: 'cast', of: expression, to: parseType(cursor) };
  return expression;
}

function parsePrimary(cursor: Cursor): Expression {
  const { token } = cursor;
  if (token.kind === 'number') {
    const [, fraction] = cursor.next().text.split('.');
    return {
      is: 'value',
      value: Number(token.text),
      type: fraction === undefined ? INTEGER : decimalOf(fraction.length),
    };
  }
  if (token.kind === 'text') return { is: 'value', value: cursor.next().text, type: TEXT };
  if (token.kind === 'variable') return { is: 'variable', name: cursor.next().text.toLowerCase() };
  if (cursor.take('(')) return parseInner(cursor);
  if (cursor.take('null')) return { is: 'value', value: null, type: UNKNOWN };
  const truth = cursor.takeOne('true', 'false');
  if (truth !== undefined) return { is: 'value', value: truth === 'true', type: BOOLEAN };
  if (cursor.take('default')) return { is: 'default' };
  if (cursor.take('case')) return parseCase(cursor);
  if (cursor.take('cast')) return parseCast(cursor);
  if (cursor.take('interval')) return { is: 'value', value: cursor.next().text, type: TIME };
  if (cursor.take('exists')) {
    cursor.need('(');
    const select = cursor.query(cursor);
    cursor.need(')');
    return { is: 'exists', select };
  }
  if (token.kind === 'word' && RESERVED.has(token.text) && !['left', 'right', 'values'].includes(token.text))
    throw cursor.wrong();
  return parseNamed(cursor);
}

function parseInner(cursor: Cursor): Expression {
  const inner: Expression = cursor.sees('select')
    ? { is: 'subquery', select: cursor.query(cursor) }
    : parseExpression(cursor);
  cursor.need(')');
  return inner;
}

function parseCase(cursor: Cursor): Expression {
  const of = cursor.sees('when') ? undefined : parseExpression(cursor);
  const whens: [Expression, Expression][] = [];
  while (cursor.take('when')) {
    const when = parseExpression(cursor);
    cursor.need('then');
    whens.push([when, parseExpression(cursor)]);
  }
  const otherwise = cursor.take('else') ? parseExpression(cursor) : undefined;
  cursor.need('end');
  return { is: 'case', of, whens, otherwise };
}

function parseCast(cursor: Cursor): Expression {
  cursor.need('(');
  const of = parseExpression(cursor);
  cursor.need('as');
  const to = parseType(cursor);
  cursor.need(')');
  return { is: 'cast', of, to };
}

/** A column, perhaps of a table, or a function's call. */
function parseNamed(cursor: Cursor): Expression {
  const { from: at, kind } = cursor.token;
  const first = cursor.name();
  if (cursor.take('(')) return parseCall(cursor, first, at);
  if (kind === 'word' && BARE.has(first))
    return { is: 'call', name: first, args: [], star: false, distinct: false, at };
  if (!cursor.take('.')) return { is: 'column', table: undefined, name: first, at };
  const second = cursor.name();
  if (cursor.take('(')) return parseCall(cursor, second, at);
  // database.table.column: the table is what counts.
  if (cursor.take('.')) return { is: 'column', table: second, name: cursor.name(), at };
  return { is: 'column', table: first, name: second, at };
}

function parseCall(cursor: Cursor, name: string, at: number): Expression {
  const call = { is: 'call', name, at } as const;
  if (cursor.take('*')) {
    cursor.need(')');
    return { ...call, args: [], star: true, distinct: false };
  }
  if (cursor.take(')')) return { ...call, args: [], star: false, distinct: false };
  const distinct = cursor.take('distinct');
  const args = parseList(cursor);
  cursor.need(')');
  return { ...call, args, star: false, distinct };
}
