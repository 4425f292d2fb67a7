import type { KubeObject } from '../../api/object.js';
import type { Store } from '../../store/store.js';
import type { ServedKind } from '../served-kind.js';
import { objectOf, storageKey } from './stored-object.js';

/** Puts an object into etcd with the revision it will have, and gives back what is there then. */
export function writeObject(store: Store, kind: ServedKind, object: KubeObject): KubeObject {
  const { namespace = '', name = '' } = object.metadata;
  const { resourceVersion: _old, ...metadata } = object.metadata;
  const written = { ...object, metadata: { ...metadata, resourceVersion: String(store.nextRevision) } };
  return objectOf(store.put(storageKey(kind, namespace, name), written));
}

/** Takes an object out of etcd; gives back its last state at the revision of its end. */
export function removeObject(store: Store, kind: ServedKind, object: KubeObject): KubeObject {
  const { namespace = '', name = '' } = object.metadata;
  const change = store.delete(storageKey(kind, namespace, name));
  const resourceVersion = String(change?.revision ?? store.revision);
  return { ...object, metadata: { ...object.metadata, resourceVersion } };
}
