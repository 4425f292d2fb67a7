/** Whether defaults of a schema fit it (apiextensions schema/defaulting). */
import { coerceEmbedded, validateEmbedded } from '../../custom/metadata.js';
import { pruneObject } from '../../custom/prune.js';
import { isEmbedded, itemsOf } from '../../custom/structural.js';
import { fieldErrors } from '../../custom/validation/result.js';
import { validateValue } from '../../custom/validation/validate-value.js';
import { type FieldError, invalid } from '../../field-error.js';
import { deepCopy, deepEqual, isJsonObject, type JsonObject } from '../../object.js';
import type { SchemaProps } from '../../types/custom-resource-definition.js';
import { sortedPairs } from '../meta.js';

/** What is wrong with the defaults of a schema and of all inside of it. */
export function validateDefaults(path: string, schema: SchemaProps): FieldError[] {
  const errors = schema.default === undefined || schema.default === null ? [] : validateDefault(path, schema);
  const items = itemsOf(schema);
  if (items) errors.push(...validateDefaults(`${path}.items`, items));
  for (const [name, inner] of sortedPairs(schema.properties)) {
    errors.push(...validateDefaults(`${path}.properties[${name}]`, inner));
  }
  return errors;
}

function validateDefault(path: string, schema: SchemaProps): FieldError[] {
  const at = `${path}.default`;
  const value = schema.default;
  const errors: FieldError[] = [];
  if (!isPruned(value, schema)) errors.push(invalid(at, value, 'must not have unknown fields'));
  const copy = deepCopy(value);
  const wrong = coerceEmbedded(copy, schema, at);
  if (wrong) return [...errors, wrong];
  const inside = validateEmbedded(copy, schema, at);
  if (inside.length > 0) return [...errors, ...inside];
  return [...errors, ...fieldErrors(at, validateValue('', schema, value).issues)];
}

function isPruned(value: unknown, schema: SchemaProps): boolean {
  const holder: JsonObject = { value: deepCopy(value) };
  // The value is looked at as a field, so that only an embedded object has a head of its own.
  pruneObject(holder, { type: 'object', properties: { value: schema } });
  return deepEqual(holder['value'], value) || (isEmbedded(schema) && !isJsonObject(value));
}
