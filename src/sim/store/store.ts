import type { Micros } from '../kernel/time.js';
import type { WaitQueue } from '../kernel/wait.js';
import type { Change, Compare, Entry, StoredValue, Write } from './entry.js';
import { CompactedError, FutureRevisionError } from './errors.js';
import { Expiries } from './expiries.js';
import { KeyIndex, prefixEnd } from './key-index.js';
import { type OnChanges, Watchers } from './watchers.js';

/** What a range read asks for. `end` excluded; `prefix` stands for all keys that begin so. */
export interface RangeRequest {
  readonly prefix?: string;
  readonly start?: string;
  readonly end?: string | undefined;
  /** 0 or absent: now. */
  readonly revision?: number;
  /** 0 or absent: all. */
  readonly limit?: number;
  /** Counts what lies behind the limit; costs by what was written since the revision. */
  readonly countAll?: boolean;
}

export interface RangeResult {
  readonly entries: readonly Entry[];
  /** Whether the limit cut something off. */
  readonly more: boolean;
  /** All keys in the range when asked for by `countAll`, else those given. */
  readonly count: number;
  /** The store's revision, not the one read at. */
  readonly revision: number;
}

/** What a store is made of again after a snapshot. */
export interface StoreContent {
  readonly revision: number;
  readonly entries: readonly Entry[];
}

/**
 * Versioned keys as etcd keeps them: one revision for each transaction, every version until it is compacted away,
 * watches from any revision that is kept. Values are shared and never changed. Nothing here waits.
 */
export class Store {
  /** Called after every write, for the machine's trace. */
  onWrite: (change: Change) => void = () => {};
  private readonly index = new KeyIndex();
  private readonly watchers = new Watchers();
  private readonly expiries = new Expiries();
  private log: Change[] = [];
  private current = 1;
  private compacted = 0;
  /** The oldest revision whose writes are all kept. */
  private watchableFrom = 1;

  /** A new store, or one that goes on from a snapshot's content. */
  constructor(content?: StoreContent) {
    if (!content) return;
    this.current = content.revision;
    // History before a snapshot is gone: as after a compaction.
    this.compacted = content.revision;
    this.watchableFrom = content.revision + 1;
    for (const entry of content.entries) this.index.add(entry.key, entry.modRevision, entry);
    const ending = content.entries.flatMap(({ key, expiresAt }) =>
      expiresAt === undefined ? [] : [{ key, expiresAt }],
    );
    ending.sort((one, other) => one.expiresAt - other.expiresAt);
    for (const { key, expiresAt } of ending) this.expiries.set(key, expiresAt);
  }

  /** The revision of the newest transaction; an empty store has revision 1. */
  get revision(): number {
    return this.current;
  }

  /** The revision the next transaction will have. */
  get nextRevision(): number {
    return this.current + 1;
  }

  /** Revisions before this one can be neither read nor watched from. */
  get compactedRevision(): number {
    return this.compacted;
  }

  get liveCount(): number {
    return this.index.liveCount;
  }

  /** The version of a key that was current at a revision (now, without one). Throws like `range`. */
  get(key: string, revision = 0): Entry | undefined {
    return revision === 0 ? this.index.latest(key) : this.index.at(key, this.checkRevision(revision));
  }

  /** Whether values may be kept in another form than they are given. */
  get encrypts(): boolean {
    return false;
  }

  /** Whether a key's value would be kept in another form if it were written now. */
  isStale(_key: string): boolean {
    return false;
  }

  /** Keys in order. Throws `CompactedError` and `FutureRevisionError`. */
  range(request: RangeRequest): RangeResult {
    const revision = this.checkRevision(request.revision ?? 0);
    const start = request.start ?? request.prefix ?? '';
    const end = request.end ?? (request.prefix === undefined ? undefined : prefixEnd(request.prefix));
    const limit = request.limit || Number.POSITIVE_INFINITY;
    const { entries, more } = this.index.range(start, end, revision, limit);
    const count = more && request.countAll ? this.countAt(start, end, revision) : entries.length;
    return { entries, more, count, revision: this.current };
  }

  /** Keys of a range at a revision: those there are now, but for what has been written since. */
  private countAt(start: string, end: string | undefined, revision: number): number {
    let count = this.index.count(start, end);
    const seen = new Set<string>();
    for (let at = this.logPosition(revision + 1); at < this.log.length; at += 1) {
      const { key, previous } = this.log[at] as Change;
      if (key < start || (end !== undefined && key >= end) || seen.has(key)) continue;
      seen.add(key);
      count += Number(previous !== undefined) - Number(this.index.latest(key) !== undefined);
    }
    return count;
  }

