/** A map whose values are worked out when they are first read: a policy's `variables`. */
import { CelError, CelMap, type Value } from './values.js';

/** A map of things to do. A value that is an error is the error of whoever reads it. */
export class LazyMap extends CelMap {
  private readonly done = new Map<string, Value>();

  constructor(private readonly fields: ReadonlyMap<string, () => Value>) {
    super();
  }

  get size(): number {
    return this.fields.size;
  }

  find(key: Value): Value | undefined {
    if (typeof key !== 'string') return new CelError('no such overload');
    const known = this.done.get(key);
    if (known !== undefined) return known;
    const work = this.fields.get(key);
    if (!work) return undefined;
    const value = work();
    this.done.set(key, value);
    return value;
  }

  keys(): readonly Value[] {
    return [...this.fields.keys()];
  }
}
