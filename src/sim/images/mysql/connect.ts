import { connectAny, NoServer } from '../../client/connect-any.js';
import { resolveHost } from '../../client/resolver.js';
import { isErrno } from '../../kernel/errno.js';
import { askSecret } from '../../kernel/libc/ask-secret.js';
import { print, printError } from '../../kernel/libc/streams.js';
import type { Connection } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { receiveMessage, type ServerMessage, sendMessage } from '../sql/wire.js';
import { mysqlVersionOf } from './versions.js';
import { errorText } from './words.js';

const INSECURE = '[Warning] Using a password on the command line interface can be insecure.\n';
const CONNECT_SECONDS = 130;
const ERRNO: Readonly<Record<string, number>> = {
  ENOENT: 2,
  EACCES: 13,
  ECONNREFUSED: 111,
  ETIMEDOUT: 110,
  EHOSTUNREACH: 113,
};

/** What all of MySQL's clients are told in the same way. */
export interface ClientOptions {
  readonly host: string | undefined;
  readonly port: number;
  readonly socket: string;
  readonly user: string;
  /** `'ask'`: -p without a password. */
  readonly password: string | undefined;
  readonly ask: boolean;
  readonly given: boolean;
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
  readonly operands: readonly string[];
}

const LONG_VALUES: Readonly<Record<string, string>> = {
  host: 'h',
  port: 'P',
  user: 'u',
  database: 'D',
  execute: 'e',
  socket: 'S',
  protocol: 'protocol',
  'default-character-set': 'c',
  'connect-timeout': 'w',
  'ssl-mode': 'ssl',
};
const LONG_FLAGS: Readonly<Record<string, string>> = {
  'skip-column-names': 'N',
  batch: 'B',
  table: 't',
  silent: 's',
  verbose: 'v',
  force: 'f',
  vertical: 'E',
  version: 'V',
  help: '?',
  'all-databases': 'A',
  raw: 'r',
  'no-defaults': 'd',
  'skip-ssl': 'k',
  'single-transaction': 'k',
};

/** A word on the command line that a client does not know. */
class UnknownOption extends Error {}

/** How a client begins: its options, or the status it ends with when it only tells its version or does not know a word. */
export function* beginClient(sys: Sys, name: string): Waiting<ClientOptions | number> {
  let options: ClientOptions;
  try {
    options = readClientOptions(sys);
  } catch (error) {
    if (!(error instanceof UnknownOption)) throw error;
    yield* printError(sys, `${name}: [ERROR] ${error.message}.\n`);
    return 2;
  }
  if (options.flags.has('V')) {
    const version = sys.environment.get('MYSQL_VERSION') ?? mysqlVersionOf('latest');
    yield* print(sys, `${name}  Ver ${version} for Linux on x86_64 (MySQL Community Server - GPL)\n`);
    return 0;
  }
  if (options.given) yield* printError(sys, `${name}: ${INSECURE}`);
  return options;
}

