/**
 * What is known of the built-in types: fields by path, their types, how lists merge, defaults, values to choose from, and,
 * from generated files, descriptions and which fields are required.
 */
import { enumValues, type FactField, type FactType, factType, kindType, knownType } from './facts/fact-types.js';
import type { TypeRef } from './facts/type-text.js';
import { DESCRIPTIONS, DIGEST } from './generated/descriptions.js';

export type { FactField, FactType } from './facts/fact-types.js';
export { kindType } from './facts/fact-types.js';

type Entry = readonly [description: string, fields: Readonly<Record<string, string>>, required: readonly string[]];

let opaque: Readonly<Record<string, string>> | undefined;
const packages = new Map<string, Readonly<Record<string, Entry>>>();

function entryOf(type: FactType): Entry | undefined {
  let entries = packages.get(type.pack.id);
  if (!entries) {
    entries = JSON.parse(DESCRIPTIONS[type.pack.id] ?? '{}') as Record<string, Entry>;
    packages.set(type.pack.id, entries);
  }
  return Object.hasOwn(entries, type.name) ? entries[type.name] : undefined;
}

/** Changes with what is said of types and fields. */
export function digestOfDescriptions(): string {
  return DIGEST;
}

/** What Kubernetes says of a type that has no fields, by its OpenAPI name. */
export function describeOpaque(openApiName: string): string {
  opaque ??= JSON.parse(DESCRIPTIONS['opaque'] ?? '{}') as Record<string, string>;
  return opaque[openApiName] ?? '';
}

/** What Kubernetes says of a type; paragraphs have a blank line between, '' when nothing is said. */
export function describeType(type: FactType): string {
  return entryOf(type)?.[0] ?? '';
}

/** What Kubernetes says of a field of a type. */
export function describeField(type: FactType, name: string): string {
  const fields = entryOf(type)?.[1] ?? {};
  return Object.hasOwn(fields, name) ? (fields[name] ?? '') : '';
}

/** The fields of a type that have to be given, in Go's order. */
export function requiredFields(type: FactType): readonly string[] {
  return entryOf(type)?.[2] ?? [];
}

/** A field that was found by its path. */
export interface FoundField {
  readonly holder: FactType;
  readonly name: string;
  readonly field: FactField;
  /** Of the field's value, or of the items of its list or map, where that is an object. */
  readonly type: FactType | undefined;
}

/** Follows a path of names from a type: lists and maps are passed through. */
export function findField(type: FactType, path: readonly string[]): FoundField | undefined {
  let holder: FactType | undefined = type;
  let found: FoundField | undefined;
  for (const name of path) {
    const field: FactField | undefined = holder?.byName.get(name);
    if (!holder || !field) return undefined;
    found = { holder, name, field, type: structOf(field.type) };
    holder = found.type;
  }
  return found;
}

/** The struct a type is, or that its items are. */
function structOf(type: TypeRef): FactType | undefined {
  if (type.kind === 'list' || type.kind === 'map') return type.item && structOf(type.item);
  return type.struct === undefined ? undefined : factType(type.struct);
}

/** The values a field chooses from, sorted; undefined where it takes any. */
export function fieldValues(field: FactField): readonly string[] | undefined {
  const { enumeration } = field.type.kind === 'list' && field.type.item ? field.type.item : field.type;
  return enumeration === undefined ? undefined : enumValues(enumeration);
}

/** Looks a kind's schema up; throws for kinds that are not built in. */
export function schemaOf(apiVersion: string, kind: string): FactType {
  const type = kindType(apiVersion, kind);
  if (!type) throw new Error(`${apiVersion} ${kind} is not a built-in kind`);
  return type;
}

/** A field's type as `kubectl explain` names it, without the angle brackets: `string`, `[]Container`, `map[string]string`. */
export function explainTypeName(type: TypeRef): string {
  switch (type.kind) {
    case 'list':
      return `[]${type.item ? explainTypeName(type.item) : 'Object'}`;
    case 'map':
      return `map[string]${type.item ? explainTypeName(type.item) : 'Object'}`;
    case 'struct':
      return knownType(type.struct ?? '').name;
    case 'bool':
      return 'boolean';
    case 'int32':
    case 'int64':
    case 'byte':
    case 'uint':
      return 'integer';
    case 'float':
      return 'number';
    case 'time':
      return 'Time';
    case 'microTime':
      return 'MicroTime';
    case 'quantity':
      return 'Quantity';
    case 'intOrString':
      return 'IntOrString';
    case 'fieldsV1':
      return 'FieldsV1';
    case 'raw':
      return 'RawExtension';
    case 'json':
      return 'JSON';
    case 'schemaOrBool':
      return 'JSONSchemaPropsOrBool';
    case 'schemaOrArray':
      return 'JSONSchemaPropsOrArray';
    case 'schemaOrStrings':
      return 'JSONSchemaPropsOrStringArray';
    default:
      return 'string';
  }
}