  /** Writes a key; with an instant, until then. */
  put(key: string, value: StoredValue, expiresAt?: Micros): Entry {
    const write: Write = expiresAt === undefined ? { type: 'put', key, value } : { type: 'put', key, value, expiresAt };
    return this.commit([write])[0]?.entry as Entry;
  }

  /** Deletes a key; undefined, and no new revision, when there is none. */
  delete(key: string): Change | undefined {
    return this.commit([{ type: 'delete', key }])[0];
  }

  /** Whether some key ends by itself; `expiring` is woken when the first such key is written. */
  get hasExpiring(): boolean {
    return !this.expiries.isEmpty;
  }

  get expiring(): WaitQueue {
    return this.expiries.granted;
  }

  /** Deletes the keys whose time is over. */
  expire(now: Micros): void {
    const keys = this.expiries.due(now);
    if (keys.length > 0) this.commit(keys.map((key) => ({ type: 'delete', key })));
  }

  /** Whether all conditions hold now. */
  holds(compares: readonly Compare[]): boolean {
    return compares.every(({ key, target, equals }) => {
      const entry = this.index.latest(key);
      if (!entry) return equals === 0;
      const actual = target === 'mod' ? entry.modRevision : target === 'create' ? entry.createRevision : entry.version;
      return actual === equals;
    });
  }

  /** Makes several writes at one revision. Deletes of keys that are not there do nothing. */
  commit(writes: readonly Write[]): readonly Change[] {
    const revision = this.current + 1;
    const changes: Change[] = [];
    for (const write of writes) {
      const previous = this.index.latest(write.key);
      if (write.type === 'delete' && !previous) continue;
      const entry = write.type === 'delete' ? undefined : entryOf(write, previous, revision);
      if (entry?.expiresAt !== undefined || previous?.expiresAt !== undefined) {
        this.expiries.set(write.key, entry?.expiresAt);
      }
      this.index.add(write.key, revision, entry);
      changes.push({ key: write.key, revision, entry, previous });
    }
    if (changes.length === 0) return changes;
    this.current = revision;
    for (const change of changes) {
      this.log.push(change);
      this.onWrite(change);
    }
    this.watchers.notify(changes);
    return changes;
  }

  /**
   * Calls `onChanges` with every write from a revision on (0: from now on), first those that happened already, in this
   * very call. Throws `CompactedError` when the history does not reach back so far.
   */
  watch(prefix: string, fromRevision: number, onChanges: OnChanges): () => void {
    if (fromRevision !== 0 && fromRevision < this.watchableFrom) {
      throw new CompactedError(fromRevision, this.watchableFrom);
    }
    if (fromRevision !== 0 && fromRevision <= this.current) {
      const past = this.log.slice(this.logPosition(fromRevision)).filter((change) => change.key.startsWith(prefix));
      for (const group of groupByRevision(past)) onChanges(group);
    }
    return this.watchers.add(prefix, onChanges);
  }

  /** Forgets everything that was over before a revision. Throws as etcd does for one compacted already or to come. */
  compact(revision: number): void {
    if (revision <= this.compacted) throw new CompactedError(revision, this.compacted);
    if (revision > this.current) throw new FutureRevisionError();
    const over = this.log.slice(0, this.logPosition(revision + 1));
    for (const key of new Set(over.map((change) => change.key))) this.index.trim(key, revision);
    this.log = this.log.slice(this.logPosition(revision));
    this.compacted = revision;
    this.watchableFrom = Math.max(this.watchableFrom, revision);
  }

  /** What a snapshot holds: every key as it is now. */
  content(): StoreContent {
    return {
      revision: this.current,
      entries: this.index.range('', undefined, this.current, Number.POSITIVE_INFINITY).entries,
    };
  }

  private checkRevision(revision: number): number {
    if (revision > this.current) throw new FutureRevisionError();
    if (revision !== 0 && revision < this.compacted) throw new CompactedError(revision, this.compacted);
    return revision === 0 ? this.current : revision;
  }

  private logPosition(revision: number): number {
    let low = 0;
    let high = this.log.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.log[middle] as Change).revision < revision) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** What a key holds after a write. */
function entryOf(
  { key, value, expiresAt }: Write & { readonly type: 'put' },
  previous: Entry | undefined,
  revision: number,
): Entry {
  const createRevision = previous?.createRevision ?? revision;
  const version = (previous?.version ?? 0) + 1;
  const entry = { key, value, createRevision, modRevision: revision, version };
  return expiresAt === undefined ? entry : { ...entry, expiresAt };
}

function groupByRevision(changes: readonly Change[]): Change[][] {
  const groups: Change[][] = [];
  for (const change of changes) {
    const last = groups.at(-1);
    if (last && last[0]?.revision === change.revision) last.push(change);
    else groups.push([change]);
  }
  return groups;
}
