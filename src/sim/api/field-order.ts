/** Fields in the order in which Go's structs have them, as the real server writes an object. */
import { type FactType, kindType, structOf } from './facts/fact-types.js';
import type { TypeRef } from './facts/type-text.js';
import { isJsonObject, type JsonObject } from './object.js';

/** An object or list of a built-in kind with all its fields in Go's order; another as it is. */
export function inFieldOrder(object: JsonObject): JsonObject {
  const { apiVersion, kind } = object;
  const type = typeof kind === 'string' ? kindType(apiVersion, kind) : undefined;
  if (!type) return object;
  const { kind: _kind, apiVersion: _version, ...rest } = ordered(type, object);
  return { kind, apiVersion, ...rest };
}

function ordered(type: FactType, object: JsonObject): JsonObject {
  const sorted: JsonObject = {};
  for (const [name, field] of type.byName) if (name in object) sorted[name] = valueIn(field.type, object[name]);
  for (const name of Object.keys(object)) if (!(name in sorted)) sorted[name] = object[name];
  return sorted;
}

function valueIn(type: TypeRef, value: unknown): unknown {
  if (type.kind === 'struct') return isJsonObject(value) ? ordered(structOf(type), value) : value;
  const { item } = type;
  if (!item || (type.kind !== 'list' && type.kind !== 'map')) return value;
  if (Array.isArray(value)) return value.map((one) => valueIn(item, one));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, valueIn(item, one)]));
}
