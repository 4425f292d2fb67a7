import { isErrno } from '../../kernel/errno.js';
import { isNamed } from '../../kernel/libc/exists.js';
import { untilSignal } from '../../kernel/libc/until-signal.js';
import type { HttpResponse, Message, Peer } from '../../kernel/network.js';
import type { Random } from '../../kernel/random.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { answer } from './answer.js';
import { NginxConfigError } from './config.js';
import type { AnswerContext, Exchange, ValueMap } from './exchange.js';
import { type ConfigSource, ERRNO, loadConfiguration } from './load.js';
import { NginxLogs } from './logs.js';
import { normalized } from './request-path.js';
import type { Scripts } from './scripts.js';
import type { Configuration, Listen, Site } from './sites.js';
import { Sockets } from './sockets.js';

const MAP_KINDS: Readonly<Record<ValueMap['kind'], true>> = { map: true, geo: true, split_clients: true };

/** nginx's master process, which here also answers. */
export class Master {
  private readonly sys: Sys;
  private readonly server: string;
  private readonly source: ConfigSource;
  private configuration: Configuration;
  private context: AnswerContext;
  private readonly sockets: Sockets;
  private readonly logs: NginxLogs;
  private readonly turns = new Map<string, number>();
  private connections = 0;

  private readonly scripts: Scripts;
  private readonly random: Random;

  constructor(sys: Sys, server: string, source: ConfigSource, configuration: Configuration, scripts: Scripts = {}) {
    this.scripts = scripts;
    this.sys = sys;
    this.random = sys.random();
    this.server = server;
    this.source = source;
    this.configuration = configuration;
    this.logs = new NginxLogs(sys, configuration);
    this.context = this.contextOf(configuration);
    this.sockets = new Sockets(sys, scripts, (port, message, peer) => this.serve(port, message, peer));
  }

  *run(): Waiting<number> {
    const { sys } = this;
    for (const warning of this.configuration.warnings) {
      this.logs.note('warn', warning);
      yield* sys.write(2, `nginx: [warn] ${warning}\n`);
    }
    const failure = this.prepare();
    if (failure !== undefined) {
      this.logs.note('emerg', failure);
      yield* sys.write(2, `nginx: [emerg] ${failure}\n`);
      return 1;
    }
    for (const text of [
      'using the "epoll" event method',
      this.server,
      'built by gcc 14.2.0 (Debian 14.2.0-19) ',
      'OS: Linux 6.8.0-85-generic',
      'getrlimit(RLIMIT_NOFILE): 1048576:1048576',
      'start worker processes',
    ])
      this.logs.note('notice', text);
    for (;;) {
      const signal = yield* untilSignal(sys, ['HUP', 'INT', 'QUIT', 'TERM', 'USR1', 'WINCH']);
      if (signal === 'HUP') yield* this.reload();
      else if (signal === 'USR1') this.logs.reopen();
      else if (signal !== 'WINCH') return this.end(signal);
    }
  }

  private contextOf({ http, upstreams, balancers, table }: Configuration): AnswerContext {
    const maps = http
      .filter(({ name }) => name in MAP_KINDS)
      .map(({ name: kind, words, block = [] }) => {
        const rows = block.map(({ name, words: values }) => [name, ...values]);
        const source = kind === 'geo' && words.length === 1 ? '$remote_addr' : (words[0] ?? '');
        return [(words.at(-1) ?? '').slice(1), { kind: kind as ValueMap['kind'], source, rows }] as const;
      });
    return {
      sys: this.sys,
      server: this.server,
      maps: new Map(maps),
      upstreams,
      balancers,
      scripts: this.scripts,
      answer,
      atSocket: (address) => table.atSocket(address),
      disabled: new Map(),
      complain: (exchange, text, tail = '', level = 'error') => this.complain(exchange, text, tail, level),
      turn: (upstream) => {
        const turn = this.turns.get(upstream) ?? 0;
        this.turns.set(upstream, turn + 1);
        return turn;
      },
    };
  }

  private complain({ number, client, site, line, request }: Exchange, text: string, tail: string, level: string): void {
    const host = request.headers['host'];
    this.logs.note(
      level,
      `*${number} ${text}, client: ${client.address}, server: ${site.names[0] ?? ''}, request: "${line}"${tail}${host === undefined ? '' : `, host: "${host}"`}`,
    );
  }

