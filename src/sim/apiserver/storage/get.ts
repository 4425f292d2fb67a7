import type { KubeObject } from '../../api/object.js';
import { notFound, StatusError } from '../../api/status.js';
import type { Entry } from '../../store/entry.js';
import type { Store } from '../../store/store.js';
import { groupResource, type ServedKind } from '../served-kind.js';
import { objectAs, objectOf, storageKey } from './stored-object.js';

/** An object, or undefined. */
export function findObject(store: Store, kind: ServedKind, namespace: string, name: string): KubeObject | undefined {
  const entry = store.get(storageKey(kind, namespace, name));
  return entry && objectAnew(kind, entry);
}

/** The object of an entry, read anew: a webhook that converts is asked again. */
function objectAnew(kind: ServedKind, entry: Entry): KubeObject {
  return kind.custom?.converts ? kind.custom.fromStorage(objectOf(entry)) : objectAs(kind, entry);
}

/** An object. Throws 404. */
export function getObject(store: Store, kind: ServedKind, namespace: string, name: string): KubeObject {
  const object = findObject(store, kind, namespace, name);
  if (!object) throw new StatusError(notFound(groupResource(kind), name));
  return object;
}

/** All objects of a kind, or those of a namespace, in order of their keys. */
export function allObjects(store: Store, kind: ServedKind, namespace = ''): KubeObject[] {
  return store.range({ prefix: storageKey(kind, namespace) }).entries.map((entry) => objectAs(kind, entry));
}
