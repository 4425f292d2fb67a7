/**
 * Makes a Kubernetes object of anything JSON can say, as the server's Go types would: unknown fields are dropped and told,
 * values of a wrong type refused, empty ones left out or filled in, quantities and times brought into their own form,
 * fields put in order.
 */

import { decodeScalar, describeValue } from './decode-scalar.js';
import { type FactField, type FactType, kindType, knownType } from './facts/fact-types.js';
import { goTypeName } from './facts/go-names.js';
import type { FactPackage } from './facts/package.js';
import type { TypeKind, TypeRef } from './facts/type-text.js';
import { noteGivenEmpty } from './given-empties.js';
import { spellingsIn } from './number-spelling.js';
import { deepCopy, isJsonObject, type JsonObject } from './object.js';
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

/** Where a value stands. Paths are for messages and put together only when there is something to say. */
interface Place {
  readonly above: Place | undefined;
  /** `.image`, `[0]`, or a map's key behind a dot. */
  readonly step: string;
  /** The field, and the struct it stands in; undefined for items and the object itself. */
  readonly field: FactField | undefined;
  readonly struct: FactType;
}

/** With indexes, for unknown fields: `spec.containers[0].image`. */
function pathOf(place: Place): string {
  let path = '';
  for (let at: Place | undefined = place; at; at = at.above) path = at.step + path;
  return path.startsWith('.') ? path.slice(1) : path;
}

/** Without indexes and keys, but with inlined structs, for type errors: `spec.containers.image`. */
function fieldNames(place: Place): string {
  const names: string[] = [];
  for (let at: Place | undefined = place; at; at = at.above) {
    if (at.field) names.unshift(...(at.struct.inlined.get(at.field.json) ?? []), at.field.json);
  }
  return names.join('.');
}

/** Decodes an object as a built-in kind; undefined when there is no such kind. */
export function decodeKind(apiVersion: string, kind: string, value: unknown): Decoded | undefined {
  const type = kindType(apiVersion, kind);
  return type && decodeType(type, value);
}

/** Decodes a value as a struct type. */
export function decodeType(type: FactType, value: unknown): Decoded {
  const state: State = { unknown: [], typeError: undefined };
  const place: Place = { above: undefined, step: '', field: undefined, struct: type };
  const ref: TypeRef = { kind: 'struct', pointer: false, struct: type.id };
  const object = decodeStruct(ref, value, place, state) as JsonObject;
  return { object, unknown: state.unknown, ...(state.typeError === undefined ? {} : { typeError: state.typeError }) };
}

/** A decoded value, or undefined for one that counts as not given. */
function decodeValue(type: TypeRef, value: unknown, place: Place, state: State, spelling?: string): unknown {
  if (value === null || value === undefined) return undefined;
  switch (type.kind) {
    case 'struct':
      return decodeStruct(type, value, place, state);
    case 'list':
      return decodeList(type, value, place, state);
    case 'map':
      return decodeMap(type, value, place, state);
    case 'fieldsV1':
      // Sets of fields are never changed in place, so that they can be known again.
      return value;
    case 'raw':
    case 'json':
      return deepCopy(value);
    case 'schemaOrBool':
    case 'schemaOrArray':
    case 'schemaOrStrings':
      return decodeSchemaOr(type.kind, value, place, state);
    default: {
      const scalar = decodeScalar(type.kind, value, spelling);
      if ('value' in scalar) return scalar.value;
      fail(
        state,
        scalar.error ??
          mismatch(scalar.found ?? describeValue(value), scalar.type ?? goTypeName(type, place.struct.pack), place),
      );
      return undefined;
    }
  }
}

function fail(state: State, message: string): void {
  state.typeError ??= message;
}

function mismatch(found: string, name: string, place: Place): string {
  if (!place.above) return `json: cannot unmarshal ${found} into Go value of type ${name}`;
  return `json: cannot unmarshal ${found} into Go struct field ${place.struct.name}.${fieldNames(place)} of type ${name}`;
}

function decodeStruct(type: TypeRef, value: unknown, place: Place, state: State): JsonObject | undefined {
  const struct = knownType(type.struct ?? '');
  if (value !== undefined && value !== null && !isJsonObject(value)) {
    fail(state, mismatch(describeValue(value), goTypeName(type, place.struct.pack), place));
    return undefined;
  }
  const source = value ?? {};
  const slots = slotsOf(struct);
  const decoded: unknown[] = new Array(slots.inOrder.length);
  const spelled = spellingsIn(source);
  for (const name of Object.keys(source)) {
    const slot = slots.byName.get(name);
    if (slot) {
      const { at, step, field } = slot;
      decoded[at] = decodeValue(
        field.type,
        source[name],
        { above: place, step, field, struct },
        state,
        spelled?.get(name),
      );
    } else noteUnknown(state, place, name);
  }
  const object: JsonObject = {};
  for (const { at, name, field, isKept } of slots.inOrder) {
    const given = decoded[at];
    if (given !== undefined || isKept) writeField(object, name, field, given);
  }
  return object;
}

/** A field of a struct, as decoding needs it. */
interface Slot {
  readonly name: string;
  readonly field: FactField;
  /** Its place among the struct's fields. */
  readonly at: number;
  readonly step: string;
  /** It is written also where nothing was given. */
  readonly isKept: boolean;
}

