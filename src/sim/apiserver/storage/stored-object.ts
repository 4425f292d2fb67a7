import type { KubeObject } from '../../api/object.js';
import type { Entry } from '../../store/entry.js';
import { TransformError } from '../encryption/ciphers.js';
import { IDENTITY } from '../encryption/transformers.js';
import type { ServedKind } from '../served-kind.js';
import { objectIn, UnreadableError } from './stored-bytes.js';

const versioned = new WeakMap<Entry, KubeObject>();
const decodedValues = new WeakMap<Entry, KubeObject>();

/** The key of an object: `/registry/pods/default/web`. Without a name, the prefix of all in the namespace, or of all. */
export function storageKey(kind: ServedKind, namespace: string, name?: string): string {
  const base = `/registry/${kind.storagePrefix}/`;
  const scope = kind.namespaced && namespace !== '' ? `${base}${namespace}/` : base;
  return name === undefined ? scope : `${scope}${name}`;
}

/** The object of an entry, with the revision it was written at as its resourceVersion. Shared: not to be changed. */
export function objectOf(entry: Entry): KubeObject {
  const object = entry.value instanceof Uint8Array ? decoded(entry) : (entry.value as KubeObject);
  if (object.metadata === undefined && object instanceof UnreadableError) throw object;
  const resourceVersion = String(entry.modRevision);
  if (object.metadata.resourceVersion === resourceVersion) return object;
  let fitted = versioned.get(entry);
  if (!fitted) {
    fitted = { ...object, metadata: { ...object.metadata, resourceVersion } };
    versioned.set(entry, fitted);
  }
  return fitted;
}

/** Whether an object is on its way out; of one that cannot be read nobody knows that it is. */
export function isBeingDeleted(entry: Entry): boolean {
  try {
    return objectOf(entry).metadata.deletionTimestamp !== undefined;
  } catch (error) {
    if (error instanceof UnreadableError) return false;
    throw error;
  }
}

const converted = new WeakMap<Entry, Map<ServedKind, KubeObject>>();

/**
 * The object of an entry as a kind has it: custom ones are brought up to date by their definition, once for each version,
 * as those who watch and list find them in the server's cache.
 */
export function objectAs(kind: ServedKind, entry: Entry): KubeObject {
  if (!kind.custom) return objectOf(entry);
  const known = converted.get(entry) ?? new Map<ServedKind, KubeObject>();
  let object = known.get(kind);
  if (!object) {
    object = kind.custom.fromStorage(objectOf(entry));
    known.set(kind, object);
    converted.set(entry, known);
  }
  return object;
}

/**
 * An object that somebody wrote past this server, as bytes, or that is encrypted while this server has no configuration to
 * read it. Throws 500 when they are none.
 */
function decoded(entry: Entry): KubeObject {
  const known = decodedValues.get(entry);
  if (known) return known;
  const bytes = entry.value as Uint8Array;
  try {
    const object = objectIn(IDENTITY.read(bytes, entry.key));
    decodedValues.set(entry, object);
    return object;
  } catch (error) {
    if (error instanceof TransformError) throw new UnreadableError(entry.key, error.message);
    if (!(error instanceof UnreadableError)) throw error;
    const why = `unable to decode ${JSON.stringify(entry.key)}: couldn't get version/kind; json parse error`;
    throw new UnreadableError(entry.key, why);
  }
}
