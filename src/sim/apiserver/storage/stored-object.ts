import { isJsonObject, type KubeObject } from '../../api/object.js';
import { internalError, StatusError } from '../../api/status.js';
import { decodeText } from '../../kernel/bytes.js';
import type { Entry } from '../../store/entry.js';
import type { ServedKind } from '../served-kind.js';

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
  const resourceVersion = String(entry.modRevision);
  if (object.metadata.resourceVersion === resourceVersion) return object;
  let fitted = versioned.get(entry);
  if (!fitted) {
    fitted = { ...object, metadata: { ...object.metadata, resourceVersion } };
    versioned.set(entry, fitted);
  }
  return fitted;
}

const converted = new WeakMap<Entry, Map<ServedKind, KubeObject>>();

/** The object of an entry as a kind has it: custom ones are brought up to date by their definition, once for each version. */
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

/** An object that somebody wrote past this server, as bytes. Throws 500 when they are none. */
function decoded(entry: Entry): KubeObject {
  const known = decodedValues.get(entry);
  if (known) return known;
  const text = decodeText(entry.value as Uint8Array);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (!isJsonObject(value) || !isJsonObject(value['metadata'])) {
    throw new StatusError(
      internalError(`unable to decode ${JSON.stringify(entry.key)}: couldn't get version/kind; json parse error`),
    );
  }
  decodedValues.set(entry, value as KubeObject);
  return value as KubeObject;
}
