import type { Cursor } from './cursor.js';
import { parseExpression } from './parse-expression.js';
import { parseType } from './parse-type.js';
import type { Alteration, ColumnDefinition, Expression, KeyDefinition } from './tree.js';

/** A column of CREATE TABLE. Throws `SqlProblem`. */
export function parseColumn(cursor: Cursor): ColumnDefinition {
  const name = cursor.name();
  const type = parseType(cursor);
  let notNull = false;
  let standard: Expression | undefined;
  let key: ColumnDefinition['key'];
  let references: ColumnDefinition['references'];
  let counts = type.name.endsWith('serial');
  for (;;) {
    if (cursor.take('not', 'null')) notNull = true;
    else if (cursor.take('null')) notNull = false;
    else if (cursor.take('default')) standard = parseExpression(cursor);
    else if (cursor.take('auto_increment')) counts = true;
    else if (cursor.take('primary', 'key')) key = 'primary';
    else if (cursor.take('unique')) {
      cursor.take('key');
      key ??= 'unique';
    } else if (cursor.take('references')) references = parseReference(cursor);
    else if (cursor.take('constraint')) cursor.name();
    else if (cursor.take('check', '(')) cursor.skipTo(')');
    else if (cursor.take('comment')) cursor.quoted();
    else if (cursor.takeOne('collate', 'after') !== undefined) cursor.name();
    else if (cursor.take('on', 'update')) parseExpression(cursor);
    else if (cursor.take('generated')) {
      counts = true;
      cursor.take('always');
      cursor.take('by', 'default');
      cursor.need('as', 'identity');
    } else if (!cursor.take('first')) break;
  }
  return { name, type, notNull: notNull || key === 'primary' || counts, default: standard, counts, key, references };
}

function parseReference(cursor: Cursor): { table: string; column: string | undefined } {
  const table = cursor.name();
  const [column] = cursor.sees('(') ? cursor.names() : [];
  while (cursor.take('on')) {
    cursor.takeOne('delete', 'update');
    if (cursor.takeOne('cascade', 'restrict') === undefined) {
      cursor.next();
      cursor.next();
    }
  }
  return { table, column };
}

/** A key or a constraint between the columns of CREATE TABLE; undefined when a column comes next. */
export function parseKey(cursor: Cursor): KeyDefinition | undefined {
  let name = cursor.take('constraint') ? cursor.name() : undefined;
  if (cursor.take('primary', 'key')) return { kind: 'primary', name, columns: cursor.names() };
  if (cursor.take('foreign', 'key')) {
    const columns = cursor.names();
    cursor.need('references');
    return { kind: 'foreign', name, columns, references: parseReference(cursor) };
  }
  if (cursor.take('check', '(')) {
    cursor.skipTo(')');
    return { kind: 'index', name, columns: [] };
  }
  const kind = cursor.takeOne('unique', 'key', 'index');
  if (kind === undefined) return undefined;
  if (kind === 'unique') cursor.takeOne('key', 'index');
  if (!cursor.sees('(')) name = cursor.name();
  return { kind: kind === 'unique' ? 'unique' : 'index', name, columns: cursor.names() };
}

/** One change of ALTER TABLE. */
export function parseAlteration(cursor: Cursor): Alteration {
  if (cursor.take('add')) {
    const key = parseKey(cursor);
    if (key) return { do: 'key', key };
    cursor.take('column');
    const unlessThere = cursor.take('if', 'not', 'exists');
    return { do: 'add', column: parseColumn(cursor), unlessThere };
  }
  if (cursor.take('drop')) {
    if (cursor.takeOne('constraint', 'index', 'primary', 'key', 'foreign') !== undefined) {
      cursor.skipAll();
      return { do: 'nothing' };
    }
    cursor.take('column');
    const ifThere = cursor.take('if', 'exists');
    const column = cursor.name();
    cursor.takeOne('cascade', 'restrict');
    return { do: 'drop', column, ifThere };
  }
  if (cursor.take('rename')) {
    if (cursor.takeOne('to', 'as') !== undefined) return { do: 'rename', to: cursor.name() };
    cursor.take('column');
    const from = cursor.name();
    cursor.need('to');
    return { do: 'rename-column', from, to: cursor.name() };
  }
  if (cursor.takeOne('modify', 'change') !== undefined) {
    cursor.take('column');
    const changed = cursor.text.slice(0, cursor.end).toLowerCase().includes('change') ? cursor.name() : undefined;
    const to = parseColumn(cursor);
    return { do: 'change', column: changed ?? to.name, to };
  }
  cursor.skipAll();
  return { do: 'nothing' };
}
