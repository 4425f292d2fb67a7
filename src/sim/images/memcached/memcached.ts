import { isErrno } from '../../kernel/errno.js';
import { credentialsOf, findUser } from '../../kernel/libc/accounts.js';
import { untilSignal } from '../../kernel/libc/until-signal.js';
import type { Connection, Listener } from '../../kernel/network.js';
import { ExitProcess, type Program, type Sys } from '../../kernel/sys.js';
import { PREEMPT, type Waiting } from '../../kernel/wait.js';
import { bytesOf, messageBytes } from '../redis/resp.js';
import { type Asked, keep, type Store, understand } from './commands.js';
import { HELP, type Options, readOptions } from './options.js';
import { Server } from './server.js';

const VERSION = '1.6.39';
const COMMAND_COST = 15;
/** sysexits.h. */
const USAGE = 64;
const NO_USER = 67;
const OS_ERROR = 71;

/** memcached: keeps what it is told, in memory, for clients that speak its text protocol. */
export const memcached: Program = function* memcached(sys) {
  const version = sys.environment.get('MEMCACHED_VERSION') ?? VERSION;
  const options = readOptions(sys.args.slice(1));
  if (typeof options === 'string') {
    yield* sys.write(2, options);
    return USAGE;
  }
  if (options.asked) {
    yield* sys.write(1, `memcached ${version}\n${options.asked === 'help' ? HELP : ''}`);
    return 0;
  }
  const wrong = stepDown(sys, options);
  if (wrong) {
    yield* sys.write(2, `${wrong.text}\n`);
    return wrong.status;
  }
  const server = new Server(sys, options, version);
  const listener = listen(sys, options);
  if (typeof listener === 'string') {
    yield* sys.write(2, `failed to listen on TCP port ${options.port}: ${listener}\n`);
    return OS_ERROR;
  }
  sys.thread(() => acceptClients(server, listener));
  yield* untilSignal(sys);
  if (options.verbosity > 1) yield* sys.write(2, 'Exiting normally\n');
  return 0;
};

/** Root has to say whom the server is to be. */
function stepDown(sys: Sys, { user }: Options): { readonly text: string; readonly status: number } | undefined {
  if (sys.credentials.uid !== 0) return undefined;
  if (user === undefined) return { text: "can't run as root without the -u switch", status: USAGE };
  const account = findUser(sys, user);
  if (!account) return { text: `can't find the user ${user} to switch to`, status: NO_USER };
  sys.setCredentials({ ...sys.credentials, ...credentialsOf(sys, account) });
  return undefined;
}

function listen(sys: Sys, { port, address }: Options): Listener | string {
  try {
    return sys.listen({ port, application: 'raw', ...(address === undefined ? {} : { address }) });
  } catch (error) {
    if (!isErrno(error)) throw error;
    return error.message;
  }
}

function* acceptClients(server: Server, listener: Listener): Waiting<void> {
  for (let id = 26; ; id += 1) {
    const connection = yield* listener.accept();
    server.sys.thread(() => serveClient(server, connection, id));
  }
}

function* serveClient(server: Server, connection: Connection, id: number): Waiting<void> {
  server.connections += 1;
  server.count('connections');
  server.trace(`<${id} new auto-negotiating client connection`);
  const send = (text: string) => {
    if (text === '') return;
    server.count('bytes_written', text.length);
    for (const [, key] of text.matchAll(/^VALUE (\S+) /gm)) server.trace(`>${id} sending key ${key}`);
    server.trace(`>${id} ${text.slice(text.lastIndexOf('\n', text.length - 2) + 1, -2)}`);
    connection.send({ kind: 'raw', bytes: bytesOf(text) });
  };
  const input = new Input(server, connection);
  try {
    for (;;) {
      const line = yield* input.line();
      if (line === undefined) return;
      if (server.sys.charge(COMMAND_COST)) yield PREEMPT;
      server.trace(`<${id} ${line}`);
      const asked = understand(server, line);
      if ('close' in asked && asked.answer === 'shutdown') throw new ExitProcess(0);
      if ('close' in asked) return;
      send(yield* finished(server, input, asked));
    }
  } finally {
    server.connections -= 1;
    server.trace(`<${id} connection closed.`);
    connection.close();
  }
}

/** The answer to what was asked, after the value that follows a line was taken. */
function* finished(server: Server, input: Input, asked: Asked): Waiting<string> {
  if ('store' in asked) return yield* valueFor(server, input, asked.store);
  if ('skip' in asked) yield* input.take(asked.skip);
  return asked.answer;
}

function* valueFor(server: Server, input: Input, store: Store): Waiting<string> {
  const block = yield* input.take(store.length + 2);
  if (block === undefined) return '';
  if (!block.endsWith('\r\n')) return 'CLIENT_ERROR bad data chunk\r\n';
  return keep(server, store, block.slice(0, -2));
}

/** What a client sends, one character for each byte. */
class Input {
  private text = '';
  private readonly server: Server;
  private readonly connection: Connection;

  constructor(server: Server, connection: Connection) {
    this.server = server;
    this.connection = connection;
  }

  /** The next line; undefined when the client has gone. */
  *line(): Waiting<string | undefined> {
    for (;;) {
      const end = this.text.indexOf('\n');
      if (end >= 0) {
        const line = this.text.slice(0, end).replace(/\r$/, '');
        this.text = this.text.slice(end + 1);
        return line;
      }
      if (!(yield* this.more())) return undefined;
    }
  }

  /** So many bytes; undefined when the client has gone. */
  *take(length: number): Waiting<string | undefined> {
    while (this.text.length < length) if (!(yield* this.more())) return undefined;
    const block = this.text.slice(0, length);
    this.text = this.text.slice(length);
    return block;
  }

  private *more(): Waiting<boolean> {
    const item = yield* this.connection.incoming.receive();
    const bytes = item === 'end' ? undefined : messageBytes(item);
    if (!bytes || bytes.length === 0) return false;
    this.server.count('bytes_read', bytes.length);
    this.text += Buffer.from(bytes).toString('latin1');
    return true;
  }
}
