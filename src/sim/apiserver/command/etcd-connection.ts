import { ConnectError, dialError, joinHostPort, lookupText } from '../../client/go-errors.js';
import { resolveHost } from '../../client/resolver.js';
import { isErrno } from '../../kernel/errno.js';
import { type ClientTls, type Connection, TlsError } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import { MILLISECOND, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { AttachedStore } from '../../store/etcd.js';
import type { Store } from '../../store/store.js';
import { type EtcdAccess, EtcdError } from '../storage/etcd-access.js';

/** clientv3 asks again this often, 25 ms apart, before a read fails. */
const READ_TRIES_MAX = 100;
const READ_RETRY = 25 * MILLISECOND;
const DIAL_TIMEOUT = 20 * SECOND;

/** The server's connection to etcd: its store while it lives, found again when it comes back. */
export class EtcdConnection implements EtcdAccess {
  /** Called when etcd came back with another store: watches cannot go on. */
  onReplaced: () => void = () => {};
  private readonly sys: Sys;
  private readonly servers: readonly string[];
  private readonly tls: ClientTls;
  private readonly seen: (store: Store) => Store;
  private attached: AttachedStore | undefined;
  private view: Store | undefined;
  private last: Store | undefined;

  /** `seen` is how this server sees a store: encrypted where it is told so. */
  constructor(sys: Sys, servers: readonly string[], tls: ClientTls, seen: (store: Store) => Store = (store) => store) {
    this.sys = sys;
    this.servers = servers;
    this.tls = tls;
    this.seen = seen;
  }

  get current(): Store | undefined {
    return this.attached?.alive ? this.view : undefined;
  }

  *store(purpose: 'read' | 'write'): Waiting<Store> {
    for (let attempt = 1; ; attempt += 1) {
      const current = this.current;
      if (current) return current;
      try {
        return yield* this.attach();
      } catch (error) {
        const tries = purpose === 'read' ? READ_TRIES_MAX : 1;
        if (attempt >= tries) throw new EtcdError(unavailable(error));
        yield { until: this.sys.now() + READ_RETRY };
      }
    }
  }

  /** Tries each server once. Throws what the last attempt ended in. */
  *attach(): Waiting<Store> {
    let failure: unknown = new EtcdError('etcdclient: no available endpoints');
    for (const server of this.servers) {
      try {
        const connection = yield* this.dial(server);
        const answer = yield* connection.request({ kind: 'etcd', operation: 'attach', payload: undefined });
        if (answer.kind !== 'etcd-response' || !answer.payload) throw new EtcdError('etcdserver: not capable');
        const attached = answer.payload as AttachedStore;
        this.attached = attached;
        if (this.last && this.last !== attached.store) this.onReplaced();
        if (this.last !== attached.store || !this.view) this.view = this.seen(attached.store);
        this.last = attached.store;
        return this.view;
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  }

  private *dial(server: string): Waiting<Connection> {
    const url = new URL(server);
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
    const port = Number(url.port || 2379);
    const found = yield* resolveHost(this.sys, host, undefined, 'go');
    if ('failure' in found) throw new ConnectError('EHOSTUNREACH', `dial tcp: ${lookupText(host, found)}`);
    const address = found.addresses[0] as string;
    let connection: Connection;
    try {
      connection = yield* this.sys.connect({ address, port, name: host }, DIAL_TIMEOUT);
    } catch (error) {
      if (isErrno(error)) throw dialError(error.code, joinHostPort(address, port));
      throw error;
    }
    if (connection.application !== 'etcd') throw new TlsError('error reading server preface: http2: frame too large');
    if (url.protocol === 'https:') {
      if (!connection.serverTls)
        throw new TlsError('authentication handshake failed: tls: first record does not look like a TLS handshake');
      yield* connection.startTls({ ...this.tls, serverName: host });
    } else if (connection.serverTls) throw new TlsError('error reading server preface: EOF');
    return connection;
  }
}

/** What grpc logs of a failed attempt: `transport: Error while dialing: dial tcp …`. */
export function transportError(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof TlsError) {
    return `transport: authentication handshake failed: ${message.replace(/^authentication handshake failed: /, '')}`;
  }
  return error instanceof ConnectError ? `transport: Error while dialing: ${message}` : message;
}

function unavailable(error: unknown): string {
  return `rpc error: code = Unavailable desc = connection error: desc = ${JSON.stringify(transportError(error))}`;
}
