import { dialError, joinHostPort, lookupText, readError } from '../../client/go-errors.js';
import { resolveHost } from '../../client/resolver.js';
import { isErrno } from '../../kernel/errno.js';
import { type Connection, type HttpResponse, TlsError } from '../../kernel/network.js';
import type { OutsideCall } from '../../kernel/outside-calls.js';
import type { Sys } from '../../kernel/sys.js';
import { type Micros, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { withDeadline } from '../outgoing/deadline.js';
import type { OutgoingAccess, OutgoingCall } from '../outgoing/outgoing-access.js';

const DIAL_TIMEOUT = 30 * SECOND;

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}

function portOf({ port, protocol }: URL): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}

function outsideCall(
  { method, headers, body, authorities, serverName, deadline }: OutgoingCall,
  url: URL,
  now: Micros,
): OutsideCall {
  return {
    host: url.hostname,
    port: portOf(url),
    method,
    target: `${url.pathname}${url.search}`,
    headers: { ...headers, host: url.host },
    body: body ?? new Uint8Array(),
    authorities: authorities ?? '',
    serverName: serverName ?? url.hostname,
    timeout: deadline === undefined ? DIAL_TIMEOUT : deadline - now,
  };
}

/** The server's way to others over the network of its host: names by its resolver, Services by the host's own rules. */
export class OutgoingConnection implements OutgoingAccess {
  constructor(private readonly sys: Sys) {}

  request(call: OutgoingCall): Waiting<HttpResponse> {
    return withDeadline(this.exchange(call), () => this.sys.now(), call.deadline);
  }

  private *exchange(call: OutgoingCall): Waiting<HttpResponse> {
    const url = new URL(call.url);
    const named = url.hostname.replace(/^\[(.*)\]$/, '$1');
    const { host, port } = call.dial ?? { host: named, port: portOf(url) };
    let connection: Connection;
    try {
      connection = yield* this.dial(host, port);
    } catch (error) {
      // What nobody serves on this host's loopback may be served on that of the computer the machine runs on.
      const isOwn = isLoopback(host) && !call.dial && url.protocol === 'https:';
      if (!isOwn || !isErrno(error, 'ECONNREFUSED')) throw error;
      const answer = yield* this.sys.callOutside(outsideCall(call, url, this.sys.now()));
      if (!answer) throw error;
      if (answer.kind === 'failed') throw new Error(answer.reason);
      return { status: answer.status, headers: answer.headers, body: answer.body };
    }
    if (connection.application !== 'http') throw new TlsError('tls: first record does not look like a TLS handshake');
    if (url.protocol === 'https:') {
      if (!connection.serverTls) throw new TlsError('http: server gave HTTP response to HTTPS client');
      const { authorities, insecure, certificate, key, serverName = named } = call;
      yield* connection.startTls({ authorities, insecure, certificate, key, serverName });
    }
    const { method, headers, body } = call;
    const target = `${url.pathname}${url.search}`;
    try {
      const request = { method, target, headers: { ...headers, host: url.host }, ...(body ? { body } : {}) };
      const answer = yield* connection.request({ kind: 'http', ...request });
      if (answer.kind !== 'http-response') throw new TlsError('malformed HTTP response');
      return answer;
    } catch (error) {
      if (!isErrno(error)) throw error;
      const { local, peer } = connection;
      throw readError(error.code, joinHostPort(local.address, local.port), joinHostPort(peer.address, peer.port));
    } finally {
      connection.close();
    }
  }

  private *dial(host: string, port: number): Waiting<Connection> {
    const found = yield* resolveHost(this.sys, host, undefined, 'go');
    if ('failure' in found) throw new Error(`dial tcp: ${lookupText(host, found)}`);
    const address = found.addresses[0] as string;
    try {
      return yield* this.sys.connect({ address, port, name: host }, DIAL_TIMEOUT);
    } catch (error) {
      if (isErrno(error)) throw dialError(error.code, joinHostPort(address, port));
      throw error;
    }
  }
}
