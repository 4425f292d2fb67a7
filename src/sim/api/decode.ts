/**
 * Makes a Kubernetes object of anything JSON can say, as the server's Go types would: unknown fields are dropped and told,
 * values of a wrong type refused, empty ones left out or filled in, quantities and times brought into their own form,
 * fields put in order.
 */

import { decodeScalar, describeValue } from './decode-scalar.js';
import { type FactField, type FactType, kindType, knownType } from './facts/fact-types.js';
import { goTypeName } from './facts/go-names.js';
import type { FactPackage } from './facts/package.js';
import type { TypeRef } from './facts/type-text.js';
import { isJsonObject, type JsonObject } from './object.js';
import { setField } from './set-field.js';

/** The server stops counting here. */
const STRICT_ERRORS_MAX = 100;

/** What came of decoding. */
export interface Decoded {
  readonly object: JsonObject;
  /** `unknown field "spec.foo"`, in order of appearance. */
  readonly unknown: readonly string[];
  /** The first value of a wrong type, in the words of Go's JSON decoder. */
  readonly typeError?: string;
}

interface State {
  readonly unknown: string[];
  typeError: string | undefined;
}

/** Where a value stands. */
interface Place {
  /** With indexes, for unknown fields: `spec.containers[0].image`. */
  readonly path: string;
  /** Without, for type errors: `spec.containers.image`. */
  readonly names: readonly string[];
  /** The struct that holds it. */
  readonly holder: string;
  readonly pack: FactPackage;
}

/** Decodes an object as a built-in kind; undefined when there is no such kind. */
export function decodeKind(apiVersion: string, kind: string, value: unknown): Decoded | undefined {
  const type = kindType(apiVersion, kind);
  return type && decodeType(type, value);
}

/** Decodes a value as a struct type. */
export function decodeType(type: FactType, value: unknown): Decoded {
  const state: State = { unknown: [], typeError: undefined };
  const place: Place = { path: '', names: [], holder: '', pack: type.pack };
  const ref: TypeRef = { kind: 'struct', pointer: false, struct: type.id };
  const object = decodeStruct(ref, value, place, state) as JsonObject;
  return { object, unknown: state.unknown, ...(state.typeError === undefined ? {} : { typeError: state.typeError }) };
}

/** A decoded value, or undefined for one that counts as not given. */
function decodeValue(type: TypeRef, value: unknown, place: Place, state: State): unknown {
  if (value === null || value === undefined) return undefined;
  switch (type.kind) {
    case 'struct':
      return decodeStruct(type, value, place, state);
    case 'list':
      return decodeList(type, value, place, state);
    case 'map':
      return decodeMap(type, value, place, state);
    case 'raw':
    case 'fieldsV1':
    case 'json':
    case 'schemaOrBool':
    case 'schemaOrArray':
    case 'schemaOrStrings':
      return value;
    default: {
      const scalar = decodeScalar(type.kind, value);
      if ('value' in scalar) return scalar.value;
      fail(
        state,
        scalar.error ??
          mismatch(scalar.found ?? describeValue(value), scalar.type ?? goTypeName(type, place.pack), place),
      );
      return undefined;
    }
  }
}

function fail(state: State, message: string): void {
  state.typeError ??= message;
}

function mismatch(found: string, name: string, place: Place): string {
  if (place.holder === '') return `json: cannot unmarshal ${found} into Go value of type ${name}`;
  return `json: cannot unmarshal ${found} into Go struct field ${place.holder}.${place.names.join('.')} of type ${name}`;
}

function decodeStruct(type: TypeRef, value: unknown, place: Place, state: State): JsonObject | undefined {
  const struct = knownType(type.struct ?? '');
  if (value !== undefined && value !== null && !isJsonObject(value)) {
    fail(state, mismatch(describeValue(value), goTypeName(type, place.pack), place));
    return undefined;
  }
  const source = value ?? {};
  const decoded = new Map<FactField, unknown>();
  for (const key of Object.keys(source)) {
    const field = struct.byName.get(key);
    if (!field) noteUnknown(state, place.path === '' ? key : `${place.path}.${key}`);
    else decoded.set(field, decodeField(struct, field, source[key], place, state));
  }
  const object: JsonObject = {};
  for (const [name, field] of struct.byName) writeField(object, name, field, decoded.get(field));
  return object;
}

