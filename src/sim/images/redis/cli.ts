import { connectAny, NoServer } from '../../client/connect-any.js';
import { resolveHost } from '../../client/resolver.js';
import { decodeText } from '../../kernel/bytes.js';
import { askSecret } from '../../kernel/libc/ask-secret.js';
import { LineSplitter, print, printError, readAll } from '../../kernel/libc/streams.js';
import type { Connection } from '../../kernel/network.js';
import type { Program, Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { CliEnding, type CliOptions, readCliOptions } from './cli-options.js';
import { prettyText, rawText } from './reply-text.js';
import {
  binaryOf,
  bytesOf,
  encodeCommand,
  messageBytes,
  ProtocolError,
  type Reply,
  RespReader,
  splitWords,
} from './resp.js';
import { redisVersionOf } from './versions.js';

const WARNING = "Warning: Using a password with '-a' or '-u' option on the command line interface may not be safe.\n";
/** Waits for a client without a time limit of its own. */
const CONNECT_SECONDS = 130;

/** redis-cli: one command, commands from standard input, or a conversation. */
export const redisCli: Program = function* redisCli(sys) {
  const version = sys.environment.get('REDIS_VERSION') ?? redisVersionOf('latest');
  let options: CliOptions;
  try {
    options = readCliOptions(sys, version);
    if (sys.args.includes('--askpass'))
      options = { ...options, password: (yield* askSecret(sys, 'Please input password: ')) ?? '' };
  } catch (error) {
    if (!(error instanceof CliEnding)) throw error;
    yield* sys.write(error.status === 0 ? 1 : 2, error.message);
    return error.status;
  }
  if (options.warn) yield* printError(sys, WARNING);
  const client = new Client(sys, options);
  if (options.scan !== undefined) return yield* client.scan(options.scan);
  if (options.words.length > 0) return yield* client.once(options.words.map(binaryOf));
  if (sys.terminal(0)) return yield* client.converse();
  return yield* client.lines();
};

class Client {
  private readonly sys: Sys;
  private readonly options: CliOptions;
  private readonly raw: boolean;
  private connection: Connection | undefined;
  private reader = new RespReader();
  private database: number;

  constructor(sys: Sys, options: CliOptions) {
    this.sys = sys;
    this.options = options;
    this.raw = options.raw ?? sys.terminal(1) === undefined;
    this.database = options.database;
  }

  /** Connects, names itself and chooses the database. Gives whether there is a connection. */
  private *connect(): Waiting<boolean> {
    const { sys, options } = this;
    const found = yield* resolveHost(sys, options.host);
    let problem = 'Name or service not known';
    if ('failure' in found && found.failure !== 'not-found') problem = 'Temporary failure in name resolution';
    if ('addresses' in found) {
      try {
        const server = { addresses: found.addresses, port: options.port };
        ({ connection: this.connection } = yield* connectAny(sys, server, { timeout: CONNECT_SECONDS * SECOND }));
        this.reader = new RespReader();
      } catch (error) {
        if (!(error instanceof NoServer)) throw error;
        problem = error.message;
      }
    }
    if (!this.connection) {
      yield* printError(sys, `Could not connect to Redis at ${options.host}:${options.port}: ${problem}\n`);
      return false;
    }
    const { user, password } = options;
    if (password !== undefined) yield* this.introduce(user === undefined ? [password] : [user, password]);
    if (this.database !== 0) yield* this.ask(['SELECT', String(this.database)]);
    return true;
  }

  private *introduce(words: readonly string[]): Waiting<void> {
    const reply = yield* this.ask(['AUTH', ...words.map(binaryOf)]);
    if (typeof reply === 'object' && reply !== null && 'error' in reply)
      yield* printError(this.sys, `AUTH failed: ${reply.error}\n`);
  }

  /** One command and its answer; undefined when the server hung up. */
  private *ask(words: readonly string[]): Waiting<Reply | undefined> {
    const { connection } = this;
    if (!connection) return undefined;
    connection.send({ kind: 'raw', bytes: bytesOf(encodeCommand(words)) });
    return yield* this.next();
  }

  private *next(): Waiting<Reply | undefined> {
    const { connection, reader } = this;
    for (;;) {
      const reply = reader.reply();
      if (reply !== undefined) return reply;
      const item = connection ? yield* connection.incoming.receive() : 'end';
      if (item === 'end') {
        this.connection = undefined;
        return undefined;
      }
      reader.add(messageBytes(item));
    }
  }

  private *show(reply: Reply): Waiting<void> {
    if (!this.raw) return yield* print(this.sys, prettyText(reply));
    const text = rawText(reply);
    // Texts that end a line of their own are not given another.
    yield* print(this.sys, `${text}\n`);
  }

  /** Runs a command and shows its answer. Gives the status. */
  private *run(words: readonly string[]): Waiting<number> {
    const name = words[0]?.toLowerCase() ?? '';
    const reply = yield* this.ask(words);
    if (reply === undefined) {
      if (name === 'shutdown' || name === 'quit') return 0;
      yield* printError(this.sys, 'Error: Server closed the connection\n');
      return 1;
    }
    if (isPlain(name, reply)) yield* print(this.sys, rawText(reply));
    else if (typeof reply === 'string' && ['info', 'client', 'cluster', 'lolwut'].includes(name))
      yield* print(this.sys, `${reply.replaceAll('\r\n', '\n')}${reply.endsWith('\n') ? '' : '\n'}`);
    else yield* this.show(reply);
    if (name === 'select' && typeof reply === 'object' && reply !== null && 'status' in reply)
      this.database = Number(words[1]);
    const failed = typeof reply === 'object' && reply !== null && 'error' in reply;
    if (/^p?subscribe$/.test(name) && !failed) yield* this.listen();
    return failed && this.options.strict ? 1 : 0;
  }

  /** Shows all that comes, until the server hangs up or somebody ends this. */
  private *listen(): Waiting<void> {
    for (let reply = yield* this.next(); reply !== undefined; reply = yield* this.next()) yield* this.show(reply);
  }

  *once(words: readonly string[]): Waiting<number> {
    const { sys, options } = this;
    if (!(yield* this.connect())) return 1;
    const last = options.lastFromInput ? [Buffer.from(yield* readAll(sys, 0)).toString('latin1')] : [];
    let status = 0;
    for (let count = 0; count < options.repeat; count += 1) {
      status = yield* this.run([...words, ...last]);
      if (status !== 0) break;
      if (options.intervalSeconds > 0) yield* sys.sleep(options.intervalSeconds * SECOND);
    }
    this.connection?.close();
    return status;
  }

  *scan(pattern: string): Waiting<number> {
    if (!(yield* this.connect())) return 1;
    const reply = yield* this.ask(['SCAN', '0', 'MATCH', binaryOf(pattern)]);
    const keys = Array.isArray(reply) && Array.isArray(reply[1]) ? (reply[1] as Reply[]) : [];
    for (const key of keys) yield* this.show(key);
    return 0;
  }

  *lines(): Waiting<number> {
    if (!(yield* this.connect())) return 1;
    let status = 0;
    for (const line of decodeText(yield* readAll(this.sys, 0)).split('\n')) {
      const words = yield* this.wordsOf(line);
      if (words && words.length > 0) status = yield* this.run(words);
    }
    return status;
  }

  private *wordsOf(line: string): Waiting<string[] | undefined> {
    try {
      return splitWords(binaryOf(line));
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      yield* print(this.sys, 'Invalid argument(s)\n');
      return undefined;
    }
  }

  private prompt(): string {
    const place = this.connection ? `${this.options.host}:${this.options.port}` : 'not connected';
    return `${place}${this.database !== 0 && this.connection ? `[${this.database}]` : ''}> `;
  }

  *converse(): Waiting<number> {
    const { sys } = this;
    yield* this.connect();
    const lines = new LineSplitter();
    yield* print(sys, this.prompt());
    for (;;) {
      const bytes = yield* sys.read(0);
      if (bytes.length === 0) return 0;
      for (const line of lines.add(bytes)) {
        const words = yield* this.wordsOf(line);
        const name = words?.[0]?.toLowerCase();
        if (name === 'quit' || name === 'exit') return 0;
        if (name === 'clear') yield* print(sys, '\x1b[H\x1b[2J');
        else if (name !== undefined && words) yield* this.typed(words);
        yield* print(sys, this.prompt());
      }
    }
  }

  /** A typed command; a lost connection is made again first. */
  private *typed(words: readonly string[]): Waiting<void> {
    if (!this.connection && !(yield* this.connect())) return;
    yield* this.run(words);
  }
}

/** Errors of commands that answer with a text of many lines are printed as they are. */
function isPlain(name: string, reply: Reply): boolean {
  return name === 'cluster' && typeof reply === 'object' && reply !== null && 'error' in reply;
}
