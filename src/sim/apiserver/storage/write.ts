import { deepEqual, type KubeObject } from '../../api/object.js';
import type { Micros } from '../../kernel/time.js';
import type { Store } from '../../store/store.js';
import type { ServerParts } from '../parts.js';
import type { ServedKind } from '../served-kind.js';
import { objectAs, objectOf, storageKey } from './stored-object.js';

/**
 * Puts an object into etcd with the revision it will have, for good or until an instant, and gives back what is there
 * then.
 */
export function writeObject(store: Store, kind: ServedKind, object: KubeObject, expiresAt?: Micros): KubeObject {
  const { namespace = '', name = '' } = object.metadata;
  const { resourceVersion: _old, ...metadata } = object.metadata;
  const written = { ...object, metadata: { ...metadata, resourceVersion: String(store.nextRevision) } };
  const stored = kind.custom ? kind.custom.toStorage(written) : written;
  // What has to be waited for before it can be shown is waited for before it is written.
  if (kind.custom?.converts) kind.custom.fromStorage(stored);
  return objectAs(kind, store.put(storageKey(kind, namespace, name), stored, expiresAt));
}

/**
 * Whether what would be written of an object that did not change is what is there: custom objects may be there in a version
 * that is not stored any more, or without what has become a default.
 */
export function isStored(store: Store, kind: ServedKind, object: KubeObject): boolean {
  if (!kind.custom) return true;
  const { namespace = '', name = '' } = object.metadata;
  const entry = store.get(storageKey(kind, namespace, name));
  return entry !== undefined && deepEqual(unversioned(kind.custom.toStorage(object)), unversioned(objectOf(entry)));
}

function unversioned({ metadata: { resourceVersion: _, ...metadata }, ...rest }: KubeObject): object {
  return { ...rest, metadata };
}

/** An object as it would be read again if it were written: converters have their say. */
export function asWritten(kind: ServedKind, object: KubeObject): KubeObject {
  return kind.custom?.converts ? kind.custom.fromStorage(kind.custom.toStorage(object)) : object;
}

/** When an object that is written now ends by itself: events do, an hour later unless --event-ttl says otherwise. */
export function expiryOf(parts: Pick<ServerParts, 'now' | 'eventTtl'>, kind: ServedKind): Micros | undefined {
  return kind.expires ? parts.now() + parts.eventTtl : undefined;
}

/** Takes an object out of etcd; gives back its last state at the revision of its end. */
export function removeObject(store: Store, kind: ServedKind, object: KubeObject): KubeObject {
  const { namespace = '', name = '' } = object.metadata;
  const change = store.delete(storageKey(kind, namespace, name));
  const resourceVersion = String(change?.revision ?? store.revision);
  return { ...object, metadata: { ...object.metadata, resourceVersion } };
}
