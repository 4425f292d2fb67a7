import type { KubeObject } from '../api/object.js';
import type { Informer, InformerHandlers } from './informer.js';

type KeysOf<T> = (object: T) => readonly string[];

/** An index kept current: keys of an index function to the objects it put there. */
class Index<T extends KubeObject> {
  readonly keysOf: KeysOf<T>;
  private readonly byKey = new Map<string, Map<string, T>>();

  constructor(keysOf: KeysOf<T>) {
    this.keysOf = keysOf;
  }

  get(key: string): readonly T[] {
    const group = this.byKey.get(key);
    return group ? [...group.values()] : [];
  }

  put(id: string, object: T, before: T | undefined): void {
    const keys = this.keysOf(object);
    if (before) for (const key of this.keysOf(before)) if (!keys.includes(key)) this.take(id, key);
    for (const key of keys) {
      const group = this.byKey.get(key) ?? new Map<string, T>();
      group.set(id, object);
      this.byKey.set(key, group);
    }
  }

  remove(id: string, object: T): void {
    for (const key of this.keysOf(object)) this.take(id, key);
  }

  private take(id: string, key: string): void {
    const group = this.byKey.get(key);
    group?.delete(id);
    if (group?.size === 0) this.byKey.delete(key);
  }
}

/** The objects an informer knows, with indexes, and those who want to hear of changes. */
export class ObjectCache<T extends KubeObject = KubeObject> implements Informer<T> {
  synced = false;
  version = '';
  private readonly objects = new Map<string, T>();
  private readonly namespaces = new Index<T>((object) => [object.metadata.namespace ?? '']);
  private readonly indexes = new Map<string, Index<T>>();
  private readonly handlers: InformerHandlers<T>[] = [];

  get size(): number {
    return this.objects.size;
  }

  get(namespace: string | undefined, name: string): T | undefined {
    return this.objects.get(namespace ? `${namespace}/${name}` : name);
  }

  list(namespace?: string): readonly T[] {
    return namespace ? this.namespaces.get(namespace) : [...this.objects.values()];
  }

  byIndex(index: string, key: string): readonly T[] {
    const found = this.indexes.get(index);
    if (!found) throw new Error(`there is no index ${index}`);
    return found.get(key);
  }

  addIndex(index: string, keysOf: KeysOf<T>): void {
    const added = new Index(keysOf);
    for (const [id, object] of this.objects) added.put(id, object, undefined);
    this.indexes.set(index, added);
  }

  /** A handler that comes late is told of all that is there, as of news. */
  addHandlers(handlers: InformerHandlers<T>): void {
    this.handlers.push(handlers);
    for (const object of this.objects.values()) handlers.added?.(object);
  }

  /** Takes an object in, new or changed. */
  put(object: T): void {
    const id = idOf(object);
    const before = this.objects.get(id);
    if (before === object) return;
    this.objects.set(id, object);
    this.namespaces.put(id, object, before);
    for (const index of this.indexes.values()) index.put(id, object, before);
    for (const handler of this.handlers) {
      if (before) handler.updated?.(before, object);
      else handler.added?.(object);
    }
  }

  /** Forgets an object; handlers get its last state. */
  remove(object: T): void {
    const id = idOf(object);
    const before = this.objects.get(id);
    if (!before) return;
    this.objects.delete(id);
    this.namespaces.remove(id, before);
    for (const index of this.indexes.values()) index.remove(id, before);
    for (const handler of this.handlers) handler.deleted?.(object);
  }

  /** Replaces all by the result of a list: what is not in it is gone. */
  replace(objects: readonly T[]): void {
    const kept = new Set(objects.map(idOf));
    for (const object of objects) this.put(object);
    for (const [id, object] of [...this.objects]) if (!kept.has(id)) this.remove(object);
    this.synced = true;
  }
}

function idOf(object: KubeObject): string {
  const { namespace, name = '' } = object.metadata;
  return namespace ? `${namespace}/${name}` : name;
}
