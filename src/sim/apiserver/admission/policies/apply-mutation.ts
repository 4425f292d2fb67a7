import { decodeKind, decodeType } from '../../../api/decode.js';
import type { FactType } from '../../../api/facts/fact-types.js';
import { goQuote } from '../../../api/go-text.js';
import { APPLY_TYPE, MadeObject, madeJson, misnamedTypes } from '../../../api/kinds/admission/patch-types.js';
import { mergeValues } from '../../../api/managed-fields/merge-values.js';
import {
  FieldPathError,
  itemOf,
  memberOf,
  type Place,
  rootOf,
  shapeOf,
} from '../../../api/managed-fields/structure.js';
import { typeProblems } from '../../../api/managed-fields/validate-values.js';
import { deepCopy, isJsonObject, type JsonObject, type KubeObject } from '../../../api/object.js';
import { applyJsonPatch, JsonPatchError } from '../../../api/patch/json-patch.js';
import { failure, internalError, StatusError } from '../../../api/status.js';
import { CelList, type Value } from '../../../cel/index.js';
import { fieldsOfKind } from '../../served-kind.js';
import type { View } from '../matching/attributes.js';

/** The object that the JSON patch an expression made makes of one. Throws `Error` in the server's words, StatusError. */
export function applyPatchValue(view: View, object: KubeObject, value: Value): KubeObject {
  if (!(value instanceof CelList)) throw new Error('type mismatch: JSONPatchType.expression should evaluate to array');
  const operations = Array.from({ length: value.size }, (_, index) => operationOf(value.at(index)));
  let patched: unknown;
  try {
    patched = applyJsonPatch(object, operations);
  } catch (error) {
    if (!(error instanceof JsonPatchError)) throw error;
    // A test that fails means that there is nothing to do.
    if (/test(ing)? .*failed/.test(error.message)) return object;
    throw new Error(`JSON Patch: ${error.message}`);
  }
  return decoded(view, patched as KubeObject, true);
}

function operationOf(made: Value): JsonObject {
  if (!(made instanceof MadeObject)) {
    throw new Error('type mismatch: JSONPatchType.expression should evaluate to array of JSONPatch');
  }
  const operation: JsonObject = { op: made.fields.get('op') ?? '', path: made.fields.get('path') ?? '' };
  if (made.fields.get('from')) operation['from'] = made.fields.get('from');
  const value = made.fields.get('value');
  if (value === undefined) return operation;
  if (value instanceof MadeObject) refuseMisnamed(value, value.type.name);
  return { ...operation, value: madeJson(value) };
}

function refuseMisnamed(value: MadeObject, path: string): void {
  const wrong = misnamedTypes(value, path);
  if (wrong.length > 0) throw new Error(`type mismatch: ${wrong.join('\n')}`);
}

/** The object that an apply configuration an expression made makes of one. Throws `Error` in the server's words. */
export function applyConfigurationValue(view: View, object: KubeObject, value: Value): KubeObject {
  if (!(value instanceof MadeObject)) throw new Error('unsupported return type from ApplyConfiguration expression');
  refuseMisnamed(value, APPLY_TYPE.name);
  const type = view.served && fieldsOfKind(view.served);
  if (!type) throw notFoundType(view);
  const config = madeJson(value) as JsonObject;
  config['apiVersion'] = object.apiVersion;
  config['kind'] = object.kind;
  try {
    return decoded(view, merged(type, object, config), false);
  } catch (error) {
    if (error instanceof StatusError) throw error;
    throw new Error(`error applying patch: ${(error as Error).message}`);
  }
}

function notFoundType({ kind: { group, version, kind } }: View): StatusError {
  const named = `${group === '' ? '' : group}/${version}, Kind=${kind}`;
  const why = `Resource kind ${named} not found. There can be a delay between when CustomResourceDefinitions are created and when they are available.`;
  return new StatusError(failure(503, 'ServiceUnavailable', why));
}

function merged(type: FactType, object: KubeObject, config: JsonObject): KubeObject {
  const root = rootOf(type);
  const problem = typeProblems(root, config, 'refused');
  if (problem !== undefined) throw new Error(`failed to convert patch object to typed object: ${problem}`);
  const atomics = atomicsIn(root, config, '');
  if (atomics.length > 0) {
    throw new Error(`invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: ${atomics.join(', ')}`);
  }
  try {
    return mergeValues(root, deepCopy(object) as unknown as JsonObject, config) as unknown as KubeObject;
  } catch (error) {
    if (!(error instanceof FieldPathError)) throw error;
    throw new Error(`failed to merge patch: ${error.message}`);
  }
}

/** Lists and maps in a configuration that could only be replaced as a whole. */
function atomicsIn(place: Place, value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = shapeOf(place, value) === 'leaf' ? [path] : [];
  if (Array.isArray(value)) {
    return [...own, ...value.flatMap((item, index) => atomicsIn(itemOf(place), item, `${path}[${index}]`))];
  }
  const below = Object.entries(value).flatMap(([name, inner]) => {
    const member = memberOf(place, name);
    return member ? atomicsIn(member, inner, `${path}.${name}`) : [];
  });
  return [...own, ...below];
}

/** What came of a change as the kind's types hold it, defaulted. */
function decoded(view: View, patched: KubeObject, strict: boolean): KubeObject {
  if (!isJsonObject(patched)) throw new StatusError(internalError("Object 'Kind' is missing"));
  const type = view.served?.custom ? undefined : view.served && fieldsOfKind(view.served);
  const result = type ? decodeType(type, patched) : decodeKind(patched.apiVersion, patched.kind, patched);
  if (result?.typeError !== undefined) throw new StatusError(internalError(result.typeError));
  if (strict && result && result.unknown.length > 0) {
    const each = result.unknown.map((text) => text).join(', ');
    throw new StatusError(internalError(`strict decoding error: ${each}`));
  }
  const object = (result?.object ?? patched) as unknown as KubeObject;
  view.served?.applyDefaults(object);
  return object;
}

/** How a policy is named in a refusal, with its binding where there is one. */
export function policyRefusal(policy: string, binding: string | undefined, message: string): string {
  if (binding === undefined) return `policy ${goQuote(policy)} denied request: ${message}`;
  return `policy '${policy}' with binding '${binding}' denied request: ${message}`;
}
