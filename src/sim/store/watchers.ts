import type { Change } from './entry.js';

/** Called with the writes of one revision that it watches, in their order. Must not write to the store. */
export type OnChanges = (changes: readonly Change[]) => void;

/** Who watches which keys. Those with the same prefix stand together, so that a write costs by the prefixes watched. */
export class Watchers {
  private readonly byPrefix = new Map<string, Set<OnChanges>>();

  /** Adds a watcher; what is returned takes it away again. */
  add(prefix: string, onChanges: OnChanges): () => void {
    let group = this.byPrefix.get(prefix);
    if (!group) {
      group = new Set();
      this.byPrefix.set(prefix, group);
    }
    group.add(onChanges);
    const joined = group;
    return () => {
      joined.delete(onChanges);
      if (joined.size === 0 && this.byPrefix.get(prefix) === joined) this.byPrefix.delete(prefix);
    };
  }

  /** Tells everybody about the writes of one revision. */
  notify(changes: readonly Change[]): void {
    const first = changes[0];
    for (const [prefix, group] of [...this.byPrefix]) {
      const own =
        changes.length === 1 && first?.key.startsWith(prefix)
          ? changes
          : changes.filter((change) => change.key.startsWith(prefix));
      if (own.length > 0) for (const onChanges of [...group]) onChanges(own);
    }
  }
}
