/** Schemas of the built-in types as the server's OpenAPI documents hold them. */
import { ATOMIC_STRUCTS } from './facts/atomic-structs.js';
import { enumValues, type FactField, type FactType, factType } from './facts/fact-types.js';
import { OPAQUE_TYPES, PATCH_TYPE } from './facts/opaque-types.js';
import type { TypeKind, TypeRef } from './facts/type-text.js';
import { UNIONS } from './facts/unions.js';
import type { JsonObject } from './object.js';
import { describeField, describeOpaque, describeType, requiredFields } from './schema.js';

const PLAIN: Partial<Record<TypeKind, JsonObject>> = {
  string: { type: 'string' },
  bool: { type: 'boolean' },
  int32: { type: 'integer', format: 'int32' },
  int64: { type: 'integer', format: 'int64' },
  byte: { type: 'integer', format: 'byte' },
  uint: { type: 'integer', format: 'int64' },
  float: { type: 'number', format: 'double' },
  bytes: { type: 'string', format: 'byte' },
};

/** Go's zero of a type, which documents give as the default of fields that are not pointers. */
const ZERO: Partial<Record<TypeKind, unknown>> = { string: '', bool: false, int32: 0, int64: 0, struct: {} };

/** Schemas of types that have no fields. */
const OPAQUE: Partial<Record<TypeKind, JsonObject>> = {
  time: { type: 'string', format: 'date-time' },
  microTime: { type: 'string', format: 'date-time' },
  duration: { type: 'string' },
  quantity: { oneOf: [{ type: 'string' }, { type: 'number' }] },
  intOrString: { format: 'int-or-string', oneOf: [{ type: 'integer' }, { type: 'string' }] },
  raw: { type: 'object' },
  fieldsV1: { type: 'object' },
  json: {},
  schemaOrBool: {},
  schemaOrArray: {},
  schemaOrStrings: {},
};

/** Kinds of the machinery, which belong to no group. */
const META_KINDS = new Set(
  ['APIGroup', 'APIGroupList', 'APIResourceList', 'APIVersions', 'DeleteOptions', 'Status', 'WatchEvent'].map(
    (name) => `meta.v1.${name}`,
  ),
);

/** The schema of what a patch is made of. */
export function patchSchema(): JsonObject {
  return { ...withText(describeOpaque(PATCH_TYPE)), type: 'object' };
}

/** The schemas of types and of everything they are made of, by their OpenAPI names, sorted. */
export function openApiSchemas(roots: readonly FactType[]): Record<string, JsonObject> {
  const schemas = new Map<string, JsonObject>();
  const queue = [...roots];
  for (let type = queue.shift(); type; type = queue.shift()) {
    if (schemas.has(type.openApiName)) continue;
    schemas.set(type.openApiName, typeSchema(type));
    for (const field of type.byName.values()) collect(field.type, schemas, queue);
  }
  return Object.fromEntries([...schemas].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function collect(type: TypeRef, schemas: Map<string, JsonObject>, queue: FactType[]): void {
  if (type.item) collect(type.item, schemas, queue);
  const opaque = OPAQUE_TYPES[type.kind];
  if (opaque) schemas.set(opaque, { ...withText(describeOpaque(opaque)), ...OPAQUE[type.kind] });
  const struct = type.struct === undefined ? undefined : factType(type.struct);
  if (struct) queue.push(struct);
}

function typeSchema(type: FactType): JsonObject {
  const properties: JsonObject = {};
  for (const name of [...type.byName.keys()].sort()) {
    properties[name] = fieldSchema(type, name, type.byName.get(name) as FactField);
  }
  const required = requiredFields(type);
  const unions = UNIONS[type.id];
  return {
    ...withText(describeType(type)),
    type: 'object',
    ...(required.length > 0 ? { required } : {}),
    ...(type.byName.size > 0 ? { properties } : {}),
    ...(META_KINDS.has(type.id) || type.pack.kinds.split(' ').includes(type.name)
      ? {
          'x-kubernetes-group-version-kind': [
            { group: META_KINDS.has(type.id) ? '' : type.pack.group, kind: type.name, version: type.pack.version },
          ],
        }
      : {}),
    ...(ATOMIC_STRUCTS.has(type.id) ? { 'x-kubernetes-map-type': 'atomic' } : {}),
    ...(unions ? { 'x-kubernetes-unions': [unions] } : {}),
  };
}

function withText(description: string): JsonObject {
  return description === '' ? {} : { description };
}

function fieldSchema(type: FactType, name: string, field: FactField): JsonObject {
  const { enum: values, items, allOf, additionalProperties, ...plain } = valueSchema(field.type);
  const byDefault = defaultOf(field);
  const schema: JsonObject = {
    ...withText(describeField(type, name)),
    ...plain,
    ...(byDefault === undefined ? {} : { default: byDefault }),
    ...given({ enum: values, items, allOf, additionalProperties }),
    ...given({
      'x-kubernetes-list-map-keys': field.listMapKeys,
      'x-kubernetes-list-type': field.listType,
      'x-kubernetes-map-type': field.mapType,
      'x-kubernetes-patch-merge-key': field.patchMergeKey,
    }),
  };
  if (field.patchStrategies.length > 0) schema['x-kubernetes-patch-strategy'] = field.patchStrategies.join(',');
  return alone(schema);
}

function defaultOf({ type, omitEmpty, default: written }: FactField): unknown {
  if (written !== undefined) return written;
  if (type.pointer) return undefined;
  if (type.kind === 'struct') return {};
  return omitEmpty ? undefined : ZERO[type.kind];
}

function given(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

/** A reference of which nothing more is said stands alone. */
function alone(schema: JsonObject): JsonObject {
  const [only] = Object.keys(schema).length === 1 ? ((schema['allOf'] ?? []) as JsonObject[]) : [];
  return only ?? schema;
}

function valueSchema(type: TypeRef): JsonObject {
  if (type.kind === 'list' || type.kind === 'map') {
    const item = type.item as TypeRef;
    const { enum: values, allOf, items, additionalProperties, ...plain } = valueSchema(item);
    const zero = item.pointer ? undefined : ZERO[item.kind];
    const inner = alone(given({ ...plain, default: zero, enum: values, items, allOf, additionalProperties }));
    return type.kind === 'list' ? { type: 'array', items: inner } : { type: 'object', additionalProperties: inner };
  }
  const name = type.struct === undefined ? OPAQUE_TYPES[type.kind] : factType(type.struct)?.openApiName;
  if (name !== undefined) return { allOf: [{ $ref: `#/components/schemas/${name}` }] };
  const values = type.enumeration === undefined ? undefined : enumValues(type.enumeration);
  return { ...PLAIN[type.kind], ...(values ? { enum: values } : {}) };
}
