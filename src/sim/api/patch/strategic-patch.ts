import { deepCopy, deepEqual, isJsonObject, type JsonObject } from '../object.js';
import { listRule } from './merge-keys.js';

/** A strategic merge patch that cannot be applied, in the words of apimachinery's strategicpatch. */
export class StrategicPatchError extends Error {}

const PATCH = '$patch';
const RETAIN_KEYS = '$retainKeys';
const DELETE_LIST = '$deleteFromPrimitiveList/';
const ELEMENT_ORDER = '$setElementOrder/';

/** Applies a strategic merge patch and gives the result; the object itself stays as it is. Throws `StrategicPatchError`. */
export function strategicPatch(object: JsonObject, patch: JsonObject): JsonObject {
  return mergeMap(deepCopy(object), patch, []);
}

function mergeMap(original: JsonObject, patch: JsonObject, path: readonly string[]): JsonObject {
  const directive = patch[PATCH];
  if (directive === 'replace') {
    const { [PATCH]: _directive, ...rest } = patch;
    return deepCopy(rest);
  }
  if (directive === 'delete') return {};
  if (directive !== undefined && directive !== 'merge') {
    throw new StrategicPatchError(`Unknown patch type: ${String(directive)}`);
  }
  const retained = patch[RETAIN_KEYS];
  if (Array.isArray(retained))
    for (const key of Object.keys(original)) if (!retained.includes(key)) delete original[key];
  for (const [key, value] of Object.entries(patch)) {
    if (key === PATCH || key === RETAIN_KEYS || key.startsWith(ELEMENT_ORDER)) continue;
    if (key.startsWith(DELETE_LIST)) removeValues(original, key.slice(DELETE_LIST.length), value);
    else mergeField(original, key, value, path);
  }
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith(ELEMENT_ORDER)) orderElements(original, key.slice(ELEMENT_ORDER.length), value, path);
  }
  return original;
}

function mergeField(original: JsonObject, key: string, value: unknown, path: readonly string[]): void {
  if (value === null) {
    delete original[key];
    return;
  }
  const current = original[key];
  const below = [...path, key];
  if (isJsonObject(value)) original[key] = mergeMap(isJsonObject(current) ? current : {}, value, below);
  else if (Array.isArray(value)) original[key] = mergeList(Array.isArray(current) ? current : [], value, below);
  else original[key] = value;
}

function mergeList(original: readonly unknown[], patch: readonly unknown[], path: readonly string[]): unknown[] {
  const rule = listRule(path);
  if (rule === 'replace')
    return deepCopy([...patch].filter((item) => !isJsonObject(item) || item[PATCH] === undefined));
  if (rule === 'set') {
    const added = patch.filter((item) => !original.some((existing) => deepEqual(existing, item)));
    return [...original, ...added];
  }
  if (patch.some((item) => isJsonObject(item) && item[PATCH] === 'replace')) {
    return deepCopy(
      patch
        .filter((item) => !(isJsonObject(item) && item[PATCH] === 'replace' && Object.keys(item).length === 1))
        .map(withoutDirective),
    );
  }
  return mergeByKey(original, patch, rule.key, path);
}

function mergeByKey(
  original: readonly unknown[],
  patch: readonly unknown[],
  key: string,
  path: readonly string[],
): unknown[] {
  let result = [...original];
  for (const item of patch) {
    if (!isJsonObject(item)) throw new StrategicPatchError('cannot merge lists of different element types');
    const value = item[key];
    if (value === undefined) {
      throw new StrategicPatchError(
        `map: map[${Object.keys(item)
          .sort()
          .map((name) => `${name}:${String(item[name])}`)
          .join(' ')}] does not contain declared merge key: ${key}`,
      );
    }
    const matches = (existing: unknown) => isJsonObject(existing) && existing[key] === value;
    if (item[PATCH] === 'delete') {
      result = result.filter((existing) => !matches(existing));
      continue;
    }
    const at = result.findIndex(matches);
    if (at === -1) result.push(mergeMap({}, item, path));
    else result[at] = mergeMap(result[at] as JsonObject, item, path);
  }
  return result;
}

function withoutDirective(item: unknown): unknown {
  if (!isJsonObject(item)) return item;
  const { [PATCH]: _directive, ...rest } = item;
  return rest;
}

function removeValues(original: JsonObject, key: string, values: unknown): void {
  const current = original[key];
  if (!Array.isArray(current) || !Array.isArray(values)) return;
  original[key] = current.filter((item) => !values.some((value) => deepEqual(value, item)));
}

/** Puts a list's elements in the order given; those not named keep their place behind their forerunner. */
function orderElements(original: JsonObject, field: string, order: unknown, path: readonly string[]): void {
  const current = original[field];
  if (!Array.isArray(current) || !Array.isArray(order)) return;
  const rule = listRule([...path, field]);
  if (rule === 'replace') return;
  const idOf = (item: unknown): unknown => (rule === 'set' ? item : isJsonObject(item) ? item[rule.key] : undefined);
  const wanted = order.map((item) => (rule === 'set' ? item : idOf(item)));
  const rank = new Map(wanted.map((id, index) => [id, index]));
  const named = current.filter((item) => rank.has(idOf(item)));
  named.sort((a, b) => (rank.get(idOf(a)) as number) - (rank.get(idOf(b)) as number));
  const result: unknown[] = [];
  let next = 0;
  for (const item of current) {
    if (rank.has(idOf(item))) {
      result.push(named[next]);
      next += 1;
    } else result.push(item);
  }
  original[field] = result;
}
