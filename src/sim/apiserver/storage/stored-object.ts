import type { KubeObject } from '../../api/object.js';
import type { Entry } from '../../store/entry.js';
import type { ServedKind } from '../served-kind.js';

const versioned = new WeakMap<Entry, KubeObject>();

/** The key of an object: `/registry/pods/default/web`. Without a name, the prefix of all in the namespace, or of all. */
export function storageKey(kind: ServedKind, namespace: string, name?: string): string {
  const base = `/registry/${kind.storagePrefix}/`;
  const scope = kind.namespaced && namespace !== '' ? `${base}${namespace}/` : base;
  return name === undefined ? scope : `${scope}${name}`;
}

/** The object of an entry, with the revision it was written at as its resourceVersion. Shared: not to be changed. */
export function objectOf(entry: Entry): KubeObject {
  const object = entry.value as KubeObject;
  const resourceVersion = String(entry.modRevision);
  if (object.metadata.resourceVersion === resourceVersion) return object;
  let fitted = versioned.get(entry);
  if (!fitted) {
    fitted = { ...object, metadata: { ...object.metadata, resourceVersion } };
    versioned.set(entry, fitted);
  }
  return fitted;
}
