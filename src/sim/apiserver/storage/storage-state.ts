import { MINUTE, type Micros } from '../../kernel/time.js';
import type { Entry } from '../../store/entry.js';
import type { Store } from '../../store/store.js';
import type { EtcdAccess } from './etcd-access.js';
import { UnreadableError } from './stored-bytes.js';
import { objectOf } from './stored-object.js';

/** Readiness stops waiting for what cannot be read (the hook storage-readiness). */
const PATIENCE = MINUTE;

/**
 * Values that the server cannot read, such as encrypted ones whose key it was not given. The real server reads each
 * resource whole when it starts; one that it cannot is neither listed nor watched until it can.
 */
export class StorageState {
  private readonly started: Micros;
  /** The first one of each folder of keys: of a kind, of a namespace of one, or of a custom kind. */
  private stuck = new Map<string, Entry>();
  private store: Store | undefined;

  constructor(
    private readonly etcd: EtcdAccess,
    private readonly now: () => Micros,
  ) {
    this.started = now();
  }

  /** Why nothing under a prefix can be listed; undefined when all can be. */
  stuckUnder(prefix: string): UnreadableError | undefined {
    this.look();
    if (this.stuck.size === 0) return undefined;
    for (const entry of this.stuck.values()) {
      if (!entry.key.startsWith(prefix)) continue;
      const problem = problemOf(this.store?.get(entry.key));
      if (problem) return problem;
      // It was mended or taken away: is it the last one?
      this.store = undefined;
      return this.stuckUnder(prefix);
    }
    return undefined;
  }

  /** Whether the server still waits for something that cannot be read, when it reports whether it is ready. */
  get isWaiting(): boolean {
    this.look();
    return this.stuck.size > 0 && this.now() - this.started < PATIENCE;
  }

  /** Looks through a store once: it is small work beside what starting is. */
  private look(): void {
    const store = this.etcd.current;
    if (!store || store === this.store) return;
    this.store = store;
    this.stuck = new Map();
    for (const entry of store.range({ prefix: '/registry/' }).entries) {
      if (isObject(entry)) continue;
      const folder = entry.key.slice(0, entry.key.lastIndexOf('/'));
      if (!this.stuck.has(folder) && problemOf(entry)) this.stuck.set(folder, entry);
    }
  }
}

/** What this server's kind has written is an object: only others have to be tried. */
function isObject({ value }: Entry): boolean {
  return !(value instanceof Uint8Array) && !(value instanceof UnreadableError);
}

function problemOf(entry: Entry | undefined): UnreadableError | undefined {
  if (!entry || isObject(entry)) return undefined;
  try {
    objectOf(entry);
    return undefined;
  } catch (error) {
    if (error instanceof UnreadableError) return error;
    throw error;
  }
}
