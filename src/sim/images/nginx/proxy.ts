import { resolveHost } from '../../client/resolver.js';
import { isErrno } from '../../kernel/errno.js';
import { type Connection, type HttpResponse, TlsError } from '../../kernel/network.js';
import { MINUTE, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Exchange } from './exchange.js';
import { errorPage, OWN_LOCATION, withBody } from './pages.js';
import { allWordsOf, type Location, wordsOf } from './sites.js';
import { expand } from './variables.js';

/** Headers of the other server that are not passed on. */
const HIDDEN = new Set([
  'date',
  'server',
  'x-pad',
  'connection',
  'content-length',
  'content-type',
  'transfer-encoding',
  'keep-alive',
]);
const ERRNO: Readonly<Record<string, string>> = {
  ECONNREFUSED: '111: Connection refused',
  EHOSTUNREACH: '113: Host is unreachable',
  ENETUNREACH: '101: Network is unreachable',
};

/** A server of a group that failed once is left out for so long (fail_timeout). */
const FAIL_TIMEOUT = 10 * SECOND;

/** Asks the server that `proxy_pass` names, and passes its answer on. */
export function* proxied(exchange: Exchange, location: Location, url: string): Waiting<HttpResponse> {
  const [, scheme = 'http', authority = '', path] = /^(https?):\/\/([^/?]*)(.*)$/s.exec(expand(exchange, url)) ?? [];
  const target = upstreamTarget(exchange, location, path ?? '', url.includes('$'));
  const [, host = authority, port = scheme === 'https' ? '443' : '80'] = /^(.*?)(?::(\d+))?$/.exec(authority) ?? [];
  exchange.proxy = { host: authority, port };
  const servers = exchange.context.upstreams.get(authority) ?? [`${host}:${port}`];
  const { disabled, complain, sys, turn } = exchange.context;
  const first = turn(authority);
  const alive = servers.filter((server) => (disabled.get(server) ?? 0) <= sys.now());
  let failed = 502;
  for (let tried = 0; tried < alive.length; tried += 1) {
    const server = alive[(first + tried) % alive.length] ?? '';
    const outcome = yield* ask(exchange, location, { scheme, server, target, authority });
    if (typeof outcome !== 'number') return passedOn(exchange, location, outcome);
    failed = outcome;
    if (servers.length === 1) break;
    disabled.set(server, sys.now() + FAIL_TIMEOUT);
    const tail = `, upstream: "${scheme}://${exchange.upstream.address}${target}"`;
    complain(exchange, 'upstream server temporarily disabled while connecting to upstream', tail, 'warn');
  }
  if (alive.length === 0) {
    const tail = `, upstream: "${scheme}://${authority}${target}"`;
    complain(exchange, 'no live upstreams while connecting to upstream', tail);
  }
  return errorPage(exchange, location, failed);
}

