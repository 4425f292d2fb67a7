import { print, printError } from '../../kernel/libc/streams.js';
import type { Program, Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { askServer, beginClient, type ClientOptions, logIn } from './connect.js';

/** mysqladmin: ping, shutdown, create, drop, status and version. */
export const mysqlAdmin: Program = function* mysqlAdmin(sys) {
  const options = yield* beginClient(sys, 'mysqladmin');
  if (typeof options === 'number') return options;
  const login = yield* logIn(sys, options, undefined);
  const [command = ''] = options.operands;
  if ('error' in login) {
    // A server that refuses is alive all the same.
    if (command === 'ping' && login.number === 1045) {
      yield* refused(sys, options, login.error);
      return 0;
    }
    yield* refused(sys, options, login.error);
    return 1;
  }
  if (command === 'ping') {
    yield* print(sys, 'mysqld is alive\n');
    return 0;
  }
  const statement = statementOf(options.operands);
  if (statement === undefined) {
    yield* printError(sys, `mysqladmin: [ERROR] unknown command: '${command}'.\n`);
    return 1;
  }
  const answer = yield* askServer(login.connection, statement);
  login.connection.close();
  if (answer?.error !== undefined) {
    yield* printError(sys, `mysqladmin: ${command} failed; error: '${answer.error.replace(/^\d+ \(\w+\): /, '')}'\n`);
    return 1;
  }
  if (command === 'status')
    yield* print(
      sys,
      'Uptime: 1  Threads: 2  Questions: 1  Slow queries: 0  Opens: 119  Flush tables: 3  Open tables: 38  Queries per second avg: 1\n',
    );
  if (command === 'version') yield* print(sys, `Server version\t\t${login.version}\n`);
  return 0;
};

function statementOf([command, name = '']: readonly string[]): string | undefined {
  switch (command) {
    case 'create':
      return `CREATE DATABASE \`${name}\``;
    case 'drop':
      return `DROP DATABASE \`${name}\``;
    case 'shutdown':
      return 'shutdown';
    case 'status':
    case 'version':
      return 'SELECT 1';
    case 'password':
      return `ALTER USER 'root'@'localhost' IDENTIFIED BY '${name}'`;
    default:
      return undefined;
  }
}

function* refused(sys: Sys, options: ClientOptions, error: string): Waiting<void> {
  const host = options.host ?? 'localhost';
  const text = error.replace(/^\d+ \(\w+\): /, '');
  yield* printError(sys, `mysqladmin: connect to server at '${host}' failed\nerror: '${text}'\n`);
  if (/^20/.test(error) && options.host === undefined)
    yield* printError(sys, `Check that mysqld is running and that the socket: '${options.socket}' exists!\n`);
  else if (/^200[35]/.test(error))
    yield* printError(
      sys,
      `Check that mysqld is running on ${host} and that the port is ${options.port}.\nYou can check this by doing 'telnet ${host} ${options.port}'\n`,
    );
}
