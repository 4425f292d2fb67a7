import { callFunction } from './functions.js';
import { SqlProblem } from './problem.js';
import type { Scope } from './scope.js';
import type { Dialect } from './tokens.js';
import type { Expression } from './tree.js';
import {
  BOOLEAN,
  type ColumnType,
  compareValues,
  decimalOf,
  holds,
  INTEGER,
  numberOf,
  TEXT,
  TIME,
  UNKNOWN,
  type Value,
} from './values.js';

const AGGREGATES = new Set(['count', 'sum', 'avg', 'min', 'max', 'group_concat', 'string_agg', 'array_agg']);

/** Whether an expression counts over rows. */
export function isAggregate(expression: Expression): boolean {
  switch (expression.is) {
    case 'call':
      return AGGREGATES.has(expression.name) || expression.args.some(isAggregate);
    case 'binary':
      return isAggregate(expression.left) || isAggregate(expression.right);
    case 'unary':
    case 'cast':
    case 'null-test':
      return isAggregate(expression.of);
    case 'case':
      return (
        expression.whens.flat().some(isAggregate) ||
        (expression.otherwise !== undefined && isAggregate(expression.otherwise))
      );
    default:
      return false;
  }
}

/** The place of a column. Throws `SqlProblem` when there is none, or more than one. */
export function findColumn(scope: Scope, { table, name, at }: Extract<Expression, { is: 'column' }>): [Scope, number] {
  const wanted = name.toLowerCase();
  const found = scope.columns.flatMap((column, place) =>
    column.name.toLowerCase() === wanted && (table === undefined || column.table === table) ? [place] : [],
  );
  if (found.length > 1) throw new SqlProblem('ambiguous-column', { column: name }, at);
  const [place] = found;
  if (place !== undefined) return [scope, place];
  if (scope.outer) return findColumn(scope.outer, { is: 'column', table, name, at });
  throw new SqlProblem(
    'no-column',
    { column: table === undefined ? name : `${table}.${name}`, table: table ?? '' },
    at,
  );
}

/** An expression's value. Throws `SqlProblem`. */
export function evaluate(expression: Expression, scope: Scope): Value {
  switch (expression.is) {
    case 'value':
      return expression.value;
    case 'column': {
      const [where, place] = findColumn(scope, expression);
      return where.row[place] ?? null;
    }
    case 'variable': {
      const value = scope.surroundings.variables(expression.name);
      if (value === undefined) throw new SqlProblem('unknown-setting', { name: expression.name.replace(/^@@/, '') });
      return value;
    }
    case 'default':
      return null;
    case 'unary': {
      const of = evaluate(expression.of, scope);
      if (of === null) return null;
      return expression.sign === '-' ? -numberOf(of) : !holds(of);
    }
    case 'binary':
      return binary(expression, scope);
    case 'null-test':
      return (evaluate(expression.of, scope) === null) !== expression.not;
    case 'in':
      return isIn(expression, scope);
    case 'between': {
      const { dialect } = scope.surroundings;
      const [of, low, high] = [
        evaluate(expression.of, scope),
        evaluate(expression.low, scope),
        evaluate(expression.high, scope),
      ];
      if (of === null || low === null || high === null) return null;
      const inside = compareValues(of, low, dialect) >= 0 && compareValues(of, high, dialect) <= 0;
      return inside !== expression.not;
    }
    case 'case':
      return choose(expression, scope);
    case 'cast':
      return cast(evaluate(expression.of, scope), expression.to);
    case 'exists':
      return scope.surroundings.select(expression.select, scope).rows.length > 0;
    case 'subquery': {
      const { rows } = scope.surroundings.select(expression.select, scope);
      if (rows.length > 1) throw new SqlProblem('many-rows');
      return rows[0]?.[0] ?? null;
    }
    case 'call':
      return AGGREGATES.has(expression.name) && !(expression.name === 'max' && !scope.group)
        ? aggregate(expression, scope)
        : callFunction(
            expression,
            expression.args.map((arg) => evaluate(arg, scope)),
            scope,
          );
  }
}

function binary({ sign, left, right }: Extract<Expression, { is: 'binary' }>, scope: Scope): Value {
  const one = evaluate(left, scope);
  if (sign === 'and') {
    if (one !== null && !holds(one)) return false;
    const other = evaluate(right, scope);
    if (other !== null && !holds(other)) return false;
    return one === null || other === null ? null : true;
  }
  const other = evaluate(right, scope);
  if (sign === 'or') {
    if ((one !== null && holds(one)) || (other !== null && holds(other))) return true;
    return one === null || other === null ? null : false;
  }
  if (sign === '<=>')
    return one === null || other === null ? one === other : compareValues(one, other, scope.surroundings.dialect) === 0;
  if (one === null || other === null) return null;
  return operate(sign, one, other, expressionTypes(left, right, scope), scope.surroundings.dialect);
}

