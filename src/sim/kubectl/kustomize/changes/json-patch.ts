import { isJsonObject, type JsonObject } from '../../../api/object.js';
import { applyJsonPatch, JsonPatchError } from '../../../api/patch/json-patch.js';
import { KustomizeError } from '../error.js';
import { yamlValue } from '../file/decode.js';
import type { Resource } from '../resource/resource.js';
import { fromValue, toValue } from '../tree/values.js';

/** The operations of RFC 6902. */
export type JsonPatch = readonly unknown[];

/** Reads a patch from JSON or YAML; undefined for a null. Throws KustomizeError for what is no list. */
export function readJsonPatch(text: string): JsonPatch | undefined {
  if (text === '') throw new KustomizeError('empty json patch operations');
  const value = yamlValue(text);
  if (value === null) return undefined;
  if (!Array.isArray(value)) {
    throw new KustomizeError(`json: cannot unmarshal ${typeof value} into Go value of type jsonpatch.Patch`);
  }
  const wrong = value.find((item) => typeof item !== 'object' || Array.isArray(item));
  if (wrong !== undefined) {
    const kind = Array.isArray(wrong) ? 'array' : typeof wrong === 'boolean' ? 'bool' : typeof wrong;
    throw new KustomizeError(`json: cannot unmarshal ${kind} into Go value of type jsonpatch.Operation`);
  }
  return value;
}

const INTERNAL = /^internal\.config\.kubernetes\.io|^config\.kubernetes\.io\/(?:path|index|id)$/;

/** Patches one object; kustomize's own notes outlive it. Throws KustomizeError when it does not fit. */
export function patchObject(resource: Resource, patch: JsonPatch): void {
  const notes = Object.entries(resource.annotations).filter(([key]) => INTERNAL.test(key));
  try {
    resource.node = fromValue(patch.reduce(applyOne, toValue(resource.node)));
  } catch (error) {
    if (error instanceof JsonPatchError)
      throw new KustomizeError(error.message.replace('unable to remove', 'Unable to remove'));
    throw error;
  }
  resource.annotations = { ...resource.annotations, ...Object.fromEntries(notes) };
}

/** The library kustomize uses sets a field by `replace` even when it is not there yet. */
function applyOne(object: unknown, operation: unknown): unknown {
  const { op, path } = operation as { op?: unknown; path?: unknown };
  if (op !== 'replace' || typeof path !== 'string') return applyJsonPatch(object, [operation]);
  const parts = path
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const holder = parts.slice(0, -1).reduce<unknown>((value, part) => {
    return typeof value === 'object' && value !== null ? (value as JsonObject)[part] : undefined;
  }, object);
  const sets = isJsonObject(holder) && !Object.hasOwn(holder, parts.at(-1) ?? '');
  return applyJsonPatch(object, [sets ? { ...(operation as object), op: 'add' } : operation]);
}
