import type { Catalog, Keeper, Role, SqlDatabase, Table } from './catalog.js';
import { SqlDatabase as Database } from './catalog.js';
import { type ChangeParts, deleteRows, insertRows, updateRows } from './change.js';
import { alterTable, createTable } from './define.js';
import { evaluate, typeOf } from './evaluate.js';
import { parseStatement } from './parse-statement.js';
import { SqlProblem } from './problem.js';
import { type FindTable, type ResultColumn, type Rows, runSelect } from './query.js';
import { changeRoles } from './roles.js';
import type { Scope, Surroundings } from './scope.js';
import type { Dialect } from './tokens.js';
import type { Item, Select, Statement, TableName } from './tree.js';
import { type ColumnType, shownValue, type Value } from './values.js';

/** What a statement gave: rows, or how much it changed. */
export interface Outcome {
  readonly columns?: readonly { readonly name: string; readonly numeric: boolean; readonly nullable: boolean }[];
  readonly rows?: readonly (readonly (string | null)[])[];
  /** What PostgreSQL calls what was done: `INSERT 0 1`. */
  readonly tag: string;
  readonly affected: number;
  readonly matched?: number;
  readonly notices?: readonly string[];
  /** The title and the last line of a listing that is no query's answer. */
  readonly listing?: { readonly title: string; readonly footer: string };
  /** The database that is used from now on. */
  readonly use?: string;
}

/** What a server adds to the engine: its own statements, names and facts. */
export interface SessionHost {
  readonly dialect: Dialect;
  readonly catalog: Catalog;
  readonly keeper: Keeper;
  now(): number;
  variables(name: string): Value | undefined;
  facts(session: SqlSession): Readonly<Record<string, Value>>;
  /** The heading of a column that nobody named. */
  heading(item: Extract<Item, { star: false }>): string;
  /** SHOW, DESCRIBE and tables that are not stored. */
  show(session: SqlSession, statement: Extract<Statement, { is: 'show' | 'describe' }>): Rows;
  view(session: SqlSession, name: TableName): { readonly table: Table; readonly database: SqlDatabase } | undefined;
  /** Databases that cannot be dropped. */
  readonly standing: ReadonlySet<string>;
}

/** One client's conversation with a server: who it is, which database it uses, and what is not yet committed. */
export class SqlSession {
  readonly host: SessionHost;
  readonly role: Role;
  database: SqlDatabase | undefined;
  lastId = 0;
  private before: Map<string, Table> | undefined;
  private failed = false;

  constructor(host: SessionHost, role: Role, database: SqlDatabase | undefined) {
    this.host = host;
    this.role = role;
    this.database = database;
  }

  get inTransaction(): boolean {
    return this.before !== undefined;
  }

  /** Runs one statement. Undefined when there is none in the text. Throws `SqlProblem`. */
  execute(text: string): Outcome | undefined {
    try {
      const statement = parseStatement(text, this.host.dialect);
      if (!statement) return undefined;
      if (this.failed && statement.is !== 'rollback' && statement.is !== 'commit') throw new SqlProblem('aborted');
      return this.run(statement);
    } catch (error) {
      if (error instanceof SqlProblem && this.before && this.host.dialect === 'postgres') this.failed = true;
      throw error;
    }
  }

  private get surroundings(): Surroundings {
    const { host } = this;
    return {
      dialect: host.dialect,
      now: host.now(),
      variables: (name) => host.variables(name),
      facts: host.facts(this),
      select: (select: Select, outer: Scope) => {
        const { rows, columns } = runSelect(this.named(select), this.find, this.surroundings, outer);
        return { rows, types: columns.map(({ type }) => type) };
      },
    };
  }

  private readonly find: FindTable = (name) => this.table(name);

  /** A table, stored or made for the moment. Throws `SqlProblem`. */
  table(name: TableName): { readonly table: Table; readonly database: SqlDatabase } {
    const view = this.host.view(this, name);
    if (view) return view;
    const database = this.databaseOf(name);
    const table = database.tables.get(name.name);
    if (!table) throw new SqlProblem('no-table', { table: name.name, database: database.name }, name.at);
    return { table, database };
  }

  private databaseOf({ database }: TableName): SqlDatabase {
    if (database !== undefined && this.host.dialect === 'mysql') {
      const found = this.host.catalog.databases.get(database);
      if (!found) throw new SqlProblem('no-database', { database });
      this.demand(found);
      return found;
    }
    if (!this.database) throw new SqlProblem('none-chosen');
    return this.database;
  }

  /** Refuses databases that the account has nothing to do with. */
  demand(database: SqlDatabase): void {
    const { role } = this;
    if (
      role.superuser ||
      this.host.dialect === 'postgres' ||
      database.granted.has(role.name) ||
      database.owner === role.name
    )
      return;
    throw new SqlProblem('denied', { user: role.name, host: role.host, database: database.name });
  }