/** Reads a client's command line. Throws `UnknownOption`. */
function readClientOptions(sys: Sys): ClientOptions {
  const values = new Map<string, string>();
  const flags = new Set<string>();
  const operands: string[] = [];
  let password = sys.environment.get('MYSQL_PWD');
  let [ask, given] = [false, false];
  const words = sys.args.slice(1);
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (!word.startsWith('-') || word === '-') {
      operands.push(word);
      continue;
    }
    if (word === '--password' || word === '-p') {
      ask = true;
      continue;
    }
    const [, long, value] = /^--([\w-]+)(?:=([\s\S]*))?$/.exec(word) ?? [];
    const short = long === undefined ? word[1] : (LONG_VALUES[long] ?? LONG_FLAGS[long]);
    if (long === 'password' || (long === undefined && short === 'p')) {
      password = long === undefined ? word.slice(2) : (value ?? '');
      given = true;
    } else if (long !== undefined && LONG_VALUES[long] !== undefined)
      values.set(short ?? '', value ?? words.shift() ?? '');
    else if (long !== undefined && short !== undefined) flags.add(short);
    else if (long === undefined && /^-[NBtsvfEVAr?]*(?:[hPuDeS].*)?$/s.test(word)) {
      const [, cluster = '', letter, rest = ''] = /^-([NBtsvfEVAr?]*)([hPuDeS])?(.*)$/s.exec(word) ?? [];
      for (const flag of cluster) flags.add(flag);
      if (letter !== undefined) values.set(letter, rest === '' ? (words.shift() ?? '') : rest);
    } else throw new UnknownOption(long === undefined ? `unknown option '${word}'` : `unknown option '--${long}'`);
  }
  const host = values.get('h') ?? (values.get('protocol')?.toLowerCase() === 'tcp' ? '127.0.0.1' : undefined);
  return {
    host: host === 'localhost' && values.get('protocol')?.toLowerCase() !== 'tcp' ? undefined : host,
    port: Number(values.get('P') ?? 3306),
    socket: values.get('S') ?? '/var/run/mysqld/mysqld.sock',
    user: values.get('u') ?? 'root',
    password,
    ask,
    given,
    flags,
    values,
    operands,
  };
}

/** A connection that somebody is logged in on, or the words of why there is none. */
export type Login =
  | { readonly connection: Connection; readonly version: string; readonly id: number }
  | { readonly error: string; readonly number: number };

/** Connects and logs in. */
export function* logIn(sys: Sys, options: ClientOptions, database: string | undefined): Waiting<Login> {
  const password = options.ask ? ((yield* askSecret(sys, 'Enter password: ')) ?? '') : options.password;
  const reached = yield* reach(sys, options);
  if ('error' in reached) return reached;
  sendMessage(reached.connection, {
    login: { user: options.user, password: password === '' ? undefined : password, database },
  });
  const answer = yield* receiveMessage<ServerMessage>(reached.connection);
  if (answer && 'ready' in answer)
    return { connection: reached.connection, version: answer.ready.version, id: answer.ready.connection };
  if (answer && 'refused' in answer) return { error: answer.refused, number: Number.parseInt(answer.refused, 10) };
  const lost = "Lost connection to MySQL server at 'reading initial communication packet', system error: 0";
  return { error: errorText(2013, 'HY000', lost), number: 2013 };
}

function* reach(
  sys: Sys,
  { host, port, socket }: ClientOptions,
): Waiting<{ connection: Connection } | { error: string; number: number }> {
  if (host === undefined) {
    try {
      return { connection: sys.connectPath(socket) };
    } catch (error) {
      if (!isErrno(error)) throw error;
      const text = `Can't connect to local MySQL server through socket '${socket}' (${ERRNO[error.code] ?? 2})`;
      return { error: errorText(2002, 'HY000', text), number: 2002 };
    }
  }
  const found = yield* resolveHost(sys, host);
  if ('failure' in found) {
    const temporary = !['not-found', 'no-data'].includes(found.failure);
    return {
      error: errorText(2005, 'HY000', `Unknown MySQL server host '${host}' (${temporary ? -3 : -2})`),
      number: 2005,
    };
  }
  try {
    const { addresses } = found;
    const { connection } = yield* connectAny(sys, { addresses, port }, { timeout: CONNECT_SECONDS * SECOND });
    return { connection };
  } catch (error) {
    if (!(error instanceof NoServer)) throw error;
    const text = `Can't connect to MySQL server on '${host}:${port}' (${ERRNO[error.error.code] ?? 111})`;
    return { error: errorText(2003, 'HY000', text), number: 2003 };
  }
}

/** One statement and its answer; undefined when the server has gone. */
export function* askServer(
  connection: Connection,
  text: string,
): Waiting<Extract<ServerMessage, { outcomes: object }> | undefined> {
  sendMessage(connection, { ask: text });
  const answer = yield* receiveMessage<ServerMessage>(connection);
  return answer && 'outcomes' in answer ? answer : undefined;
}
