import { decodeKind } from '../../../api/decode.js';
import { goQuote } from '../../../api/go-text.js';
import { isJsonObject, type KubeObject } from '../../../api/object.js';
import { applyJsonPatch, JsonPatchError } from '../../../api/patch/json-patch.js';
import { internalError, StatusError } from '../../../api/status.js';
import { JsonError, readJson } from '../../../api/yaml/json-reader.js';
import type { View } from '../matching/attributes.js';
import { CallError } from './errors.js';
import type { ReviewResponse } from './response.js';

/** The object that a webhook's patch makes, defaulted; undefined when there is nothing to do. Throws CallError, StatusError. */
export function applyReviewPatch(
  name: string,
  { patch, patchType }: ReviewResponse,
  view: View,
  object: KubeObject | undefined,
): { readonly object: KubeObject; readonly operations: unknown } | undefined {
  if (patch === '') return undefined;
  const operations = readPatch(name, patch);
  if (operations.length === 0) return undefined;
  if (!object) {
    const why = 'attempted to modify the object, which is not supported for this operation';
    throw new StatusError(internalError(`admission webhook ${goQuote(name)} ${why}`));
  }
  if (patchType !== 'JSONPatch') throw new CallError(name, `unsupported patch type ${goQuote(patchType)}`);
  return { object: decodePatched(view, patchedBy(object, operations)), operations };
}

function readPatch(name: string, text: string): readonly unknown[] {
  let operations: unknown;
  try {
    operations = readJson(text);
  } catch (error) {
    if (error instanceof JsonError) throw undecodable(name, error.message);
    throw error;
  }
  if (operations === null) return [];
  if (!Array.isArray(operations)) {
    const kind = typeof operations === 'boolean' ? 'bool' : typeof operations;
    throw undecodable(name, `json: cannot unmarshal ${kind} into Go value of type jsonpatch.Patch`);
  }
  return operations;
}

function undecodable(name: string, why: string): CallError {
  return new CallError(name, `received undecodable patch in webhook response: ${why}`);
}

function patchedBy(object: KubeObject, operations: readonly unknown[]): unknown {
  try {
    return applyJsonPatch(object, operations);
  } catch (error) {
    if (error instanceof JsonPatchError) throw new StatusError(internalError(error.message));
    throw error;
  }
}

/** Reads what a patch made as the kind it was; fields nobody knows are dropped. */
function decodePatched(view: View, patched: unknown): KubeObject {
  if (!isJsonObject(patched)) throw new StatusError(internalError("Object 'Kind' is missing"));
  const { apiVersion, kind } = patched as unknown as KubeObject;
  const decoded = decodeKind(apiVersion, kind, patched);
  if (decoded?.typeError !== undefined) throw new StatusError(internalError(decoded.typeError));
  const object = (decoded?.object ?? patched) as unknown as KubeObject;
  view.served?.applyDefaults(object);
  return object;
}
