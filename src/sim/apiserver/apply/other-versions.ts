import type { Versioned } from '../../api/managed-fields/apply-configuration.js';
import { rootOf } from '../../api/managed-fields/structure.js';
import { typeProblems } from '../../api/managed-fields/validate-values.js';
import { deepCopy, type JsonObject, type KubeObject } from '../../api/object.js';
import { StatusError, unnamedError } from '../../api/status.js';
import type { KindRegister } from '../kind-register.js';
import { fieldsOfKind, fromStored } from '../served-kind.js';

/** Turns an object into another version of its kind; gives undefined for a version that is not served. */
export function versionsOf(kinds: KindRegister): (object: JsonObject, apiVersion: string) => Versioned | undefined {
  return (object, apiVersion) => {
    const from = kinds.kind(String(object['apiVersion']), String(object['kind']));
    if (from?.custom) return declared(from.custom.inVersion(object, apiVersion));
    const to = kinds.kind(apiVersion, String(object['kind']));
    const type = to && fieldsOfKind(to);
    if (!from || !to || !type) return undefined;
    const copy = deepCopy(object) as unknown as KubeObject;
    const stored = from.storedAs ? from.storedAs.toStored(copy) : copy;
    return { type, object: fromStored(to, stored) as unknown as JsonObject };
  };
}

/** Throws 500 for an object with fields that its version does not know. */
function declared(made: Versioned | undefined): Versioned | undefined {
  const problems = made && typeProblems(rootOf(made.type), made.object, 'refused');
  if (problems) throw new StatusError(unnamedError(problems));
  return made;
}
