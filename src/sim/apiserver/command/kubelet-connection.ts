import type { KubeObject } from '../../api/object.js';
import { dialError, joinHostPort } from '../../client/go-errors.js';
import { isErrno } from '../../kernel/errno.js';
import {
  type ClientTls,
  type Connection,
  type HttpRequest,
  type HttpResponse,
  TlsError,
} from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { KubeletAccess } from '../subresources/kubelet-access.js';

const DIAL_TIMEOUT = 30 * SECOND;
const DEFAULT_PORT = 10250;

interface NodeAddress {
  readonly type: string;
  readonly address: string;
}

/** The server's way to kubelets: their address from the Node's status, in the order of --kubelet-preferred-address-types. */
export class KubeletConnection implements KubeletAccess {
  private readonly sys: Sys;
  private readonly tls: ClientTls;
  private readonly preferred: readonly string[];

  constructor(sys: Sys, tls: ClientTls, preferred: readonly string[]) {
    this.sys = sys;
    this.tls = tls;
    this.preferred = preferred;
  }

  *request(node: KubeObject, request: HttpRequest): Waiting<HttpResponse> {
    const { host, port } = this.addressOf(node);
    const connection = yield* this.dial(host, port);
    const answer = yield* connection.request({ kind: 'http', ...request });
    if (answer.kind !== 'http-response') throw new TlsError('malformed HTTP response');
    return answer;
  }

  /** Where a node's kubelet listens. Throws when the Node does not say. */
  addressOf(node: KubeObject): { host: string; port: number } {
    const status = node['status'] as
      | { addresses?: NodeAddress[]; daemonEndpoints?: { kubeletEndpoint?: { Port?: number } } }
      | undefined;
    const addresses = status?.addresses ?? [];
    for (const type of this.preferred) {
      const found = addresses.find((address) => address.type === type);
      if (found) return { host: found.address, port: status?.daemonEndpoints?.kubeletEndpoint?.Port || DEFAULT_PORT };
    }
    const shown = this.preferred.map((type) => type).join(' ');
    throw new Error(
      `no preferred addresses found; known addresses: [${addresses.map(({ type, address }) => `{${type} ${address}}`).join(' ') || shown.slice(0, 0)}]`,
    );
  }

  private *dial(host: string, port: number): Waiting<Connection> {
    let connection: Connection;
    try {
      connection = yield* this.sys.connect({ address: host, port, name: host }, DIAL_TIMEOUT);
    } catch (error) {
      if (isErrno(error)) throw dialError(error.code, joinHostPort(host, port));
      throw error;
    }
    if (!connection.serverTls) throw new TlsError('http: server gave HTTP response to HTTPS client');
    yield* connection.startTls({ ...this.tls, serverName: host });
    return connection;
  }
}
