import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import { findUser } from '../../kernel/libc/accounts.js';
import { askSecret } from '../../kernel/libc/ask-secret.js';
import { LineSplitter, print, printError, readAll } from '../../kernel/libc/streams.js';
import type { Connection } from '../../kernel/network.js';
import type { Program, Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Outcome } from '../sql/session.js';
import { splitStatements } from '../sql/tokens.js';
import { receiveMessage, type ServerMessage, sendMessage } from '../sql/wire.js';
import { reachPostgres } from './connect.js';
import { type PsqlOptions, readPsqlOptions } from './psql-options.js';
import { outcomeText } from './tables.js';
import { postgresVersionOf } from './versions.js';

/** psql: commands of -c and -f, of standard input, or a conversation. */
export const psql: Program = function* psql(sys) {
  const version = sys.environment.get('PG_VERSION') ?? postgresVersionOf('latest');
  const read = readPsqlOptions(sys, 'hpUdcfFvPRT');
  const options = {
    ...read,
    user:
      read.user === 'root' && sys.credentials.uid !== 0
        ? (findUser(sys, sys.credentials.uid)?.name ?? 'root')
        : read.user,
  };
  if (options.flags.has('V')) {
    yield* print(sys, `psql (PostgreSQL) ${version} (Debian ${version}-1.pgdg13+1)\n`);
    return 0;
  }
  if (options.unknown !== undefined) {
    yield* printError(
      sys,
      `psql: unrecognized option '${options.unknown}'\npsql: hint: Try "psql --help" for more information.\n`,
    );
    return 1;
  }
  const connection = yield* connect(sys, options);
  if (!connection) return 2;
  const client = new Client(sys, options, connection);
  try {
    if (options.flags.has('l')) return yield* client.run('\\l');
    if (options.commands.length > 0) return yield* client.commands();
    if (!sys.terminal(0)) return yield* client.script(decodeText(yield* readAll(sys, 0)), 0);
    return yield* client.converse(version);
  } finally {
    connection.close();
  }
};

/** A connection somebody is logged in on; nothing after saying why not. */
function* connect(sys: Sys, options: PsqlOptions): Waiting<Connection | undefined> {
  const reached = yield* reachPostgres(sys, options);
  if ('problem' in reached) {
    yield* printError(sys, `psql: error: ${reached.problem}\n`);
    return undefined;
  }
  const { connection, place } = reached;
  let { password } = options;
  for (;;) {
    sendMessage(connection, { login: { user: options.user, password, database: options.database } });
    const answer = yield* receiveMessage<ServerMessage>(connection);
    if (answer && 'ready' in answer) return connection;
    const refused = answer && 'refused' in answer ? answer.refused : 'server closed the connection unexpectedly';
    if (refused.startsWith('fe_sendauth') && sys.terminal(0) && password === undefined) {
      password = (yield* askSecret(sys, `Password for user ${options.user}: `)) ?? '';
      const again = yield* reachPostgres(sys, options);
      if ('connection' in again) return yield* connectAgain(sys, again.connection, options, password, place);
    }
    yield* printError(sys, `psql: error: connection to server ${place} failed: ${refused}\n`);
    return undefined;
  }
}

function* connectAgain(
  sys: Sys,
  connection: Connection,
  options: PsqlOptions,
  password: string,
  place: string,
): Waiting<Connection | undefined> {
  sendMessage(connection, { login: { user: options.user, password, database: options.database } });
  const answer = yield* receiveMessage<ServerMessage>(connection);
  if (answer && 'ready' in answer) return connection;
  yield* printError(
    sys,
    `psql: error: connection to server ${place} failed: ${answer && 'refused' in answer ? answer.refused : ''}\n`,
  );
  return undefined;
}

class Client {
  private readonly sys: Sys;
  private readonly options: PsqlOptions;
  private readonly connection: Connection;
  private transaction = false;

  constructor(sys: Sys, options: PsqlOptions, connection: Connection) {
    this.sys = sys;
    this.options = options;
    this.connection = connection;
  }

