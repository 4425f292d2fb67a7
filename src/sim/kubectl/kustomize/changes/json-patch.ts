import { applyJsonPatch, JsonPatchError, operationsIn } from '../../../api/patch/json-patch.js';
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
  try {
    return operationsIn(value);
  } catch (error) {
    throw kustomizeError(error);
  }
}

const INTERNAL = /^internal\.config\.kubernetes\.io|^config\.kubernetes\.io\/(?:path|index|id)$/;

/** Patches one object; kustomize's own notes outlive it. Throws KustomizeError when it does not fit. */
export function patchObject(resource: Resource, patch: JsonPatch): void {
  const notes = Object.entries(resource.annotations).filter(([key]) => INTERNAL.test(key));
  try {
    resource.node = fromValue(applyJsonPatch(toValue(resource.node), patch));
  } catch (error) {
    throw kustomizeError(error);
  }
  resource.annotations = { ...resource.annotations, ...Object.fromEntries(notes) };
}

function kustomizeError(error: unknown): unknown {
  return error instanceof JsonPatchError ? new KustomizeError(error.message) : error;
}
