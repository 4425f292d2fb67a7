import { isErrno } from '../../kernel/errno.js';
import { untilSignal } from '../../kernel/libc/until-signal.js';
import type { Connection, Listener } from '../../kernel/network.js';
import type { Program, Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { PREEMPT } from '../../kernel/wait.js';
import { decimal, type Session } from './commands/command.js';
import { popFirst } from './commands/lists.js';
import { ConfigFileError, RedisConfig } from './config.js';
import { execute } from './execute.js';
import { CommandError } from './keyspace.js';
import { bytesOf, encodeReply, messageBytes, ProtocolError, type Reply, RespReader } from './resp.js';
import { ServerState } from './server-state.js';
import { redisVersionOf } from './versions.js';

const COMMAND_COST = 30;

/** redis-server: reads its settings, loads what it kept, serves clients, saves, and ends at SIGTERM. */
export const redisServer: Program = function* redisServer(sys) {
  const version = sys.environment.get('REDIS_VERSION') ?? redisVersionOf('latest');
  const args = sys.args.slice(1);
  if (args[0] === '-v' || args[0] === '--version') {
    yield* sys.write(1, `Redis server v=${version} sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=0\n`);
    return 0;
  }
  const config = new RedisConfig();
  config.values.set('dir', sys.directory());
  const failure = readSettings(sys, config, args, version);
  const state = new ServerState(sys, config, version);
  if (failure !== undefined && !failure.startsWith('\n')) {
    state.log(failure, '#');
    return 1;
  }
  if (failure !== undefined) {
    yield* sys.write(2, failure);
    return 1;
  }
  const listener = start(state, args.length > 0);
  if (!listener) return 1;
  sys.thread(() => acceptClients(state, listener));
  sys.thread(() => keepSaving(state));
  for (;;) {
    const signal = yield* untilSignal(sys);
    state.write(
      `${sys.pid}:signal-handler (${Math.floor(sys.now() / SECOND)}) Received SIG${signal} scheduling shutdown...\n`,
    );
    state.shutdown(undefined);
  }
};

/** The file and the options of the command line. Gives what is wrong: a report, or a line of the log. */
function readSettings(sys: Sys, config: RedisConfig, args: readonly string[], version: string): string | undefined {
  const [file, ...options] = args[0]?.startsWith('-') === false ? args : [undefined, ...args];
  let text = '';
  if (file !== undefined) {
    try {
      text = `${Buffer.from(sys.readFile(file)).toString('latin1')}\n`;
      config.file = sys.realPath(file);
    } catch (error) {
      if (!isErrno(error)) throw error;
      return `Fatal error, can't open config file '${file}': ${error.message}`;
    }
  }
  for (const word of options as string[])
    text += word.startsWith('--') ? `\n${word.slice(2)}` : ` ${JSON.stringify(word)}`;
  try {
    config.load(text, version);
    sys.changeDirectory(config.get('dir'));
    return undefined;
  } catch (error) {
    if (error instanceof ConfigFileError) return error.message;
    if (!isErrno(error)) throw error;
    const lines = text.split('\n').map((line) => line.trim());
    const at = lines.findLastIndex((line) => line.startsWith('dir'));
    return `\n*** FATAL CONFIG FILE ERROR (Redis ${version}) ***\nReading the configuration file, at line ${at + 1}\n>>> '${lines[at]}'\n${error.message}\n`;
  }
}

/** Says what a server says at its start. Gives its listener, or nothing when it cannot start. */
function start(state: ServerState, configured: boolean): Listener | undefined {
  const { sys, config, version } = state;
  const port = config.number('port');
  state.logUsual('oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo');
  state.logUsual(`Redis version=${version}, bits=64, commit=00000000, modified=0, pid=${sys.pid}, just started`);
  if (configured) state.logUsual('Configuration loaded');
  else
    state.log(
      'Warning: no config file specified, using the default config. In order to specify a config file use redis-server /path/to/redis.conf',
      '#',
    );
  state.role = 'M';
  state.log('monotonic clock: POSIX clock_gettime');
  const listener = listen(state, port);
  if (!listener) return undefined;
  state.log(`Running mode=standalone, port=${port}.`);
  state.logUsual('Server initialized');
  if (!state.restore()) return undefined;
  state.log(state.calm ? 'Ready to accept connections tcp' : 'Ready to accept connections');
  return listener;
}

function listen(state: ServerState, port: number): Listener | undefined {
  const addresses = state.config
    .get('bind')
    .split(' ')
    .map((address) => address.replace(/^-/, ''));
  const address = addresses.some((word) => ['*', '0.0.0.0', '::*'].includes(word)) ? '0.0.0.0' : (addresses[0] ?? '');
  try {
    return state.sys.listen({ address, port, application: 'raw' });
  } catch (error) {
    if (!isErrno(error)) throw error;
    const shown = address === '0.0.0.0' ? '*' : address;
    state.log(`Warning: Could not create server TCP listening socket ${shown}:${port}: bind: ${error.message}`, '#');
    state.log(`Failed listening on port ${port}${state.calm ? ' (tcp)' : ' (TCP)'}, aborting.`, '#');
    return undefined;
  }
}

function* acceptClients(state: ServerState, listener: Listener): Waiting<void> {
  for (let id = 3; ; id += 1) {
    const connection = yield* listener.accept();
    state.sys.thread(() => serveClient(state, connection, id));
  }
}

function* serveClient(state: ServerState, connection: Connection, id: number): Waiting<void> {
  const send = (reply: Reply) => connection.send({ kind: 'raw', bytes: bytesOf(encodeReply(reply)) });
  const session: Session = {
    id,
    address: `${connection.peer.address}:${connection.peer.port}`,
    database: 0,
    name: '',
    authenticated: state.config.get('requirepass') === '',
    queued: undefined,
    spoiled: false,
    channels: new Set(),
    patterns: new Set(),
    push: send,
  };
  state.connected(session);
  const reader = new RespReader();
  try {
    for (;;) {
      const words = yield* nextCommand(connection, reader);
      if (words === undefined) return;
      if (words.length === 0) continue;
      if (state.sys.charge(COMMAND_COST)) yield PREEMPT;
      if (words[0]?.toLowerCase() === 'quit') {
        send({ status: 'OK' });
        return;
      }
      yield* answerClient(state, session, words, send);
    }
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    send({ error: `ERR Protocol error: ${error.message}` });
  } finally {
    state.disconnected(session);
    connection.close();
  }
}

/** The next command; undefined when the client has gone. */
function* nextCommand(connection: Connection, reader: RespReader): Waiting<string[] | undefined> {
  for (;;) {
    const words = reader.command();
    if (words) return words;
    const item = yield* connection.incoming.receive();
    if (item === 'end') return undefined;
    const bytes = messageBytes(item);
    if (bytes.length === 0) return undefined;
    reader.add(bytes);
  }
}

function* answerClient(
  state: ServerState,
  session: Session,
  words: readonly string[],
  send: (reply: Reply) => void,
): Waiting<void> {
  const name = words[0]?.toLowerCase() ?? '';
  const free = session.authenticated && session.queued === undefined;
  if (free && (name === 'blpop' || name === 'brpop') && words.length >= 3)
    send(yield* waitForList(state, session, words));
  else if (free && /^p?(?:un)?subscribe$/.test(name) && (words.length >= 2 || name.includes('un')))
    subscribe(session, name, words.slice(1));
  else if (/^(?:b[lr]pop|p?(?:un)?subscribe)$/.test(name) && session.authenticated)
    send({ error: `ERR wrong number of arguments for '${name}' command` });
  else send(execute(state, session, words));
}

function subscribe(session: Session, name: string, words: readonly string[]): void {
  const names = name.startsWith('p') ? session.patterns : session.channels;
  const chosen = words.length > 0 ? words : [...names];
  for (const word of chosen.length > 0 ? chosen : [null]) {
    if (word !== null && name.includes('un')) names.delete(word);
    else if (word !== null) names.add(word);
    session.push([name, word, session.channels.size + session.patterns.size]);
  }
}

/** BLPOP and BRPOP: an item of the first list that has one, by the time given. */
function* waitForList(state: ServerState, session: Session, words: readonly string[]): Waiting<Reply> {
  const { sys } = state;
  const side = words[0]?.toLowerCase() === 'blpop' ? 'left' : 'right';
  try {
    const seconds = decimal(words.at(-1), 'ERR timeout is not a float or out of range');
    if (seconds < 0) throw new CommandError('ERR timeout is negative');
    const until = seconds === 0 ? undefined : sys.now() + Math.ceil(seconds * SECOND);
    for (;;) {
      const database = state.databases[session.database];
      if (!database) return null;
      const context = { server: state, session, database, now: Math.floor(sys.now() / 1000) };
      const found = popFirst(context, side, words.slice(1, -1));
      if (Array.isArray(found)) {
        state.changed([side === 'left' ? 'LPOP' : 'RPOP', String(found[0])], session);
        return found;
      }
      if (until !== undefined && sys.now() >= until) return null;
      yield { queues: [state.written], ...(until === undefined ? {} : { until }) };
    }
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { error: error.message };
  }
}

/** Writes a dump in a child when it was asked for, or when enough has changed for long enough. Sleeps otherwise. */
function* keepSaving(state: ServerState): Waiting<void> {
  const { sys } = state;
  for (;;) {
    const due = state.config
      .savePoints()
      .filter(({ changes }) => state.changes >= changes)
      .map(({ seconds, changes }) => ({ seconds, changes, at: (state.lastSave() + seconds) * SECOND }))
      .sort((one, other) => one.at - other.at)[0];
    if (state.wanted === 'none' && (!due || due.at > sys.now())) {
      yield { queues: [state.written], ...(due ? { until: due.at } : {}) };
      continue;
    }
    if (state.wanted === 'none' && due) state.log(`${due.changes} changes in ${due.seconds} seconds. Saving...`);
    state.wanted = 'none';
    yield* saveInChild(state);
  }
}

function* saveInChild(state: ServerState): Waiting<void> {
  const { sys } = state;
  let failure: string | undefined;
  const pid = sys.fork(function* save() {
    failure = state.disk.save(state.databases);
    return failure === undefined ? 0 : 1;
  });
  state.log(`Background saving started by pid ${pid}`);
  yield* sys.wait(pid);
  state.finishSave(failure, { pid, role: 'C' });
  if (failure === undefined) {
    state.log('Fork CoW for RDB: current 0 MB, peak 0 MB, average 0 MB', '*', { pid, role: 'C' });
    state.log('Background saving terminated with success');
  } else state.log('Background saving error', '#');
}
