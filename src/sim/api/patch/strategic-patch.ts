/** Applies strategic merge patches (apimachinery util/strategicpatch). */
import { goPrint } from '../go-value.js';
import { deepCopy, deepEqual, isJsonObject, type JsonObject } from '../object.js';
import { ownField, setField } from '../set-field.js';
import {
  DELETE_LIST,
  directiveField,
  ELEMENT_ORDER,
  fieldMerge,
  goTypeOf,
  isDirective,
  itemKind,
  keyOf,
  PATCH,
  placeIn,
  RETAIN_KEYS,
  StrategicPatchError,
  sortByOrder,
  withoutDirectives,
  withoutNulls,
} from './directives.js';
import { type FieldMerge, type PatchSchema, patchSchemaOf } from './patch-schema.js';

export { StrategicPatchError } from './directives.js';

/** Applying a patch to an object carries directives out; merging two patches keeps them. */
export type MergeMode = 'apply' | 'combine';

/**
 * Applies a strategic merge patch by the rules of the object's kind; the object itself stays as it is, and what the patch does
 * not touch is the same in the result. Throws StrategicPatchError.
 */
export function strategicPatch(object: JsonObject, patch: JsonObject): JsonObject {
  return mergeMaps(object, deepCopy(patch), patchSchemaOf(object), 'apply');
}

/** Merges `patch`, which may be changed, into a copy of `before` that shares what stays. */
export function mergeMaps(before: JsonObject, patch: JsonObject, schema: PatchSchema, mode: MergeMode): JsonObject {
  if (PATCH in patch) return replaceOrDelete(patch);
  const original = { ...before };
  retainKeys(original, patch, mode);
  applyElementOrders(original, patch, schema, mode);
  for (const [name, value] of Object.entries(patch)) {
    const deletes = isDirective(name, DELETE_LIST);
    if (deletes && mode === 'combine') setField(original, name, value);
    else if (value === null && mode === 'apply') delete original[deletes ? directiveField(name) : name];
    else if (value === null) {
      delete original[name];
      setField(original, name, null);
    } else mergeField(original, deletes ? directiveField(name) : name, value, deletes, schema, mode);
  }
  return original;
}

function replaceOrDelete(patch: JsonObject): JsonObject {
  const { [PATCH]: directive, ...rest } = patch;
  if (directive === 'replace') return rest;
  if (directive === 'delete') return {};
  throw new StrategicPatchError(`unknown patch type: ${directiveText(directive)} in map: ${goPrint(patch)}`);
}

/** A directive as Go prints it with `%s`. */
function directiveText(directive: unknown): string {
  return typeof directive === 'string' ? directive : `%!s(${goTypeOf(directive)}=${goPrint(directive)})`;
}

function mergeField(
  original: JsonObject,
  key: string,
  value: unknown,
  deletes: boolean,
  schema: PatchSchema,
  mode: MergeMode,
): void {
  const current = ownField(original, key);
  if (current === undefined || shapeOf(current) !== shapeOf(value)) {
    if (!deletes) setClean(original, key, mode === 'apply' ? withoutNulls(value) : value);
    return;
  }
  if (isJsonObject(current) && isJsonObject(value)) {
    const { schema: inner, strategy } = fieldMerge(schema, key);
    setField(original, key, strategy === 'replace' ? value : mergeMaps(current, value, inner, mode));
  } else if (Array.isArray(current) && Array.isArray(value)) {
    const merge = fieldMerge(schema, key);
    original[key] = merge.strategy === 'merge' || deletes ? mergeLists(current, value, merge, deletes, mode) : value;
  } else setClean(original, key, value);
}

function shapeOf(value: unknown): string {
  return Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value;
}

function setClean(original: JsonObject, key: string, value: unknown): void {
  const clean = withoutDirectives(value);
  if (clean === undefined) delete original[key];
  else setField(original, key, clean);
}

