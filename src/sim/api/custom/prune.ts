/** Takes out of a value what its schema does not know (apiextensions schema/pruning). */
import { compareText } from '../go-text.js';
import { isJsonObject, type JsonObject } from '../object.js';
import type { SchemaProps } from '../types/custom-resource-definition.js';
import { isEmbedded, itemsOf, META_FIELDS, othersOf, preserves, propertyOf } from './structural.js';

/** Prunes an object in place and tells the paths of what is gone, sorted: `spec.colour`. */
export function pruneObject(object: JsonObject, schema: SchemaProps | undefined): string[] {
  const gone: string[] = [];
  prune(object, { ...schema, 'x-kubernetes-embedded-resource': true }, '', gone);
  return gone.sort(compareText);
}

function prune(value: unknown, schema: SchemaProps | undefined, path: string, gone: string[]): void {
  const keeps = preserves(schema);
  if (Array.isArray(value)) {
    const items = itemsOf(schema);
    value.forEach((item, index) => {
      if (!keeps) prune(item, items, `${path}[${index}]`, gone);
      else if (items)
        prune(item, { ...items, 'x-kubernetes-preserve-unknown-fields': true }, `${path}[${index}]`, gone);
    });
  } else if (isJsonObject(value)) pruneMembers(value, schema, path, gone);
}

function pruneMembers(value: JsonObject, schema: SchemaProps | undefined, path: string, gone: string[]): void {
  for (const name of Object.keys(value)) {
    if (isEmbedded(schema) && META_FIELDS.has(name)) continue;
    const at = path === '' ? name : `${path}.${name}`;
    const property = propertyOf(schema, name);
    if (property) prune(value[name], property, at, gone);
    else if (schema?.additionalProperties !== undefined) prune(value[name], othersOf(schema), at, gone);
    else if (!preserves(schema)) {
      gone.push(at);
      delete value[name];
    }
  }
}
