import type { Change } from './entry.js';

/** Called with the writes of one revision that it watches, in their order. Must not write to the store. */
export type OnChanges = (changes: readonly Change[]) => void;

/** A few keys are written again and again; more are not worth the memory. */
const KEYS_KNOWN_MAX = 1000;

/** Who watches which keys, by prefix: a write costs by how many lengths of prefixes there are, not by who watches. */
export class Watchers {
  private readonly byPrefix = new Map<string, Set<OnChanges>>();
  /** How many watched prefixes have a length. */
  private readonly lengths = new Map<number, number>();
  /** Whom a write of a key is told, as long as nobody begins or ends to watch another prefix. */
  private readonly byKey = new Map<string, readonly Set<OnChanges>[]>();

  /** Adds a watcher; what is returned takes it away again. */
  add(prefix: string, onChanges: OnChanges): () => void {
    let group = this.byPrefix.get(prefix);
    if (!group) {
      group = new Set();
      this.byPrefix.set(prefix, group);
      this.byKey.clear();
      this.lengths.set(prefix.length, (this.lengths.get(prefix.length) ?? 0) + 1);
    }
    group.add(onChanges);
    const joined = group;
    return () => {
      joined.delete(onChanges);
      if (joined.size === 0 && this.byPrefix.get(prefix) === joined) this.forget(prefix);
    };
  }

  /** Tells everybody about the writes of one revision. */
  notify(changes: readonly Change[]): void {
    const watched = new Map<Set<OnChanges>, Change[]>();
    for (const change of changes) {
      for (const group of this.groupsOf(change.key)) {
        const own = watched.get(group);
        if (own) own.push(change);
        else watched.set(group, [change]);
      }
    }
    for (const [group, own] of watched) for (const onChanges of [...group]) onChanges(own);
  }

  private groupsOf(key: string): readonly Set<OnChanges>[] {
    const known = this.byKey.get(key);
    if (known) return known;
    const groups: Set<OnChanges>[] = [];
    for (const length of this.lengths.keys()) {
      const group = length > key.length ? undefined : this.byPrefix.get(key.slice(0, length));
      if (group) groups.push(group);
    }
    if (this.byKey.size >= KEYS_KNOWN_MAX) this.byKey.clear();
    this.byKey.set(key, groups);
    return groups;
  }

  private forget(prefix: string): void {
    this.byPrefix.delete(prefix);
    this.byKey.clear();
    const left = (this.lengths.get(prefix.length) ?? 0) - 1;
    if (left > 0) this.lengths.set(prefix.length, left);
    else this.lengths.delete(prefix.length);
  }
}