/** Of a union, only the keys the patch lists stay. */
function retainKeys(original: JsonObject, patch: JsonObject, mode: MergeMode): void {
  if (!(RETAIN_KEYS in patch)) return;
  const retained = patch[RETAIN_KEYS];
  delete patch[RETAIN_KEYS];
  if (mode === 'combine') {
    const before = original[RETAIN_KEYS];
    if (before !== undefined && !deepEqual(before, retained)) {
      throw new StrategicPatchError(
        `${goPrint(before)} and ${goPrint(retained)} are not deep equal: this may happen when calculating the 3-way diff patch`,
      );
    }
    original[RETAIN_KEYS] = retained;
    return;
  }
  const wrong = () => new StrategicPatchError('invalid patch format of retainKeys');
  if (!Array.isArray(retained)) throw wrong();
  for (const [key, value] of Object.entries(patch)) {
    if (value === null || isDirective(key, DELETE_LIST) || isDirective(key, ELEMENT_ORDER)) continue;
    if (!retained.includes(key)) throw wrong();
  }
  for (const key of Object.keys(original)) if (!retained.includes(key)) delete original[key];
}

/**
 * The order a list had on the server. The real server works on one array in place, so that an item it adds takes the slot a
 * deleted one left; where items end up depends on that.
 */
class ServerOrder {
  readonly items: unknown[];
  private length: number;

  constructor(items: readonly unknown[]) {
    this.items = [...items];
    this.length = items.length;
  }

  remove(at: number): void {
    this.items.copyWithin(at, at + 1, this.length);
    this.length -= 1;
  }

  add(item: unknown): void {
    if (this.length < this.items.length) this.items[this.length] = item;
    this.length += 1;
  }
}

/** Lists with an order of their own are merged first, and taken out of the patch. */
function applyElementOrders(original: JsonObject, patch: JsonObject, schema: PatchSchema, mode: MergeMode): void {
  for (const name of Object.keys(patch).filter((key) => isDirective(key, ELEMENT_ORDER))) {
    const order = patch[name];
    if (mode === 'combine') {
      if (original[name] !== undefined && !deepEqual(original[name], order)) {
        throw new StrategicPatchError('invalid patch format of setElementOrder list');
      }
      original[name] = order;
    }
    delete patch[name];
    if (!Array.isArray(order)) throw new StrategicPatchError(badList(order));
    const key = directiveField(name);
    const merged = mergeOrdered(original[key], patch[key], order, fieldMerge(schema, key), mode);
    if (merged === undefined) continue;
    original[key] = merged;
    delete patch[key];
  }
}

function badList(value: unknown): string {
  return `expected a []interface {}, but received a ${goTypeOf(value)}`;
}

function mergeOrdered(
  current: unknown,
  value: unknown,
  order: readonly unknown[],
  merge: FieldMerge,
  mode: MergeMode,
): unknown[] | undefined {
  for (const list of [current, value]) {
    if (list !== undefined && !Array.isArray(list)) throw new StrategicPatchError(badList(list));
  }
  const before = (current as unknown[] | undefined) ?? [];
  const wanted = (value as unknown[] | undefined) ?? [];
  checkOrder(wanted, order, merge.mergeKey);
  if (current === undefined && value === undefined) return undefined;
  const serverOrder = new ServerOrder(before);
  let merged = before;
  if (current === undefined) merged = withoutDirectives(wanted) as unknown[];
  else if (value !== undefined) {
    merged = merge.strategy === 'merge' ? mergeLists(before, wanted, merge, false, mode, serverOrder) : wanted;
  }
  const kind = merge.mergeKey === '' ? 'plain' : 'object';
  return interleave(merged, order, serverOrder.items, merge.mergeKey, kind);
}

