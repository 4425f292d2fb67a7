import { type Connected, connectAny, NoServer, type Trying } from '../../client/connect-any.js';
import { askInBytes } from '../../client/http-over-bytes.js';
import { type AddressFamily, resolveHost } from '../../client/resolver.js';
import { type Bytes, NO_BYTES } from '../../kernel/bytes.js';
import { type ErrnoCode, isErrno } from '../../kernel/errno.js';
import {
  type ClientTls,
  type Connection,
  type HttpRequest,
  type HttpResponse,
  TlsError,
} from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';

/** A web address, taken apart. */
export interface WebAddress {
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
  /** Path and query. */
  readonly target: string;
  readonly user: string | undefined;
}

/** Why there is no answer. */
export type WebFailure =
  | { readonly kind: 'resolve'; readonly timedOut: boolean }
  | { readonly kind: 'connect'; readonly code: ErrnoCode; readonly message: string; readonly address: string }
  | { readonly kind: 'tls'; readonly message: string }
  | { readonly kind: 'not-tls' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'reset' };

/** Thrown when a web server could not be asked. */
export class WebError extends Error {
  readonly failure: WebFailure;

  constructor(failure: WebFailure) {
    super(failure.kind);
    this.failure = failure;
  }
}

const PORTS: Readonly<Record<string, number>> = { https: 443, telnet: 23 };

/** Reads `http://user:pass@host:port/path?query#part`; the scheme may be left out. Undefined when it is none. */
export function parseAddress(text: string): WebAddress | undefined {
  const match =
    /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:([^@/?#]*)@)?(\[[^\]]+\]|[^:/?#]*)(?::(\d+))?([/?][^#]*)?(?:#.*)?$/i.exec(text);
  if (!match?.[3]) return undefined;
  const scheme = (match[1] ?? 'http').toLowerCase();
  const path = match[5] ?? '/';
  return {
    scheme,
    host: match[3].replace(/^\[(.*)\]$/, '$1'),
    port: match[4] === undefined ? (PORTS[scheme] ?? 80) : Number(match[4]),
    target: path.startsWith('?') ? `/${path}` : path,
    user: match[2],
  };
}

/** Where a redirect leads, seen from where it came. */
export function redirected(from: WebAddress, location: string): string {
  if (/^[a-z]+:\/\//i.test(location)) return location;
  const host = `${from.scheme}://${hostHeader(from)}`;
  if (location.startsWith('//')) return `${from.scheme}:${location}`;
  if (location.startsWith('/')) return host + location;
  return host + from.target.replace(/[^/]*(?:\?.*)?$/, location);
}

/** The value of the Host header: with the port unless it is the scheme's own. */
export function hostHeader({ scheme, host, port }: WebAddress): string {
  return port === (scheme === 'https' ? 443 : 80) ? host : `${host}:${port}`;
}

/** The addresses of a host by name, those to be tried first in front. Throws `WebError`. */
export function* lookUp(sys: Sys, host: string, families?: readonly AddressFamily[]): Waiting<readonly string[]> {
  const found = yield* resolveHost(sys, host.replace(/^\[(.*)\]$/, '$1'), families);
  if ('addresses' in found) return found.addresses;
  throw new WebError({ kind: 'resolve', timedOut: found.failure === 'timed-out' });
}

/** Connects to a server at one of its addresses. Throws `WebError`. */
export function* dial(sys: Sys, web: WebAddress, addresses: readonly string[], how: Trying): Waiting<Connected> {
  try {
    return yield* connectAny(sys, { addresses, port: web.port, name: web.host }, how);
  } catch (problem) {
    if (!(problem instanceof NoServer)) throw problem;
    const { error, address } = problem;
    throw new WebError({ kind: 'connect', code: error.code, message: error.message, address });
  }
}

/** Secures a connection for https. Throws `WebError`. */
export function* secure(connection: Connection, web: WebAddress, tls: ClientTls): Waiting<void> {
  if (web.scheme !== 'https') return;
  if (!connection.serverTls) throw new WebError({ kind: 'not-tls' });
  try {
    yield* connection.startTls({ serverName: web.host, ...tls });
  } catch (error) {
    if (error instanceof TlsError) throw new WebError({ kind: 'tls', message: error.message });
    if (isErrno(error)) throw new WebError({ kind: 'reset' });
    throw error;
  }
}

/** The same by bytes, to whatever takes them: a forwarded port, or `nc`. */
function* askRaw(connection: Connection, request: HttpRequest): Waiting<HttpResponse> {
  const stream = {
    *read(): Waiting<Bytes> {
      const item = yield* connection.incoming.receive();
      return item === 'end' ? NO_BYTES : ((item as { bytes?: Bytes }).bytes ?? NO_BYTES);
    },
    write: (bytes: Bytes) => connection.send({ kind: 'raw', bytes }),
  };
  const answer = yield* askInBytes(stream, request);
  connection.close();
  if (!answer) throw new WebError({ kind: 'empty' });
  return answer;
}

/** One request and its answer. Throws `WebError`. */
export function* ask(connection: Connection, request: HttpRequest): Waiting<HttpResponse> {
  if (connection.application === 'raw') return yield* askRaw(connection, request);
  if (connection.application !== 'http') throw new WebError({ kind: 'empty' });
  try {
    const answer = yield* connection.request({ kind: 'http', ...request });
    if (answer.kind === 'http-response') return answer;
    throw new WebError({ kind: 'empty' });
  } catch (error) {
    if (isErrno(error)) throw new WebError({ kind: 'reset' });
    throw error;
  }
}
