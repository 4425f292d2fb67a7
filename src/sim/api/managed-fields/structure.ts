/** How values of a type are looked into by those who share an object: what is one thing, and what names its parts. */
import { ATOMIC_STRUCTS } from '../facts/atomic-structs.js';
import { type FactField, type FactType, structOf } from '../facts/fact-types.js';
import type { TypeRef } from '../facts/type-text.js';
import { compareText } from '../go-text.js';
import { isJsonObject, type JsonObject } from '../object.js';

/** A list whose items cannot be told apart. */
export class FieldPathError extends Error {}

/** Where a value stands: its type, and the field that holds it, if one does. */
export interface Place {
  readonly type: TypeRef;
  readonly field: FactField | undefined;
}

/** How a value is looked into: `leaf` is one thing, the items of a `list` are told apart by keys. */
export type Shape = 'leaf' | 'map' | 'list';

/** Of a value that nothing is known about; lists are one thing, maps are looked into. */
export const FREE: TypeRef = { kind: 'json', pointer: false };

/** Where an object of a kind stands. */
export function rootOf(type: FactType): Place {
  return { type: { kind: 'struct', pointer: false, struct: type.id, of: type }, field: undefined };
}

/** How a value at a place is looked into. What is not there takes any shape. */
export function shapeOf({ type, field }: Place, value: unknown): Shape {
  switch (type.kind) {
    case 'struct':
    case 'map':
      return isAtomic(type, field) ? 'leaf' : 'map';
    case 'list':
      return isAssociative(field) ? 'list' : 'leaf';
    case 'fieldsV1':
    case 'json':
      return value === null || value === undefined || isJsonObject(value) ? 'map' : 'leaf';
    default:
      return 'leaf';
  }
}

/** Where a member of a map or struct stands; undefined when the struct has none of the name. */
export function memberOf({ type }: Place, name: string): Place | undefined {
  if (type.kind === 'struct') {
    const { byName, open } = structOf(type);
    const field = byName.get(name);
    if (field) return { type: field.type, field };
    return open ? { type: FREE, field: undefined } : undefined;
  }
  return { type: type.item ?? FREE, field: type.item?.marks };
}

/** Whether a member is a field of a struct, rather than an entry of a map. */
export function isNamedField({ type }: Place, name: string): boolean {
  return type.kind === 'struct' && structOf(type).byName.has(name);
}

/** Where the items of a list stand. */
export function itemOf({ type }: Place): Place {
  return { type: type.item ?? FREE, field: type.item?.marks };
}

/** What a field says of its value counts, then what the struct says of itself. */
export function isAtomic(type: TypeRef, field: FactField | undefined): boolean {
  if (field?.mapType !== undefined) return field.mapType === 'atomic';
  return type.struct !== undefined && ATOMIC_STRUCTS.has(type.struct);
}

/** Whether items are told apart by keys or by themselves: by list type, or else by how patches merge. */
export function isAssociative(field: FactField | undefined): boolean {
  if (!field) return false;
  if (field.listType !== undefined) return field.listType !== 'atomic';
  return field.patchStrategies.includes('merge');
}

/** How one item of a list is named: by its keys, or by itself. Throws FieldPathError. */
export function pathElement(item: TypeRef, field: FactField, value: unknown): string {
  const keys = field.listMapKeys ?? (field.listType === undefined && field.patchMergeKey ? [field.patchMergeKey] : []);
  if (keys.length === 0) return valueElement(value);
  if (value === null) throw new FieldPathError('associative list with keys may not have a null element');
  if (!isJsonObject(value)) throw new FieldPathError('associative list with keys may not have non-map elements');
  const pairs = keyPairs(keys, item, value);
  if (pairs.length === 0) {
    const names = keys.map((key) => JSON.stringify(key)).join(' ');
    throw new FieldPathError(
      `associative list with keys has an element that omits all key fields [${names}] (and doesn't have default values for any key fields)`,
    );
  }
  return `k:{${pairs.map(([key, given]) => `${JSON.stringify(key)}:${JSON.stringify(given)}`).join(',')}}`;
}

function keyPairs(keys: readonly string[], item: TypeRef, value: JsonObject): [string, unknown][] {
  const struct = item.kind === 'struct' ? structOf(item) : undefined;
  const pairs: [string, unknown][] = [];
  for (const key of [...keys].sort(compareText)) {
    const given = value[key] === undefined ? defaultOf(struct?.byName.get(key)) : value[key];
    if (given !== undefined) pairs.push([key, given]);
  }
  return pairs;
}

/** What a key is when it is left out: fields that are always written begin as zero. */
function defaultOf(field: FactField | undefined): unknown {
  if (!field || field.default !== undefined || field.omitEmpty || field.type.pointer) return field?.default;
  if (field.type.kind === 'string') return '';
  if (field.type.kind === 'bool') return false;
  return ['int32', 'int64'].includes(field.type.kind) ? 0 : undefined;
}

function valueElement(value: unknown): string {
  if (value === null) throw new FieldPathError("associative list without keys has an element that's an explicit null");
  if (Array.isArray(value)) throw new FieldPathError('not supported: associative list with lists as elements');
  if (isJsonObject(value)) throw new FieldPathError("associative list without keys has an element that's a map type");
  return `v:${JSON.stringify(value)}`;
}