/** The patch's items must come in the order it sets. */
function checkOrder(patch: readonly unknown[], order: readonly unknown[], mergeKey: string): void {
  const items = patch.filter((item) => !(isJsonObject(item) && PATCH in item));
  if (items.length === 0 || order.length === 0) return;
  const idOf = (item: unknown) => (mergeKey === '' ? item : keyOf(item, mergeKey));
  let at = 0;
  for (const item of order) if (at < items.length && idOf(items[at]) === idOf(item)) at += 1;
  if (at === items.length) return;
  throw new StrategicPatchError(
    `The order in patch list:\n${goPrint(patch)}\n doesn't match ${ELEMENT_ORDER} list:\n${goPrint(order)}\n`,
  );
}

/** Items the order names, in that order, among those it does not, which keep their old places. */
function interleave(
  merged: readonly unknown[],
  order: readonly unknown[],
  serverOrder: readonly unknown[],
  mergeKey: string,
  kind: 'object' | 'plain',
): unknown[] {
  if (kind === 'object') for (const item of merged) keyOf(item, mergeKey);
  const named = merged.filter((item) => placeIn(order, item, mergeKey, kind) >= 0);
  const others = merged.filter((item) => placeIn(order, item, mergeKey, kind) < 0);
  const right = sortByOrder(named, order, mergeKey, kind);
  const left = sortByOrder(others, serverOrder, mergeKey, kind);
  const result: unknown[] = [];
  while (left.length > 0 && right.length > 0) {
    const [a, b] = [left[0], right[0]].map((item) => placeIn(serverOrder, item, mergeKey, kind)) as [number, number];
    result.push(a >= 0 && b >= 0 && a < b ? left.shift() : right.shift());
  }
  return [...result, ...left, ...right];
}

function mergeLists(
  original: readonly unknown[],
  patch: readonly unknown[],
  merge: FieldMerge,
  deletes: boolean,
  mode: MergeMode,
  serverOrder: ServerOrder = new ServerOrder(original),
): unknown[] {
  if (original.length === 0 && patch.length === 0) return [];
  const kind = itemKind(original, patch);
  if (kind === 'plain') {
    if (deletes && mode === 'apply') return original.filter((item) => !patch.includes(item));
    const both = [...new Set([...original, ...patch])];
    return interleave(both, patch, original, '', 'plain');
  }
  const { mergeKey, schema } = merge;
  if (mergeKey === '') throw new StrategicPatchError(`cannot merge lists without merge key for ${schema.name}`);
  const special = applySpecialItems(original, patch as readonly JsonObject[], mergeKey, serverOrder);
  const merged = [...special.original];
  for (const item of special.patch) {
    const id = keyOf(item, mergeKey);
    const at = merged.findIndex((other) => isJsonObject(other) && other[mergeKey] === id);
    if (at < 0) {
      merged.push(item);
      serverOrder.add(item);
    } else merged[at] = mergeMaps(merged[at] as JsonObject, item, schema, mode);
  }
  return interleave(merged, special.patch, special.original, mergeKey, 'object');
}

/** Items that delete others, or say that the list is replaced. */
function applySpecialItems(
  original: readonly unknown[],
  patch: readonly JsonObject[],
  mergeKey: string,
  serverOrder: ServerOrder,
): { original: unknown[]; patch: JsonObject[] } {
  const kept = [...original];
  let replaced = false;
  const plain: JsonObject[] = [];
  for (const item of patch) {
    const directive = item[PATCH];
    if (directive === undefined) plain.push(item);
    else if (directive === 'delete') {
      const id = keyOf(item, mergeKey);
      for (;;) {
        const at = kept.findIndex((other) => isJsonObject(other) && other[mergeKey] === id);
        if (at < 0) break;
        kept.splice(at, 1);
        serverOrder.remove(at);
      }
    } else if (directive === 'replace') replaced = true;
    else if (directive === 'merge') {
      throw new StrategicPatchError('merging lists cannot yet be specified in the patch');
    } else {
      throw new StrategicPatchError(`unknown patch type: ${directiveText(directive)} in map: ${goPrint(item)}`);
    }
  }
  return replaced ? { original: plain, patch: [] } : { original: kept, patch: plain };
}
