import type { Cursor } from './cursor.js';
import type { ColumnType } from './values.js';

const SORTS: Readonly<Record<string, ColumnType['sort']>> = {
  int: 'integer',
  integer: 'integer',
  bigint: 'integer',
  smallint: 'integer',
  tinyint: 'integer',
  mediumint: 'integer',
  int2: 'integer',
  int4: 'integer',
  int8: 'integer',
  serial: 'integer',
  bigserial: 'integer',
  smallserial: 'integer',
  year: 'integer',
  signed: 'integer',
  unsigned: 'integer',
  decimal: 'decimal',
  numeric: 'decimal',
  float: 'decimal',
  double: 'decimal',
  real: 'decimal',
  money: 'decimal',
  float4: 'decimal',
  float8: 'decimal',
  bool: 'boolean',
  boolean: 'boolean',
  date: 'time',
  time: 'time',
  datetime: 'time',
  timestamp: 'time',
  timestamptz: 'time',
  interval: 'time',
  char: 'text',
  varchar: 'text',
  character: 'text',
  text: 'text',
  tinytext: 'text',
  mediumtext: 'text',
  longtext: 'text',
  bpchar: 'text',
  enum: 'text',
  set: 'text',
  json: 'text',
  jsonb: 'text',
  uuid: 'text',
  blob: 'text',
  bytea: 'text',
  varbinary: 'text',
  binary: 'text',
  longblob: 'text',
  mediumblob: 'text',
  inet: 'text',
  name: 'text',
  regclass: 'text',
};

/** A type as columns and casts name it. Throws `SqlProblem`. */
export function parseType(cursor: Cursor): ColumnType {
  const at = cursor.token;
  let name = cursor.name();
  const sort = SORTS[name];
  if (sort === undefined)
    throw Object.assign(cursor.wrong(), { details: { near: cursor.text.slice(at.from), word: name }, at: at.from });
  if (name === 'character' && cursor.take('varying')) name = 'varchar';
  else if (name === 'character') name = 'char';
  if (name === 'double') cursor.take('precision');
  const sizes: number[] = [];
  if (cursor.take('(')) {
    do {
      const { kind, text } = cursor.next();
      if (kind === 'number') sizes.push(Number(text));
    } while (cursor.take(','));
    cursor.need(')');
  }
  const zone = cursor.takeOne('with', 'without');
  if (zone !== undefined) {
    cursor.need('time', 'zone');
    if (zone === 'with' && name === 'timestamp') name = 'timestamptz';
  }
  while (cursor.takeOne('unsigned', 'zerofill', 'signed') !== undefined);
  if (cursor.take('[')) cursor.need(']');
  if (cursor.take('character', 'set')) cursor.name();
  return typeOf(name, sort, sizes);
}

function typeOf(name: string, sort: ColumnType['sort'], [first, second]: readonly number[]): ColumnType {
  if (name === 'tinyint' && first === 1) return { sort: 'integer', name: 'tinyint(1)' };
  if (sort === 'text' && first !== undefined) return { sort, name, length: first };
  if (sort === 'decimal' && first !== undefined) return { sort, name, length: first, scale: second ?? 0 };
  if (name === 'decimal') return { sort, name, length: 10, scale: 0 };
  return { sort, name };
}
