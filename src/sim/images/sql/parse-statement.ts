import { Cursor } from './cursor.js';
import { parseAlteration, parseColumn, parseKey } from './parse-column.js';
import { parseExpression } from './parse-expression.js';
import { parseGrant, parseRole } from './parse-role.js';
import { parseItems, parseSelect, parseTableName } from './parse-select.js';
import { SqlProblem } from './problem.js';
import type { Dialect } from './tokens.js';
import type { ColumnDefinition, Expression, KeyDefinition, Select, Statement, TableName } from './tree.js';

/** Reads one statement; undefined when there is none in the text. Throws `SqlProblem`. */
export function parseStatement(text: string, dialect: Dialect): Statement | undefined {
  const cursor = new Cursor(text, dialect, parseSelect);
  if (cursor.finished) return undefined;
  const word = cursor.token.kind === 'word' ? cursor.token.text : '';
  const parse = STATEMENTS[word];
  if (!parse || (dialect === 'postgres' && MYSQL_ONLY.has(word))) throw cursor.wrong();
  const statement = parse(cursor);
  if (!cursor.finished) throw cursor.wrong();
  return statement;
}

const MYSQL_ONLY = new Set(['use', 'describe', 'desc', 'flush', 'replace']);

const STATEMENTS: Readonly<Record<string, (cursor: Cursor) => Statement>> = {
  alter: parseAlter,
  begin: (cursor) => simple(cursor, { is: 'begin' }),
  comment: (cursor) => ignored(cursor, 'COMMENT'),
  commit: (cursor) => simple(cursor, { is: 'commit' }),
  create: parseCreate,
  delete: parseDelete,
  desc: parseDescribe,
  describe: parseDescribe,
  drop: parseDrop,
  end: (cursor) => simple(cursor, { is: 'commit' }),
  flush: (cursor) => ignored(cursor, 'FLUSH'),
  grant: (cursor) => parseGrant(cursor, false),
  insert: (cursor) => parseInsert(cursor, false),
  lock: (cursor) => ignored(cursor, 'LOCK TABLE'),
  replace: (cursor) => parseInsert(cursor, true),
  revoke: (cursor) => parseGrant(cursor, true),
  rollback: (cursor) => simple(cursor, { is: 'rollback' }),
  select: parseSelect,
  set: parseSet,
  show: parseShow,
  start: (cursor) => {
    cursor.need('start', 'transaction');
    cursor.skipAll();
    return { is: 'begin' };
  },
  truncate: parseTruncate,
  unlock: (cursor) => ignored(cursor, 'UNLOCK TABLES'),
  update: parseUpdate,
  use: (cursor) => {
    cursor.need('use');
    return { is: 'use', database: cursor.name() };
  },
};

function simple(cursor: Cursor, statement: Statement): Statement {
  cursor.next();
  cursor.takeOne('work', 'transaction');
  return statement;
}

function ignored(cursor: Cursor, tag: string): Statement {
  cursor.skipAll();
  return { is: 'nothing', tag };
}

function unlessThere(cursor: Cursor): boolean {
  return cursor.take('if', 'not', 'exists');
}

function parseCreate(cursor: Cursor): Statement {
  cursor.need('create');
  cursor.take('or', 'replace');
  const unique = cursor.take('unique');
  if (cursor.take('index')) return parseIndex(cursor, unique);
  cursor.takeOne('temporary', 'temp');
  if (cursor.take('table')) return parseTable(cursor);
  const isSchema = cursor.sees('schema');
  if (cursor.takeOne('database', 'schema') !== undefined) {
    const there = unlessThere(cursor);
    const name = cursor.name();
    cursor.take('with');
    const owned = cursor.take('owner');
    cursor.take('=');
    const owner = owned ? cursor.name() : undefined;
    cursor.skipAll();
    // A schema of PostgreSQL is no database; there is one schema here.
    if (isSchema && cursor.dialect === 'postgres') return { is: 'nothing', tag: 'CREATE SCHEMA' };
    return { is: 'create-database', name, unlessThere: there, owner };
  }
  if (cursor.sees('user') || cursor.sees('role')) return parseRole(cursor, 'create');
  if (cursor.take('extension')) return ignored(cursor, 'CREATE EXTENSION');
  for (const kind of ['view', 'function', 'procedure', 'trigger', 'sequence', 'type', 'materialized'])
    if (cursor.sees(kind)) throw new SqlProblem('not-simulated', { what: `CREATE ${kind.toUpperCase()}` });
  throw cursor.wrong();
}

