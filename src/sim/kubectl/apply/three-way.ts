import { deepCopy, deepEqual, isJsonObject, type JsonObject } from '../../api/object.js';
import { listRule } from '../../api/patch/merge-keys.js';

/** Fields whose union semantics need the keys that stay (patchStrategy retainKeys). */
const RETAIN_KEYS_FIELDS = new Set(['strategy']);
const RETAIN_KEYS_LISTS = new Set(['volumes']);

/**
 * The strategic merge patch of `apply`: what `modified` wants other than `current` has, and the removal of what
 * `original` had and `modified` no longer names. Empty when nothing is to be done.
 */
export function threeWayPatch(original: JsonObject, modified: JsonObject, current: JsonObject): JsonObject {
  return mapPatch(original, modified, current, []);
}

/** The strategic merge patch that makes `modified` of `original`. */
export function twoWayPatch(original: JsonObject, modified: JsonObject): JsonObject {
  return mapPatch(original, modified, original, []);
}

/** The same as a JSON merge patch, for kinds without strategic merging. */
export function jsonMergePatch(original: JsonObject, modified: JsonObject, current: JsonObject): JsonObject {
  const patch: JsonObject = {};
  for (const [key, value] of Object.entries(modified)) {
    const now = current[key];
    if (isJsonObject(value) && isJsonObject(now)) {
      const before = original[key];
      const inner = jsonMergePatch(isJsonObject(before) ? before : {}, value, now);
      if (Object.keys(inner).length > 0) patch[key] = inner;
    } else if (!deepEqual(value, now)) patch[key] = deepCopy(value);
  }
  for (const key of Object.keys(original)) if (modified[key] === undefined) patch[key] = null;
  return patch;
}

function mapPatch(original: JsonObject, modified: JsonObject, current: JsonObject, path: readonly string[]): JsonObject {
  const patch: JsonObject = {};
  for (const [key, value] of Object.entries(modified)) {
    if (value === undefined) continue;
    fieldPatch(patch, key, original[key], value, current[key], [...path, key]);
  }
  for (const key of Object.keys(original)) {
    if (original[key] !== undefined && modified[key] === undefined) patch[key] = null;
  }
  return patch;
}

function fieldPatch(patch: JsonObject, key: string, before: unknown, value: unknown, now: unknown, path: readonly string[]): void {
  if (now === undefined || now === null) {
    if (value !== null || before !== undefined || now === undefined) patch[key] = deepCopy(value);
    return;
  }
  if (isJsonObject(value) && isJsonObject(now)) {
    const inner = mapPatch(isJsonObject(before) ? before : {}, value, now, path);
    if (Object.keys(inner).length === 0) return;
    if (RETAIN_KEYS_FIELDS.has(key)) inner['$retainKeys'] = Object.keys(value).sort();
    patch[key] = inner;
  } else if (Array.isArray(value) && Array.isArray(now)) {
    listPatch(patch, key, Array.isArray(before) ? before : [], value, now, path);
  } else if (!deepEqual(value, now)) patch[key] = deepCopy(value);
}

function listPatch(patch: JsonObject, key: string, before: readonly unknown[], value: readonly unknown[], now: readonly unknown[], path: readonly string[]): void {
  const rule = listRule(path);
  if (rule === 'replace') {
    if (!deepEqual(value, now)) patch[key] = deepCopy(value);
    return;
  }
  if (rule === 'set') {
    const added = value.filter((item) => !now.some((each) => deepEqual(each, item)));
    const removed = before.filter((item) => !value.some((each) => deepEqual(each, item)));
    if (added.length + removed.length > 0) patch[`$setElementOrder/${key}`] = [...value];
    if (removed.length > 0) patch[`$deleteFromPrimitiveList/${key}`] = removed;
    if (added.length > 0) patch[key] = added;
    return;
  }
  const items = keyedPatch(rule.key, before, value, now, path);
  const orderOf = (list: readonly unknown[]): unknown[] => list.map((item) => (isJsonObject(item) ? item[rule.key] : undefined));
  const known = new Set(orderOf(value));
  const moved = !deepEqual(orderOf(now).filter((id) => known.has(id)), orderOf(value));
  if (items.length === 0 && !moved) return;
  patch[`$setElementOrder/${key}`] = orderOf(value).map((id) => ({ [rule.key]: id }));
  if (items.length > 0) patch[key] = items;
}

function keyedPatch(key: string, before: readonly unknown[], value: readonly unknown[], now: readonly unknown[], path: readonly string[]): JsonObject[] {
  const find = (list: readonly unknown[], id: unknown): JsonObject | undefined => list.find((item): item is JsonObject => isJsonObject(item) && item[key] === id);
  const items: JsonObject[] = [];
  for (const item of value) {
    if (!isJsonObject(item)) continue;
    const existing = find(now, item[key]);
    if (!existing) {
      items.push(deepCopy(item));
      continue;
    }
    const inner = mapPatch(find(before, item[key]) ?? {}, item, existing, path);
    if (Object.keys(inner).length === 0) continue;
    if (RETAIN_KEYS_LISTS.has(path.at(-1) ?? '')) inner['$retainKeys'] = Object.keys(item).sort();
    items.push({ ...inner, [key]: item[key] });
  }
  for (const item of before) {
    if (isJsonObject(item) && !find(value, item[key])) items.push({ $patch: 'delete', [key]: item[key] });
  }
  return items;
}
