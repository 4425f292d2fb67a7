import { DurationError, parseDuration } from '../../api/duration.js';
import { goJson } from '../../api/go-text.js';
import { untilSignal } from '../../kernel/libc/until-signal.js';
import type { ServerTls } from '../../kernel/network.js';
import type { Program, Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { type GoFlag, readGoFlags } from '../go/flags.js';
import { loadKeyPair } from '../go/key-pair.js';
import { goLog, say } from '../go/log.js';
import { canonicalHeader, type GoAnswer, type GoHandler, type GoRequest, goError, goListen } from '../go/server.js';
import { logDate } from '../web/http-date.js';

const UNITS: Readonly<Record<string, number>> = { kb: 2 ** 10, mb: 2 ** 20, gb: 2 ** 30, tb: 2 ** 40 };
/** More than a simulated network is asked to carry. */
const DATA_MAX = 2 ** 24;

/** traefik/whoami: tells who answers and what was asked. */
export const whoami: Program = function* whoami(sys) {
  const flags: readonly GoFlag[] = [
    { name: 'cacert', kind: 'string', usage: 'give me a CA chain, enforces mutual TLS' },
    { name: 'cert', kind: 'string', usage: 'give me a certificate' },
    { name: 'key', kind: 'string', usage: 'give me a key' },
    { name: 'name', kind: 'string', usage: 'give me a name', default: sys.environment.get('WHOAMI_NAME') ?? '' },
    {
      name: 'port',
      kind: 'string',
      usage: 'give me a port number',
      default: sys.environment.get('WHOAMI_PORT_NUMBER') || '80',
    },
    { name: 'verbose', kind: 'bool', usage: 'Enable verbose logging', default: 'false' },
  ];
  const read = readGoFlags(sys.args[0] ?? '/whoami', sys.args.slice(1), flags);
  if ('refused' in read) {
    yield* sys.write(2, read.refused);
    return read.status;
  }
  const value = (name: string) => read.values.get(name) ?? '';
  const [cert, key, port] = [value('cert'), value('key'), value('port')];
  const secure = cert !== '' && key !== '';
  let tls: ServerTls | undefined;
  if (secure) {
    goLog(sys, `Starting up with TLS on port ${port}`);
    const pair = loadKeyPair(sys, cert, key, value('cacert') || undefined);
    if ('failure' in pair) {
      goLog(sys, pair.failure);
      return 1;
    }
    tls = pair.tls;
  } else goLog(sys, `Starting up on port ${port}`);
  const handle = routes(sys, value('name'));
  const failure = goListen(sys, Number(port), value('verbose') === 'true' ? logged(sys, handle) : handle, tls);
  if (failure !== undefined) {
    goLog(sys, failure);
    return 1;
  }
  // Go's runtime ends a first process with 2 when a signal comes that nobody handles.
  yield* untilSignal(sys, ['HUP', 'INT', 'QUIT', 'TERM']);
  return 2;
};

function logged(sys: Sys, handle: GoHandler): GoHandler {
  return function* (request): Waiting<GoAnswer> {
    const result = handle(request);
    const answer = Symbol.iterator in result ? yield* result : result;
    const { remote, method, path } = request;
    goLog(sys, `${remote} - - [${logDate(sys.now())}] "${method} ${path} HTTP/1.1" - -`);
    return answer;
  };
}

function routes(sys: Sys, name: string): GoHandler {
  let health = 200;
  const handlers: Readonly<Record<string, GoHandler>> = {
    '/api': (request) => api(sys, name, request),
    '/bench': () => ({ text: '1', headers: { connection: 'keep-alive', 'content-type': 'text/plain' } }),
    '/data': data,
    '/health': ({ method, body }) => {
      if (method !== 'POST') return { status: health };
      const text = Buffer.from(body ?? [])
        .toString('utf8')
        .trim();
      if (!/^\d+$/.test(text)) return goError(400, text === '' ? 'EOF' : 'invalid character in status code');
      health = Number(text);
      say(sys, 1, `Update health check status code [${health}]\n`);
      return {};
    },
  };
  return (request) => (handlers[request.path] ?? ((one: GoRequest) => who(sys, name, one)))(request);
}

function isTrue(text: string | null): boolean {
  return /^(?:1|t|T|TRUE|true|True)$/.test(text ?? '');
}

function* who(sys: Sys, name: string, request: GoRequest): Waiting<GoAnswer> {
  const { query, method, target, headers, remote } = request;
  const wait = query.get('wait');
  if (wait) yield* sys.sleep(spanOf(wait));
  const { host = '', 'user-agent': agent = 'Go-http-client/1.1', ...others } = headers;
  const sorted = Object.entries(others).map(([header, text]) => [canonicalHeader(header), text] as const);
  const lines = [
    ...(name === '' ? [] : [`Name: ${name}`]),
    `Hostname: ${sys.hostname()}`,
    ...addresses(sys).map((address) => `IP: ${address}`),
    `RemoteAddr: ${remote}`,
  ];
  const asked = [
    `${method} ${target} HTTP/1.1`,
    `Host: ${host}`,
    `User-Agent: ${agent}`,
    ...sorted.sort(([one], [other]) => (one < other ? -1 : 1)).map(([header, text]) => `${header}: ${text}`),
    '',
  ];
  const environment = isTrue(query.get('env')) ? [...sys.environment].map(([key, text]) => `${key}=${text}\n`) : [];
  const text = [...lines.map((line) => `${line}\n`), ...asked.map((line) => `${line}\r\n`), ...environment];
  return { text: text.join('') };
}

function spanOf(text: string): number {
  try {
    return parseDuration(text);
  } catch (error) {
    if (error instanceof DurationError) return 0;
    throw error;
  }
}

function api(sys: Sys, name: string, { headers, target, method, remote, query }: GoRequest): GoAnswer {
  const { host = '', ...others } = headers;
  const sorted = Object.entries(others).map(([header, text]): [string, string[]] => [canonicalHeader(header), [text]]);
  const environ = isTrue(query.get('env')) ? [...sys.environment].sort(([one], [other]) => (one < other ? -1 : 1)) : [];
  const all = {
    hostname: sys.hostname(),
    ip: addresses(sys),
    headers: Object.fromEntries(sorted.sort(([one], [other]) => (one < other ? -1 : 1))),
    url: target,
    host,
    method,
    ...(name === '' ? {} : { name }),
    remoteAddr: remote,
    ...(environ.length === 0 ? {} : { environ: Object.fromEntries(environ) }),
  };
  return { text: `${goJson(all)}\n`, headers: { 'content-type': 'application/json' } };
}

/** `size` units of letters between two bars: `|ABC…-|`. */
function data({ query }: GoRequest): GoAnswer {
  const size = /^-?\d+$/.test(query.get('size') ?? '') ? Math.max(Number(query.get('size')), 0) : 1;
  const length = Math.min(size * (UNITS[(query.get('unit') ?? '').toLowerCase()] ?? 1), DATA_MAX);
  const letters = '-ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const text = letters.repeat(Math.ceil(length / letters.length)).slice(0, length);
  const bars = length < 2 ? '' : `|${text.slice(1, -1)}|`;
  return { text: bars, headers: isTrue(query.get('attachment')) ? { 'content-disposition': 'Attachment' } : {} };
}

function addresses(sys: Sys): string[] {
  return ['127.0.0.1', '::1', ...sys.network().addresses()];
}
