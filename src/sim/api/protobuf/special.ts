/** Types that are plain values in JSON and messages in protobuf. */
import { SECOND } from '../../kernel/time.js';
import { formatDuration, parseDuration } from '../duration.js';
import type { TypeKind } from '../facts/type-text.js';
import { goJson } from '../go-text.js';
import { isJsonObject, type JsonObject } from '../object.js';
import { formatMicroTime, formatTime, parseTime } from '../time.js';
import { type MessageWriter, ProtobufError, readFields, signed, text, type WireField } from './wire.js';

const SPECIAL = new Set<TypeKind>([
  'time',
  'microTime',
  'duration',
  'quantity',
  'intOrString',
  'raw',
  'fieldsV1',
  'json',
  'schemaOrBool',
  'schemaOrArray',
  'schemaOrStrings',
]);

/** How messages inside are read and written: JSON schemas hold schemas. */
export interface SchemaCodec {
  write(schema: JsonObject): Uint8Array;
  read(bytes: Uint8Array): JsonObject;
}

/** Whether a type has a message of its own here. */
export function isSpecial(kind: TypeKind): boolean {
  return SPECIAL.has(kind);
}

/** Writes the fields of a value's message; undefined is Go's zero. */
export function writeSpecial(writer: MessageWriter, kind: TypeKind, value: unknown, schemas: SchemaCodec): void {
  switch (kind) {
    case 'time':
    case 'microTime':
      writeTime(writer, value, kind === 'microTime');
      break;
    case 'duration':
      writer.varint(1, BigInt(parseDuration(String(value ?? '0'))) * 1000n);
      break;
    case 'quantity':
      writer.bytes(1, value === undefined || value === null ? '0' : String(value));
      break;
    case 'intOrString':
      writer.varint(1, typeof value === 'string' ? 1 : 0);
      writer.varint(2, typeof value === 'number' ? BigInt(value) : 0);
      writer.bytes(3, typeof value === 'string' ? value : '');
      break;
    case 'schemaOrBool':
    case 'schemaOrArray':
    case 'schemaOrStrings':
      writeSchemaOr(writer, kind, value, schemas);
      break;
    default:
      if (value !== undefined && value !== null) writer.bytes(1, goJson(value));
  }
}

function writeTime(writer: MessageWriter, value: unknown, withMicros: boolean): void {
  const at = typeof value === 'string' ? parseTime(value) : undefined;
  if (at === undefined) return;
  const seconds = Math.floor(at / SECOND);
  writer.varint(1, BigInt(seconds));
  writer.varint(2, withMicros ? (at - seconds * SECOND) * 1000 : 0);
}

function writeSchemaOr(writer: MessageWriter, kind: TypeKind, value: unknown, schemas: SchemaCodec): void {
  if (kind === 'schemaOrBool') {
    writer.varint(1, value === false || value === undefined ? 0 : 1);
    if (isJsonObject(value)) writer.bytes(2, schemas.write(value));
  } else if (Array.isArray(value)) {
    for (const item of value) {
      writer.bytes(2, kind === 'schemaOrArray' ? schemas.write(item as JsonObject) : String(item));
    }
  } else if (isJsonObject(value)) writer.bytes(1, schemas.write(value));
}

/** The value of a message. Throws ProtobufError. */
export function readSpecial(kind: TypeKind, bytes: Uint8Array, schemas: SchemaCodec): unknown {
  const fields = readFields(bytes);
  const field = (number: number): WireField | undefined => fields.findLast((item) => item.number === number);
  const first = field(1);
  switch (kind) {
    case 'time':
    case 'microTime':
      return readTime(first, field(2), kind);
    case 'duration':
      return formatDuration(Math.trunc((first ? signed(first) : 0) / 1000));
    case 'quantity':
      return first ? text(first) : '0';
    case 'intOrString':
      return readIntOrString(first, field(2), field(3));
    case 'schemaOrBool':
    case 'schemaOrArray':
    case 'schemaOrStrings':
      return readSchemaOr(kind, fields, schemas);
    default:
      return first ? readJson(text(first)) : null;
  }
}

function readTime(seconds: WireField | undefined, nanos: WireField | undefined, kind: TypeKind): string | null {
  if (!seconds && !nanos) return null;
  const at = (seconds ? signed(seconds) : 0) * SECOND + Math.floor((nanos ? signed(nanos) : 0) / 1000);
  return kind === 'time' ? formatTime(at) : formatMicroTime(at);
}

function readIntOrString(
  type: WireField | undefined,
  number: WireField | undefined,
  string: WireField | undefined,
): number | string {
  if (type && signed(type) === 1) return string ? text(string) : '';
  return number ? signed(number) : 0;
}

function readSchemaOr(kind: TypeKind, fields: readonly WireField[], schemas: SchemaCodec): unknown {
  const [one, many] = [1, 2].map((number) => fields.filter((field) => field.number === number));
  const firstOf = (list: readonly WireField[] | undefined) => list?.[0];
  if (kind === 'schemaOrBool') {
    const inner = firstOf(many);
    const allows = firstOf(one);
    return inner ? schemas.read(inner.bytes) : (allows?.value ?? 0n) !== 0n;
  }
  const inner = firstOf(one);
  if (inner) return schemas.read(inner.bytes);
  return (many ?? []).map((field) => (kind === 'schemaOrArray' ? schemas.read(field.bytes) : text(field)));
}

function readJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    throw new ProtobufError('a raw extension holds no JSON');
  }
}