  /** One message and what came of it. Gives 1 after an error. */
  *run(text: string, where = ''): Waiting<number> {
    const { sys, options } = this;
    sendMessage(this.connection, { ask: text });
    const answer = yield* receiveMessage<ServerMessage>(this.connection);
    if (!answer || !('outcomes' in answer)) {
      yield* printError(
        sys,
        'server closed the connection unexpectedly\n\tThis probably means the server terminated abnormally\n\tbefore or while processing the request.\n',
      );
      return 2;
    }
    this.transaction = answer.transaction ?? false;
    for (const outcome of answer.outcomes) yield* this.show(outcome);
    if (answer.error === undefined) return 0;
    yield* printError(sys, `${where}${answer.error}\n`);
    return options.commands.length > 0 || where === '' ? 1 : 1;
  }

  private *show(outcome: Outcome): Waiting<void> {
    for (const notice of outcome.notices ?? []) yield* printError(this.sys, `NOTICE:  ${notice}\n`);
    const text = outcomeText(outcome, this.options);
    if (text !== '') yield* print(this.sys, text);
  }

  *commands(): Waiting<number> {
    for (const { text, file } of this.options.commands) {
      const status = file === undefined ? yield* this.command(text ?? '') : yield* this.file(file);
      if (status !== 0) return status;
    }
    return 0;
  }

  private *command(text: string): Waiting<number> {
    if (/^\s*\\q\b/.test(text)) return 0;
    return yield* this.run(text);
  }

  private *file(path: string): Waiting<number> {
    try {
      return yield* this.script(
        path === '-' ? decodeText(yield* readAll(this.sys, 0)) : decodeText(this.sys.readFile(path)),
        0,
        `psql:${path}`,
      );
    } catch (error) {
      if (!isErrno(error)) throw error;
      yield* printError(this.sys, `psql: error: ${path}: ${error.message}\n`);
      return 1;
    }
  }

  /** Statements and commands one after another; errors end them only when they are to. */
  *script(text: string, from: number, file = ''): Waiting<number> {
    let pending = '';
    let line = from;
    for (const row of text.split('\n')) {
      line += 1;
      const where = file === '' ? '' : `${file}:${line}: `;
      if (pending.trim() === '' && row.trim().startsWith('\\')) {
        if (/^\s*\\q\b/.test(row)) return 0;
        yield* this.run(row.trim(), where);
        continue;
      }
      const { statements, rest } = splitStatements(`${pending}${row}\n`);
      for (const statement of statements) {
        const status = yield* this.run(`${statement.trim()};`, where);
        if (status === 2 || (status === 1 && this.options.stop)) return status === 2 ? 2 : 3;
      }
      pending = rest;
    }
    if (pending.trim() !== '') yield* this.run(pending.trim());
    return 0;
  }

  private prompt(pending: string): string {
    const { database, user, flags } = this.options;
    if (flags.has('q') && !this.sys.terminal(0)) return '';
    const name = database ?? user;
    return `${name}${pending.trim() === '' ? '=' : '-'}${this.transaction ? '*' : ''}# `;
  }

  *converse(version: string): Waiting<number> {
    const { sys } = this;
    yield* print(sys, `psql (${version} (Debian ${version}-1.pgdg13+1))\nType "help" for help.\n\n${this.prompt('')}`);
    const lines = new LineSplitter();
    let pending = '';
    for (;;) {
      const bytes = yield* sys.read(0);
      if (bytes.length === 0) {
        yield* print(sys, '\\q\n');
        return 0;
      }
      for (const line of lines.add(bytes)) {
        const word = line.trim();
        if (pending.trim() === '' && /^(?:\\q|exit|quit)\b/.test(word)) return 0;
        if (pending.trim() === '' && word === 'help')
          yield* print(
            sys,
            'You are using psql, the command-line interface to PostgreSQL.\nType:  \\copyright for distribution terms\n       \\h for help with SQL commands\n       \\? for help with psql commands\n       \\g or terminate with semicolon to execute query\n       \\q to quit\n',
          );
        else if (pending.trim() === '' && word.startsWith('\\')) yield* this.run(word);
        else {
          const { statements, rest } = splitStatements(`${pending}${line}\n`);
          for (const statement of statements) yield* this.run(`${statement.trim()};`);
          pending = rest.trim() === '' ? '' : rest;
        }
        yield* print(sys, this.prompt(pending));
      }
    }
  }
}