  /** Folders, process file, ports. Returns what is wrong. */
  private prepare(): string | undefined {
    const { sys } = this;
    const unopened = this.logs.open();
    if (unopened !== undefined) return unopened;
    for (const name of ['client', 'proxy', 'fastcgi', 'uwsgi', 'scgi']) {
      const said = this.configuration.http.find(
        (one) => one.name === (name === 'client' ? 'client_body_temp_path' : `${name}_temp_path`),
      );
      const path = said?.words[0] ?? `/var/cache/nginx/${name}_temp`;
      try {
        sys.makeDirectory(path, 0o700);
      } catch (error) {
        if (isErrno(error, 'EEXIST')) continue;
        if (!isErrno(error)) throw error;
        return `mkdir() "${path}" failed (${ERRNO[error.code] ?? 5}: ${error.message})`;
      }
    }
    const unbound = this.sockets.listen(this.configuration);
    if (unbound !== undefined) return unbound;
    const pidFile = pidFileOf(this.configuration);
    try {
      sys.writeFile(pidFile, `${sys.pid}\n`, 0o644);
    } catch (error) {
      if (!isErrno(error)) throw error;
      return `open() "${pidFile}" failed (${ERRNO[error.code] ?? 5}: ${error.message})`;
    }
    return undefined;
  }

  private *serve(port: number, message: Message, peer: Peer): Waiting<Message> {
    if (message.kind !== 'http') return { kind: 'http-response', status: 400, headers: { server: this.server } };
    this.connections += 1;
    const host = (message.headers['host'] ?? '').replace(/:\d+$/, '').toLowerCase();
    const site = this.configuration.table.choose(port, host) as Site;
    const [target = '/', query = ''] = message.target.split('?');
    const exchange: Exchange = {
      context: this.context,
      site,
      listen: site.listens.find((one) => one.port === port) ?? (site.listens[0] as Listen),
      request: message,
      line: `${message.method} ${message.target} HTTP/1.1`,
      client: peer.address,
      host,
      serverName: peer.serverName ?? '',
      number: this.connections,
      id: Buffer.from(this.random.bytes(16)).toString('hex'),
      started: this.sys.now(),
      uri: normalized(target) ?? '',
      query,
      root: '',
      user: '',
      variables: new Map(),
      captures: { list: [], groups: {} },
      proxy: undefined,
      upstream: { address: '', status: '', length: '' },
      location: undefined,
      status: 0,
      sent: 0,
    };
    const response = yield* answer(exchange);
    exchange.status = response.status;
    exchange.sent = message.method === 'HEAD' ? 0 : (response.body?.length ?? 0);
    this.logs.access(exchange);
    return { kind: 'http-response', ...(message.method === 'HEAD' ? bodiless(response) : response) };
  }

  private *reload(): Waiting<void> {
    this.logs.note('notice', 'signal 1 (SIGHUP) received, reconfiguring');
    this.logs.note('notice', 'reconfiguring');
    try {
      const configuration = yield* loadConfiguration(this.sys, this.source);
      this.sockets.forgetPems();
      const before = this.configuration;
      this.configuration = configuration;
      const failure = this.sockets.listen(configuration);
      if (failure !== undefined) {
        this.configuration = before;
        this.logs.note('emerg', failure);
        return;
      }
      this.context = this.contextOf(configuration);
      this.logs.use(configuration);
      for (const warning of configuration.warnings) this.logs.note('warn', warning);
      this.logs.note('notice', 'using the "epoll" event method');
      this.logs.note('notice', 'start worker processes');
    } catch (error) {
      if (!(error instanceof NginxConfigError)) throw error;
      this.logs.note('emerg', error.message);
    }
  }

  private end(signal: string): number {
    const number = { INT: 2, QUIT: 3, TERM: 15 }[signal] ?? 15;
    const graceful = signal === 'QUIT';
    this.logs.note('notice', `signal ${number} (SIG${signal}) received, ${graceful ? 'shutting down' : 'exiting'}`);
    if (graceful) this.logs.note('notice', 'gracefully shutting down');
    this.logs.note('notice', 'exiting');
    this.logs.note('notice', 'exit');
    const pidFile = pidFileOf(this.configuration);
    if (isNamed(this.sys, pidFile)) this.sys.unlink(pidFile);
    return 0;
  }
}

function bodiless({ body: _body, ...rest }: HttpResponse): HttpResponse {
  return rest;
}

/** Where the process number is kept. */
export function pidFileOf({ main }: Pick<Configuration, 'main'>): string {
  return main.find(({ name }) => name === 'pid')?.words[0] ?? '/run/nginx.pid';
}
