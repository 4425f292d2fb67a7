import type { Bytes } from '../kernel/bytes.js';
import type { Micros } from '../kernel/time.js';

/** What a key holds: an API object that is never changed in place, or bytes that somebody else put there. */
export type StoredValue = object | Bytes;

/** One version of one key. */
export interface Entry {
  readonly key: string;
  readonly value: StoredValue;
  /** The revision that made the key, after it was last deleted. */
  readonly createRevision: number;
  /** The revision that wrote this version. */
  readonly modRevision: number;
  /** 1 for the version that made the key. */
  readonly version: number;
  /** When the key is deleted by itself; absent for one that stays. */
  readonly expiresAt?: Micros;
}

/** One write as a watcher sees it. A delete has no `entry`; a create has no `previous`. */
export interface Change {
  readonly key: string;
  readonly revision: number;
  readonly entry: Entry | undefined;
  readonly previous: Entry | undefined;
}

/** One write of a transaction. */
export type Write =
  | { readonly type: 'put'; readonly key: string; readonly value: StoredValue; readonly expiresAt?: Micros }
  | { readonly type: 'delete'; readonly key: string };

/** A condition on a key as it is now; 0 stands for a key that is not there. */
export interface Compare {
  readonly key: string;
  readonly target: 'mod' | 'create' | 'version';
  readonly equals: number;
}
