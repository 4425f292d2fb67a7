/** Schemas of custom kinds as documents hold them (apiextensions controller/openapi/builder). */
import { isEmbedded, preserves } from '../../../api/custom/structural.js';
import { knownType } from '../../../api/facts/fact-types.js';
import type { JsonObject } from '../../../api/object.js';
import { describeField } from '../../../api/schema.js';
import type { SchemaProps } from '../../../api/types/custom-resource-definition.js';
import type { ServedKind } from '../../served-kind.js';

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1';
const STANDARD =
  "Standard object's metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata";
const LIST_STANDARD =
  'Standard list metadata. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds';
const EMBEDDED_VERSION =
  'apiVersion defines the versioned schema of this representation of an object. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources';
const EMBEDDED_KIND =
  'kind is a string value representing the type of this object. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds';

/** Which document a schema is for: the older one knows less. */
export type Dialect = 'v2' | 'v3';

/** The schema of a custom kind's objects. */
export function customSchema(kind: ServedKind, dialect: Dialect): JsonObject {
  const schema = kind.custom?.version.schema?.openAPIV3Schema;
  const gvk = { 'x-kubernetes-group-version-kind': [gvkOf(kind, kind.kind)] };
  if (!schema || (dialect === 'v2' && preserves(schema))) return { type: 'object', ...gvk };
  const { properties, ...rest } = written(schema, dialect);
  const metadata = reference('ObjectMeta', STANDARD);
  const all = { ...(properties as JsonObject | undefined), ...head(), metadata };
  return { ...rest, properties: sortedByName(all), ...gvk, ...selectable(kind) };
}

/** The schema of a list of them. */
export function customListSchema(kind: ServedKind, name: string): JsonObject {
  const listKind = kind.custom?.definition.spec.names.listKind ?? `${kind.kind}List`;
  const conventions = 'https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md';
  const items = {
    type: 'array',
    description: `List of ${kind.plural}. More info: ${conventions}`,
    items: { $ref: `#/components/schemas/${name}` },
  };
  return {
    description: `${listKind} is a list of ${kind.kind}`,
    type: 'object',
    required: ['items'],
    properties: sortedByName({ ...head(), items, metadata: reference('ListMeta', LIST_STANDARD) }),
    'x-kubernetes-group-version-kind': [gvkOf(kind, listKind)],
    ...selectable(kind),
  };
}

function gvkOf({ group, version }: ServedKind, kind: string): JsonObject {
  return { group, kind, version };
}

function selectable({ custom }: ServedKind): JsonObject {
  const fields = custom?.version.selectableFields ?? [];
  if (fields.length === 0) return {};
  return {
    'x-kubernetes-selectable-fields': fields.map(({ jsonPath }) => ({ fieldPath: jsonPath.replace(/^\./, '') })),
  };
}

/** What every object says of itself. */
function head(): JsonObject {
  const type = knownType('apps.v1.Deployment');
  return {
    apiVersion: { type: 'string', description: describeField(type, 'apiVersion') },
    kind: { type: 'string', description: describeField(type, 'kind') },
  };
}

function reference(name: string, description: string): JsonObject {
  return { description, allOf: [{ $ref: `#/components/schemas/${META}.${name}` }] };
}

function sortedByName(properties: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What the older document cannot say. */
const NOT_IN_V2 = new Set(['allOf', 'anyOf', 'default', 'not', 'nullable', 'oneOf', 'x-kubernetes-validations']);

function written(schema: SchemaProps, dialect: Dialect): JsonObject {
  const result: JsonObject = {};
  const isFree = dialect === 'v2' && (schema.nullable === true || preserves(schema));
  for (const [name, value] of Object.entries(schema)) {
    if (dialect === 'v2' && NOT_IN_V2.has(name)) continue;
    if (isFree && ['items', 'properties', 'type'].includes(name)) continue;
    result[name] = writtenPart(name, value, dialect);
  }
  if (dialect === 'v3' && schema['x-kubernetes-int-or-string'] && !schema.anyOf && !schema.allOf) {
    result['anyOf'] = [{ type: 'integer' }, { type: 'string' }];
  }
  return isEmbedded(schema) && !isFree ? withHead(result, schema) : result;
}

function writtenPart(name: string, value: unknown, dialect: Dialect): unknown {
  if (name === 'properties') {
    const entries = Object.entries(value as Record<string, SchemaProps>);
    return sortedByName(Object.fromEntries(entries.map(([key, inner]) => [key, written(inner, dialect)])));
  }
  const isSchema = name === 'items' || name === 'additionalProperties' || name === 'not';
  if (isSchema && typeof value === 'object') return written(value as SchemaProps, dialect);
  return value;
}

function withHead(written: JsonObject, { required = [] }: SchemaProps): JsonObject {
  const properties = {
    ...(written['properties'] as JsonObject | undefined),
    apiVersion: { type: 'string', description: EMBEDDED_VERSION },
    kind: { type: 'string', description: EMBEDDED_KIND },
    metadata: reference('ObjectMeta', STANDARD),
  };
  const all = [...required, ...['kind', 'apiVersion'].filter((name) => !required.includes(name))];
  return { ...written, required: all, properties: sortedByName(properties) };
}
