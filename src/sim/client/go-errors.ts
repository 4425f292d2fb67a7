import { Errno, type ErrnoCode, isErrno } from '../kernel/errno.js';
import { TlsError } from '../kernel/network.js';
import type { UnresolvedHost } from './resolver.js';

/** What Go's syscall package says for the errors a socket can end in. */
const GO_ERRNO: Readonly<Partial<Record<ErrnoCode, string>>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset by peer',
  EHOSTUNREACH: 'no route to host',
  ENETUNREACH: 'network is unreachable',
  EPIPE: 'broken pipe',
  ETIMEDOUT: 'connection timed out',
};

/**
 * A server that could not be reached. `message` is Go's (`dial tcp 172.30.1.2:6443: connect: connection refused`), the
 * code is the system call's; for callers that look at the code it is an `Errno`.
 */
export class ConnectError extends Errno {
  constructor(code: ErrnoCode, message: string) {
    super(code);
    this.name = 'ConnectError';
    this.message = message;
  }
}

/** `host:port`, with brackets around IPv6. */
export function joinHostPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** The error of a connection attempt as Go's net package words it. A dial that timed out says so by itself. */
export function dialError(code: ErrnoCode, address: string): ConnectError {
  if (code === 'ETIMEDOUT') return new ConnectError(code, `dial tcp ${address}: i/o timeout`);
  return new ConnectError(code, `dial tcp ${address}: connect: ${GO_ERRNO[code] ?? 'invalid argument'}`);
}

/** A name without an address, as Go's own resolver words it (net/dnsclient_unix.go): `lookup db on 10.96.0.10:53: no such host`. */
export function lookupText(host: string, { failure, server }: UnresolvedHost): string {
  const asked = `lookup ${host} on ${joinHostPort(server, 53)}`;
  switch (failure) {
    case 'not-found':
    case 'no-data':
      return `${asked}: no such host`;
    case 'timed-out':
      return `${asked}: i/o timeout`;
    case 'refused':
      return `${asked}: read: connection refused`;
    case 'server-failure':
      return `${asked}: server misbehaving`;
  }
}

/** A connection that broke while an answer was awaited. */
export function readError(code: ErrnoCode, local: string, remote: string): ConnectError {
  return new ConnectError(code, `read tcp ${local}->${remote}: read: ${GO_ERRNO[code] ?? 'invalid argument'}`);
}

/** An error of a request as net/http's client wraps it: `Get "https://…": dial tcp …`. */
export function requestErrorText(method: string, url: string, error: unknown): string {
  const verb = method.charAt(0) + method.slice(1).toLowerCase();
  return `${verb} ${JSON.stringify(url)}: ${errorText(error)}`;
}

/** The text of whatever a transport throws. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Whether a request failed before any answer came: nobody there, or nobody to be trusted. */
export function isUnreachable(error: unknown): error is Errno | TlsError {
  return isErrno(error) || error instanceof TlsError;
}
