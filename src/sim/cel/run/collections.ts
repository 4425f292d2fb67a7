/** Lists and maps that programs make. */
import { CelList, CelMap, Uint, type Value } from '../values.js';

/** A list of values that are there already. */
export class ArrayList extends CelList {
  constructor(readonly values: readonly Value[]) {
    super();
  }

  get size(): number {
    return this.values.length;
  }

  at(index: number): Value {
    return this.values[index] as Value;
  }
}

/** Two lists, one after the other. */
export class JoinedList extends CelList {
  readonly size: number;

  constructor(
    private readonly first: CelList,
    private readonly second: CelList,
  ) {
    super();
    this.size = first.size + second.size;
  }

  at(index: number): Value {
    return index < this.first.size ? this.first.at(index) : this.second.at(index - this.first.size);
  }
}

/** A list that a loop adds to: adding makes a new view of the same array, as long as it adds at the end. */
export class GrowingList extends CelList {
  constructor(
    private readonly values: Value[],
    readonly size: number,
  ) {
    super();
  }

  at(index: number): Value {
    return this.values[index] as Value;
  }

  /** The list with values added. */
  override with(added: CelList): CelList {
    if (this.values.length !== this.size) return new JoinedList(this, added);
    for (let at = 0; at < added.size; at += 1) this.values.push(added.at(at));
    return new GrowingList(this.values, this.values.length);
  }
}

/** What a key is looked up by: numbers of all kinds that are equal are one key. */
export function keyOf(key: Value): unknown {
  if (typeof key === 'string') return key;
  if (typeof key === 'bigint') return `#${key}`.length < 17 ? Number(key) : key;
  if (key instanceof Uint) return keyOf(key.value);
  return key;
}

/** A map of entries that are there already. */
export class EntryMap extends CelMap {
  private readonly byKey = new Map<unknown, readonly [Value, Value]>();

  constructor(entries: Iterable<readonly [Value, Value]>) {
    super();
    for (const entry of entries) this.byKey.set(keyOf(entry[0]), entry);
  }

  get size(): number {
    return this.byKey.size;
  }

  find(key: Value): Value | undefined {
    return this.byKey.get(keyOf(key))?.[1];
  }

  keys(): readonly Value[] {
    return [...this.byKey.values()].map(([key]) => key);
  }
}

/** All values of a list. */
export function valuesOf(list: CelList): Value[] {
  return Array.from({ length: list.size }, (_, at) => list.at(at));
}
