/** The keys by which strategic merge patches say more than values, and what is common to making and applying them. */
import { goPrint } from '../go-value.js';
import { isJsonObject, type JsonObject } from '../object.js';
import { setField } from '../set-field.js';
import type { FieldMerge, PatchSchema } from './patch-schema.js';

export const PATCH = '$patch';
export const RETAIN_KEYS = '$retainKeys';
export const DELETE_LIST = '$deleteFromPrimitiveList';
export const ELEMENT_ORDER = '$setElementOrder';

/** A strategic merge patch that cannot be made or applied, in the words of apimachinery's strategicpatch. */
export class StrategicPatchError extends Error {}

/** The rule of a field. Throws StrategicPatchError when the type has none of that name. */
export function fieldMerge(schema: PatchSchema, key: string): FieldMerge {
  const merge = schema.field(key);
  if (merge) return merge;
  throw new StrategicPatchError(`unable to find api field in struct ${schema.name} for the json field "${key}"`);
}

/** The field a directive with a slash speaks of. */
export function directiveField(key: string): string {
  return key.slice(key.indexOf('/') + 1);
}

/** Whether a key is a directive about a list. */
export function isDirective(key: string, prefix: string): boolean {
  return key.startsWith(prefix);
}

/** An item of a list of objects, and what its key holds. Throws StrategicPatchError when it is none or has no key. */
export function keyOf(item: unknown, mergeKey: string): unknown {
  if (!isJsonObject(item)) {
    throw new StrategicPatchError(`expected a map[string]interface {}, but received a ${goTypeOf(item)}`);
  }
  if (!(mergeKey in item)) {
    throw new StrategicPatchError(`map: ${goPrint(item)} does not contain declared merge key: ${mergeKey}`);
  }
  return item[mergeKey];
}

/** The Go type of a JSON value. */
export function goTypeOf(value: unknown): string {
  if (value === null || value === undefined) return '%!s(<nil>)';
  if (Array.isArray(value)) return '[]interface {}';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'string' ? 'string' : 'map[string]interface {}';
}

/** What the items of lists are. Throws StrategicPatchError for mixed lists and lists of lists. */
export function itemKind(...lists: readonly (readonly unknown[])[]): 'object' | 'plain' {
  const types = new Set(lists.flat().map(goTypeOf));
  if (types.has('[]interface {}')) throw new StrategicPatchError('lists of lists are not supported');
  if (types.size > 1) {
    throw new StrategicPatchError(`list element types are not identical: ${goPrint(lists)}`);
  }
  return types.has('map[string]interface {}') ? 'object' : 'plain';
}

/** The place of an item in an order, by key or by value; -1 when it is not there. */
export function placeIn(order: readonly unknown[], item: unknown, mergeKey: string, kind: 'object' | 'plain'): number {
  if (kind === 'plain') return order.indexOf(item);
  const key = isJsonObject(item) ? item[mergeKey] : undefined;
  return order.findIndex((other) => isJsonObject(other) && other[mergeKey] === key);
}

/** Brings items into an order; items with a delete directive come last. */
export function sortByOrder(
  items: readonly unknown[],
  order: readonly unknown[],
  mergeKey: string,
  kind: 'object' | 'plain',
): unknown[] {
  const isDelete = (item: unknown) => kind === 'object' && isJsonObject(item) && item[PATCH] === 'delete';
  const kept = items.filter((item) => !isDelete(item));
  const places = new Map(kept.map((item) => [item, placeIn(order, item, mergeKey, kind)]));
  // Go sorts by insertion with a comparison that calls everything unknown smaller; the result depends on doing the same.
  const smaller = (a: unknown, b: unknown) => {
    const [left = -1, right = -1] = [places.get(a), places.get(b)];
    return left >= 0 && right >= 0 ? left < right : true;
  };
  for (let end = 1; end < kept.length; end += 1) {
    for (let at = end; at > 0 && smaller(kept[at], kept[at - 1]); at -= 1) {
      [kept[at], kept[at - 1]] = [kept[at - 1], kept[at]];
    }
  }
  return [...kept, ...items.filter(isDelete)];
}

/** A copy without values that carry directives; undefined when the value itself is one. */
export function withoutDirectives(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDirectives).filter((item) => item !== undefined);
  if (!isJsonObject(value)) return value;
  if (PATCH in value) return undefined;
  const kept: JsonObject = {};
  for (const key of Object.keys(value)) {
    const inner = withoutDirectives(value[key]);
    if (inner !== undefined) setField(kept, key, inner);
  }
  return kept;
}

/** A copy without nulls inside objects. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isJsonObject(value)) return value;
  const kept: JsonObject = {};
  for (const key of Object.keys(value)) if (value[key] !== null) setField(kept, key, withoutNulls(value[key]));
  return kept;
}
