import type { KubeObject } from '../api/object.js';

/** Told of changes; handlers only enqueue. */
export interface InformerHandlers<T extends KubeObject> {
  added?(object: T): void;
  updated?(before: T, after: T): void;
  deleted?(object: T): void;
}

/** A cache of one resource kept current by list and watch, shared by everybody in one process. */
export interface Informer<T extends KubeObject = KubeObject> {
  /** Undefined when there is none. */
  get(namespace: string | undefined, name: string): T | undefined;
  /** All, or those of a namespace, in order of creation of the key. */
  list(namespace?: string): readonly T[];
  /** Those an index function put under a key; the index is kept current (cost does not grow with the cluster). */
  byIndex(index: string, key: string): readonly T[];
  addIndex(index: string, keysOf: (object: T) => readonly string[]): void;
  addHandlers(handlers: InformerHandlers<T>): void;
  /** The resource version up to which changes were told; empty before the first list. */
  readonly version: string;
  /** True after the first list. */
  readonly synced: boolean;
}