function expressionTypes(left: Expression, right: Expression, scope: Scope): boolean {
  return typeOf(left, scope).sort === 'integer' && typeOf(right, scope).sort === 'integer';
}

function operate(sign: string, one: Value, other: Value, whole: boolean, dialect: Dialect): Value {
  const order = () => compareValues(one, other, dialect);
  switch (sign) {
    case '=':
      return order() === 0;
    case '<>':
      return order() !== 0;
    case '<':
      return order() < 0;
    case '>':
      return order() > 0;
    case '<=':
      return order() <= 0;
    case '>=':
      return order() >= 0;
    case 'like':
      return likePattern(String(other), dialect === 'mysql').test(String(one));
    case 'ilike':
      return likePattern(String(other), true).test(String(one));
    case 'regexp':
      return new RegExp(String(other), 'i').test(String(one));
    case '~':
      return new RegExp(String(other)).test(String(one));
    case '||':
      return String(one) + String(other);
    default:
      return calculate(sign, numberOf(one), numberOf(other), whole, dialect);
  }
}

function calculate(sign: string, a: number, b: number, whole: boolean, dialect: Dialect): Value {
  switch (sign) {
    case '+':
      return exact(a + b);
    case '-':
      return exact(a - b);
    case '*':
      return exact(a * b);
    default:
      if (b === 0 && dialect === 'mysql') return null;
      if (b === 0) throw new SqlProblem('division-by-zero');
      if (sign === '%') return exact(a % b);
      return sign === 'div' || (whole && dialect === 'postgres') ? Math.trunc(a / b) : a / b;
  }
}

/** Sums of decimals without the noise of binary fractions. */
function exact(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(15));
}

