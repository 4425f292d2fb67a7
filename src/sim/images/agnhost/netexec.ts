import { DurationError, formatDuration, parseDuration } from '../../api/duration.js';
import { goJson, goQuote } from '../../api/go-text.js';
import { formatTime } from '../../api/time.js';
import { untilSignal } from '../../kernel/libc/until-signal.js';
import { ExitProcess, type Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { loadKeyPair } from '../go/key-pair.js';
import { goLog } from '../go/log.js';
import { canonicalHeader, type GoAnswer, type GoHandler, type GoRequest, goError, goListen } from '../go/server.js';
import type { Command } from './command.js';
import { dial } from './dial.js';
import { shell } from './shell.js';
import { serveUdp } from './udp.js';

interface Server {
  readonly sys: Sys;
  readonly port: number;
  readonly started: number;
  terminating: boolean;
  ready: boolean;
}

/** agnhost netexec: an HTTP server with endpoints to look at the network and the container. */
export const netexec: Command = {
  name: 'netexec',
  short: 'Creates HTTP(S), UDP, and (optionally) SCTP servers with various endpoints',
  flags: [
    { name: 'delay-shutdown', kind: 'number' },
    { name: 'http-override' },
    { name: 'http-port', kind: 'number' },
    { name: 'sctp-port', kind: 'number' },
    { name: 'tls-cert-file' },
    { name: 'tls-private-key-file' },
    { name: 'udp-listen-addresses' },
    { name: 'udp-port', kind: 'number' },
  ],
  *run(sys, given) {
    const port = Number(given.get('http-port') ?? 8080);
    const udpPort = Number(given.get('udp-port') ?? 8081);
    const server: Server = { sys, port, started: sys.now(), terminating: false, ready: false };
    goLog(sys, `Started HTTP server on port ${port}`);
    const certificate = given.get('tls-cert-file') ?? '';
    const pair =
      certificate === '' ? undefined : loadKeyPair(sys, certificate, given.get('tls-private-key-file') ?? '');
    if (pair && 'failure' in pair) {
      goLog(sys, pair.failure);
      return 1;
    }
    const failure = goListen(sys, port, overridden(route(server), given.get('http-override') ?? ''), pair?.tls);
    if (failure !== undefined) {
      goLog(sys, failure);
      return 1;
    }
    if (udpPort !== -1) {
      const refused = serveUdp(sys, udpPort);
      if (refused !== undefined) {
        goLog(sys, refused);
        return 1;
      }
      server.ready = true;
    }
    return yield* untilTerminated(server, Number(given.get('delay-shutdown') ?? 0));
  },
};

function* untilTerminated(server: Server, delaySeconds: number): Waiting<number> {
  const { sys } = server;
  const signal = yield* untilSignal(sys);
  if (signal !== 'TERM') return 2;
  server.terminating = true;
  if (delaySeconds > 0) {
    goLog(sys, `Sleeping ${delaySeconds} seconds before terminating...`);
    yield* sys.sleep(delaySeconds * SECOND);
  }
  return 0;
}

/** With `--http-override` every request is answered as if it were for that path. */
function overridden(handle: GoHandler, override: string): GoHandler {
  if (override === '') return handle;
  const [path = '/', query = ''] = override.split('?');
  return (request) =>
    handle({ ...request, method: 'GET', target: override, path, query: new URLSearchParams(query), headers: {} });
}

function route(server: Server): GoHandler {
  const { sys, port } = server;
  const log = (text: string) => goLog(sys, text);
  const handlers: Readonly<Record<string, GoHandler>> = {
    '/clientip': ({ remote }) => said(log, 'GET /clientip', remote),
    '/dial': (request) => dial(sys, request),
    '/echo': (request) => echo(log, request),
    '/exit': (request) => exit(server, request),
    '/header': (request) => header(log, request),
    '/healthz': () => {
      log('GET /healthz');
      return { status: server.ready ? 200 : 412 };
    },
    '/hostName': () => said(log, 'GET /hostName', sys.hostname()),
    '/hostname': () => said(log, 'GET /hostname', sys.hostname()),
    '/readyz': () => {
      log('GET /readyz');
      if (server.terminating) return { status: 503, text: 'shutting down' };
      return server.ready ? { text: 'ok' } : { status: 412 };
    },
    '/redirect': (request) => redirect(log, request),
    '/serverport': () => said(log, 'GET /serverport', String(port)),
    '/shell': (request) => shell(sys, request),
    '/shutdown': () => {
      log('GET /shutdown');
      return end(sys, 0);
    },
  };
  return (request) =>
    (handlers[request.path] ?? (() => said(log, 'GET /', `NOW: ${goTime(sys.now(), server.started)}`)))(request);
}

function said(log: (text: string) => void, line: string, text: string): GoAnswer {
  log(line);
  return { text };
}

/** Go's time.Time as it prints itself, with the seconds since the program started. */
function goTime(now: number, started: number): string {
  const text = formatTime(now);
  const fraction = String(now % SECOND).padStart(6, '0');
  const since = ((now - started) / SECOND).toFixed(6);
  return `${text.slice(0, 10)} ${text.slice(11, 19)}.${fraction}000 +0000 UTC m=+${since}001`;
}

function echo(log: (text: string) => void, { query }: GoRequest): GoAnswer {
  const [message, code] = [query.get('msg') ?? '', query.get('code') ?? ''];
  log(`GET /echo?msg=${message}&code=${code}`);
  if (code !== '' && !/^[-+]?\d+$/.test(code))
    return { text: `argument 'code' must be an integer or empty, got ${goQuote(code)}\n` };
  return { status: code === '' ? 200 : Number(code), text: message };
}

function header(log: (text: string) => void, { headers, query }: GoRequest): GoAnswer {
  const key = query.get('key') ?? '';
  if (key !== '') {
    log(`GET /header?key=${key}`);
    return { text: key.toLowerCase() === 'host' ? '' : (headers[key.toLowerCase()] ?? '') };
  }
  log('GET /header');
  const { host: _host, ...others } = headers;
  const sorted = Object.entries(others).map(([name, text]): [string, string[]] => [canonicalHeader(name), [text]]);
  return { text: goJson(Object.fromEntries(sorted.sort(([one], [other]) => (one < other ? -1 : 1)))) };
}

function* exit({ sys }: Server, { query }: GoRequest): Waiting<GoAnswer> {
  const [code, timeout, wait] = ['code', 'timeout', 'wait'].map((name) => query.get(name) ?? '');
  goLog(sys, `GET /exit?code=${code}&timeout=${timeout}&wait=${wait}`);
  const spans = [timeout, wait].map((text) => spanOf(text ?? ''));
  for (const [index, name] of ['timeout', 'wait'].entries())
    if (spans[index] === undefined)
      return {
        text: `argument '${name}' must be a valid golang duration or empty, got ${goQuote((index === 0 ? timeout : wait) ?? '')}\n`,
      };
  if (code && !/^\d+$/.test(code))
    return { text: `argument 'code' must be an integer [0-127] or empty, got ${goQuote(code)}\n` };
  const [allowed = 0, pause = 0] = spans;
  goLog(
    sys,
    `Will begin shutdown in ${formatDuration(pause)}, allowing ${formatDuration(allowed)} for connections to close, then will exit with ${Number(code || 0)}`,
  );
  if (pause > 0) yield* sys.sleep(pause);
  if (allowed > 0) goLog(sys, 'Graceful shutdown completed with: <nil>');
  return yield* end(sys, Number(code || 0));
}

/** Ends the process; whoever asked gets no answer. */
function* end(sys: Sys, status: number): Waiting<never> {
  sys.thread(function* (): Waiting<void> {
    throw new ExitProcess(status);
  });
  for (;;) yield {};
}

function spanOf(text: string): number | undefined {
  if (text === '') return 0;
  try {
    return parseDuration(text);
  } catch (error) {
    if (error instanceof DurationError) return undefined;
    throw error;
  }
}

function redirect(log: (text: string) => void, { method, query }: GoRequest): GoAnswer {
  const [location, code] = [query.get('location') ?? '', query.get('code') ?? ''];
  log(`${method} /redirect?msg=${location}&code=${code}`);
  if (code !== '' && !/^[-+]?\d+$/.test(code))
    return { text: `argument 'code' must be an integer or empty, got ${goQuote(code)}\n` };
  const status = code === '' ? 302 : Number(code);
  if (status < 100 || status > 599) return goError(500, 'invalid redirect');
  const words = { 301: 'Moved Permanently', 302: 'Found', 303: 'See Other', 307: 'Temporary Redirect' }[status] ?? '';
  const headers = { location, 'content-type': 'text/html; charset=utf-8' };
  return { status, headers, text: method === 'GET' ? `<a href="${location}">${words}</a>.\n\n` : '' };
}
