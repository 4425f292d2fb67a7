import { formatTime } from '../../api/time.js';
import { SqlProblem } from './problem.js';
import type { Scope } from './scope.js';
import type { Expression } from './tree.js';
import { compareValues, holds, numberOf, type Value } from './values.js';

type Simple = (args: readonly Value[], scope: Scope) => Value;

const text = (value: Value | undefined) => String(value ?? '');
const stamp = (scope: Scope) => formatTime(scope.surroundings.now).slice(0, 19).replace('T', ' ');
/** What PostgreSQL shows of an instant: its fraction and its zone too. */
const instant = (scope: Scope) =>
  scope.surroundings.dialect === 'mysql'
    ? stamp(scope)
    : `${stamp(scope)}.${String(scope.surroundings.now % 1_000_000).padStart(6, '0')}+00`;
const fact =
  (name: string): Simple =>
  (_, scope) =>
    scope.surroundings.facts[name] ?? null;

/** Functions that are null when one of their arguments is. */
const STRICT: Readonly<Record<string, Simple>> = {
  abs: ([value = null]) => Math.abs(numberOf(value)),
  ceil: ([value = null]) => Math.ceil(numberOf(value)),
  ceiling: ([value = null]) => Math.ceil(numberOf(value)),
  char_length: ([value]) => [...text(value)].length,
  concat: (args) => args.map(text).join(''),
  floor: ([value = null]) => Math.floor(numberOf(value)),
  left: ([value, count = null]) => text(value).slice(0, numberOf(count)),
  length: ([value], { surroundings }) =>
    surroundings.dialect === 'mysql' ? Buffer.byteLength(text(value)) : [...text(value)].length,
  lower: ([value]) => text(value).toLowerCase(),
  ltrim: ([value]) => text(value).trimStart(),
  mod: ([a = null, b = null]) => numberOf(a) % numberOf(b),
  power: ([a = null, b = null]) => numberOf(a) ** numberOf(b),
  repeat: ([value, count = null]) => text(value).repeat(Math.max(numberOf(count), 0)),
  replace: ([value, from, to]) => text(value).replaceAll(text(from), text(to)),
  reverse: ([value]) => [...text(value)].reverse().join(''),
  right: ([value, count = null]) => text(value).slice(-numberOf(count)),
  round: ([value = null, digits = 0]) => Number(numberOf(value).toFixed(Math.max(numberOf(digits), 0))),
  rtrim: ([value]) => text(value).trimEnd(),
  sqrt: ([value = null]) => Math.sqrt(numberOf(value)),
  substring: ([value, from = null, count]) => {
    const start = numberOf(from) - 1;
    return text(value).slice(start, count === undefined ? undefined : start + numberOf(count));
  },
  trim: ([value]) => text(value).trim(),
  upper: ([value]) => text(value).toUpperCase(),
};
const ALIASES: Readonly<Record<string, string>> = {
  substr: 'substring',
  ucase: 'upper',
  lcase: 'lower',
  character_length: 'char_length',
  pow: 'power',
};

/** Functions that see nulls, or nothing at all. */
const OTHER: Readonly<Record<string, Simple>> = {
  coalesce: (args) => args.find((value) => value !== null) ?? null,
  concat_ws: ([separator, ...rest]) => rest.filter((value) => value !== null).join(text(separator)),
  connection_id: fact('connection'),
  curdate: (_, scope) => stamp(scope).slice(0, 10),
  current_catalog: fact('database'),
  current_database: fact('database'),
  current_date: (_, scope) => stamp(scope).slice(0, 10),
  current_schema: () => 'public',
  current_timestamp: (_, scope) => instant(scope),
  current_user: fact('account'),
  database: fact('database'),
  greatest: (args, { surroundings }) =>
    args.reduce((best, value) =>
      best === null || value === null ? null : compareValues(value, best, surroundings.dialect) > 0 ? value : best,
    ),
  if: ([condition = null, yes = null, no = null]) => (holds(condition) ? yes : no),
  ifnull: ([value = null, otherwise = null]) => value ?? otherwise,
  inet_server_addr: fact('address'),
  last_insert_id: fact('lastId'),
  least: (args, { surroundings }) =>
    args.reduce((best, value) =>
      best === null || value === null ? null : compareValues(value, best, surroundings.dialect) < 0 ? value : best,
    ),
  now: (_, scope) => instant(scope),
  nullif: ([one = null, other = null], { surroundings }) =>
    one !== null && other !== null && compareValues(one, other, surroundings.dialect) === 0 ? null : one,
  pg_is_in_recovery: () => false,
  schema: fact('database'),
  session_user: fact('user'),
  sysdate: (_, scope) => instant(scope),
  unix_timestamp: (_, scope) => Math.floor(scope.surroundings.now / 1_000_000),
  user: fact('user'),
  version: fact('version'),
};

/** What a function gives. Throws `SqlProblem` when there is none of its name. */
export function callFunction(call: Extract<Expression, { is: 'call' }>, args: readonly Value[], scope: Scope): Value {
  const name = ALIASES[call.name] ?? call.name;
  const strict = Object.hasOwn(STRICT, name) ? STRICT[name] : undefined;
  if (strict)
    return args.includes(null) && !(name === 'concat' && scope.surroundings.dialect === 'postgres')
      ? null
      : strict(args, scope);
  const other = Object.hasOwn(OTHER, name) ? OTHER[name] : undefined;
  if (other) return other(args, scope);
  throw new SqlProblem('no-function', { name: call.name }, call.at);
}
