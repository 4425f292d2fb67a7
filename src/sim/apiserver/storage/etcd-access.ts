import type { Waiting } from '../../kernel/wait.js';
import type { Store } from '../../store/store.js';

/**
 * How the server reaches etcd. A read is tried again for a while when etcd cannot be reached, a write is not (clientv3's
 * retry rules). Throws `EtcdError` when it stays so.
 */
export interface EtcdAccess {
  store(purpose: 'read' | 'write'): Waiting<Store>;
  /** The store when etcd is there right now. */
  readonly current: Store | undefined;
}

/** etcd did not answer; `message` is what the client library says. */
export class EtcdError extends Error {}

/** A store in the same process, for tests and tools. */
export function localEtcd(store: Store): EtcdAccess {
  return {
    current: store,
    *store() {
      return store;
    },
  };
}