/** The path asked for: the URL's own in the place of the location's prefix, or the request's as it came. */
function upstreamTarget(exchange: Exchange, location: Location, path: string, variable: boolean): string {
  const query = exchange.query === '' ? '' : `?${exchange.query}`;
  if (path === '') {
    const [original = ''] = exchange.request.target.split('?');
    return decode(original) === exchange.uri ? exchange.request.target : `${encodeURI(exchange.uri)}${query}`;
  }
  if (variable || location.pattern) return path;
  return `${path}${encodeURI(exchange.uri.slice(location.path.length))}${query}`;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

interface Asked {
  readonly scheme: string;
  readonly server: string;
  readonly target: string;
  readonly authority: string;
}

/** One server's answer; a status when it gave none. */
function* ask(exchange: Exchange, location: Location, asked: Asked): Waiting<HttpResponse | number> {
  const { sys, complain } = exchange.context;
  const { scheme, server, target } = asked;
  const [, name = '', port = '80'] = /^(.*):(\d+)$/.exec(server) ?? [];
  const found = yield* resolveHost(sys, name);
  const address = 'addresses' in found ? found.addresses[0] : undefined;
  if (address === undefined) {
    complain(exchange, `${name} could not be resolved (3: Host not found)`);
    return 502;
  }
  const place = `${address}:${port}`;
  const tail = `, upstream: "${scheme}://${place}${target}"`;
  exchange.upstream.address = place;
  let connection: Connection;
  try {
    connection = yield* sys.connect({ address, port: Number(port), name }, patience(location));
  } catch (error) {
    if (!isErrno(error)) throw error;
    const late = error.code === 'ETIMEDOUT';
    const what = late
      ? 'upstream timed out (110: Connection timed out)'
      : `connect() failed (${ERRNO[error.code] ?? `5: ${error.message}`})`;
    complain(exchange, `${what} while connecting to upstream`, tail);
    exchange.upstream.status = late ? '504' : '502';
    return late ? 504 : 502;
  }
  try {
    if (scheme === 'https') yield* connection.startTls({ insecure: true, serverName: name });
    const { method, body } = exchange.request;
    const headers = outgoing(exchange, location, asked.authority);
    const answer = yield* connection.request({ kind: 'http', method, target, headers, ...(body ? { body } : {}) });
    if (answer.kind !== 'http-response') return 502;
    exchange.upstream.status = String(answer.status);
    return answer;
  } catch (error) {
    if (!isErrno(error) && !(error instanceof TlsError)) throw error;
    const what =
      error instanceof TlsError
        ? 'SSL_do_handshake() failed (SSL: error:0A00010B:SSL routines::wrong version number) while SSL handshaking to upstream'
        : 'upstream prematurely closed connection while reading response header from upstream';
    complain(exchange, what, tail);
    return 502;
  } finally {
    connection.close();
  }
}

function patience(location: Location): number {
  const [, number, unit] = /^(\d+)(ms|s|m)?$/.exec(wordsOf(location, 'proxy_connect_timeout')?.[0] ?? '60s') ?? [];
  return Number(number ?? 60) * (unit === 'ms' ? 1000 : unit === 'm' ? MINUTE : SECOND);
}

/** The client's headers with Host and Connection of this server's own, then what `proxy_set_header` says. */
function outgoing(exchange: Exchange, location: Location, authority: string): Record<string, string> {
  const {
    host: _host,
    connection: _connection,
    'keep-alive': _keep,
    upgrade: _upgrade,
    ...rest
  } = exchange.request.headers;
  const headers: Record<string, string> = { host: authority, connection: 'close', ...rest };
  for (const [name = '', value = ''] of allWordsOf(location, 'proxy_set_header')) {
    const text = expand(exchange, value);
    if (text === '') delete headers[name.toLowerCase()];
    else headers[name.toLowerCase()] = text;
  }
  return headers;
}

function passedOn(exchange: Exchange, location: Location, answer: HttpResponse): HttpResponse {
  const hidden = new Set([
    ...HIDDEN,
    ...allWordsOf(location, 'proxy_hide_header').map(([name = '']) => name.toLowerCase()),
  ]);
  const kept = Object.fromEntries(Object.entries(answer.headers).filter(([name]) => !hidden.has(name)));
  const { location: redirect } = kept;
  const rewritten = redirect === undefined ? undefined : rewrittenRedirect(exchange, location, redirect);
  if (rewritten !== undefined && rewritten !== redirect) {
    delete kept['location'];
    kept[OWN_LOCATION] = rewritten;
  }
  const page = withBody(
    exchange,
    location,
    answer.status,
    answer.body ?? new Uint8Array(),
    answer.headers['content-type'],
    kept,
  );
  if (!answer.stream) return page;
  const { 'content-length': _length, ...headers } = page.headers;
  return { status: page.status, headers, stream: answer.stream };
}

/** `proxy_redirect default`: the other server's own address becomes the location's path. */
function rewrittenRedirect(exchange: Exchange, location: Location, redirect: string): string {
  const pass = location.own.find(({ name }) => name === 'proxy_pass')?.words[0] ?? '';
  if (pass.includes('$') || !redirect.startsWith(pass)) return redirect;
  const { host } = exchange.request.headers;
  return `${exchange.listen.ssl ? 'https' : 'http'}://${host ?? ''}${location.path}${redirect.slice(pass.length)}`;
}
