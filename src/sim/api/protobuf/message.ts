/** Objects as messages, driven by the fact table. Fields are written in the order of their numbers, as Go writes them. */
import { decodeType } from '../decode.js';
import { type FactField, type FactType, knownType } from '../facts/fact-types.js';
import type { TypeRef } from '../facts/type-text.js';
import { compareText } from '../go-text.js';
import { isJsonObject, type JsonObject } from '../object.js';
import { setField } from '../set-field.js';
import { isSpecial, readSpecial, type SchemaCodec, writeSpecial } from './special.js';
import {
  double,
  type KnownMessage,
  MessageWriter,
  readFields,
  readPacked,
  signed,
  text,
  WIRE,
  type WireField,
} from './wire.js';

/** Named list types that are messages of their own with a list inside. */
const WRAPPED_LISTS = new Set(['ExtraValue', 'Verbs']);

const SCHEMA = 'apiextensions.v1.JSONSchemaProps';
const SCHEMAS: SchemaCodec = {
  write: (schema) => writeMessage(knownType(SCHEMA), schema),
  // Gogo writes empty fields as well, which JSON leaves out.
  read: (bytes) => decodeType(knownType(SCHEMA), readMessage(knownType(SCHEMA), bytes)).object,
};

/** Writes an object; what stands in no field of the type is left out. */
export function writeMessage(type: FactType, object: JsonObject): Uint8Array {
  const writer = new MessageWriter();
  writeFields(writer, type, object);
  return writer.finish();
}

function writeFields(writer: MessageWriter, type: FactType, object: JsonObject): void {
  for (const field of byNumber(type)) {
    if (field.json === '') writeInside(writer, field.number, field.type, object);
    else writeField(writer, field, object[field.json]);
  }
}

const sortedFields = new Map<string, readonly FactField[]>();

function byNumber(type: FactType): readonly FactField[] {
  let fields = sortedFields.get(type.id);
  if (!fields) {
    fields = type.fields.filter(({ number }) => number > 0).sort((a, b) => a.number - b.number);
    sortedFields.set(type.id, fields);
  }
  return fields;
}

/** A struct inside another. One that JSON spreads into its holder is a message of its own here as well. */
function writeInside(writer: MessageWriter, number: number, type: TypeRef, object: JsonObject): void {
  const start = writer.begin(number);
  writeFields(writer, knownType(type.struct ?? ''), object);
  writer.end(start);
}

function writeField(writer: MessageWriter, field: FactField, value: unknown): void {
  const { type, number } = field;
  if (type.kind === 'list') writeList(writer, number, type, value);
  else if (type.kind === 'map') writeMap(writer, number, type, value);
  else if (value !== undefined && value !== null) writeValue(writer, number, type, value);
  else if (!type.pointer && type.kind !== 'bytes') writeValue(writer, number, type, undefined);
}

function isWrapped(type: TypeRef): boolean {
  return type.kind === 'list' && WRAPPED_LISTS.has(type.name ?? type.item?.name ?? '');
}

function writeList(writer: MessageWriter, number: number, type: TypeRef, value: unknown): void {
  if (!Array.isArray(value)) return;
  const item = type.item as TypeRef;
  if (isWrapped(type)) {
    const start = writer.begin(number);
    for (const entry of value) writeValue(writer, 1, item, entry);
    writer.end(start);
  } else for (const entry of value) writeValue(writer, number, item, entry);
}

function writeMap(writer: MessageWriter, number: number, type: TypeRef, value: unknown): void {
  if (!isJsonObject(value)) return;
  const item = type.item as TypeRef;
  for (const key of Object.keys(value).sort(compareText)) {
    const start = writer.begin(number);
    writer.bytes(1, key);
    if (item.kind === 'list') writeList(writer, 2, { ...item, name: 'ExtraValue' }, value[key]);
    else writeValue(writer, 2, item, value[key]);
    writer.end(start);
  }
}

/** `undefined` stands for the zero of a value that is not a pointer. */
function writeValue(writer: MessageWriter, number: number, type: TypeRef, value: unknown): void {
  if (isSpecial(type.kind)) {
    const start = writer.begin(number);
    writeSpecial(writer, type.kind, value, SCHEMAS);
    writer.end(start);
    return;
  }
  switch (type.kind) {
    case 'struct':
      writeInside(writer, number, type, isJsonObject(value) ? value : {});
      return;
    case 'string':
      writer.bytes(number, String(value ?? ''));
      return;
    case 'bytes':
      writer.bytes(number, Buffer.from(String(value ?? ''), 'base64'));
      return;
    case 'bool':
      writer.varint(number, value ? 1 : 0);
      return;
    case 'float':
      writer.double(number, Number(value ?? 0));
      return;
    default:
      writer.varint(number, BigInt(Math.trunc(Number(value ?? 0))));
  }
}

const knownMessages = new Map<string, KnownMessage & { readonly facts: ReadonlyMap<number, FactField> }>();

