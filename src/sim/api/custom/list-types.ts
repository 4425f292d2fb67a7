/** Sets and maps that are written as lists hold nothing twice (apiextensions schema/listtype). */
import { duplicate, type FieldError, invalid } from '../field-error.js';
import { compareText } from '../go-text.js';
import { isJsonObject, type JsonObject } from '../object.js';
import { ownField, setField } from '../set-field.js';
import type { SchemaProps } from '../types/custom-resource-definition.js';
import { itemsOf, othersOf, propertyOf } from './structural.js';

/** What stands twice in a value's sets and maps. */
export function validateListTypes(value: unknown, schema: SchemaProps | undefined, path = ''): FieldError[] {
  if (!schema) return [];
  if (Array.isArray(value)) return validateList(value, schema, path);
  if (!isJsonObject(value)) return [];
  const others = othersOf(schema);
  const names = Object.keys(value).sort(compareText);
  return [
    ...(others ? names.flatMap((name) => validateListTypes(value[name], others, `${path}[${name}]`)) : []),
    ...names.flatMap((name) => {
      const property = propertyOf(schema, name);
      return property ? validateListTypes(value[name], property, path === '' ? name : `${path}.${name}`) : [];
    }),
  ];
}

function validateList(values: readonly unknown[], schema: SchemaProps, path: string): FieldError[] {
  const type = schema['x-kubernetes-list-type'];
  const own = type === 'set' ? validateSet(values, path) : type === 'map' ? validateMap(values, schema, path) : [];
  return [...own, ...values.flatMap((item, index) => validateListTypes(item, itemsOf(schema), `${path}[${index}]`))];
}

function validateSet(values: readonly unknown[], path: string): FieldError[] {
  return repeated(values).map((index) => duplicate(`${path}[${index}]`, values[index]));
}

function validateMap(values: readonly unknown[], schema: SchemaProps, path: string): FieldError[] {
  const odd = values.findIndex((value) => value !== null && !isJsonObject(value));
  if (odd >= 0) {
    return [invalid(`${path}[${odd}]`, values[odd], 'must be an object for an array of list-type map')];
  }
  const names = schema['x-kubernetes-list-map-keys'] ?? [];
  const keys = values.map((value) => keysOf(value, names));
  return repeated(keys).map((index) => duplicate(`${path}[${index}]`, keys[index]));
}

function keysOf(value: unknown, names: readonly string[]): JsonObject {
  const keys: JsonObject = {};
  if (!isJsonObject(value)) return keys;
  for (const name of names) {
    const given = ownField(value, name);
    if (given !== undefined) setField(keys, name, given);
  }
  return keys;
}

/** Where a value stands for the second time; further times are not told. */
function repeated(values: readonly unknown[]): number[] {
  const seen = new Map<string, number>();
  const found: number[] = [];
  values.forEach((value, index) => {
    const text = `${typeof value} ${canonical(value)}`;
    const times = (seen.get(text) ?? 0) + 1;
    seen.set(text, times);
    if (times === 2) found.push(index);
  });
  return found;
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value) ?? '';
  const names = Object.keys(value).sort(compareText);
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
}
