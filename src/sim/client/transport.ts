import { isErrno } from '../kernel/errno.js';
import type { ClientTls, Connection, HttpRequest, HttpResponse } from '../kernel/network.js';
import { TlsError } from '../kernel/network.js';
import type { Sys } from '../kernel/sys.js';
import { MILLISECOND, type Micros, SECOND } from '../kernel/time.js';
import type { Waiting } from '../kernel/wait.js';
import type { Transport } from './client.js';
import { connectAny, NoServer } from './connect-any.js';
import { ConnectError, dialError, joinHostPort, lookupText, readError } from './go-errors.js';
import { resolveHost, type UnresolvedHost } from './resolver.js';
import { keyPairProblem } from './tls/key-pair.js';

/** Where an API server is and how to speak to it. All PEM. */
export interface TransportConfig {
  /** `https://172.30.1.2:6443`, possibly with a path. */
  readonly server: string;
  readonly tls?: ClientTls | undefined;
  /** A bearer token, or a function that reads it anew (mounted tokens change). */
  readonly token?: string | (() => string) | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly impersonate?:
    | {
        readonly user?: string | undefined;
        readonly groups?: readonly string[] | undefined;
        readonly uid?: string | undefined;
        readonly extra?: Readonly<Record<string, readonly string[]>> | undefined;
      }
    | undefined;
  /** How long a connection attempt may take: Go's dialer gives up after 30 seconds. */
  readonly dialTimeout?: Micros | undefined;
}

const DIAL_TIMEOUT = 30 * SECOND;
/** When Go's dialer tries the other family beside the first. */
const OTHER_FAMILY_AFTER = 300 * MILLISECOND;

interface Address {
  readonly secure: boolean;
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

/**
 * A transport over the simulated network that keeps its connection as HTTP clients do. Throws `ConnectError` (an Errno)
 * and `TlsError` with Go's words.
 */
export function connectTransport(sys: Sys, config: TransportConfig): Transport {
  const address = readServer(config.server);
  const headers = fixedHeaders(config);
  let kept: Connection | undefined;
  return {
    *request(request) {
      const sent = completeRequest(request, address, headers, config);
      const reused = kept;
      if (reused) {
        try {
          return yield* exchange(reused, sent);
        } catch (error) {
          kept = undefined;
          // The server closed the kept connection: a new one is tried before anybody hears of it.
          if (!isErrno(error, 'ECONNRESET')) throw error;
        }
      }
      const connection = yield* connect(sys, address, config);
      kept = connection;
      try {
        return yield* exchange(connection, sent);
      } catch (error) {
        kept = undefined;
        if (!isErrno(error)) throw error;
        const { local, peer } = connection;
        throw readError(error.code, joinHostPort(local.address, local.port), joinHostPort(peer.address, peer.port));
      }
    },
  };
}

function* exchange(connection: Connection, request: HttpRequest): Waiting<HttpResponse> {
  const answer = yield* connection.request({ kind: 'http', ...request });
  if (answer.kind !== 'http-response') throw new TlsError(`malformed HTTP response "${answer.kind}"`);
  return answer;
}

function* connect(sys: Sys, address: Address, config: TransportConfig): Waiting<Connection> {
  checkClientKey(config.tls);
  const found = yield* resolveHost(sys, address.host, undefined, 'go');
  if ('failure' in found) throw lookupError(address.host, found);
  let connection: Connection;
  try {
    const timeout = config.dialTimeout ?? DIAL_TIMEOUT;
    const server = { addresses: found.addresses, port: address.port, name: address.host };
    ({ connection } = yield* connectAny(sys, server, { timeout, otherFamilyAfter: OTHER_FAMILY_AFTER }));
  } catch (error) {
    if (!(error instanceof NoServer)) throw error;
    throw dialError(error.error.code, joinHostPort(error.address, address.port));
  }
  if (connection.application !== 'http') throw new TlsError('tls: first record does not look like a TLS handshake');
  if (!address.secure) return connection;
  if (!connection.serverTls) throw new TlsError('http: server gave HTTP response to HTTPS client');
  yield* connection.startTls({ ...config.tls, serverName: config.tls?.serverName || address.host });
  return connection;
}

function lookupError(host: string, found: UnresolvedHost): ConnectError {
  return new ConnectError('EHOSTUNREACH', `dial tcp: ${lookupText(host, found)}`);
}

/** A key that is not the certificate's is found when both are read, before anything is sent. */
function checkClientKey(tls: ClientTls | undefined): void {
  if (!tls?.certificate || !tls.key) return;
  const problem = keyPairProblem(tls.certificate, tls.key);
  if (problem !== undefined) throw new TlsError(problem);
}

function readServer(server: string): Address {
  const url = new URL(server.includes('://') ? server : `http://${server}`);
  const secure = url.protocol === 'https:';
  return {
    secure,
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    path: url.pathname.replace(/\/+$/, ''),
  };
}

function fixedHeaders(config: TransportConfig): Record<string, string> {
  const headers: Record<string, string> = {};
  if (config.username !== undefined) {
    const pair = Buffer.from(`${config.username}:${config.password ?? ''}`, 'utf8').toString('base64');
    headers['authorization'] = `Basic ${pair}`;
  }
  if (config.impersonate?.user) headers['impersonate-user'] = config.impersonate.user;
  if (config.impersonate?.groups?.length) headers['impersonate-group'] = config.impersonate.groups.join('\n');
  if (config.impersonate?.uid) headers['impersonate-uid'] = config.impersonate.uid;
  for (const [key, values] of Object.entries(config.impersonate?.extra ?? {}))
    headers[`impersonate-extra-${key.toLowerCase()}`] = values.join('\n');
  return headers;
}

function completeRequest(
  request: HttpRequest,
  address: Address,
  headers: Readonly<Record<string, string>>,
  config: TransportConfig,
): HttpRequest {
  const token = typeof config.token === 'function' ? config.token() : config.token;
  const bearer = token ? { authorization: `Bearer ${token}` } : {};
  return {
    ...request,
    target: `${address.path}${request.target}`,
    headers: { ...headers, ...bearer, ...request.headers },
  };
}
