import type { Versioned } from '../../api/managed-fields/apply-configuration.js';
import { deepCopy, type JsonObject, type KubeObject } from '../../api/object.js';
import type { KindRegister } from '../kind-register.js';
import { fieldsOfKind, fromStored } from '../served-kind.js';

/** Turns an object into another version of its kind; gives undefined for a version that is not served. */
export function versionsOf(kinds: KindRegister): (object: JsonObject, apiVersion: string) => Versioned | undefined {
  return (object, apiVersion) => {
    const from = kinds.kind(String(object['apiVersion']), String(object['kind']));
    const to = kinds.kind(apiVersion, String(object['kind']));
    const type = to && fieldsOfKind(to);
    if (!from || !to || !type) return undefined;
    if (from.custom && to.custom) {
      const stored = from.custom.toStorage(object as unknown as KubeObject);
      return { type, object: to.custom.fromStorage(stored) as unknown as JsonObject };
    }
    const copy = deepCopy(object) as unknown as KubeObject;
    const stored = from.storedAs ? from.storedAs.toStored(copy) : copy;
    return { type, object: fromStored(to, stored) as unknown as JsonObject };
  };
}
