/** Metadata of custom objects, and of objects inside of them, as Go's ObjectMeta holds it (apiextensions schema/objectmeta). */
import { decodeType } from '../decode.js';
import { knownType } from '../facts/fact-types.js';
import { type FieldError, invalid, required } from '../field-error.js';
import { validateMeta } from '../kinds/meta.js';
import { dns1035Label } from '../names.js';
import { isJsonObject, type JsonObject, type KubeObject } from '../object.js';
import type { SchemaProps } from '../types/custom-resource-definition.js';
import { isEmbedded, itemsOf, othersOf, propertyOf } from './structural.js';

/** What came of reading metadata: `unknown` are paths such as `metadata.colour`. */
export interface Metadata {
  readonly metadata?: JsonObject;
  readonly unknown: readonly string[];
  /** What Go's decoder says of a value of the wrong type. */
  readonly error?: string;
}

/** Reads metadata; `path` is that of the object it belongs to. */
export function readMetadata(value: unknown, path = ''): Metadata {
  const { object, unknown, typeError } = decodeType(knownType('meta.v1.ObjectMeta'), value);
  if (typeError !== undefined) return { unknown: [], error: typeError };
  const at = path === '' ? 'metadata' : `${path}.metadata`;
  const paths = unknown.map((text) => text.replace(/^unknown field "(.*)"$/s, `${at}.$1`));
  return { metadata: object, unknown: paths };
}

/** The first thing wrong with objects inside of an object, whose metadata is brought into Go's form in place; paths of what it does not know. */
export function coerceEmbedded(
  value: unknown,
  schema: SchemaProps | undefined,
  path = '',
  unknown: string[] = [],
): FieldError | undefined {
  if (!schema) return undefined;
  if (Array.isArray(value)) return coerceItems(value, schema, path, unknown);
  if (!isJsonObject(value)) return undefined;
  for (const name of Object.keys(value)) {
    const wrong = isEmbedded(schema) ? coerceHead(value, name, path, unknown) : undefined;
    if (wrong) return wrong;
    const property = propertyOf(schema, name);
    const at = property ? (path === '' ? name : `${path}.${name}`) : `${path}[${name}]`;
    const inner = coerceEmbedded(value[name], property ?? othersOf(schema), at, unknown);
    if (inner) return inner;
  }
  return undefined;
}

function coerceItems(
  values: readonly unknown[],
  schema: SchemaProps,
  path: string,
  unknown: string[],
): FieldError | undefined {
  for (const [index, value] of values.entries()) {
    const wrong = coerceEmbedded(value, itemsOf(schema), `${path}[${index}]`, unknown);
    if (wrong) return wrong;
  }
  return undefined;
}

function coerceHead(holder: JsonObject, name: string, path: string, unknown: string[]): FieldError | undefined {
  const value = holder[name];
  const at = path === '' ? name : `${path}.${name}`;
  if (name === 'apiVersion' || name === 'kind') {
    return typeof value === 'string' ? undefined : invalid(at, value, 'must be a string');
  }
  if (name !== 'metadata') return undefined;
  const read = readMetadata(value, path);
  if (read.error !== undefined) return invalid(at, value, read.error);
  unknown.push(...read.unknown);
  holder['metadata'] = withoutNever(read.metadata as JsonObject);
  return undefined;
}

/** Metadata of an object that was never created says nothing of when it was. */
function withoutNever(metadata: JsonObject): JsonObject {
  if (metadata['creationTimestamp'] == null) delete metadata['creationTimestamp'];
  return metadata;
}

/** What is wrong with the objects inside of an object. */
export function validateEmbedded(value: unknown, schema: SchemaProps | undefined, path = ''): FieldError[] {
  if (!schema) return [];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => validateEmbedded(item, itemsOf(schema), `${path}[${index}]`));
  }
  if (!isJsonObject(value)) return [];
  const errors = isEmbedded(schema) ? validateHead(value, path) : [];
  for (const name of Object.keys(value).sort()) {
    const property = propertyOf(schema, name);
    const at = property ? (path === '' ? name : `${path}.${name}`) : `${path}[${name}]`;
    errors.push(...validateEmbedded(value[name], property ?? othersOf(schema), at));
  }
  return errors;
}

function validateHead(value: JsonObject, path: string): FieldError[] {
  const at = (name: string) => (path === '' ? name : `${path}.${name}`);
  const errors: FieldError[] = [];
  for (const name of ['apiVersion', 'kind'] as const) if (!(name in value)) errors.push(required(at(name)));
  for (const [name, given] of Object.entries(value)) {
    if (name === 'apiVersion' || name === 'kind') errors.push(...validateText(at(name), name, given));
    if (name !== 'metadata') continue;
    const { metadata, error } = readMetadata(given, path);
    if (error !== undefined) errors.push(invalid(at(name), given, error));
    else if (metadata) errors.push(...validateInner(metadata as KubeObject['metadata'], at(name)));
  }
  return errors;
}

function validateText(path: string, name: 'apiVersion' | 'kind', value: unknown): FieldError[] {
  if (typeof value !== 'string') return [invalid(path, value, 'must be a string')];
  if (value === '') return [invalid(path, value, 'must not be empty')];
  if (name === 'apiVersion') {
    const isOdd = value.split('/').length > 2;
    return isOdd ? [invalid(path, value, `unexpected GroupVersion string: ${value}`)] : [];
  }
  const wrong = dns1035Label(value.toLowerCase());
  if (wrong.length === 0) return [];
  return [invalid(path, value, `may have mixed case, but should otherwise match: ${wrong.join(',')}`)];
}

/** Metadata needs no name inside of another object. */
function validateInner(metadata: KubeObject['metadata'], path: string): FieldError[] {
  const object: KubeObject = { apiVersion: '', kind: '', metadata: { ...metadata, name: metadata.name || 'fakename' } };
  return validateMeta(object, Boolean(metadata.namespace), segmentName).map((error) => ({
    ...error,
    field: error.field.replace(/^metadata/, path),
  }));
}

/** A name that can stand in a path. */
function segmentName(name: string): string[] {
  if (name === '.' || name === '..') return [`may not be '${name}'`];
  return ['/', '%'].filter((sign) => name.includes(sign)).map((sign) => `may not contain '${sign}'`);
}
