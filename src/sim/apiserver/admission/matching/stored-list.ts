import type { KubeObject } from '../../../api/object.js';
import type { Store } from '../../../store/store.js';
import { objectOf } from '../../storage/stored-object.js';

/**
 * What is made of all objects below a prefix, made anew only after one of them was written: a request pays for looking
 * whether something changed, and no more.
 */
export class StoredList<T> {
  private readonly known = new WeakMap<Store, { stale: boolean; value: T }>();

  /** `make` gets the objects by name. */
  constructor(
    private readonly prefixes: readonly string[],
    private readonly make: (...lists: KubeObject[][]) => T,
  ) {}

  /** What there is now. */
  of(store: Store): T {
    const known = this.known.get(store);
    if (known && !known.stale) return known.value;
    const value = this.make(...this.prefixes.map((prefix) => store.range({ prefix }).entries.map(objectOf)));
    if (known) Object.assign(known, { value, stale: false });
    else {
      const fresh = { value, stale: false };
      this.known.set(store, fresh);
      const spoil = () => {
        fresh.stale = true;
      };
      for (const prefix of this.prefixes) store.watch(prefix, 0, spoil);
    }
    return value;
  }
}