interface Slots {
  readonly inOrder: readonly Slot[];
  readonly byName: ReadonlyMap<string, Slot>;
}

const slotsOfType = new WeakMap<FactType, Slots>();

function slotsOf(struct: FactType): Slots {
  const known = slotsOfType.get(struct);
  if (known) return known;
  const inOrder = [...struct.byName].map(([name, field], at) => ({
    name,
    field,
    at,
    step: `.${field.json}`,
    isKept: !isLeftOut(field),
  }));
  const slots = { inOrder, byName: new Map(inOrder.map((slot) => [slot.name, slot])) };
  slotsOfType.set(struct, slots);
  return slots;
}

/** Whether a field that was not given is not written either. */
function isLeftOut({ type, omitEmpty, omitZero }: FactField): boolean {
  if (type.pointer) return omitEmpty;
  return omitZero || (omitEmpty && type.kind !== 'struct' && type.kind !== 'time' && !isOpaqueStruct(type));
}

function noteUnknown(state: State, place: Place, name: string): void {
  if (state.unknown.length >= STRICT_ERRORS_MAX) return;
  const path = pathOf(place);
  state.unknown.push(`unknown field "${path === '' ? name : `${path}.${name}`}"`);
}

function decodeList(type: TypeRef, value: unknown, place: Place, state: State): unknown {
  if (!Array.isArray(value)) {
    fail(state, mismatch(describeValue(value), goTypeName(type, place.struct.pack), place));
    return undefined;
  }
  const item = type.item as TypeRef;
  const spelled = spellingsIn(value);
  return value.map((entry, index) => {
    const decoded = decodeValue(item, entry, itemPlace(place, `[${index}]`), state, spelled?.get(String(index)));
    return decoded ?? (item.pointer ? null : zeroValue(item));
  });
}

function itemPlace(above: Place, step: string): Place {
  return { above, step, field: undefined, struct: above.struct };
}

function decodeMap(type: TypeRef, value: unknown, place: Place, state: State): unknown {
  if (!isJsonObject(value)) {
    fail(state, mismatch(describeValue(value), goTypeName(type, place.struct.pack), place));
    return undefined;
  }
  const item = type.item as TypeRef;
  const map: JsonObject = {};
  const spelled = spellingsIn(value);
  for (const key of Object.keys(value)) {
    const decoded = decodeValue(item, value[key], itemPlace(place, `.${key}`), state, spelled?.get(key));
    setField(map, key, decoded ?? missingEntry(item));
  }
  return map;
}

/**
 * A JSON schema, or what may stand in its place. Go's types read these by themselves: what a schema does not know is dropped
 * untold, and neither schema nor list is nothing.
 */
function decodeSchemaOr(kind: TypeKind, value: unknown, place: Place, state: State): unknown {
  if (isJsonObject(value)) return decodeSchema(value, place, state);
  if (kind === 'schemaOrBool') {
    if (typeof value === 'boolean') return value;
    fail(state, 'boolean or JSON schema expected');
    return undefined;
  }
  if (!Array.isArray(value)) return null;
  if (kind === 'schemaOrArray') return value.map((item) => decodeSchema(item, place, state));
  return value.map((item) => {
    if (typeof item === 'string') return item;
    if (item !== null) fail(state, `json: cannot unmarshal ${describeValue(item)} into Go value of type string`);
    return '';
  });
}

function decodeSchema(value: unknown, place: Place, state: State): JsonObject {
  const { object, typeError } = decodeType(knownType('apiextensions.v1.JSONSchemaProps'), value);
  if (typeError !== undefined) fail(state, withinSchema(typeError, place));
  return object;
}

/** What is wrong inside is told as seen from the outer decoder, which puts its own place before it. */
function withinSchema(error: string, place: Place): string {
  const outer = `Go struct field ${place.struct.name}.${fieldNames(place)}`;
  return error.replace(/Go struct field \w+\./, `${outer}.`).replace(/Go value of type (.*)$/, `${outer} of type $1`);
}

/** What a map holds under a key whose value is null: no bytes become an empty text on their way through the server. */
function missingEntry(item: TypeRef): unknown {
  if (item.kind === 'bytes') return '';
  return item.pointer || item.kind === 'list' ? null : zeroValue(item);
}

/** Writes a field as Go's encoder would: empty values by their tags, missing ones as zero where the tag keeps them. */
function writeField(object: JsonObject, name: string, field: FactField, value: unknown): void {
  const { type } = field;
  if (value === undefined) {
    if (!isLeftOut(field)) object[name] = type.pointer ? null : zeroValue(type);
    return;
  }
  if (field.omitEmpty && !type.pointer && isEmpty(value, type)) {
    noteGivenEmpty(object, name, value);
    return;
  }
  if (field.omitZero && isJsonObject(value) && Object.keys(value).length === 0) return;
  setField(object, name, value);
}

function isOpaqueStruct({ kind }: TypeRef): boolean {
  return kind === 'microTime' || kind === 'quantity' || kind === 'intOrString' || kind === 'duration' || kind === 'raw';
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

const NO_PACK: FactPackage = { id: '', group: '', version: '', prefix: '', kinds: '', types: '' };

const NOWHERE: Place = {
  above: undefined,
  step: '',
  field: undefined,
  struct: { id: '', name: '', openApiName: '', pack: NO_PACK, fields: [], byName: new Map(), inlined: new Map() },
};
