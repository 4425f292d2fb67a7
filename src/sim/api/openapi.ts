/** Schemas of the built-in types as the server's OpenAPI documents hold them. */
import { enumValues, type FactField, type FactType, factType } from './facts/fact-types.js';
import type { TypeKind, TypeRef } from './facts/type-text.js';
import type { JsonObject } from './object.js';
import { describeField, describeType, requiredFields } from './schema.js';

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

const RESOURCE = 'io.k8s.apimachinery.pkg.api.resource';
const META = 'io.k8s.apimachinery.pkg.apis.meta.v1';
const EXTENSIONS = 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1';

/** Types that have a schema and no fields. */
const OPAQUE: Partial<Record<TypeKind, readonly [name: string, schema: JsonObject]>> = {
  time: [`${META}.Time`, { type: 'string', format: 'date-time' }],
  microTime: [`${META}.MicroTime`, { type: 'string', format: 'date-time' }],
  duration: [`${META}.Duration`, { type: 'string' }],
  quantity: [`${RESOURCE}.Quantity`, { oneOf: [{ type: 'string' }, { type: 'number' }] }],
  intOrString: [
    'io.k8s.apimachinery.pkg.util.intstr.IntOrString',
    { oneOf: [{ type: 'integer' }, { type: 'string' }], format: 'int-or-string' },
  ],
  raw: ['io.k8s.apimachinery.pkg.runtime.RawExtension', { type: 'object' }],
  fieldsV1: [`${META}.FieldsV1`, { type: 'object' }],
  json: [`${EXTENSIONS}.JSON`, {}],
  schemaOrBool: [`${EXTENSIONS}.JSONSchemaPropsOrBool`, {}],
  schemaOrArray: [`${EXTENSIONS}.JSONSchemaPropsOrArray`, {}],
  schemaOrStrings: [`${EXTENSIONS}.JSONSchemaPropsOrStringArray`, {}],
};

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
  const opaque = OPAQUE[type.kind];
  if (opaque) schemas.set(opaque[0], opaque[1]);
  const struct = type.struct === undefined ? undefined : factType(type.struct);
  if (struct) queue.push(struct);
}

function typeSchema(type: FactType): JsonObject {
  const properties: JsonObject = {};
  for (const name of [...type.byName.keys()].sort()) {
    properties[name] = fieldSchema(type, name, type.byName.get(name) as FactField);
  }
  const required = requiredFields(type);
  const [first] = type.pack.id.split('.');
  const isKind = type.pack.kinds.split(' ').includes(type.name);
  return {
    ...withText(describeType(type)),
    type: 'object',
    ...(required.length > 0 ? { required } : {}),
    properties,
    ...(isKind && first !== 'meta'
      ? { 'x-kubernetes-group-version-kind': [{ group: type.pack.group, kind: type.name, version: type.pack.version }] }
      : {}),
  };
}

function withText(description: string): JsonObject {
  return description === '' ? {} : { description };
}

function fieldSchema(type: FactType, name: string, field: FactField): JsonObject {
  const schema: JsonObject = { ...withText(describeField(type, name)), ...valueSchema(field.type) };
  if (field.default !== undefined) schema['default'] = field.default;
  else if (!field.type.pointer && !field.omitEmpty && field.type.kind in ZERO)
    schema['default'] = ZERO[field.type.kind];
  else if (field.type.kind === 'struct' && !field.type.pointer) schema['default'] = {};
  if (field.patchStrategies.length > 0) schema['x-kubernetes-patch-strategy'] = field.patchStrategies.join(',');
  if (field.patchMergeKey !== undefined) schema['x-kubernetes-patch-merge-key'] = field.patchMergeKey;
  if (field.listType !== undefined) schema['x-kubernetes-list-type'] = field.listType;
  if (field.listMapKeys !== undefined) schema['x-kubernetes-list-map-keys'] = field.listMapKeys;
  if (field.mapType !== undefined) schema['x-kubernetes-map-type'] = field.mapType;
  return schema;
}

function valueSchema(type: TypeRef): JsonObject {
  if (type.kind === 'list' || type.kind === 'map') {
    const item = type.item as TypeRef;
    const inner = {
      ...valueSchema(item),
      ...(item.pointer || !(item.kind in ZERO) ? {} : { default: ZERO[item.kind] }),
    };
    return type.kind === 'list' ? { type: 'array', items: inner } : { type: 'object', additionalProperties: inner };
  }
  const name = type.struct === undefined ? OPAQUE[type.kind]?.[0] : factType(type.struct)?.openApiName;
  if (name !== undefined) return { allOf: [{ $ref: `#/components/schemas/${name}` }] };
  const values = type.enumeration === undefined ? undefined : enumValues(type.enumeration);
  return { ...PLAIN[type.kind], ...(values ? { enum: values } : {}) };
}