function parseIndex(cursor: Cursor, unique: boolean): Statement {
  cursor.take('concurrently');
  unlessThere(cursor);
  const name = cursor.sees('on') ? '' : cursor.name();
  cursor.need('on');
  const table = parseTableName(cursor);
  if (cursor.take('using')) cursor.name();
  const columns = cursor.names();
  return { is: 'create-index', name: name || `${table.name}_${columns.join('_')}_idx`, table, columns, unique };
}

function parseTable(cursor: Cursor): Statement {
  const there = unlessThere(cursor);
  const table = parseTableName(cursor);
  const columns: ColumnDefinition[] = [];
  const keys: KeyDefinition[] = [];
  if (cursor.take('(')) {
    do {
      const key = parseKey(cursor);
      if (key) keys.push(key);
      else columns.push(parseColumn(cursor));
    } while (cursor.take(','));
    cursor.need(')');
  } else if (!cursor.sees('as') && !cursor.sees('select')) throw cursor.wrong();
  while (!cursor.finished && !cursor.sees('as') && !cursor.sees('select')) cursor.next();
  cursor.take('as');
  const as = cursor.finished ? undefined : parseSelect(cursor);
  return { is: 'create-table', table, unlessThere: there, columns, keys, as };
}

function parseDrop(cursor: Cursor): Statement {
  cursor.need('drop');
  if (cursor.sees('user') || cursor.sees('role')) return parseRole(cursor, 'drop');
  const what = cursor.takeOne('table', 'database', 'schema', 'index', 'view', 'extension');
  if (what === undefined) throw cursor.wrong();
  const ifThere = cursor.take('if', 'exists');
  if (what === 'table') {
    const tables = parseTables(cursor);
    cursor.takeOne('cascade', 'restrict');
    return { is: 'drop-table', tables, ifThere };
  }
  if (what === 'database' || (what === 'schema' && cursor.dialect === 'mysql'))
    return { is: 'drop-database', name: cursor.name(), ifThere };
  return ignored(cursor, `DROP ${what.toUpperCase()}`);
}

function parseTables(cursor: Cursor): TableName[] {
  const tables = [parseTableName(cursor)];
  while (cursor.take(',')) tables.push(parseTableName(cursor));
  return tables;
}

function parseTruncate(cursor: Cursor): Statement {
  cursor.need('truncate');
  cursor.take('table');
  const tables = parseTables(cursor);
  if (cursor.takeOne('restart', 'continue') !== undefined) cursor.need('identity');
  cursor.take('cascade');
  return { is: 'truncate', tables };
}

function parseAlter(cursor: Cursor): Statement {
  cursor.need('alter');
  if (cursor.sees('user') || cursor.sees('role')) return parseRole(cursor, 'alter');
  if (!cursor.take('table')) {
    const what = cursor.next().text.toUpperCase();
    return ignored(cursor, `ALTER ${what}`);
  }
  cursor.take('if', 'exists');
  cursor.take('only');
  const table = parseTableName(cursor);
  const changes = [parseAlteration(cursor)];
  while (cursor.take(',')) changes.push(parseAlteration(cursor));
  return { is: 'alter-table', table, changes };
}

function parseInsert(cursor: Cursor, replace: boolean): Statement {
  cursor.next();
  const ignore = cursor.take('ignore');
  cursor.take('into');
  const table = parseTableName(cursor);
  const given = cursor.sees('(') && !cursor.sees('(', 'select') ? parseColumnNames(cursor) : undefined;
  const rows = parseRows(cursor);
  let onConflict: (readonly [string, Expression])[] | undefined;
  let skip = false;
  if (cursor.take('on', 'duplicate', 'key', 'update'))
    onConflict = parseSets(cursor).map(([name, value]) => [name, value]);
  else if (cursor.take('on', 'conflict')) {
    if (cursor.sees('(')) cursor.names();
    cursor.need('do');
    if (cursor.take('nothing')) skip = true;
    else {
      cursor.need('update', 'set');
      onConflict = parseSets(cursor).map(([name, value]) => [name, value]);
    }
  }
  return {
    is: 'insert',
    table,
    columns: given?.names,
    columnsAt: given?.at ?? [],
    rows,
    ignore: ignore || skip,
    replace,
    onConflict,
    returning: parseReturning(cursor),
  };
}

