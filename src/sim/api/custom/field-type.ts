/** The schema of a custom resource as a type that managers of fields share (kube-openapi schemaconv). */
import { type FactField, type FactType, knownType } from '../facts/fact-types.js';
import type { FactPackage } from '../facts/package.js';
import type { TypeRef } from '../facts/type-text.js';
import type { SchemaProps } from '../types/custom-resource-definition.js';
import { isEmbedded, itemsOf, othersOf, preserves } from './structural.js';

/** What nothing is known of. */
const FREE: TypeRef = { kind: 'json', pointer: false };
const TEXT: TypeRef = { kind: 'string', pointer: true };

/** The type of a kind's objects. */
export function customType(group: string, version: string, kind: string, schema: SchemaProps | undefined): FactType {
  const id = `${group}/${version}.${kind}`;
  const pack: FactPackage = { id, group, version, prefix: group, kinds: kind, types: '' };
  const root: SchemaProps = { ...schema, type: 'object' };
  return structType(id, pack, root, preserves(schema), headFields());
}

/** What every object begins with. */
function headFields(): FactField[] {
  const metadata: TypeRef = { kind: 'struct', pointer: true, struct: knownType('meta.v1.ObjectMeta').id };
  return [field('apiVersion', TEXT), field('kind', TEXT), field('metadata', metadata)];
}

function field(json: string, type: TypeRef, schema: SchemaProps = {}): FactField {
  const listType = schema['x-kubernetes-list-type'];
  const listMapKeys = schema['x-kubernetes-list-map-keys'];
  const mapType = schema['x-kubernetes-map-type'];
  return {
    json,
    number: 0,
    type,
    omitEmpty: true,
    omitZero: false,
    patchStrategies: [],
    ...(listType === undefined ? {} : { listType }),
    ...(listMapKeys === undefined ? {} : { listMapKeys }),
    ...(mapType === undefined ? {} : { mapType }),
    ...(schema.default === undefined ? {} : { default: schema.default }),
  };
}

/** `open` where what is not known stays. */
function structType(
  id: string,
  pack: FactPackage,
  schema: SchemaProps,
  open: boolean,
  head: readonly FactField[] = [],
): FactType {
  const named = new Map(head.map((one) => [one.json, one]));
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    if (!named.has(name)) named.set(name, field(name, typeOf(`${id}.${name}`, pack, property, open), property));
  }
  const name = id.slice(id.lastIndexOf('.') + 1);
  return { id, name, openApiName: id, pack, fields: [...named.values()], byName: named, inlined: new Map(), open };
}

function typeOf(id: string, pack: FactPackage, schema: SchemaProps, above: boolean): TypeRef {
  const open = above || preserves(schema);
  const marks = field('', FREE, schema);
  switch (schema['x-kubernetes-int-or-string'] ? '' : schema.type) {
    case 'object':
      return { ...objectType(id, pack, schema, open), marks };
    case 'array': {
      const items = itemsOf(schema);
      return { kind: 'list', pointer: true, item: items ? typeOf(`${id}[]`, pack, items, open) : FREE, marks };
    }
    case 'integer':
      return { kind: 'int64', pointer: true };
    case 'number':
      return { kind: 'float', pointer: true };
    case 'boolean':
      return { kind: 'bool', pointer: true };
    case 'string':
      return schema.format && schema.format !== 'byte' ? FREE : TEXT;
    default:
      return FREE;
  }
}

function objectType(id: string, pack: FactPackage, schema: SchemaProps, open: boolean): TypeRef {
  const others = othersOf(schema);
  if (isEmbedded(schema)) {
    return { kind: 'struct', pointer: true, struct: id, of: structType(id, pack, schema, open, headFields()) };
  }
  if (others) return { kind: 'map', pointer: true, item: typeOf(`${id}{}`, pack, others, open) };
  const isFree = schema.additionalProperties === true || Object.keys(schema.properties ?? {}).length === 0;
  if (isFree) return { kind: 'map', pointer: true, item: FREE };
  return { kind: 'struct', pointer: true, struct: id, of: structType(id, pack, schema, open) };
}
