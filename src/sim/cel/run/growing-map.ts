import { CelError, CelMap, type Value } from '../values.js';
import { keyOf } from './collections.js';
import { valueText } from './text.js';

/** A map that a loop adds to: adding makes a new view of the same entries, as long as nobody else has added. */
export class GrowingMap extends CelMap {
  private constructor(
    private readonly entries: Map<unknown, { readonly key: Value; readonly value: Value; readonly order: number }>,
    readonly size: number,
  ) {
    super();
  }

  /** A map that can be added to, with what another holds. */
  static of(map: CelMap): GrowingMap {
    if (map instanceof GrowingMap && map.entries.size === map.size) return map;
    const keys = map.keys();
    const entries = keys.map((key, order) => [keyOf(key), { key, value: map.find(key) ?? null, order }] as const);
    return new GrowingMap(new Map(entries), keys.length);
  }

  /** The map with one more entry, an error where the key is taken. */
  insert(key: Value, value: Value): GrowingMap | CelError {
    const known = this.entries.get(keyOf(key));
    if (known && known.order < this.size) return new CelError(`insert failed: key ${valueText(key)} already exists`);
    this.entries.set(keyOf(key), { key, value, order: this.size });
    return new GrowingMap(this.entries, this.size + 1);
  }

  find(key: Value): Value | undefined {
    const entry = this.entries.get(keyOf(key));
    return entry && entry.order < this.size ? entry.value : undefined;
  }

  keys(): readonly Value[] {
    return [...this.entries.values()].filter(({ order }) => order < this.size).map(({ key }) => key);
  }
}