/** Names that Go does not make by a capital letter alone. */
const GO_NAMES: Readonly<Record<string, string>> = {
  apiVersion: 'APIVersion',
  uid: 'UID',
};
const META_NAMES: Readonly<Record<string, string>> = {
  'meta.v1.ObjectMeta': 'ObjectMeta',
  'meta.v1.ListMeta': 'ListMeta',
};

/** What a type's messages may hold. */
function known(type: FactType): KnownMessage & { readonly facts: ReadonlyMap<number, FactField> } {
  let message = knownMessages.get(type.id);
  if (!message) {
    const fields = byNumber(type);
    message = {
      name: type.name,
      fields: new Map(fields.map((field) => [field.number, { goName: goName(field), wires: wiresOf(field.type) }])),
      facts: new Map(fields.map((field) => [field.number, field])),
    };
    knownMessages.set(type.id, message);
  }
  return message;
}

function goName({ json, type }: FactField): string {
  if (json === '') return type.struct?.split('.').at(-1) ?? '';
  const meta = META_NAMES[type.struct ?? ''];
  if (json === 'metadata' && meta !== undefined) return meta;
  return GO_NAMES[json] ?? `${json[0]?.toUpperCase()}${json.slice(1)}`;
}

const VARINTS: ReadonlySet<TypeRef['kind']> = new Set(['bool', 'int32', 'int64', 'byte', 'uint']);

/** How a value may be written; numbers of a list one by one or all together. */
function wiresOf(type: TypeRef): readonly number[] {
  if (VARINTS.has(type.kind)) return [WIRE.varint];
  if (type.kind === 'float') return [WIRE.fixed64];
  const item = type.kind === 'list' && !isWrapped(type) ? type.item : undefined;
  return item && VARINTS.has(item.kind) ? [WIRE.varint, WIRE.bytes] : [WIRE.bytes];
}

/**
 * Reads a message into an object; fields the type does not have are passed over, and of a field that comes twice the second
 * is merged into the first. Throws ProtobufError.
 */
export function readMessage(type: FactType, bytes: Uint8Array, object: JsonObject = {}): JsonObject {
  const message = known(type);
  for (const wire of readFields(bytes, message)) {
    const field = message.facts.get(wire.number);
    if (!field) continue;
    if (field.json === '') readMessage(knownType(field.type.struct ?? ''), wire.bytes, object);
    else readField(object, field, wire);
  }
  return object;
}

function readField(object: JsonObject, field: FactField, wire: WireField): void {
  const { type, json } = field;
  if (type.kind === 'list') {
    const item = type.item as TypeRef;
    if (isWrapped(type)) object[json] = readFields(wire.bytes).map((entry) => readValue(item, entry));
    else {
      const list = (object[json] as unknown[] | undefined) ?? [];
      const isPacked = wire.wire === WIRE.bytes && VARINTS.has(item.kind);
      for (const one of isPacked ? readPacked(wire) : [wire]) list.push(readValue(item, one));
      object[json] = list;
    }
  } else if (type.kind === 'map') {
    const map = (object[json] as JsonObject | undefined) ?? {};
    readEntry(map, type.item as TypeRef, wire.bytes);
    object[json] = map;
  } else if (type.kind === 'struct') {
    object[json] = readMessage(knownType(type.struct ?? ''), wire.bytes, object[json] as JsonObject | undefined);
  } else object[json] = readValue(type, wire);
}

function readEntry(map: JsonObject, item: TypeRef, bytes: Uint8Array): void {
  let key = '';
  let value: unknown = item.kind === 'list' ? [] : readAbsent(item);
  for (const wire of readFields(bytes)) {
    if (wire.number === 1) key = text(wire);
    else if (wire.number === 2 && item.kind === 'list') {
      value = readFields(wire.bytes).map((entry) => readValue(item.item as TypeRef, entry));
    } else if (wire.number === 2) value = readValue(item, wire);
  }
  setField(map, key, value);
}

function readAbsent(item: TypeRef): unknown {
  return item.kind === 'string' || item.kind === 'bytes' ? '' : item.kind === 'quantity' ? '0' : null;
}

function readValue(type: TypeRef, wire: WireField): unknown {
  if (isSpecial(type.kind)) return readSpecial(type.kind, wire.bytes, SCHEMAS);
  switch (type.kind) {
    case 'struct':
      return readMessage(knownType(type.struct ?? ''), wire.bytes);
    case 'string':
      return text(wire);
    case 'bytes':
      return Buffer.from(wire.bytes).toString('base64');
    case 'bool':
      return wire.value !== 0n;
    case 'float':
      return wire.wire === WIRE.fixed64 ? double(wire) : signed(wire);
    case 'int32':
      return Number(BigInt.asIntN(32, wire.value));
    case 'uint':
      return Number(BigInt.asUintN(32, wire.value));
    default:
      return signed(wire);
  }
}
