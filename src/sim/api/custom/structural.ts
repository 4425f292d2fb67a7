/** How schemas of custom resources are looked into: members, items, and what the server says of them. */
import { ownField } from '../set-field.js';
import type { SchemaProps } from '../types/custom-resource-definition.js';

/** What every object has beside what its schema says. */
export const META_FIELDS: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata']);

/** The schema of a named property. */
export function propertyOf(schema: SchemaProps | undefined, name: string): SchemaProps | undefined {
  return schema?.properties && ownField(schema.properties, name);
}

/** The schema of members that are not named; `true` where anything goes and nothing is known. */
export function othersOf(schema: SchemaProps | undefined): SchemaProps | undefined {
  const others = schema?.additionalProperties;
  return typeof others === 'object' ? others : undefined;
}

/** The schema of a list's items. */
export function itemsOf(schema: SchemaProps | undefined): SchemaProps | undefined {
  const items = schema?.items;
  return Array.isArray(items) ? undefined : items;
}

/** The schema of a member, named or not. */
export function memberSchema(schema: SchemaProps | undefined, name: string): SchemaProps | undefined {
  return propertyOf(schema, name) ?? othersOf(schema);
}

/** Whether a version keeps what its schema does not know. */
export function preserves(schema: SchemaProps | undefined): boolean {
  return schema?.['x-kubernetes-preserve-unknown-fields'] === true;
}

/** Whether a value is an object with apiVersion, kind and metadata of its own. */
export function isEmbedded(schema: SchemaProps | undefined): boolean {
  return schema?.['x-kubernetes-embedded-resource'] === true;
}
