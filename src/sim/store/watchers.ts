import type { Change } from './entry.js';

/** Called with the writes of one revision that it watches, in their order. Must not write to the store. */
export type OnChanges = (changes: readonly Change[]) => void;

/** Who watches which keys, by prefix: a write costs by how many lengths of prefixes there are, not by who watches. */
export class Watchers {
  private readonly byPrefix = new Map<string, Set<OnChanges>>();
  /** How many watched prefixes have a length. */
  private readonly lengths = new Map<number, number>();

  /** Adds a watcher; what is returned takes it away again. */
  add(prefix: string, onChanges: OnChanges): () => void {
    let group = this.byPrefix.get(prefix);
    if (!group) {
      group = new Set();
      this.byPrefix.set(prefix, group);
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
      for (const length of this.lengths.keys()) {
        if (length > change.key.length) continue;
        const group = this.byPrefix.get(change.key.slice(0, length));
        if (!group) continue;
        const own = watched.get(group);
        if (own) own.push(change);
        else watched.set(group, [change]);
      }
    }
    for (const [group, own] of watched) for (const onChanges of [...group]) onChanges(own);
  }

  private forget(prefix: string): void {
    this.byPrefix.delete(prefix);
    const left = (this.lengths.get(prefix.length) ?? 0) - 1;
    if (left > 0) this.lengths.set(prefix.length, left);
    else this.lengths.delete(prefix.length);
  }
}
