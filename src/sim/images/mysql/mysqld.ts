import { isErrno } from '../../kernel/errno.js';
import { findUser } from '../../kernel/libc/accounts.js';
import { untilSignal } from '../../kernel/libc/until-signal.js';
import type { Connection, Listener } from '../../kernel/network.js';
import { ExitProcess, type Program, type Sys } from '../../kernel/sys.js';
import { MILLISECOND, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { type Catalog, type Role, SqlDatabase } from '../sql/catalog.js';
import { DiskKeeper, type Layout } from '../sql/disk.js';
import { SqlProblem } from '../sql/problem.js';
import { type Outcome, type SessionHost, SqlSession } from '../sql/session.js';
import { acceptSqlClients, type ClientMessage, type Conversation } from '../sql/wire.js';
import { MysqlLog } from './log.js';
import { readSettings } from './settings.js';
import { mysqlView, STANDING, showMysql, VARIABLES } from './show.js';
import { mysqlVersionOf } from './versions.js';
import { errorText, mysqlError } from './words.js';

const LAYOUT: Layout = { folder: (database) => database, suffix: '.ibd', roles: 'mysql/accounts.ibd' };
const INITIALIZE_TIME = 3 * SECOND;
const START_TIME = 900 * MILLISECOND;

/** mysqld: makes a data directory, or serves one. */
export const mysqld: Program = function* mysqld(sys) {
  const version = sys.environment.get('MYSQL_VERSION') ?? mysqlVersionOf('latest');
  const { options, unknown } = readSettings(sys, sys.args.slice(1), version);
  if (sys.args.includes('--version') || sys.args.includes('-V')) {
    yield* sys.write(1, `${sys.args[0]}  Ver ${version} for Linux on x86_64 (MySQL Community Server - GPL)\n`);
    return 0;
  }
  const log = new MysqlLog(sys, version);
  if (unknown !== undefined) {
    log.say('ERROR', 'MY-000067', `unknown ${unknown}.`);
    log.say('ERROR', 'MY-010119', 'Aborting');
    return 7;
  }
  if (options.has('help')) return 0;
  if (sys.credentials.uid === 0 && !stepDown(sys, options.get('user'))) {
    log.say(
      'ERROR',
      'MY-010123',
      'Fatal error: Please read "Security" section of the manual to find out how to run mysqld as root!',
    );
    log.say('ERROR', 'MY-010119', 'Aborting');
    return 1;
  }
  const data = (options.get('datadir') ?? '/var/lib/mysql').replace(/\/$/, '');
  if (options.has('initialize-insecure') || options.has('initialize'))
    return yield* initialize(sys, log, data, version);
  const server = new MysqlServer(sys, log, data, version, options);
  if (!options.has('daemonize')) return yield* server.run();
  sys.fork((child) => new MysqlServer(child, new MysqlLog(child, version), data, version, options).run());
  yield* sys.sleep(2 * START_TIME);
  return 0;
};

/** What 8.0 and later take beside what 5 does: the dictionary of their data, and more to measure themselves by. */
const DICTIONARY_BYTES = 174 * 1_048_576;

/** Becomes the user that an option names. */
function stepDown(sys: Sys, name: string | undefined): boolean {
  const user = name === undefined ? undefined : findUser(sys, name);
  if (!user) return false;
  if (user.uid !== 0) sys.setCredentials({ ...sys.credentials, uid: user.uid, gid: user.gid, groups: [user.gid] });
  return true;
}

/** Makes what a server needs in an empty directory. Gives the status. */
function* initialize(sys: Sys, log: MysqlLog, data: string, version: string): Waiting<number> {
  log.start('initialize', version);
  const abort = (code: string, text: string): number => {
    log.say('ERROR', code, text);
    log.say('ERROR', 'MY-010119', 'Aborting');
    log.say(
      'System',
      'MY-010910',
      `/usr/sbin/mysqld: Shutdown complete (mysqld ${version})  MySQL Community Server - GPL.`,
    );
    return 1;
  };
  try {
    const there = sys.readDirectory(data).filter(({ name }) => !name.startsWith('.'));
    if (there.length > 0)
      return abort('MY-010457', '--initialize specified but the data directory has files in it. Aborting.');
    sys.writeFile(`${data}/auto.cnf`, '[auto]\nserver-uuid=8a94f357-aab4-11df-86ab-c80aa9429562\n', 0o640);
  } catch (error) {
    if (!isErrno(error)) throw error;
    yield* sys.write(
      2,
      `mysqld: Can't create/write to file '${data}/is_writable' (OS errno ${error.code === 'EROFS' ? 30 : 13} - ${error.message})\n`,
    );
    return abort('MY-010460', '--initialize specified but the data directory exists and is not writable. Aborting.');
  }
  log.say('System', 'MY-013576', 'InnoDB initialization has started.', 'InnoDB', 1);
  yield* sys.sleep(INITIALIZE_TIME / 2);
  log.say('System', 'MY-013577', 'InnoDB initialization has ended.', 'InnoDB', 1);
  const keeper = new DiskKeeper(sys, data, LAYOUT);
  keeper.database(new SqlDatabase('mysql', 'root'));
  const root: Role = { name: 'root', host: 'localhost', password: undefined, superuser: true };
  keeper.roles([root]);
  for (const name of ['ibdata1', 'mysql.ibd', 'undo_001', 'undo_002']) sys.writeFile(`${data}/${name}`, '', 0o640);
  log.say(
    'Warning',
    'MY-010453',
    'root@localhost is created with an empty password ! Please consider switching off the --initialize-insecure option.',
    'Server',
    6,
  );
  yield* sys.sleep(INITIALIZE_TIME / 2);
  log.end(version);
  return keeper.failure === undefined ? 0 : 1;
}

class MysqlServer implements SessionHost {
  readonly dialect = 'mysql';
  readonly standing = STANDING;
  readonly keeper: DiskKeeper;
  catalog!: Catalog;
  private readonly sys: Sys;
  private readonly log: MysqlLog;
  private readonly version: string;
  private readonly options: ReadonlyMap<string, string>;
  private readonly settings: Map<string, string>;

  constructor(sys: Sys, log: MysqlLog, data: string, version: string, options: ReadonlyMap<string, string>) {
    this.sys = sys;
    this.log = log;
    this.version = version;
    this.options = options;
    this.keeper = new DiskKeeper(sys, data, LAYOUT);
    this.settings = new Map([...Object.entries(VARIABLES), ['version', version], ['hostname', sys.hostname()]]);
    for (const [name, value] of options) {
      const plain = name.replaceAll('-', '_');
      if (this.settings.has(plain)) this.settings.set(plain, sizeOf(value));
    }
  }

  now(): number {
    return this.sys.now();
  }

  variables(name: string): string | undefined {
    return this.settings.get(name.replace(/^@@(?:global\.|session\.)?/, ''));
  }

  facts({ role, database, lastId }: SqlSession) {
    const account = `${role.name}@${role.host}`;
    return { user: account, account, database: database?.name ?? null, version: this.version, lastId, connection: 8 };
  }

  heading({ expression, source }: { expression: { is: string }; source: string }): string {
    const { is, value, name } = expression as { is: string; value?: unknown; name?: string };
    if (is === 'value' && typeof value === 'string') return value;
    if (is === 'value' && typeof value !== 'number') return source.toUpperCase();
    return is === 'column' && name !== undefined ? name : source;
  }

  show(session: SqlSession, statement: Parameters<SessionHost['show']>[1]) {
    return showMysql(session, statement, this.settings);
  }

  view = mysqlView;

  *run(): Waiting<number> {
    const { sys, log, version } = this;
    const port = Number(this.options.get('port') ?? 3306);
    const socket = this.options.get('socket') ?? '/var/run/mysqld/mysqld.sock';
    log.start('serve', version);
    if (!version.startsWith('5.')) sys.holdMemory(DICTIONARY_BYTES);
    try {
      this.catalog = this.keeper.load();
    } catch (error) {
      if (!isErrno(error)) throw error;
      log.say(
        'ERROR',
        'MY-010326',
        "Fatal error: Can't open and lock privilege tables: Table 'mysql.user' doesn't exist",
      );
      log.say('ERROR', 'MY-010119', 'Aborting');
      log.end(version);
      return 1;
    }
    log.say('System', 'MY-013576', 'InnoDB initialization has started.', 'InnoDB', 1);
    yield* sys.sleep(START_TIME);
    log.say('System', 'MY-013577', 'InnoDB initialization has ended.', 'InnoDB', 1);
    log.say('Warning', 'MY-010068', 'CA certificate ca.pem is self signed.');
    log.say(
      'System',
      'MY-013602',
      'Channel mysql_main configured to support TLS. Encrypted connections are now supported for this channel.',
    );
    const listeners = this.listen(port, socket);
    if (typeof listeners === 'string') {
      log.say('ERROR', 'MY-010262', listeners);
      log.say('ERROR', 'MY-010119', 'Aborting');
      log.end(version);
      return 1;
    }
    const shown = this.options.has('skip-networking') ? 0 : port;
    log.say(
      'System',
      'MY-010931',
      `/usr/sbin/mysqld: ready for connections. Version: '${version}'  socket: '${socket}'  port: ${shown}  MySQL Community Server - GPL.`,
    );
    const ids = { last: 7 };
    const served = { version, login: (login: Login, connection: Connection) => this.login(login, connection) };
    for (const listener of listeners) sys.thread(() => acceptSqlClients(sys, listener, served, ids));
    yield* untilSignal(sys, ['INT', 'TERM', 'QUIT']);
    yield* this.stop('<via user signal>');
    return 0;
  }

  private *stop(by: string): Waiting<void> {
    this.log.say(
      'System',
      'MY-013172',
      `Received SHUTDOWN from user ${by}. Shutting down mysqld (Version: ${this.version}).`,
    );
    yield* this.sys.sleep(START_TIME);
    this.unlinkSocket();
    this.log.end(this.version);
  }

  private unlinkSocket(): void {
    try {
      this.sys.unlink(this.options.get('socket') ?? '/var/run/mysqld/mysqld.sock');
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
  }

  /** Opens the port and the socket; a text is why not. */
  private listen(port: number, socket: string): Listener[] | string {
    const { sys } = this;
    const listeners: Listener[] = [];
    try {
      const address = this.options.get('bind-address') ?? '0.0.0.0';
      if (!this.options.has('skip-networking'))
        listeners.push(
          sys.listen({ address: address === '*' || address === '::' ? '0.0.0.0' : address, port, application: 'raw' }),
        );
    } catch (error) {
      if (isErrno(error)) return `Can't start server: Bind on TCP/IP port: ${error.message}`;
      throw error;
    }
    try {
      this.unlinkSocket();
      listeners.push(sys.listenPath(socket, { application: 'raw' }));
      return listeners;
    } catch (error) {
      if (isErrno(error)) return `Can't start server : Bind on unix socket: ${error.message}`;
      throw error;
    }
  }

  /** Lets an account in, or says why not. */
  private login(
    { user, password, database: wanted }: Login,
    connection: Connection,
  ): { refused: string } | Conversation {
    const local = connection.local.port === 0 || connection.local.address === '';
    const from = local ? 'localhost' : connection.peer.address;
    const role =
      this.catalog.role(user, from) ??
      (from === '127.0.0.1' ? this.catalog.role(user, 'localhost') : undefined) ??
      this.catalog.role(user, '%');
    if (!role || (role.password ?? '') !== (password ?? ''))
      return {
        refused: errorText(
          1045,
          '28000',
          `Access denied for user '${user}'@'${from}' (using password: ${password === undefined ? 'NO' : 'YES'})`,
        ),
      };
    const database = wanted === undefined ? undefined : this.catalog.databases.get(wanted);
    if (wanted !== undefined && !database) return { refused: errorText(1049, '42000', `Unknown database '${wanted}'`) };
    const session = new SqlSession(this, role, undefined);
    try {
      if (database) session.demand(database);
    } catch (error) {
      if (!(error instanceof SqlProblem)) throw error;
      const { code, state, text } = mysqlError(error);
      return { refused: errorText(code, state, text) };
    }
    session.database = database;
    return { database: wanted, answer: (text) => this.answer(session, text), end: () => session.end() };
  }

  private answer(session: SqlSession, text: string): { outcomes: Outcome[]; error?: string } {
    if (text === 'shutdown' && session.role.superuser) {
      this.sys.thread(() => this.shutdown(session.role.name));
      return { outcomes: [] };
    }
    try {
      const outcome = session.execute(text);
      return { outcomes: outcome ? [outcome] : [] };
    } catch (error) {
      if (!(error instanceof SqlProblem)) throw error;
      const { code, state, text: words } = mysqlError(error);
      return { outcomes: [], error: errorText(code, state, words) };
    }
  }

  private *shutdown(user: string): Waiting<void> {
    yield* this.stop(user);
    throw new ExitProcess(0);
  }
}

type Login = Extract<ClientMessage, { login: object }>['login'];

const UNITS: Readonly<Record<string, number>> = { K: 1024, M: 1024 ** 2, G: 1024 ** 3 };

/** Sizes with a unit in bytes; other values as they are. */
function sizeOf(value: string): string {
  const [, digits, unit = ''] = /^(\d+)([KMG])$/i.exec(value) ?? [];
  return digits === undefined ? value : String(Number(digits) * (UNITS[unit.toUpperCase()] ?? 1));
}
