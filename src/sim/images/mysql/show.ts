import { type Role, SqlDatabase, type Table } from '../sql/catalog.js';
import { likePattern } from '../sql/evaluate.js';
import { SqlProblem } from '../sql/problem.js';
import type { Rows } from '../sql/query.js';
import type { SqlSession } from '../sql/session.js';
import type { ColumnDefinition, Statement, TableName } from '../sql/tree.js';
import { TEXT, type Value } from '../sql/values.js';

const OWN = ['information_schema', 'mysql', 'performance_schema', 'sys'];

/** Databases that MySQL brings with it. */
export const STANDING: ReadonlySet<string> = new Set(OWN);

/** Settings that statements can ask for. */
export const VARIABLES: Readonly<Record<string, string>> = {
  autocommit: 'ON',
  character_set_database: 'utf8mb4',
  character_set_server: 'utf8mb4',
  collation_server: 'utf8mb4_0900_ai_ci',
  datadir: '/var/lib/mysql/',
  default_storage_engine: 'InnoDB',
  innodb_buffer_pool_size: '134217728',
  lower_case_table_names: '0',
  max_allowed_packet: '67108864',
  max_connections: '151',
  port: '3306',
  read_only: 'OFF',
  server_id: '1',
  socket: '/var/run/mysqld/mysqld.sock',
  sql_mode:
    'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
  wait_timeout: '28800',
};

function rows(names: readonly string[], values: readonly (readonly Value[])[]): Rows {
  return { columns: names.map((name) => ({ name, type: TEXT })), rows: values };
}

/** What SHOW and DESCRIBE answer. Throws `SqlProblem`. */
export function showMysql(
  session: SqlSession,
  statement: Extract<Statement, { is: 'show' | 'describe' }>,
  variables: ReadonlyMap<string, string>,
): Rows {
  if (statement.is === 'describe') return describe(session, statement.table);
  const { what, like, table } = statement;
  const fits = (name: string) => like === undefined || likePattern(like, true).test(name);
  const heading = (name: string) => (like === undefined ? name : `${name} (${like})`);
  const { catalog } = session.host;
  switch (what) {
    case 'databases': {
      const { role } = session;
      const seen = [...catalog.databases.values()].filter(({ granted }) => role.superuser || granted.has(role.name));
      const names = [
        ...new Set([
          ...(role.superuser ? OWN : OWN.filter((name) => /schema/.test(name))),
          ...seen.map(({ name }) => name),
        ]),
      ];
      return rows(
        [heading('Database')],
        names
          .filter(fits)
          .sort()
          .map((name) => [name]),
      );
    }
    case 'tables': {
      const database = table ? catalog.databases.get(table.name) : session.database;
      if (!database)
        throw table ? new SqlProblem('no-database', { database: table.name }) : new SqlProblem('none-chosen');
      const names = [...database.tables.keys()].filter(fits).sort();
      return rows(
        [heading(`Tables_in_${database.name}`)],
        names.map((name) => [name]),
      );
    }
    case 'columns':
      if (table) return describe(session, table);
      break;
    case 'create table':
      if (table) return createText(session, table);
      break;
    case 'variables':
      return rows(['Variable_name', 'Value'], [...variables].filter(([name]) => fits(name)).sort());
    case 'processlist':
      return rows(
        ['Id', 'User', 'Host', 'db', 'Command', 'Time', 'State', 'Info'],
        [
          [
            '8',
            session.role.name,
            'localhost',
            session.database?.name ?? null,
            'Query',
            '0',
            'init',
            'show processlist',
          ],
        ],
      );
    case 'grants':
      return grants(session);
    case 'warnings':
      return rows(['Level', 'Code', 'Message'], []);
    case 'status':
      return rows(
        ['Variable_name', 'Value'],
        [
          ['Threads_connected', '1'],
          ['Uptime', '1'],
        ].filter(([name = '']) => fits(name)),
      );
    default:
  }
  throw new SqlProblem('not-simulated', { what: `SHOW ${what.toUpperCase()}` });
}

function grants({ role, host }: SqlSession): Rows {
  const who = `\`${role.name}\`@\`${role.host}\``;
  const own = [...host.catalog.databases.values()].filter(({ granted }) => granted.has(role.name));
  const lines = role.superuser
    ? [`GRANT ALL PRIVILEGES ON *.* TO ${who} WITH GRANT OPTION`]
    : [`GRANT USAGE ON *.* TO ${who}`, ...own.map(({ name }) => `GRANT ALL PRIVILEGES ON \`${name}\`.* TO ${who}`)];
  return rows(
    [`Grants for ${role.name}@${role.host}`],
    lines.map((line) => [line]),
  );
}

function typeName({ type }: ColumnDefinition): string {
  const name =
    (
      {
        integer: 'int',
        bool: 'tinyint(1)',
        boolean: 'tinyint(1)',
        numeric: 'decimal',
        serial: 'bigint unsigned',
      } as Record<string, string>
    )[type.name] ?? type.name;
  if (type.sort === 'decimal' && type.length !== undefined) return `${name}(${type.length},${type.scale ?? 0})`;
  return type.length === undefined ? name : `${name}(${type.length})`;
}

