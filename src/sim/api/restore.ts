/**
 * What Go's converter says of a value that a typed object cannot hold. A strategic merge patch works on maps, which are made
 * an object by reflection rather than by the JSON decoder: other words, and no path.
 */
import { decodeScalar, describeValue } from './decode-scalar.js';
import { kindType, knownType } from './facts/fact-types.js';
import { goTypeName } from './facts/go-names.js';
import type { FactPackage } from './facts/package.js';
import type { TypeKind, TypeRef } from './facts/type-text.js';
import { isJsonObject } from './object.js';
import { ownField } from './set-field.js';

/**
 * The first thing that an object of a built-in kind cannot hold; undefined when it holds all. What it shares with `known`, an
 * object that was held already, is not looked at again.
 */
export function restoreError(apiVersion: string, kind: string, value: unknown, known?: unknown): string | undefined {
  const type = kindType(apiVersion, kind);
  return type && errorIn({ kind: 'struct', pointer: false, struct: type.id }, value, type.pack, known);
}

function errorIn(type: TypeRef, value: unknown, pack: FactPackage, known?: unknown): string | undefined {
  if (value === null || value === undefined || value === known) return undefined;
  switch (type.kind) {
    case 'struct':
      return errorInStruct(type, value, known);
    case 'list':
      if (!Array.isArray(value)) return `cannot restore slice from ${goKind(value)}`;
      return firstError(value, (item) => errorIn(type.item as TypeRef, item, pack));
    case 'map':
      if (!isJsonObject(value)) return `cannot restore map from ${goKind(value)}`;
      return firstError(Object.values(value), (item) => errorIn(type.item as TypeRef, item, pack));
    case 'string':
    case 'bool':
    case 'int32':
    case 'int64':
    case 'byte':
    case 'uint':
    case 'float':
      return errorInPlain(type, value, pack);
    case 'bytes':
      return errorInBytes(value);
    case 'time':
    case 'microTime':
    case 'duration':
    case 'quantity':
    case 'intOrString':
      return errorOfItsOwn(type.kind, value);
    default:
      return undefined;
  }
}

function firstError<T>(items: readonly T[], errorOf: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const error = errorOf(item);
    if (error !== undefined) return error;
  }
  return undefined;
}

function errorInStruct(type: TypeRef, value: unknown, known: unknown): string | undefined {
  if (!isJsonObject(value)) return `cannot restore struct from: ${goKind(value)}`;
  const struct = knownType(type.struct ?? '');
  for (const [name, field] of struct.byName) {
    const before = isJsonObject(known) ? known[name] : undefined;
    const error = errorIn(field.type, ownField(value, name), struct.pack, before);
    if (error !== undefined) return error;
  }
  return undefined;
}

const PLAIN_KINDS: Partial<Record<TypeKind, string>> = { byte: 'uint8', uint: 'uint32', float: 'float64' };

/** Go converts between kinds of numbers, but for a fraction; it could make text of a whole number and is kept from it. */
function errorInPlain(type: TypeRef, value: unknown, pack: FactPackage): string | undefined {
  const isNumeric = type.kind !== 'string' && type.kind !== 'bool';
  const from = goKind(value);
  const fits = isNumeric ? 'number' : type.kind === 'bool' ? 'boolean' : 'string';
  if (typeof value === fits && (from !== 'float64' || type.kind === 'float')) return undefined;
  const converts = from === 'float64' ? isNumeric : from === 'int64' && type.kind === 'string';
  if (converts) return `cannot convert ${from} to ${goTypeName(type, pack)}`;
  return `unrecognized type: ${PLAIN_KINDS[type.kind] ?? type.kind}`;
}

/** Bytes are text in maps, read as the JSON decoder reads it. */
function errorInBytes(value: unknown): string | undefined {
  if (typeof value !== 'string') return Array.isArray(value) ? undefined : `cannot restore slice from ${goKind(value)}`;
  const found = decodeScalar('bytes', value);
  return 'error' in found ? `error decoding from json: ${found.error}` : undefined;
}

/** Types that read themselves are given the value as JSON. */
function errorOfItsOwn(kind: TypeKind, value: unknown): string | undefined {
  const found = decodeScalar(kind, value);
  if ('value' in found) return undefined;
  if (found.error !== undefined) return found.error;
  return `json: cannot unmarshal ${found.found ?? describeValue(value)} into Go value of type ${found.type}`;
}

/** A value's kind in a map that the API machinery read. */
function goKind(value: unknown): string {
  if (Array.isArray(value)) return 'slice';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  return typeof value === 'boolean' ? 'bool' : typeof value === 'string' ? 'string' : 'map';
}
