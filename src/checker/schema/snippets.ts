import type { Schema } from './words.js';

/** What an editor writes for a check of one kind: the fields that must be there, in the order they are read. */
export function checkSnippet(field: string, schema: Schema): Schema {
  return {
    label: field,
    description: String(schema['description'] ?? ''),
    body: {
      id: '${1:id}',
      serves: 1,
      points: 1,
      says: '${2:what is checked}',
      because: '${3:why it matters}',
      [field]: skeleton(schema, field),
    },
  };
}

/** A guard over what must not be changed. */
export const guardSnippet: Schema = {
  label: 'guard',
  description: 'Something that must be as it was; without it nothing is earned',
  body: {
    id: '${1:kept}',
    guard: true,
    says: '${2:what must be kept}',
    unchanged: [{ apiVersion: '${3:apps/v1}', kind: '${4:Deployment}', name: '${5:name}', paths: ['$.spec'] }],
  },
};

/** A value that a schema allows, with as little in it as possible. */
function skeleton(schema: Schema, name: string): unknown {
  const branches = (schema['oneOf'] ?? schema['anyOf']) as readonly Schema[] | undefined;
  const [type] = [schema['type']].flat();
  if (schema['$ref'] !== undefined) return { resource: { apiVersion: 'v1', kind: 'Pod', name: 'name' }, exists: true };
  if (Array.isArray(schema['enum'])) return schema['enum'][0];
  if (schema['const'] !== undefined) return schema['const'];
  if (type === 'array') return [skeleton(schema['items'] as Schema, name)];
  if (type === 'object') return skeletonOfMap(schema);
  if (branches) return skeleton(branches[0] as Schema, name);
  if (type === 'boolean') return true;
  if (type === 'integer' || type === 'number') return Number(schema['minimum'] ?? 1);
  return Array.isArray(schema['examples']) ? schema['examples'][0] : name;
}

function skeletonOfMap(schema: Schema): Schema {
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>;
  const required = (schema['required'] ?? []) as readonly string[];
  return Object.fromEntries(required.map((name) => [name, skeleton(properties[name] ?? {}, name)]));
}