  private run(statement: Statement): Outcome {
    switch (statement.is) {
      case 'select':
        return this.shown(runSelect(this.named(statement), this.find, this.surroundings), 'SELECT');
      case 'show':
      case 'describe':
        return this.shown(this.host.show(this, statement), 'SHOW');
      case 'insert':
      case 'update':
      case 'delete':
      case 'truncate':
        return this.change(statement);
      case 'begin':
      case 'commit':
      case 'rollback':
        return this.transact(statement.is);
      case 'use': {
        const database = this.host.catalog.databases.get(statement.database);
        if (!database) throw new SqlProblem('no-database', { database: statement.database });
        this.demand(database);
        this.database = database;
        return { tag: 'USE', affected: 0, use: database.name };
      }
      case 'create-role':
      case 'alter-role':
      case 'drop-role':
      case 'grant':
        return changeRoles(this.host, this.role, statement);
      case 'set':
        return { tag: 'SET', affected: 0 };
      case 'nothing':
        return { tag: statement.tag, affected: 0 };
      default:
        return this.define(statement);
    }
  }

  /** A query whose columns carry the names that the server gives them. */
  private named(select: Select): Select {
    const items = select.items.map((item) =>
      item.star ? item : { ...item, name: item.name ?? this.host.heading(item) },
    );
    return { ...select, items };
  }

  private shown({ columns, rows }: Rows, word: string): Outcome {
    const { dialect } = this.host;
    return {
      columns: columns.map(({ name, type, nullable = false }) => ({
        name,
        numeric: ['integer', 'decimal'].includes(type.sort),
        nullable,
      })),
      rows: rows.map((row) => row.map((value, at) => shownValue(value, columns[at]?.type as ColumnType, dialect))),
      tag: word === 'SELECT' ? `SELECT ${rows.length}` : word,
      affected: rows.length,
    };
  }

  private parts(name: TableName): ChangeParts & { database: SqlDatabase } {
    const { table, database } = this.table(name);
    return {
      table,
      database,
      surroundings: this.surroundings,
      other: (other) => database.tables.get(other),
      tables: () => database.tables.values(),
    };
  }

  private change(statement: Extract<Statement, { is: 'insert' | 'update' | 'delete' | 'truncate' }>): Outcome {
    if (statement.is === 'truncate') {
      for (const name of statement.tables) {
        const { table, database } = this.table(name);
        table.rows = [];
        table.next = this.host.dialect === 'mysql' ? 1 : table.next;
        this.written(database, table);
      }
      return { tag: 'TRUNCATE TABLE', affected: 0 };
    }
    const parts = this.parts(statement.table);
    const word = statement.is.toUpperCase();
    let done: { affected: number; matched?: number; counted: number; rows: readonly (readonly Value[])[] };
    if (statement.is === 'insert') done = insertRows(parts, statement, this.rowsToInsert(statement.rows));
    else done = statement.is === 'update' ? updateRows(parts, statement) : deleteRows(parts, statement.where);
    if (done.counted > 0) this.lastId = done.counted;
    this.written(parts.database, parts.table);
    const count = this.host.dialect === 'postgres' ? (done.matched ?? done.affected) : done.affected;
    const tag = `${word}${statement.is === 'insert' ? ' 0' : ''} ${count}`;
    const base = { tag, affected: count, ...(done.matched === undefined ? {} : { matched: done.matched }) };
    if (!statement.returning) return base;
    return { ...this.shown(this.returned(statement.returning, parts.table, done.rows), word), ...base };
  }

  private returned(items: readonly Item[], table: Table, rows: readonly (readonly Value[])[]): Rows {
    const columns = table.columns.map(({ name, type }) => ({ table: table.name, name, type }));
    const scope = (row: readonly Value[]): Scope => ({ surroundings: this.surroundings, columns, row });
    const chosen = items.flatMap((item): { name: string; expression: Parameters<typeof evaluate>[0] }[] =>
      item.star
        ? columns.map(({ name }) => ({ name, expression: { is: 'column', table: undefined, name, at: 0 } }))
        : [{ name: item.name ?? this.host.heading(item), expression: item.expression }],
    );
    const blank = scope(columns.map(() => null));
    const headings: ResultColumn[] = chosen.map(({ name, expression }) => ({ name, type: typeOf(expression, blank) }));
    return {
      columns: headings,
      rows: rows.map((row) => chosen.map(({ expression }) => evaluate(expression, scope(row)))),
    };
  }

  private rowsToInsert(select: Select): (Value | undefined)[][] {
    if (!select.values) return runSelect(select, this.find, this.surroundings).rows.map((row) => [...row]);
    const scope: Scope = { surroundings: this.surroundings, columns: [], row: [] };
    return select.values.map((row) => row.map((each) => (each.is === 'default' ? undefined : evaluate(each, scope))));
  }

