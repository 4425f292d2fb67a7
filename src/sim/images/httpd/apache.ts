import { isErrno } from '../../kernel/errno.js';
import { untilSignal } from '../../kernel/libc/until-signal.js';
import type { HttpResponse, Message, Peer } from '../../kernel/network.js';
import type { Program, Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { say } from '../go/log.js';
import { logDate, splitTime, weekdayOf } from '../web/http-date.js';
import { type ApacheContext, answer, value } from './answer.js';
import { ApacheConfigError, type ApacheDirective, readApacheConfig } from './config.js';

const ROOT = '/usr/local/apache2';

/** Apache's httpd as its image runs it: reads its configuration, serves files, logs to its standard streams. */
export const apache: Program = function* apache(sys) {
  const version = sys.environment.get('HTTPD_VERSION') ?? '2.4.65';
  const server = `Apache/${version} (Unix)`;
  const args = sys.args.slice(1);
  if (args.includes('-v')) {
    yield* sys.write(1, `Server version: ${server}\nServer built:   Jul 22 2025 00:27:55\n`);
    return 0;
  }
  const file = args.includes('-f') ? (args[args.indexOf('-f') + 1] ?? '') : `${ROOT}/conf/httpd.conf`;
  let directives: ApacheDirective[];
  try {
    directives = load(sys, file);
  } catch (error) {
    if (!(error instanceof ApacheConfigError)) throw error;
    const number = error.message.startsWith('Syntax error') ? 'AH00526' : 'httpd';
    yield* sys.write(2, `${number}: ${error.message}\n`);
    return 1;
  }
  if (value(directives, 'servername') === undefined) {
    const [address = '127.0.0.1'] = sys.network().addresses();
    const words = `AH00558: httpd: Could not reliably determine the server's fully qualified domain name, using ${address}. Set the 'ServerName' directive globally to suppress this message\n`;
    // Apache reads its configuration twice before it serves.
    yield* sys.write(2, args.includes('-t') ? words : words + words);
  }
  if (args.includes('-t')) {
    yield* sys.write(2, 'Syntax OK\n');
    return 0;
  }
  const tokens = value(directives, 'servertokens')?.toLowerCase();
  const shown = tokens === 'prod' ? 'Apache' : tokens === 'min' || tokens === 'minimal' ? `Apache/${version}` : server;
  return yield* serve(sys, shown, server, directives);
};

function load(sys: Sys, file: string): ApacheDirective[] {
  const read = (path: string): string | undefined => {
    try {
      return Buffer.from(sys.readFile(path.startsWith('/') ? path : `${ROOT}/${path}`)).toString('utf8');
    } catch (error) {
      if (isErrno(error)) return undefined;
      throw error;
    }
  };
  const text = read(file);
  if (text === undefined)
    throw new ApacheConfigError(`Could not open configuration file ${file}: No such file or directory`);
  return readApacheConfig(file, text, read);
}

function* serve(sys: Sys, shown: string, server: string, directives: readonly ApacheDirective[]): Waiting<number> {
  const note = (module: string, level: string, text: string) =>
    say(sys, 2, `${stamp(sys)} [${module}:${level}] [pid ${sys.pid}:tid ${sys.pid}] ${text}\n`);
  const ports = directives
    .filter(({ name }) => name === 'listen')
    .map(({ words }) => Number(/(\d+)$/.exec(words[0] ?? '')?.[1] ?? 80));
  for (const port of new Set(ports)) {
    try {
      sys.listen({
        port,
        application: 'http',
        handler: (message, peer) => handle(sys, { shown, directives }, message, peer),
      });
    } catch (error) {
      if (!isErrno(error)) throw error;
      const number = { EACCES: 13, EADDRINUSE: 98 }[error.code as 'EACCES'] ?? 5;
      yield* sys.write(
        2,
        `(${number})${error.message}: AH00072: make_sock: could not bind to address 0.0.0.0:${port}\nno listening sockets available, shutting down\nAH00015: Unable to open logs\n`,
      );
      return 1;
    }
  }
  if (ports.length === 0) {
    yield* sys.write(2, 'no listening sockets available, shutting down\nAH00015: Unable to open logs\n');
    return 1;
  }
  note('mpm_event', 'notice', `AH00489: ${server} configured -- resuming normal operations`);
  note('core', 'notice', `AH00094: Command line: '${sys.args.join(' ')}'`);
  const signal = yield* untilSignal(sys, ['INT', 'TERM', 'WINCH']);
  note(
    'mpm_event',
    'notice',
    signal === 'WINCH'
      ? 'AH00492: caught SIGWINCH, shutting down gracefully'
      : 'AH00491: caught SIGTERM, shutting down',
  );
  return 0;
}

/** `[Sat Nov 21 21:11:24.590314 2026]`. */
function stamp(sys: Sys): string {
  const now = sys.now();
  const [year, month, day, time] = splitTime(now);
  return `[${weekdayOf(now)} ${month} ${day} ${time}.${String(now % SECOND).padStart(6, '0')} ${year}]`;
}

function* handle(
  sys: Sys,
  { shown, directives }: { shown: string; directives: readonly ApacheDirective[] },
  message: Message,
  peer: Peer,
): Waiting<Message> {
  if (message.kind !== 'http') return { kind: 'http-response', status: 400, headers: { server: shown } };
  const { address, port } = peer.address;
  const context: ApacheContext = {
    sys,
    server: shown,
    directives,
    complain: (text) => {
      const module = /^\S*AH016/.test(text) ? 'authz_core' : /^AH012/.test(text) ? 'autoindex' : 'core';
      say(
        sys,
        2,
        `${stamp(sys)} [${module}:error] [pid ${sys.pid}:tid ${sys.pid}] [client ${address}:${port}] ${text}\n`,
      );
    },
  };
  const response = answer(context, message);
  const sent = message.method === 'HEAD' ? 0 : (response.body?.length ?? 0);
  say(
    sys,
    1,
    `${address} - - [${logDate(sys.now())}] "${message.method} ${message.target} HTTP/1.1" ${response.status} ${sent === 0 ? '-' : sent}\n`,
  );
  return { kind: 'http-response', ...(message.method === 'HEAD' ? bodiless(response) : response) };
}

function bodiless({ body: _body, ...rest }: HttpResponse): HttpResponse {
  return rest;
}