function noteUnknown(state: State, path: string): void {
  if (state.unknown.length < STRICT_ERRORS_MAX) state.unknown.push(`unknown field "${path}"`);
}

function decodeField(struct: FactType, field: FactField, value: unknown, place: Place, state: State): unknown {
  return decodeValue(
    field.type,
    value,
    {
      path: place.path === '' ? field.json : `${place.path}.${field.json}`,
      names: [...place.names, ...(struct.inlined.get(field.json) ?? []), field.json],
      holder: struct.name,
      pack: struct.pack,
    },
    state,
  );
}

function decodeList(type: TypeRef, value: unknown, place: Place, state: State): unknown {
  if (!Array.isArray(value)) {
    fail(state, mismatch(describeValue(value), goTypeName(type, place.pack), place));
    return undefined;
  }
  const item = type.item as TypeRef;
  return value.map((entry, index) => {
    const decoded = decodeValue(item, entry, { ...place, path: `${place.path}[${index}]` }, state);
    return decoded ?? (item.pointer ? null : zeroValue(item));
  });
}

function decodeMap(type: TypeRef, value: unknown, place: Place, state: State): unknown {
  if (!isJsonObject(value)) {
    fail(state, mismatch(describeValue(value), goTypeName(type, place.pack), place));
    return undefined;
  }
  const item = type.item as TypeRef;
  const map: JsonObject = {};
  for (const key of Object.keys(value)) {
    const decoded = decodeValue(item, value[key], { ...place, path: `${place.path}.${key}` }, state);
    setField(map, key, decoded ?? (item.pointer || item.kind === 'list' ? null : zeroValue(item)));
  }
  return map;
}

/** Writes a field as Go's encoder would: empty values by their tags, missing ones as zero where the tag keeps them. */
function writeField(object: JsonObject, name: string, field: FactField, value: unknown): void {
  const { type } = field;
  if (value === undefined) {
    if (type.pointer) {
      if (!field.omitEmpty) object[name] = null;
      return;
    }
    if (field.omitZero || (field.omitEmpty && type.kind !== 'struct' && type.kind !== 'time' && !isOpaqueStruct(type)))
      return;
    object[name] = zeroValue(type);
    return;
  }
  if (field.omitEmpty && !type.pointer && isEmpty(value, type)) return;
  if (field.omitZero && isJsonObject(value) && Object.keys(value).length === 0) return;
  setField(object, name, value);
}

function isOpaqueStruct({ kind }: TypeRef): boolean {
  return kind === 'microTime' || kind === 'quantity' || kind === 'intOrString' || kind === 'duration';
}

/** What `omitempty` leaves out: structs never, nor types that are structs in Go. */
function isEmpty(value: unknown, type: TypeRef): boolean {
  if (type.kind === 'struct' || type.kind === 'time' || isOpaqueStruct(type)) return false;
  if (Array.isArray(value)) return value.length === 0;
  if (isJsonObject(value)) return type.kind === 'map' && Object.keys(value).length === 0;
  return value === '' || value === 0 || value === false;
}

/** The value Go has where nothing was said. */
function zeroValue(type: TypeRef): unknown {
  switch (type.kind) {
    case 'struct':
      return decodeStruct(type, undefined, NOWHERE, { unknown: [], typeError: undefined });
    case 'string':
      return '';
    case 'bool':
      return false;
    case 'quantity':
      return '0';
    case 'duration':
      return '0s';
    case 'int32':
    case 'int64':
    case 'byte':
    case 'uint':
    case 'float':
    case 'intOrString':
      return 0;
    default:
      return null;
  }
}

const NOWHERE: Place = {
  path: '',
  names: [],
  holder: '',
  pack: { id: '', group: '', version: '', prefix: '', kinds: '', types: '' },
};
