/** Fills in what a schema says of values that are not given (apiextensions schema/defaulting). */
import { deepCopy, isJsonObject } from '../object.js';
import { ownField, setField } from '../set-field.js';
import type { SchemaProps } from '../types/custom-resource-definition.js';
import { itemsOf, memberSchema, othersOf, propertyOf } from './structural.js';

/** Whether a null stands where none may. */
function isForbiddenNull(value: unknown, schema: SchemaProps | undefined): boolean {
  return value === null && schema !== undefined && !schema.nullable;
}

function hasDefault(schema: SchemaProps): boolean {
  return schema.default !== undefined && schema.default !== null;
}

/** Defaults a value in place. */
export function defaultValue(value: unknown, schema: SchemaProps | undefined): void {
  if (!schema) return;
  if (Array.isArray(value)) {
    const items = itemsOf(schema);
    value.forEach((item, index) => {
      if (isForbiddenNull(item, items)) value[index] = deepCopy(items?.default ?? null);
      defaultValue(value[index], items);
    });
    return;
  }
  if (!isJsonObject(value)) return;
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    if (!hasDefault(property)) continue;
    const given = ownField(value, name);
    if (given === undefined || isForbiddenNull(given, property)) setField(value, name, deepCopy(property.default));
  }
  const others = othersOf(schema);
  for (const name of Object.keys(value)) {
    const property = propertyOf(schema, name);
    if (!property && isForbiddenNull(value[name], others)) value[name] = deepCopy(others?.default ?? null);
    defaultValue(value[name], property ?? others);
  }
}

/** Takes nulls out in place that may not be and that have no default. */
export function dropNulls(value: unknown, schema: SchemaProps | undefined): void {
  if (Array.isArray(value)) for (const item of value) dropNulls(item, itemsOf(schema));
  if (!isJsonObject(value)) return;
  for (const name of Object.keys(value)) {
    const member = memberSchema(schema, name);
    if (isForbiddenNull(value[name], member) && member && !hasDefault(member)) delete value[name];
    else dropNulls(value[name], member);
  }
}