  private transact(what: 'begin' | 'commit' | 'rollback'): Outcome {
    const { before, database, failed } = this;
    if (what === 'begin') {
      this.before ??= new Map([...(database?.tables ?? [])].map(([name, table]) => [name, structuredClone(table)]));
      return { tag: 'BEGIN', affected: 0 };
    }
    this.before = undefined;
    this.failed = false;
    if (!before || !database) return { tag: what.toUpperCase(), affected: 0 };
    if (what === 'rollback' || failed) {
      for (const [name, table] of before) database.tables.set(name, table);
      return { tag: 'ROLLBACK', affected: 0 };
    }
    for (const table of database.tables.values()) this.host.keeper.table(database, table);
    return { tag: 'COMMIT', affected: 0 };
  }

  /** A client that goes away in the midst of a transaction takes it back. */
  end(): void {
    if (this.before) this.transact('rollback');
  }

  /** A table changed: on disk at once, or when the transaction ends. */
  private written(database: SqlDatabase, table: Table): void {
    if (!this.before) this.host.keeper.table(database, table);
  }

  private define(
    statement: Extract<
      Statement,
      { is: 'create-table' | 'create-index' | 'create-database' | 'drop-database' | 'drop-table' | 'alter-table' }
    >,
  ): Outcome {
    const { keeper, catalog, dialect } = this.host;
    switch (statement.is) {
      case 'create-database': {
        const { name } = statement;
        if (catalog.databases.has(name)) {
          if (statement.unlessThere) return { tag: 'CREATE DATABASE', affected: 1 };
          throw new SqlProblem('database-exists', { database: name });
        }
        if (!this.role.superuser && dialect === 'mysql')
          throw new SqlProblem('denied', { user: this.role.name, host: this.role.host, database: name });
        const database = new Database(name, statement.owner ?? this.role.name);
        catalog.databases.set(name, database);
        keeper.database(database);
        return { tag: 'CREATE DATABASE', affected: 1 };
      }
      case 'drop-database': {
        const { name, ifThere } = statement;
        const database = catalog.databases.get(name);
        if (!database || this.host.standing.has(name)) {
          if (!database && ifThere) return { tag: 'DROP DATABASE', affected: 0 };
          throw new SqlProblem('no-database-to-drop', { database: name });
        }
        catalog.databases.delete(name);
        if (this.database === database) this.database = undefined;
        keeper.dropDatabase(name);
        return { tag: 'DROP DATABASE', affected: database.tables.size };
      }
      case 'create-index': {
        const { table, database } = this.table(statement.table);
        table.keys.push({
          kind: statement.unique ? 'unique' : 'index',
          name: statement.name,
          columns: statement.columns,
        });
        keeper.table(database, table);
        return { tag: 'CREATE INDEX', affected: 0 };
      }
      case 'alter-table': {
        const { table, database } = this.table(statement.table);
        const name = alterTable(table, statement.changes, this.surroundings);
        if (name !== undefined) {
          keeper.dropTable(database, table.name);
          database.tables.delete(table.name);
          table.name = name;
          database.tables.set(name, table);
        }
        keeper.table(database, table);
        return { tag: 'ALTER TABLE', affected: 0 };
      }
      case 'create-table':
        return this.createTable(statement);
      case 'drop-table':
        return this.dropTables(statement);
    }
  }

  private createTable(statement: Extract<Statement, { is: 'create-table' }>): Outcome {
    const { name } = statement.table;
    const database = this.databaseOf(statement.table);
    if (database.tables.has(name)) {
      if (!statement.unlessThere) throw new SqlProblem('table-exists', { table: name });
      return { tag: 'CREATE TABLE', affected: 0, notices: [`relation "${name}" already exists, skipping`] };
    }
    const table = createTable(this.host.dialect, statement, database);
    if (statement.as) {
      const { columns, rows } = runSelect(this.named(statement.as), this.find, this.surroundings);
      table.columns = columns.map(({ name: column, type }) => ({
        name: column,
        type,
        notNull: false,
        default: undefined,
        counts: false,
        key: undefined,
        references: undefined,
      }));
      table.rows = rows.map((row) => [...row]);
    }
    database.tables.set(name, table);
    this.host.keeper.table(database, table);
    return { tag: statement.as ? `SELECT ${table.rows.length}` : 'CREATE TABLE', affected: table.rows.length };
  }

  private dropTables({ tables, ifThere }: Extract<Statement, { is: 'drop-table' }>): Outcome {
    const notices: string[] = [];
    for (const name of tables) {
      const database = this.databaseOf(name);
      if (!database.tables.delete(name.name)) {
        if (!ifThere) throw new SqlProblem('no-table-to-drop', { table: name.name, database: database.name });
        notices.push(`table "${name.name}" does not exist, skipping`);
      } else this.host.keeper.dropTable(database, name.name);
    }
    return { tag: 'DROP TABLE', affected: 0, notices };
  }
}