function standardOf({ default: standard }: ColumnDefinition): string | null {
  if (!standard) return null;
  if (standard.is === 'value')
    return standard.value === null
      ? null
      : String(standard.value === true ? 1 : standard.value === false ? 0 : standard.value);
  return standard.is === 'call' ? standard.name.toUpperCase().replace('NOW', 'CURRENT_TIMESTAMP') : '';
}

function describe(session: SqlSession, name: TableName): Rows {
  const { table } = session.table(name);
  return rows(
    ['Field', 'Type', 'Null', 'Key', 'Default', 'Extra'],
    table.columns.map((column) => [
      column.name,
      typeName(column),
      column.notNull ? 'NO' : 'YES',
      keyMark(table, column.name),
      standardOf(column),
      column.counts ? 'auto_increment' : column.default?.is === 'call' ? 'DEFAULT_GENERATED' : '',
    ]),
  );
}

function keyMark(table: Table, column: string): string {
  const keys = table.keys.filter(({ columns }) => columns.includes(column));
  if (keys.some(({ kind }) => kind === 'primary')) return 'PRI';
  if (keys.some(({ kind, columns }) => kind === 'unique' && columns.length === 1)) return 'UNI';
  return keys.some(({ columns }) => columns[0] === column) ? 'MUL' : '';
}

function createText(session: SqlSession, name: TableName): Rows {
  const { table } = session.table(name);
  return rows(['Table', 'Create Table'], [[table.name, createTableText(table)]]);
}

/** The statement that makes a table, as the server writes it. */
function createTableText(table: Table): string {
  const columns = table.columns.map((column) => {
    const standard = standardOf(column);
    const plain =
      column.default?.is === 'call' || typeof (column.default?.is === 'value' && column.default.value) === 'number';
    const written = standard === null ? 'NULL' : plain ? standard : `'${standard}'`;
    const nullWord = column.notNull ? ' NOT NULL' : column.type.name === 'timestamp' ? ' NULL' : '';
    const byItself = column.counts
      ? ' AUTO_INCREMENT'
      : column.notNull && standard === null
        ? ''
        : column.type.name === 'text'
          ? ''
          : ` DEFAULT ${written}`;
    return `  \`${column.name}\` ${typeName(column)}${nullWord}${byItself}`;
  });
  const keys = table.keys.map(({ kind, name, columns: names, references }) => {
    const list = `(${names.map((each) => `\`${each}\``).join(',')})`;
    if (kind === 'primary') return `  PRIMARY KEY ${list}`;
    if (references)
      return `  CONSTRAINT \`${name}\` FOREIGN KEY ${list} REFERENCES \`${references.table}\` (\`${references.column ?? 'id'}\`)`;
    return `  ${kind === 'unique' ? 'UNIQUE ' : ''}KEY \`${name}\` ${list}`;
  });
  const counted = table.columns.some(({ counts }) => counts) && table.next > 1 ? ` AUTO_INCREMENT=${table.next}` : '';
  return `CREATE TABLE \`${table.name}\` (\n${[...columns, ...keys].join(',\n')}\n) ENGINE=InnoDB${counted} DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci`;
}

const COLUMN = {
  type: TEXT,
  notNull: false,
  default: undefined,
  counts: false,
  key: undefined,
  references: undefined,
} as const;

function viewOf(name: string, columns: readonly string[], values: Value[][]): Table {
  return { name, columns: columns.map((column) => ({ ...COLUMN, name: column })), keys: [], rows: values, next: 1 };
}

/** Tables that are made when somebody looks: accounts, databases and tables. */
export function mysqlView(session: SqlSession, name: TableName): { table: Table; database: SqlDatabase } | undefined {
  const where = name.database ?? session.database?.name;
  const { catalog } = session.host;
  const key = `${where}.${name.name}`.toLowerCase();
  const database = new SqlDatabase(where ?? '', 'root');
  if (key === 'mysql.user') {
    const accounts = catalog.roles.map((role: Role): Value[] => [role.host, role.name, 'caching_sha2_password']);
    return { database, table: viewOf('user', ['Host', 'User', 'plugin'], accounts) };
  }
  if (key === 'information_schema.schemata')
    return {
      database,
      table: viewOf(
        'SCHEMATA',
        ['SCHEMA_NAME'],
        [...catalog.databases.keys()].map((each) => [each]),
      ),
    };
  if (key !== 'information_schema.tables') return undefined;
  const tables = [...catalog.databases.values()].flatMap((each) =>
    [...each.tables.values()].map((table): Value[] => [each.name, table.name, 'BASE TABLE', table.rows.length]),
  );
  return { database, table: viewOf('TABLES', ['TABLE_SCHEMA', 'TABLE_NAME', 'TABLE_TYPE', 'TABLE_ROWS'], tables) };
}
