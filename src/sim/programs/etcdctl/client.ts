import type { EtcdOperations } from '../../api/etcd-messages.js';
import { isErrno } from '../../kernel/errno.js';
import { printError } from '../../kernel/libc/streams.js';
import type { ClientTls, Connection } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import { MILLISECOND, type Micros, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { clientTls, dialEndpoint, targetOf, Unreachable } from './connect.js';
import { CommandError, EXIT, type Settings, zapLine } from './settings.js';

const METHODS: Readonly<Record<keyof EtcdOperations, string>> = {
  'alarm-list': 'Maintenance/Alarm',
  compact: 'KV/Compact',
  defragment: 'Maintenance/Defragment',
  delete: 'KV/DeleteRange',
  hash: 'Maintenance/HashKV',
  health: 'KV/Range',
  'member-list': 'Cluster/MemberList',
  put: 'KV/Put',
  range: 'KV/Range',
  snapshot: 'Maintenance/Snapshot',
  status: 'Maintenance/Status',
  txn: 'KV/Txn',
  watch: 'Watch/Watch',
};

const FIRST_BACKOFF = SECOND;
const BACKOFF_FACTOR = 1.6;
const BACKOFF_MAX = 120 * SECOND;

/** How one call is made. */
interface CallOptions {
  /** Instead of the command's time limit; undefined waits for ever. */
  readonly timeout: Micros | undefined;
  /** The logger's name in the warning of a call that failed. */
  readonly logger: string;
}

/** A client of one or more endpoints, with the certificates the flags name. */
export class EtcdClient {
  private readonly sys: Sys;
  private readonly endpoints: readonly string[];
  private readonly tls: ClientTls | undefined;
  private readonly insecure: boolean;
  private readonly timeout: Micros;
  private readonly target: string;
  private kept: Connection | undefined;

  /** Throws `CommandError` when certificate files cannot be used. */
  constructor(sys: Sys, settings: Settings, endpoints = settings.endpoints) {
    this.sys = sys;
    this.endpoints = endpoints;
    this.tls = clientTls(sys, settings);
    this.insecure = settings.truth('insecure-skip-tls-verify');
    this.timeout = settings.commandTimeout;
    this.target = targetOf(sys, endpoints);
  }

  /** Calls an operation, waiting for a connection as long as the time limit allows. Throws `CommandError` with status 1. */
  *call<K extends keyof EtcdOperations>(
    operation: K,
    request: EtcdOperations[K]['request'],
    options: CallOptions = { timeout: this.timeout, logger: 'etcd-client' },
  ): Waiting<EtcdOperations[K]['response']> {
    const { sys } = this;
    const until = options.timeout === undefined ? undefined : sys.now() + options.timeout;
    for (;;) {
      const connection = yield* this.connection(operation, until, options);
      try {
        // What the server takes: its log is written to disk before it answers.
        yield* sys.sleep(2 * MILLISECOND + sys.random().below(4 * MILLISECOND));
        const answer = yield* connection.request({ kind: 'etcd', operation, payload: request });
        if (answer.kind !== 'etcd-response') throw new Error(`not etcd: ${answer.kind}`);
        if (answer.error === undefined) return answer.payload as EtcdOperations[K]['response'];
        const code = answer.error.includes('mvcc: required revision') ? 'OutOfRange' : 'InvalidArgument';
        yield* this.warn(operation, `rpc error: code = ${code} desc = ${answer.error}`, options.logger);
        throw new CommandError(EXIT.error, answer.error);
      } catch (error) {
        if (!isErrno(error, 'ECONNRESET')) throw error;
        this.kept = undefined;
      }
    }
  }

  private *connection(
    operation: keyof EtcdOperations,
    until: Micros | undefined,
    options: CallOptions,
  ): Waiting<Connection> {
    if (this.kept) return this.kept;
    const { sys } = this;
    let backoff = FIRST_BACKOFF;
    let reason = '';
    for (;;) {
      for (const endpoint of this.endpoints) {
        try {
          this.kept = yield* dialEndpoint(sys, endpoint, this.tls, this.insecure, until);
          return this.kept;
        } catch (error) {
          if (!(error instanceof Unreachable)) throw error;
          reason = error.message || reason;
        }
      }
      const next = sys.now() + backoff;
      if (until !== undefined && next >= until) {
        if (until > sys.now()) yield* sys.sleep(until - sys.now());
        const text =
          reason === ''
            ? 'context deadline exceeded while waiting for connections to become ready'
            : `latest balancer error: ${reason}`;
        yield* this.warn(operation, `rpc error: code = DeadlineExceeded desc = ${text}`, options.logger);
        throw new CommandError(EXIT.error, 'context deadline exceeded');
      }
      yield* sys.sleep(backoff);
      backoff = Math.min(Math.round(backoff * BACKOFF_FACTOR), BACKOFF_MAX);
    }
  }

  private *warn(operation: keyof EtcdOperations, error: string, logger: string): Waiting<void> {
    const fields = { target: this.target, method: `/etcdserverpb.${METHODS[operation]}`, attempt: 0, error };
    const line = zapLine(
      this.sys,
      'warn',
      'v3@v3.6.8/retry_interceptor.go:65',
      'retrying of unary invoker failed',
      fields,
      logger,
    );
    yield* printError(this.sys, line);
  }
}

/** A span as Go prints it, with the digits below a microsecond that our clock does not have. */
export function took(sys: Sys, began: Micros): string {
  const span = Math.max(sys.now() - began, 1);
  const nanos = `${sys.random().below(1000)}`.padStart(3, '0');
  if (span < 1000) return `${span}.${nanos}µs`.replace(/0+µs$/, 'µs');
  const digits = `${`${span % (span < SECOND ? 1000 : SECOND)}`.padStart(span < SECOND ? 3 : 6, '0')}${nanos}`.replace(
    /0+$/,
    '',
  );
  return span < SECOND ? `${Math.floor(span / 1000)}.${digits}ms` : `${Math.floor(span / SECOND)}.${digits}s`;
}
