import { encodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import { untilSignal } from '../../kernel/libc/until-signal.js';
import type { Connection, Listener } from '../../kernel/network.js';
import type { Program, Sys } from '../../kernel/sys.js';
import { MILLISECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Catalog } from '../sql/catalog.js';
import { DiskKeeper } from '../sql/disk.js';
import { SqlProblem } from '../sql/problem.js';
import type { Rows } from '../sql/query.js';
import { type Outcome, type SessionHost, SqlSession } from '../sql/session.js';
import { splitStatements } from '../sql/tokens.js';
import type { Expression } from '../sql/tree.js';
import { TEXT } from '../sql/values.js';
import { acceptSqlClients, type ClientMessage, type Conversation, type Served } from '../sql/wire.js';
import { describeFor } from './describe.js';
import { POSTGRES_LAYOUT } from './layout.js';
import { readSettings, stamp } from './settings.js';
import { postgresVersionOf } from './versions.js';
import { logWords, postgresError } from './words.js';

const START_TIME = 60 * MILLISECOND;
const SHUTDOWN_TIME = 40 * MILLISECOND;

/** postgres: serves a data directory until it is told to stop. */
export const postgres: Program = function* postgres(sys) {
  const version = sys.environment.get('PG_VERSION') ?? postgresVersionOf('latest');
  const args = sys.args.slice(1);
  if (args[0] === '--version' || args[0] === '-V') {
    yield* sys.write(1, `postgres (PostgreSQL) ${version}\n`);
    return 0;
  }
  if (sys.credentials.uid === 0) {
    yield* sys.write(
      2,
      '"root" execution of the PostgreSQL server is not permitted.\nThe server must be started under an unprivileged user ID to prevent\npossible system security compromise.  See the documentation for\nmore information on how to properly start the server.\n',
    );
    return 1;
  }
  const data = args.includes('-D') ? (args[args.indexOf('-D') + 1] ?? '') : (sys.environment.get('PGDATA') ?? '');
  const settings = readSettings(sys, data, args);
  if ('wrong' in settings) {
    yield* sys.write(2, settings.wrong);
    return settings.wrong.startsWith('postgres:') ? 2 : 1;
  }
  return yield* new PostgresServer(sys, data, version, settings.values).run();
};

class PostgresServer implements SessionHost, Served {
  readonly dialect = 'postgres';
  readonly standing: ReadonlySet<string> = new Set(['template0', 'template1']);
  readonly keeper: DiskKeeper;
  readonly version: string;
  readonly view = () => undefined;
  catalog!: Catalog;
  private readonly sys: Sys;
  private readonly data: string;
  private readonly settings: ReadonlyMap<string, string>;

  constructor(sys: Sys, data: string, version: string, settings: ReadonlyMap<string, string>) {
    this.sys = sys;
    this.data = data;
    this.version = version;
    this.settings = new Map([...settings, ['server_version', version], ['data_directory', data]]);
    this.keeper = new DiskKeeper(sys, data, POSTGRES_LAYOUT);
  }

  private log(text: string, level = 'LOG'): void {
    try {
      this.sys.openFile(2).tryWrite(encodeText(`${stamp(this.sys)} ${level}:  ${text}\n`));
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
  }

  now(): number {
    return this.sys.now();
  }

  variables(name: string): string | undefined {
    return this.settings.get(name);
  }

  facts({ role, database }: SqlSession) {
    const version = `PostgreSQL ${this.version} (Debian ${this.version}-1.pgdg13+1) on x86_64-pc-linux-gnu, compiled by gcc (Debian 14.2.0-19) 14.2.0, 64-bit`;
    return { user: role.name, account: role.name, database: database?.name ?? null, version };
  }

  heading({ expression }: { readonly expression: Expression }): string {
    switch (expression.is) {
      case 'column':
      case 'call':
        return expression.name;
      case 'case':
        return 'case';
      case 'exists':
        return 'exists';
      case 'cast':
        return expression.of.is === 'column' ? expression.of.name : expression.to.name;
      default:
        return '?column?';
    }
  }

  show(_: SqlSession, statement: Parameters<SessionHost['show']>[1]): Rows {
    const name = statement.is === 'show' ? statement.what.replace('time zone', 'timezone') : '';
    const value = this.settings.get(name);
    if (value === undefined) throw new SqlProblem('unknown-setting', { name });
    return { columns: [{ name, type: TEXT }], rows: [[value]] };
  }

  *run(): Waiting<number> {
    const { sys, version } = this;
    const port = Number(this.settings.get('port'));
    const folder = this.settings.get('unix_socket_directories') ?? '';
    this.log(
      `starting PostgreSQL ${version} (Debian ${version}-1.pgdg13+1) on x86_64-pc-linux-gnu, compiled by gcc (Debian 14.2.0-19) 14.2.0, 64-bit`,
    );
    const socket = `${folder}/.s.PGSQL.${port}`;
    const listeners = this.listen(port, socket);
    if (!listeners) return 1;
    try {
      this.catalog = this.keeper.load();
      sys.writeFile(`${this.data}/postmaster.pid`, `${sys.pid}\n${this.data}\n`, 0o600);
    } catch (error) {
      if (!isErrno(error)) throw error;
      this.log(`could not open file "${this.data}/global/pg_control": ${error.message}`, 'PANIC');
      return 1;
    }
    yield* sys.sleep(START_TIME);
    this.log(
      'database system was shut down at ' +
        new Date(Math.floor(sys.now() / 1000)).toISOString().slice(0, 19).replace('T', ' ') +
        ' UTC',
    );
    this.log('database system is ready to accept connections');
    const ids = { last: sys.pid + 50 };
    for (const listener of listeners) sys.thread(() => acceptSqlClients(sys, listener, this, ids));
    const signal = yield* untilSignal(sys, ['INT', 'TERM', 'QUIT']);
    const manner = { INT: 'fast', TERM: 'smart', QUIT: 'immediate' }[signal as 'INT' | 'TERM' | 'QUIT'];
    this.log(`received ${manner} shutdown request`);
    if (manner === 'fast') this.log('aborting any active transactions');
    for (const listener of listeners) listener.close();
    yield* sys.sleep(SHUTDOWN_TIME);
    if (manner !== 'immediate') {
      this.log(`background worker "logical replication launcher" (PID ${sys.pid + 31}) exited with exit code 1`);
      this.log('shutting down');
    }
    for (const path of [socket, `${this.data}/postmaster.pid`]) this.unlink(path);
    this.log('database system is shut down');
    return 0;
  }

  private unlink(path: string): void {
    try {
      this.sys.unlink(path);
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
  }

  private listen(port: number, socket: string): Listener[] | undefined {
    const listeners: Listener[] = [];
    const addresses = this.settings.get('listen_addresses') ?? '';
    try {
      if (addresses !== '') {
        const address = addresses === '*' ? '0.0.0.0' : addresses === 'localhost' ? '127.0.0.1' : addresses;
        listeners.push(this.sys.listen({ address, port, application: 'raw' }));
        this.log(`listening on IPv4 address "${address}", port ${port}`);
        if (addresses === '*') this.log(`listening on IPv6 address "::", port ${port}`);
      }
    } catch (error) {
      if (!isErrno(error)) throw error;
      this.log(`could not bind IPv4 address "0.0.0.0": ${error.message}`);
      this.log('could not create any TCP/IP sockets', 'FATAL');
      return undefined;
    }
    try {
      this.unlink(socket);
      listeners.push(this.sys.listenPath(socket, { application: 'raw' }));
      this.log(`listening on Unix socket "${socket}"`);
      return listeners;
    } catch (error) {
      if (!isErrno(error)) throw error;
      this.log(`could not create lock file "${socket}.lock": ${error.message}`, 'FATAL');
      return undefined;
    }
  }

  login(
    { user, password, database: wanted }: Extract<ClientMessage, { login: object }>['login'],
    connection: Connection,
  ): { refused: string } | Conversation {
    const refuse = (text: string) => {
      this.log(text, 'FATAL');
      return { refused: `FATAL:  ${text}` };
    };
    const role = this.catalog.role(user);
    const trusted =
      connection.peer.port === 0 || connection.peer.address === '' || connection.peer.address === '127.0.0.1';
    if (!trusted && password === undefined) return { refused: 'fe_sendauth: no password supplied' };
    if (!trusted && (role?.password ?? '') !== password)
      return refuse(`password authentication failed for user "${user}"`);
    if (!role) return refuse(`role "${user}" does not exist`);
    const database = this.catalog.databases.get(wanted ?? user);
    if (!database) return refuse(`database "${wanted ?? user}" does not exist`);
    const session = new SqlSession(this, role, database);
    return { database: database.name, answer: (text) => this.answer(session, text), end: () => session.end() };
  }

  /** Statements of one message; the first error ends them. */
  private answer(session: SqlSession, text: string): { outcomes: Outcome[]; error?: string; transaction: boolean } {
    const [, command, name] = /^\\(\w+)\+?(?:\s+(\S+))?$/.exec(text.trim()) ?? [];
    if (command !== undefined) return { ...this.describe(session, command, name), transaction: session.inTransaction };
    const { statements, rest } = splitStatements(text);
    const outcomes: Outcome[] = [];
    const whole = text.replace(/;\s*$/, '');
    for (const statement of [...statements, rest]) {
      try {
        const outcome = session.execute(statement);
        if (outcome) outcomes.push(outcome);
      } catch (error) {
        if (!(error instanceof SqlProblem)) throw error;
        this.log(logWords(error), 'ERROR');
        this.log(statement.trim(), 'STATEMENT');
        const shown =
          statements.length > 1 ? statement : text.includes(';') && rest.trim() === '' ? `${whole};` : statement;
        return { outcomes, error: postgresError(error, shown), transaction: session.inTransaction };
      }
    }
    return { outcomes, transaction: session.inTransaction };
  }

  private describe(
    session: SqlSession,
    command: string,
    name: string | undefined,
  ): { outcomes: Outcome[]; error?: string } {
    const listing = describeFor(session, command, name);
    if (typeof listing === 'string') return { outcomes: [], error: listing };
    const { title, columns, rows, footer } = listing;
    const outcome = {
      columns: columns.map((each) => ({ name: each, numeric: false, nullable: false })),
      rows,
      tag: '',
      affected: rows.length,
    };
    return { outcomes: [{ ...outcome, listing: { title: title ?? '', footer: footer ?? '' } }] };
  }
}
