import { dialError, joinHostPort } from '../../client/go-errors.js';
import { isErrno } from '../../kernel/errno.js';
import { type Connection, type HttpRequest, type HttpResponse, TlsError } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { ProxyAccess, ProxyTarget } from '../subresources/proxy-target.js';

const DIAL_TIMEOUT = 30 * SECOND;

/** The server's way to pods and services, as from its own host; certificates there are not checked. */
export class ProxyConnection implements ProxyAccess {
  constructor(private readonly sys: Sys) {}

  *request({ scheme, address, port }: ProxyTarget, request: HttpRequest): Waiting<HttpResponse> {
    const place = joinHostPort(address, port);
    let connection: Connection;
    try {
      connection = yield* this.sys.connect({ address, port, name: address }, DIAL_TIMEOUT);
    } catch (error) {
      if (isErrno(error)) throw dialError(error.code, place);
      throw error;
    }
    if (scheme === 'https') {
      if (!connection.serverTls) throw new TlsError('http: server gave HTTP response to HTTPS client');
      yield* connection.startTls({ insecure: true });
    }
    if (connection.application !== 'http') throw new TlsError('EOF');
    const headers = { ...request.headers, host: place };
    const answer = yield* connection.request({ kind: 'http', ...request, headers });
    if (answer.kind !== 'http-response') throw new TlsError('malformed HTTP response');
    return answer;
  }
}
