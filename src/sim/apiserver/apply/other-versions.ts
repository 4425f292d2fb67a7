import { kindType } from '../../api/facts/fact-types.js';
import type { Versioned } from '../../api/managed-fields/apply-configuration.js';
import { deepCopy, type JsonObject, type KubeObject } from '../../api/object.js';
import type { KindRegister } from '../kind-register.js';
import { fromStored } from '../served-kind.js';

/** Turns an object into another version of its kind; gives undefined for a version that is not served. */
export function versionsOf(kinds: KindRegister): (object: JsonObject, apiVersion: string) => Versioned | undefined {
  return (object, apiVersion) => {
    const from = kinds.kind(String(object['apiVersion']), String(object['kind']));
    const to = kinds.kind(apiVersion, String(object['kind']));
    const type = kindType(apiVersion, String(object['kind']));
    if (!from || !to || !type) return undefined;
    const copy = deepCopy(object) as unknown as KubeObject;
    const stored = from.storedAs ? from.storedAs.toStored(copy) : copy;
    return { type, object: fromStored(to, stored) as unknown as JsonObject };
  };
}
