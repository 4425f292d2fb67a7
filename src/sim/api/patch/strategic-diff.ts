/** Makes strategic merge patches: from two objects, or from three as `kubectl apply` does. */
import { compareText } from '../go-text.js';
import { deepCopy, deepEqual, isJsonObject, type JsonObject } from '../object.js';
import { DELETE_LIST, ELEMENT_ORDER, itemKind, keyOf, PATCH, RETAIN_KEYS, sortByOrder } from './directives.js';
import { type FieldMerge, type PatchSchema, patchSchemaOf } from './patch-schema.js';
import { mergeMaps } from './strategic-patch.js';

/** Which differences are looked for. */
interface DiffOptions {
  readonly changes: boolean;
  readonly deletions: boolean;
  readonly retainKeys: boolean;
}

const ALL: DiffOptions = { changes: true, deletions: true, retainKeys: false };

/** The patch that makes `modified` of `original`. Throws StrategicPatchError. */
export function twoWayPatch(
  original: JsonObject,
  modified: JsonObject,
  schema: PatchSchema = patchSchemaOf(modified),
): JsonObject {
  return deepCopy(diffMaps(original, modified, schema, ALL));
}

/**
 * The patch of `kubectl apply`: what `modified` wants other than `current` has, and the removal of what `original` (the
 * last applied) had and `modified` no longer names. Throws StrategicPatchError.
 */
export function threeWayPatch(
  original: JsonObject,
  modified: JsonObject,
  current: JsonObject,
  schema: PatchSchema = patchSchemaOf(modified),
): JsonObject {
  const delta = diffMaps(current, modified, schema, { ...ALL, deletions: false });
  const deletions = diffMaps(original, modified, schema, { ...ALL, changes: false });
  return mergeMaps(deepCopy(deletions), deepCopy(delta), schema, 'combine');
}

function diffMaps(original: JsonObject, modified: JsonObject, schema: PatchSchema, options: DiffOptions): JsonObject {
  const patch: JsonObject = {};
  for (const key of Object.keys(modified).sort(compareText)) {
    const wanted = modified[key];
    const before = original[key];
    if (wanted === undefined) continue;
    if (before === undefined) {
      if (options.changes) patch[key] = wanted;
    } else diffField(patch, key, before, wanted, schema, options);
  }
  if (options.deletions) {
    for (const key of Object.keys(original)) {
      if (original[key] !== undefined && modified[key] === undefined) patch[key] = null;
    }
  }
  if (options.retainKeys) {
    const kept = Object.keys(modified).filter((key) => modified[key] !== undefined && modified[key] !== null);
    const gone = Object.keys(original).some((key) => (original[key] ?? null) !== null && modified[key] === undefined);
    if (kept.length > 0 && (Object.keys(patch).length > 0 || gone)) patch[RETAIN_KEYS] = kept.sort(compareText);
  }
  return patch;
}

function diffField(
  patch: JsonObject,
  key: string,
  before: unknown,
  wanted: unknown,
  schema: PatchSchema,
  options: DiffOptions,
): void {
  if (isJsonObject(before) && isJsonObject(wanted)) {
    const merge = schema.field(key);
    if (merge === undefined || merge.strategy === 'replace') replaceIfOther(patch, key, before, wanted, options);
    else {
      const inner = diffMaps(before, wanted, merge.schema, { ...options, retainKeys: merge.retainKeys });
      if (Object.keys(inner).length > 0) patch[key] = inner;
    }
  } else if (Array.isArray(before) && Array.isArray(wanted)) {
    const merge = schema.field(key);
    if (merge?.strategy === 'merge') diffMergedList(patch, key, before, wanted, merge, options);
    else replaceIfOther(patch, key, before, wanted, options);
  } else replaceIfOther(patch, key, before, wanted, options);
}

function replaceIfOther(patch: JsonObject, key: string, before: unknown, wanted: unknown, options: DiffOptions): void {
  if (options.changes && !deepEqual(before, wanted)) patch[key] = wanted;
}

function diffMergedList(
  patch: JsonObject,
  key: string,
  before: readonly unknown[],
  wanted: readonly unknown[],
  merge: FieldMerge,
  options: DiffOptions,
): void {
  if (before.length === 0) {
    if (wanted.length > 0 && options.changes) patch[key] = wanted;
    return;
  }
  if (itemKind(before, wanted) === 'object') {
    diffObjectList(patch, key, before, wanted, merge, options);
    return;
  }
  const added = options.changes ? wanted.filter((item) => !before.includes(item)) : [];
  const removed = options.deletions ? [...new Set(before.filter((item) => !wanted.includes(item)))] : [];
  if (added.length > 0) patch[key] = sortByOrder(added, wanted, '', 'plain');
  if (removed.length > 0) patch[`${DELETE_LIST}/${key}`] = removed.sort((a, b) => compareText(String(a), String(b)));
  if (removed.length > 0 || (options.changes && !deepEqual(before, wanted))) {
    if (wanted.length > 0) patch[`${ELEMENT_ORDER}/${key}`] = wanted;
  }
}

function diffObjectList(
  patch: JsonObject,
  key: string,
  before: readonly unknown[],
  wanted: readonly unknown[],
  merge: FieldMerge,
  options: DiffOptions,
): void {
  const { mergeKey, schema } = merge;
  const inner = { ...options, retainKeys: merge.retainKeys };
  const items: JsonObject[] = [];
  // Two items may share a merge key (port 53 by UDP and TCP): they are paired in order.
  const unpaired = [...before];
  for (const item of wanted as readonly JsonObject[]) {
    const id = keyOf(item, mergeKey);
    const at = unpaired.findIndex((other) => keyOf(other, mergeKey) === id);
    const [existing] = (at < 0 ? [] : unpaired.splice(at, 1)) as JsonObject[];
    if (!existing) {
      if (options.changes) items.push(item);
      continue;
    }
    const change = diffMaps(existing, item, schema, inner);
    if (Object.keys(change).length > 0) items.push({ ...change, [mergeKey]: id });
  }
  const removed = options.deletions
    ? before.filter((item) => !wanted.some((other) => keyOf(other, mergeKey) === keyOf(item, mergeKey)))
    : [];
  const deletions = removed
    .map((item) => keyOf(item, mergeKey))
    .sort((a, b) => compareText(String(a), String(b)))
    .map((id): JsonObject => ({ [PATCH]: 'delete', [mergeKey]: id }));
  const list = [...sortByOrder(items, wanted, mergeKey, 'object'), ...deletions];
  if (list.length > 0) patch[key] = list;
  const moved = !deepEqual(
    before.map((item) => keyOf(item, mergeKey)),
    wanted.map((item) => keyOf(item, mergeKey)),
  );
  if ((options.changes && moved) || list.length > 0) {
    const order = wanted.map((item) => ({ [mergeKey]: keyOf(item, mergeKey) }));
    if (order.length > 0) patch[`${ELEMENT_ORDER}/${key}`] = order;
  }
}