/** The names of columns in parentheses, each with where it stands. */
function parseColumnNames(cursor: Cursor): { readonly names: string[]; readonly at: number[] } {
  const names: string[] = [];
  const at: number[] = [];
  if (cursor.take('(', ')')) return { names, at };
  cursor.need('(');
  do {
    at.push(cursor.token.from);
    names.push(cursor.name());
  } while (cursor.take(','));
  cursor.need(')');
  return { names, at };
}

/** What is inserted: rows written out, a query's, or one of defaults. */
function parseRows(cursor: Cursor): Select {
  const none: Select = {
    is: 'select',
    distinct: false,
    items: [],
    from: [],
    where: undefined,
    groups: [],
    having: undefined,
    orders: [],
    limit: undefined,
    offset: undefined,
    union: undefined,
  };
  if (cursor.sees('select')) return parseSelect(cursor);
  if (cursor.take('default', 'values')) return { ...none, values: [[]] };
  if (cursor.takeOne('values', 'value') === undefined) throw cursor.wrong();
  const rows: Expression[][] = [];
  do {
    cursor.need('(');
    const row: Expression[] = [];
    if (!cursor.sees(')'))
      do row.push(parseExpression(cursor));
      while (cursor.take(','));
    cursor.need(')');
    rows.push(row);
  } while (cursor.take(','));
  return { ...none, values: rows };
}

function parseReturning(cursor: Cursor) {
  return cursor.take('returning') ? parseItems(cursor) : undefined;
}

function parseSets(cursor: Cursor): [name: string, value: Expression, at: number][] {
  const sets: [string, Expression, number][] = [];
  do {
    const { from } = cursor.token;
    const { name } = parseTableName(cursor);
    cursor.need('=');
    sets.push([name, parseExpression(cursor), from]);
  } while (cursor.take(','));
  return sets;
}

function parseUpdate(cursor: Cursor): Statement {
  cursor.need('update');
  const table = parseTableName(cursor);
  cursor.need('set');
  const sets = parseSets(cursor);
  const where = cursor.take('where') ? parseExpression(cursor) : undefined;
  return { is: 'update', table, sets, where, returning: parseReturning(cursor) };
}

function parseDelete(cursor: Cursor): Statement {
  cursor.need('delete', 'from');
  const table = parseTableName(cursor);
  const where = cursor.take('where') ? parseExpression(cursor) : undefined;
  return { is: 'delete', table, where, returning: parseReturning(cursor) };
}

function parseDescribe(cursor: Cursor): Statement {
  cursor.next();
  return { is: 'describe', table: parseTableName(cursor) };
}

/** SHOW: of MySQL what is shown and a pattern; of PostgreSQL a setting. */
function parseShow(cursor: Cursor): Statement {
  cursor.need('show');
  if (cursor.dialect === 'postgres') {
    const { from } = cursor.token;
    cursor.skipAll();
    return { is: 'show', what: cursor.text.slice(from).trim().toLowerCase(), like: undefined, table: undefined };
  }
  cursor.takeOne('full', 'global', 'session');
  if (cursor.take('create', 'table'))
    return { is: 'show', what: 'create table', like: undefined, table: parseTableName(cursor) };
  let what = cursor.name();
  if (what === 'grants') {
    cursor.skipAll();
    return { is: 'show', what, like: undefined, table: undefined };
  }
  if (what === 'fields') what = 'columns';
  if (what === 'schemas') what = 'databases';
  let table: TableName | undefined;
  if (cursor.takeOne('from', 'in') !== undefined) table = parseTableName(cursor);
  if (cursor.takeOne('from', 'in') !== undefined && table) table = { ...table, database: cursor.name() };
  return { is: 'show', what, like: cursor.take('like') ? cursor.quoted() : undefined, table };
}

function parseSet(cursor: Cursor): Statement {
  cursor.need('set');
  cursor.takeOne('global', 'session', 'local');
  const { from } = cursor.token;
  cursor.skipAll();
  const [, name = '', value = ''] = /^([\w@.`]+)\s*(?:=|:=|\bto\b)?\s*([\s\S]*)$/i.exec(cursor.text.slice(from)) ?? [];
  return { is: 'set', name: name.toLowerCase(), value };
}
