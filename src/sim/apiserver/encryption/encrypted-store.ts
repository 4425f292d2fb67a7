import type { Micros } from '../../kernel/time.js';
import type { WaitQueue } from '../../kernel/wait.js';
import type { Change, Compare, Entry, StoredValue, Write } from '../../store/entry.js';
import { type RangeRequest, type RangeResult, Store, type StoreContent } from '../../store/store.js';
import type { OnChanges } from '../../store/watchers.js';
import { objectIn, storedBytes, UnreadableError } from '../storage/stored-bytes.js';
import { type RandomBytes, TransformError } from './ciphers.js';
import { startsWith, type Transformer } from './transformers.js';

/** The transformer for the resource that a key belongs to. */
export type TransformerOf = (key: string) => Transformer;

/**
 * A store as a server with an encryption configuration sees it: what it writes is encrypted where the configuration says
 * so, what it reads is decrypted once. A value that it cannot read is there, and fails when its object is asked for.
 */
export class EncryptedStore extends Store {
  private readonly inner: Store;
  private readonly random: RandomBytes;
  private transformerOf: TransformerOf;
  /** What entries were found to hold. */
  private plain = new WeakMap<Entry, Entry>();
  /** Whoever watches hears of a write before its writer does: what was written is found again by its value. */
  private readonly justWritten = new WeakMap<StoredValue, { readonly key: string; readonly value: StoredValue }>();

  constructor(inner: Store, transformerOf: TransformerOf, random: RandomBytes) {
    super();
    this.inner = inner;
    this.random = random;
    this.transformerOf = transformerOf;
  }

  /** Goes on with another configuration. */
  reconfigure(transformerOf: TransformerOf): void {
    this.transformerOf = transformerOf;
    this.plain = new WeakMap();
  }

  override get revision(): number {
    return this.inner.revision;
  }

  override get nextRevision(): number {
    return this.inner.nextRevision;
  }

  override get compactedRevision(): number {
    return this.inner.compactedRevision;
  }

  override get liveCount(): number {
    return this.inner.liveCount;
  }

  override get hasExpiring(): boolean {
    return this.inner.hasExpiring;
  }

  override get expiring(): WaitQueue {
    return this.inner.expiring;
  }

  override get encrypts(): boolean {
    return true;
  }

  override isStale(key: string): boolean {
    const value = this.inner.get(key)?.value;
    if (value === undefined) return false;
    const transformer = this.transformerOf(key);
    if (!(value instanceof Uint8Array)) return !transformer.writesPlain;
    return transformer.writesPlain || !startsWith(value, transformer.prefix);
  }

  override get(key: string, revision = 0): Entry | undefined {
    return this.read(this.inner.get(key, revision));
  }

  override range(request: RangeRequest): RangeResult {
    const result = this.inner.range(request);
    return { ...result, entries: result.entries.map((entry) => this.readEntry(entry)) };
  }

  override put(key: string, value: StoredValue, expiresAt?: Micros): Entry {
    return this.written(this.inner.put(key, this.write(key, value), expiresAt), value);
  }

  override delete(key: string): Change | undefined {
    const change = this.inner.delete(key);
    return change && this.readChange(change);
  }

  override expire(now: Micros): void {
    this.inner.expire(now);
  }

  override holds(compares: readonly Compare[]): boolean {
    return this.inner.holds(compares);
  }

  override commit(writes: readonly Write[]): readonly Change[] {
    const sealed = writes.map((one) => (one.type === 'put' ? { ...one, value: this.write(one.key, one.value) } : one));
    return this.inner.commit(sealed).map((change) => this.readChange(change));
  }

  override watch(prefix: string, fromRevision: number, onChanges: OnChanges): () => void {
    return this.inner.watch(prefix, fromRevision, (changes) => {
      onChanges(changes.map((change) => this.readChange(change)));
    });
  }

  override compact(revision: number): void {
    this.inner.compact(revision);
  }

  override content(): StoreContent {
    return this.inner.content();
  }

  private write(key: string, value: StoredValue): StoredValue {
    const transformer = this.transformerOf(key);
    if (value instanceof Uint8Array || transformer.writesPlain) return value;
    try {
      const bytes = transformer.write(storedBytes(value), key, this.random);
      this.justWritten.set(bytes, { key, value });
      return bytes;
    } catch (error) {
      if (error instanceof TransformError) throw new UnreadableError(key, error.message);
      throw error;
    }
  }

  private written(entry: Entry, value: StoredValue): Entry {
    return entry.value === value ? entry : this.readEntry(entry);
  }

  private read(entry: Entry | undefined): Entry | undefined {
    return entry && this.readEntry(entry);
  }

  private readEntry(entry: Entry): Entry {
    const isPlain = !(entry.value instanceof Uint8Array);
    if (isPlain && this.transformerOf(entry.key).readsPlain) return entry;
    let plain = this.plain.get(entry);
    if (!plain) {
      plain = { ...entry, value: this.readValue(entry) };
      this.plain.set(entry, plain);
    }
    return plain;
  }

  private readValue({ key, value }: Entry): StoredValue {
    const known = this.justWritten.get(value);
    if (known?.key === key) return known.value;
    const bytes = value instanceof Uint8Array ? value : storedBytes(value);
    try {
      return objectIn(this.transformerOf(key).read(bytes, key));
    } catch (error) {
      if (error instanceof TransformError) return new UnreadableError(key, error.message);
      if (error instanceof UnreadableError) return new UnreadableError(key, error.why);
      throw error;
    }
  }

  private readChange(change: Change): Change {
    return { ...change, entry: this.read(change.entry), previous: this.read(change.previous) };
  }
}