/** A pattern of LIKE as a regular expression. */
export function likePattern(pattern: string, anyCase: boolean): RegExp {
  const text = pattern.replace(/\\(.)|[\s\S]/g, (all, escaped: string | undefined) => {
    if (escaped === undefined && all === '%') return '[\\s\\S]*';
    if (escaped === undefined && all === '_') return '[\\s\\S]';
    return (escaped ?? all).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${text}$`, anyCase ? 'i' : '');
}

function isIn({ of, list, not }: Extract<Expression, { is: 'in' }>, scope: Scope): Value {
  const value = evaluate(of, scope);
  if (value === null) return null;
  const values =
    'is' in list
      ? scope.surroundings.select(list, scope).rows.map(([first = null]) => first)
      : list.map((each) => evaluate(each, scope));
  if (values.some((each) => each !== null && compareValues(value, each, scope.surroundings.dialect) === 0)) return !not;
  return values.includes(null) ? null : not;
}

function choose({ of, whens, otherwise }: Extract<Expression, { is: 'case' }>, scope: Scope): Value {
  const subject = of && evaluate(of, scope);
  for (const [when, then] of whens) {
    const value = evaluate(when, scope);
    const fits =
      subject === undefined
        ? holds(value)
        : subject !== null && value !== null && compareValues(subject, value, scope.surroundings.dialect) === 0;
    if (fits) return evaluate(then, scope);
  }
  return otherwise ? evaluate(otherwise, scope) : null;
}

/** A value as another type. Throws `SqlProblem`. */
export function cast(value: Value, to: ColumnType, column?: string): Value {
  if (value === null) return null;
  switch (to.sort) {
    case 'integer':
    case 'decimal': {
      if (typeof value === 'string' && !/^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?\s*$/i.test(value))
        throw new SqlProblem('bad-value', { value, type: to.name, sort: to.sort, column: column ?? '' });
      const number = numberOf(value);
      return to.sort === 'integer'
        ? Math.round(number)
        : to.scale === undefined
          ? number
          : Number(number.toFixed(to.scale));
    }
    case 'boolean':
      if (typeof value !== 'string') return holds(value);
      if (!/^(?:t|true|f|false|y|yes|n|no|on|off|1|0)$/i.test(value))
        throw new SqlProblem('bad-value', { value, type: to.name, sort: to.sort, column: column ?? '' });
      return /^(?:t|true|y|yes|on|1)$/i.test(value);
    case 'text': {
      const text = typeof value === 'boolean' ? String(value) : String(value);
      if (to.length !== undefined && text.length > to.length)
        throw new SqlProblem('too-long', { column: column ?? '', type: to.name, length: String(to.length) });
      return text;
    }
    default:
      return value;
  }
}

function aggregate({ name, args, star, distinct, at }: Extract<Expression, { is: 'call' }>, scope: Scope): Value {
  const { group } = scope;
  if (!group) throw new SqlProblem('not-grouped', { column: name }, at);
  if (star) return group.length;
  const [of, separator] = args;
  let values = group.map((row) => (of ? evaluate(of, { ...scope, row }) : null)).filter((value) => value !== null);
  if (distinct) values = [...new Set(values)];
  if (name === 'count') return values.length;
  if (values.length === 0) return null;
  if (name.endsWith('_concat') || name.endsWith('_agg'))
    return values.join(separator ? String(evaluate(separator, scope)) : ',');
  if (name === 'min' || name === 'max') {
    const sign = name === 'min' ? 1 : -1;
    return values.reduce((best, value) =>
      compareValues(value, best, scope.surroundings.dialect) * sign < 0 ? value : best,
    );
  }
  const sum = values.reduce<number>((total, value) => exact(total + numberOf(value)), 0);
  return name === 'sum' ? sum : sum / values.length;
}

/** Whether an expression may be null, as far as that is known before it is looked at. */
export function mayBeNull(expression: Expression, scope: Scope): boolean {
  switch (expression.is) {
    case 'value':
      return expression.value === null;
    case 'column': {
      const [where, place] = findColumn(scope, expression);
      return where.columns[place]?.nullable ?? true;
    }
    case 'binary':
      return mayBeNull(expression.left, scope) || mayBeNull(expression.right, scope);
    case 'null-test':
    case 'exists':
      return false;
    case 'call':
      return expression.name !== 'count';
    default:
      return true;
  }
}

/** Digits of divisions that PostgreSQL shows. */
const QUOTIENT_SCALE = 16;

/** The type of an expression, as far as columns' widths and sides need it. */
export function typeOf(expression: Expression, scope: Scope): ColumnType {
  const mysql = scope.surroundings.dialect === 'mysql';
  const truth = mysql ? INTEGER : BOOLEAN;
  switch (expression.is) {
    case 'value':
      return expression.type.sort === 'boolean' ? truth : expression.type;
    case 'column': {
      const [where, place] = findColumn(scope, expression);
      return where.columns[place]?.type ?? UNKNOWN;
    }
    case 'unary':
      return expression.sign === '-' ? typeOf(expression.of, scope) : truth;
    case 'binary':
      return binaryType(expression, scope, truth);
    case 'null-test':
    case 'in':
    case 'between':
    case 'exists':
      return truth;
    case 'case':
      return firstKnown(
        [...expression.whens.map(([, then]) => then), ...(expression.otherwise ? [expression.otherwise] : [])],
        scope,
      );
    case 'cast':
      return expression.to;
    case 'subquery':
      return scope.surroundings.select(expression.select, scope).types[0] ?? UNKNOWN;
    case 'call':
      return callType(expression, scope);
    default:
      return UNKNOWN;
  }
}

function firstKnown(expressions: readonly Expression[], scope: Scope): ColumnType {
  return expressions.map((each) => typeOf(each, scope)).find(({ sort }) => sort !== 'unknown') ?? UNKNOWN;
}

function binaryType(
  { sign, left, right }: Extract<Expression, { is: 'binary' }>,
  scope: Scope,
  truth: ColumnType,
): ColumnType {
  if (sign === '||') return TEXT;
  if (!['+', '-', '*', '/', '%', 'div'].includes(sign)) return truth;
  const [one, other] = [typeOf(left, scope), typeOf(right, scope)];
  const [a, b] = [one.scale ?? 0, other.scale ?? 0];
  const mysql = scope.surroundings.dialect === 'mysql';
  if (sign === 'div') return INTEGER;
  if (sign === '/' && mysql) return decimalOf(a + 4);
  if (one.sort === 'integer' && other.sort === 'integer') return INTEGER;
  if (sign === '/') return decimalOf(QUOTIENT_SCALE);
  return decimalOf(sign === '*' ? a + b : Math.max(a, b));
}

const WHOLE = new Set(
  'length char_length character_length count last_insert_id connection_id row_count mod floor ceil ceiling sign year month day hour minute second datediff unix_timestamp'.split(
    ' ',
  ),
);
const INSTANTS = new Set('now current_timestamp sysdate curdate current_date localtime'.split(' '));

function callType({ name, args }: Extract<Expression, { is: 'call' }>, scope: Scope): ColumnType {
  const mysql = scope.surroundings.dialect === 'mysql';
  const [first] = args;
  if (WHOLE.has(name)) return INTEGER;
  if (INSTANTS.has(name)) return TIME;
  if (name === 'avg') return decimalOf(mysql ? ((first && typeOf(first, scope).scale) ?? 0) + 4 : QUOTIENT_SCALE);
  if (['sum', 'min', 'max', 'coalesce', 'ifnull', 'nullif', 'greatest', 'least', 'abs'].includes(name))
    return firstKnown(args, scope);
  if (name === 'round') return args[1] ? { ...decimalOf(2), scale: numberOf(evaluate(args[1], scope)) } : INTEGER;
  if (name === 'if') return firstKnown(args.slice(1), scope);
  return TEXT;
}
