import { formatTime } from '../../api/time.js';
import { encodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { HttpRequest, HttpResponse, Listener, Message, Peer } from '../../kernel/network.js';
import type { Program, Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { WaitQueue } from '../../kernel/wait.js';
import { answer, errorPage, splitTime } from './answer.js';
import { type ConfigFiles, NginxConfigError, readNginxConfig } from './config.js';
import { nginxVersionOf } from './files.js';
import { chooseSite, readSites, type Site } from './sites.js';

const CONFIG = '/etc/nginx/nginx.conf';
const PID_FILE = '/run/nginx.pid';
const ACCESS_LOG = '/var/log/nginx/access.log';
const ERROR_LOG = '/var/log/nginx/error.log';
const ERRNO: Readonly<Record<string, number>> = { EACCES: 13, EADDRINUSE: 98, EADDRNOTAVAIL: 99, ENOENT: 2, EROFS: 30 };

/** nginx, as far as a static site needs it: reads its configuration, serves files, logs, reloads, ends gracefully. */
export const nginx: Program = function* nginx(sys) {
  const server = `nginx/${sys.environment.get('NGINX_VERSION') ?? nginxVersionOf('latest')}`;
  const args = sys.args.slice(1);
  const option = (name: string) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
  if (args.includes('-v') || args.includes('-V')) {
    yield* sys.write(2, `nginx version: ${server}\n`);
    return 0;
  }
  const signal = option('-s');
  if (signal !== undefined) return yield* tellMaster(sys, signal);
  const config = option('-c') ?? CONFIG;
  let sites: Site[];
  try {
    sites = load(sys, config);
  } catch (error) {
    if (!(error instanceof NginxConfigError)) throw error;
    yield* sys.write(
      2,
      `${args.includes('-t') ? 'nginx: ' : `${stamp(sys)} [emerg] ${sys.pid}#${sys.pid}: ${error.message}\nnginx: `}[emerg] ${error.message}\n`,
    );
    if (args.includes('-t')) yield* sys.write(2, `nginx: configuration file ${config} test failed\n`);
    return 1;
  }
  if (args.includes('-t')) {
    yield* sys.write(
      2,
      `nginx: the configuration file ${config} syntax is ok\nnginx: configuration file ${config} test is successful\n`,
    );
    return 0;
  }
  return yield* new Master(sys, server, config, sites).run();
};

function load(sys: Sys, path: string): Site[] {
  const files: ConfigFiles = {
    read: (file) => {
      try {
        return Buffer.from(sys.readFile(file)).toString('utf8');
      } catch (error) {
        if (!isErrno(error)) throw error;
        throw new NginxConfigError(`open() "${file}" failed (${ERRNO[error.code] ?? 5}: ${error.message})`);
      }
    },
    glob: (pattern) => {
      const folder = pattern.slice(0, pattern.lastIndexOf('/'));
      const [before = '', after = ''] = pattern.slice(folder.length + 1).split('*');
      try {
        return sys
          .readDirectory(folder)
          .map(({ name }) => name)
          .filter((name) => name.startsWith(before) && name.endsWith(after) && !name.startsWith('.'))
          .sort()
          .map((name) => `${folder}/${name}`);
      } catch (error) {
        if (isErrno(error)) return [];
        throw error;
      }
    },
  };
  return readSites(readNginxConfig(path, files));
}

function* tellMaster(sys: Sys, signal: string): Waiting<number> {
  const names = { stop: 'TERM', quit: 'QUIT', reload: 'HUP', reopen: 'USR1' } as const;
  if (!(signal in names)) {
    yield* sys.write(2, `nginx: invalid option: "-s ${signal}"\n`);
    return 1;
  }
  try {
    const pid = Number(Buffer.from(sys.readFile(PID_FILE)).toString('utf8'));
    sys.kill(pid, names[signal as keyof typeof names]);
    yield* sys.write(2, `${stamp(sys)} [notice] ${sys.pid}#${sys.pid}: signal process started\n`);
    return 0;
  } catch (error) {
    if (!isErrno(error)) throw error;
    yield* sys.write(2, `nginx: [error] open() "${PID_FILE}" failed (2: No such file or directory)\n`);
    return 1;
  }
}

/** `2026/11/21 01:02:03`, as the error log begins its lines. */
function stamp(sys: Sys): string {
  return formatTime(sys.now()).slice(0, 19).replace(/-/g, '/').replace('T', ' ');
}

class Master {
  private readonly sys: Sys;
  private readonly server: string;
  private readonly config: string;
  private sites: Site[];
  private readonly listeners = new Map<number, Listener>();
  private readonly logs = new Map<string, number>();
  private connections = 0;

  constructor(sys: Sys, server: string, config: string, sites: Site[]) {
    this.sys = sys;
    this.server = server;
    this.config = config;
    this.sites = sites;
  }

  *run(): Waiting<number> {
    const { sys } = this;
    const failure = this.prepare();
    if (failure !== undefined) {
      yield* sys.write(2, `${stamp(sys)} [emerg] ${sys.pid}#${sys.pid}: ${failure}\nnginx: [emerg] ${failure}\n`);
      return 1;
    }
    for (const text of [
      'using the "epoll" event method',
      this.server,
      'OS: Linux 6.8.0-85-generic',
      'start worker processes',
    ])
      this.note('notice', text);
    for (const signal of ['HUP', 'INT', 'QUIT', 'TERM', 'USR1'] as const) sys.onSignal(signal, 'catch');
    const never = new WaitQueue();
    for (;;) {
      try {
        yield never;
      } catch (error) {
        if (!isErrno(error, 'EINTR')) throw error;
      }
      for (let signal = sys.takeSignal(); signal !== undefined; signal = sys.takeSignal()) {
        if (signal === 'HUP') this.reload();
        else if (signal !== 'USR1') return this.end(signal);
      }
    }
  }

  /** Folders, process file, ports. Returns what is wrong. */
  private prepare(): string | undefined {
    const { sys } = this;
    for (const name of ['client_temp', 'proxy_temp', 'fastcgi_temp', 'uwsgi_temp', 'scgi_temp']) {
      const path = `/var/cache/nginx/${name}`;
      try {
        sys.makeDirectory(path, 0o700);
      } catch (error) {
        if (isErrno(error, 'EEXIST')) continue;
        if (!isErrno(error)) throw error;
        return `mkdir() "${path}" failed (${ERRNO[error.code] ?? 5}: ${error.message})`;
      }
    }
    const unbound = this.listen();
    if (unbound !== undefined) return unbound;
    try {
      sys.writeFile(PID_FILE, `${sys.pid}\n`, 0o644);
    } catch (error) {
      if (!isErrno(error)) throw error;
      return `open() "${PID_FILE}" failed (${ERRNO[error.code] ?? 5}: ${error.message})`;
    }
    return undefined;
  }

  /** Opens the ports that sites want and closes the others. */
  private listen(): string | undefined {
    const wanted = new Set(this.sites.flatMap(({ ports }) => ports));
    for (const [port, listener] of this.listeners) {
      if (wanted.has(port)) continue;
      listener.close();
      this.listeners.delete(port);
    }
    for (const port of wanted) {
      if (this.listeners.has(port)) continue;
      try {
        this.listeners.set(
          port,
          this.sys.listen({ port, application: 'http', handler: (message, peer) => this.serve(port, message, peer) }),
        );
      } catch (error) {
        if (!isErrno(error)) throw error;
        return `bind() to 0.0.0.0:${port} failed (${ERRNO[error.code] ?? 5}: ${error.message})`;
      }
    }
    return undefined;
  }

  private *serve(port: number, message: Message, peer: Peer): Waiting<Message> {
    if (message.kind !== 'http') return { kind: 'http-response', status: 400, headers: { server: this.server } };
    this.connections += 1;
    const host = (message.headers['host'] ?? '').replace(/:\d+$/, '');
    const site = chooseSite(this.sites, port, host);
    const line = `${message.method} ${message.target} HTTP/1.1`;
    const context = {
      sys: this.sys,
      server: this.server,
      complain: (text: string) =>
        this.note(
          'error',
          `*${this.connections} ${text}, client: ${peer.address.address}, server: ${site?.names[0] ?? ''}, request: "${line}", host: "${message.headers['host'] ?? ''}"`,
        ),
    };
    const response = site ? answer(context, site, message) : errorPage(context, 404);
    this.access(message, peer, line, response);
    const { body: _body, ...bodiless } = response;
    return { kind: 'http-response', ...(message.method === 'HEAD' ? bodiless : response) };
  }

  private access(request: HttpRequest, peer: Peer, line: string, { status, body }: HttpResponse): void {
    const [year, month, day, time] = splitTime(this.sys.now());
    const { referer = '-', 'user-agent': agent = '-', 'x-forwarded-for': forwarded = '-' } = request.headers;
    const sent = request.method === 'HEAD' ? 0 : (body?.length ?? 0);
    this.write(
      ACCESS_LOG,
      1,
      `${peer.address.address} - - [${day}/${month}/${year}:${time} +0000] "${line}" ${status} ${sent} "${referer}" "${agent}" "${forwarded}"\n`,
    );
  }

  private note(level: string, text: string): void {
    this.write(ERROR_LOG, 2, `${stamp(this.sys)} [${level}] ${this.sys.pid}#${this.sys.pid}: ${text}\n`);
  }

  /** Appends to a log, which in containers is a link to a standard stream. */
  private write(path: string, stream: number, text: string): void {
    const { sys } = this;
    try {
      let descriptor = this.logs.get(path);
      if (descriptor === undefined) {
        descriptor = isLink(sys, path) ? stream : sys.open(path, { write: true, append: true, create: true }, 0o644);
        this.logs.set(path, descriptor);
      }
      sys.openFile(descriptor).tryWrite(encodeText(text));
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
  }

  private reload(): void {
    this.note('notice', 'signal 1 (SIGHUP) received, reconfiguring');
    this.note('notice', 'reconfiguring');
    try {
      this.sites = load(this.sys, this.config);
      const failure = this.listen();
      if (failure !== undefined) this.note('emerg', failure);
    } catch (error) {
      if (!(error instanceof NginxConfigError)) throw error;
      this.note('emerg', error.message);
    }
  }

  private end(signal: string): number {
    const number = { INT: 2, QUIT: 3, TERM: 15 }[signal] ?? 15;
    const manner = signal === 'QUIT' ? 'gracefully shutting down' : 'exiting';
    this.note('notice', `signal ${number} (SIG${signal}) received, ${signal === 'QUIT' ? 'shutting down' : 'exiting'}`);
    this.note('notice', manner);
    this.note('notice', 'exit');
    return 0;
  }
}

function isLink(sys: Sys, path: string): boolean {
  try {
    return sys.lstat(path).type === 'symlink';
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}
