import type { CustomFacts } from '../../api/custom/facts.js';
import { deepEqual, type KubeObject } from '../../api/object.js';
import type { Micros } from '../../kernel/time.js';
import type { Store } from '../../store/store.js';
import { needsConversion } from '../extensions/conversion/converting.js';
import type { ServerParts } from '../parts.js';
import type { ServedKind } from '../served-kind.js';
import { objectAs, objectOf, storageKey } from './stored-object.js';

/**
 * Puts an object into etcd with the revision it will have, for good or until an instant, and gives back what is there
 * then. Throws StatusError when that cannot be shown in the version it was given in: it is there all the same.
 */
export function writeObject(store: Store, kind: ServedKind, object: KubeObject, expiresAt?: Micros): KubeObject {
  const { namespace = '', name = '' } = object.metadata;
  const { resourceVersion: _old, ...metadata } = object.metadata;
  const written = { ...object, metadata: { ...metadata, resourceVersion: String(store.nextRevision) } };
  const stored = kind.custom ? kind.custom.toStorage(written) : written;
  const failure = kind.custom?.converts ? failureOfShowing(kind.custom, stored) : undefined;
  const entry = store.put(storageKey(kind, namespace, name), stored, expiresAt);
  if (failure !== undefined) throw failure;
  return objectAs(kind, entry);
}

/** Why an object cannot be shown; what has to be waited for before it can be is waited for before it is written. */
function failureOfShowing({ fromStorage }: CustomFacts, stored: KubeObject): unknown {
  try {
    fromStorage(stored);
    return undefined;
  } catch (error) {
    if (needsConversion(error)) throw error;
    return error;
  }
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
