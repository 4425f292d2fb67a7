import { resolveHost } from '../../client/resolver.js';
import { isErrno } from '../../kernel/errno.js';
import { type ClientTls, type Connection, type HttpResponse, TlsError } from '../../kernel/network.js';
import { MINUTE, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Exchange } from './exchange.js';
import { inTime } from './in-time.js';
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
  const script = exchange.context.balancers.get(authority);
  if (script !== undefined) return yield* balanced(exchange, location, { scheme, target, authority }, script);
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
    const tail = `, upstream: "${scheme}://${lastOf(exchange.upstream.address)}${target}"`;
    complain(exchange, 'upstream server temporarily disabled while connecting to upstream', tail, 'warn');
  }
  if (alive.length === 0) {
    const tail = `, upstream: "${scheme}://${authority}${target}"`;
    complain(exchange, 'no live upstreams while connecting to upstream', tail);
  }
  return errorPage(exchange, location, failed);
}

/** A script says whom to ask, anew for each try (`proxy_next_upstream_tries`). */
function* balanced(
  exchange: Exchange,
  location: Location,
  asked: Omit<Asked, 'server'>,
  script: string,
): Waiting<HttpResponse> {
  const tries = Math.max(Number(wordsOf(location, 'proxy_next_upstream_tries')?.[0] ?? 1), 1);
  let failed = 502;
  for (let tried = 0; tried < tries; tried += 1) {
    const server = exchange.context.scripts.balance?.(script, exchange);
    if (server === undefined) break;
    const outcome = yield* ask(exchange, location, { ...asked, server });
    if (typeof outcome !== 'number') return passedOn(exchange, location, outcome);
    failed = outcome;
  }
  return errorPage(exchange, location, failed);
}

function lastOf(list: string): string {
  return list.split(', ').at(-1) ?? '';
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
  if (server.startsWith('unix:')) return yield* askSocket(exchange, server);
  const [, bracketed = '', port = '80'] = /^(.*):(\d+)$/.exec(server) ?? [];
  const name = bracketed.replace(/^\[(.*)\]$/, '$1');
  const found = yield* resolveHost(sys, name);
  const address = 'addresses' in found ? found.addresses[0] : undefined;
  if (address === undefined) {
    complain(exchange, `${name} could not be resolved (3: Host not found)`);
    return 502;
  }
  const place = `${bracketed.startsWith('[') ? `[${address}]` : address}:${port}`;
  const tail = `, upstream: "${scheme}://${place}${target}"`;
  note(exchange, 'address', place);
  const fail = (status: number): number => {
    note(exchange, 'status', String(status));
    note(exchange, 'length', '0');
    return status;
  };
  let connection: Connection;
  try {
    connection = yield* sys.connect({ address, port: Number(port), name }, patience(location, 'proxy_connect_timeout'));
  } catch (error) {
    if (!isErrno(error)) throw error;
    const late = error.code === 'ETIMEDOUT';
    const what = late
      ? 'upstream timed out (110: Connection timed out)'
      : `connect() failed (${ERRNO[error.code] ?? `5: ${error.message}`})`;
    complain(exchange, `${what} while connecting to upstream`, tail);
    return fail(late ? 504 : 502);
  }
  try {
    if (scheme === 'https') yield* connection.startTls(upstreamTls(exchange, location, name));
    const { method, body } = exchange.request;
    const headers = outgoing(exchange, location, asked.authority);
    const message = { kind: 'http', method, target, headers, ...(body ? { body } : {}) } as const;
    const answer = yield* inTime(sys, patience(location, 'proxy_read_timeout'), () => connection.request(message));
    if (answer === undefined) {
      complain(
        exchange,
        'upstream timed out (110: Connection timed out) while reading response header from upstream',
        tail,
      );
      return fail(504);
    }
    if (answer.kind !== 'http-response') return fail(502);
    note(exchange, 'status', String(answer.status));
    note(exchange, 'length', String(answer.body?.length ?? 0));
    return answer;
  } catch (error) {
    if (!isErrno(error) && !(error instanceof TlsError)) throw error;
    complain(exchange, error instanceof TlsError ? tlsWords(error) : CLOSED, tail);
    return fail(502);
  } finally {
    connection.close();
  }
}

const CLOSED = 'upstream prematurely closed connection while reading response header from upstream';

function tlsWords({ message }: TlsError): string {
  if (message.includes('x509'))
    return 'upstream SSL certificate verify error: (20:unable to get local issuer certificate) while SSL handshaking to upstream';
  return 'SSL_do_handshake() failed (SSL: error:0A00010B:SSL routines::wrong version number) while SSL handshaking to upstream';
}

function note({ upstream }: Exchange, what: 'address' | 'length' | 'status', text: string): void {
  upstream[what] = upstream[what] === '' ? text : `${upstream[what]}, ${text}`;
}

/** What nginx shows and demands of a server it asks over TLS. */
function upstreamTls(exchange: Exchange, location: Location, name: string): ClientTls {
  const { sys } = exchange.context;
  const read = (directive: string) => {
    const path = wordsOf(location, directive)?.[0];
    return path === undefined ? undefined : Buffer.from(sys.readFile(path)).toString('utf8');
  };
  const serverName = expand(exchange, wordsOf(location, 'proxy_ssl_name')?.[0] ?? name);
  const verified = wordsOf(location, 'proxy_ssl_verify')?.[0] === 'on';
  const certificate = read('proxy_ssl_certificate');
  const key = read('proxy_ssl_certificate_key');
  return {
    insecure: !verified,
    serverName,
    ...(verified ? { authorities: read('proxy_ssl_trusted_certificate') } : {}),
    ...(certificate === undefined ? {} : { certificate, key }),
  };
}

/** A server of this nginx that listens at a socket's path. */
function* askSocket(exchange: Exchange, server: string): Waiting<HttpResponse | number> {
  const site = exchange.context.atSocket(server);
  note(exchange, 'address', server);
  if (!site) {
    exchange.context.complain(
      exchange,
      `connect() to ${server} failed (2: No such file or directory) while connecting to upstream`,
    );
    return 502;
  }
  const [listen = exchange.listen] = site.listens;
  const inner: Exchange = {
    ...exchange,
    site,
    listen,
    variables: new Map(),
    upstream: { address: '', status: '', length: '' },
  };
  const found = yield* inner.context.answer(inner);
  note(exchange, 'status', String(found.status));
  note(exchange, 'length', String(found.body?.length ?? 0));
  return found;
}

function patience(location: Location, directive: string): number {
  const [, number, unit] = /^(\d+)(ms|s|m)?$/.exec(wordsOf(location, directive)?.[0] ?? '60s') ?? [];
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
  const size = exchange.request.method === 'HEAD' ? answer.headers['content-length'] : undefined;
  const { reason: _own, ...rest } = page;
  const bare = size === undefined ? rest : { ...rest, headers: { ...rest.headers, 'content-length': size } };
  if (!answer.stream) return { ...bare, ...(answer.reason === undefined ? {} : { reason: answer.reason }) };
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
