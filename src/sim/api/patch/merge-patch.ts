/** JSON merge patches (RFC 7386): applying them, and making them as `kubectl apply` does for kinds it knows nothing of. */
import { deepCopy, deepEqual, isJsonObject, type JsonObject } from '../object.js';
import { ownField, setField } from '../set-field.js';

/** Applies a merge patch: null takes away, objects are merged, everything else is replaced. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isJsonObject(patch)) return patch;
  const result: JsonObject = isJsonObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else setField(result, key, mergePatch(ownField(result, key), value));
  }
  return result;
}

/** The merge patch that makes `modified` of `original`. */
export function createMergePatch(original: JsonObject, modified: JsonObject): JsonObject {
  const patch: JsonObject = {};
  for (const [key, value] of Object.entries(modified)) {
    const before = original[key];
    if (isJsonObject(before) && isJsonObject(value)) {
      const inner = createMergePatch(before, value);
      if (Object.keys(inner).length > 0) setField(patch, key, inner);
    } else if (!deepEqual(before, value)) setField(patch, key, deepCopy(value));
  }
  for (const key of Object.keys(original)) {
    if (original[key] !== undefined && modified[key] === undefined) setField(patch, key, null);
  }
  return patch;
}

/** The merge patch of `apply`: changes against `current`, deletions against the last applied `original`. */
export function threeWayMergePatch(original: JsonObject, modified: JsonObject, current: JsonObject): JsonObject {
  const changes = filterNulls(createMergePatch(current, modified), false);
  const deletions = filterNulls(createMergePatch(original, modified), true);
  return joinPatches(deletions, changes);
}

/** Keeps only the nulls of a patch, or everything but them. */
function filterNulls(patch: JsonObject, nulls: boolean): JsonObject {
  const kept: JsonObject = {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) {
      if (nulls) setField(kept, key, null);
    } else if (!isJsonObject(value)) {
      if (!nulls) setField(kept, key, value);
    } else if (Object.keys(value).length === 0) {
      // An empty object is a value, not a patch that changes nothing.
      if (!nulls) setField(kept, key, value);
    } else {
      const inner = filterNulls(value, nulls);
      if (Object.keys(inner).length > 0) setField(kept, key, inner);
    }
  }
  return kept;
}

/** Both patches in one; nulls stay. */
function joinPatches(first: JsonObject, second: JsonObject): JsonObject {
  const joined: JsonObject = { ...first };
  for (const [key, value] of Object.entries(second)) {
    const before = joined[key];
    setField(joined, key, isJsonObject(before) && isJsonObject(value) ? joinPatches(before, value) : value);
  }
  return joined;
}
