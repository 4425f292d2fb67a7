/** What schemas say of how lists and maps are merged (apiextensions/validation). */
import { type FieldError, forbidden, invalid, notSupported, required } from '../../field-error.js';
import type { SchemaProps } from '../../types/custom-resource-definition.js';

const KEYS = 'x-kubernetes-list-map-keys';
const LIST = 'x-kubernetes-list-type';
const MAP = 'x-kubernetes-map-type';

/** The extensions for lists and maps of one schema. */
export function validateLists(path: string, schema: SchemaProps): FieldError[] {
  const { type = '' } = schema;
  const listType = schema[LIST];
  const mapType = schema[MAP];
  const errors: FieldError[] = [];
  if (schema['x-kubernetes-preserve-unknown-fields'] === false) {
    errors.push(invalid(`${path}.x-kubernetes-preserve-unknown-fields`, false, 'must be true or undefined'));
  }
  if (mapType !== undefined && type !== 'object') errors.push(...wrongType(path, type, 'object', MAP));
  if (mapType !== undefined && !['atomic', 'granular'].includes(mapType)) {
    errors.push(notSupported(`${path}.${MAP}`, mapType, ['atomic', 'granular']));
  }
  if (listType !== undefined && type !== 'array') errors.push(...wrongType(path, type, 'array', LIST));
  else if (listType === 'set') errors.push(...validateSetItems(path, schema));
  if (listType !== undefined && !['atomic', 'set', 'map'].includes(listType)) {
    errors.push(notSupported(`${path}.${LIST}`, listType, ['atomic', 'set', 'map']));
  }
  const words = 'must be map if x-kubernetes-list-map-keys is non-empty';
  if ((schema[KEYS] ?? []).length > 0) {
    if (listType === undefined) errors.push(required(`${path}.${LIST}`, words));
    else if (listType !== 'map') errors.push(invalid(`${path}.${LIST}`, listType, words));
  }
  if (listType === 'map') errors.push(...validateMapList(path, schema));
  return [...errors, ...validateItems(path, schema)];
}

function wrongType(path: string, type: string, wanted: string, extension: string): FieldError[] {
  const words = `must be ${wanted} if ${extension} is specified`;
  return [type === '' ? required(`${path}.type`, words) : invalid(`${path}.type`, type, words)];
}

function itemsOf({ items }: SchemaProps): SchemaProps | undefined {
  return Array.isArray(items) ? undefined : items;
}

function validateSetItems(path: string, schema: SchemaProps): FieldError[] {
  const items = itemsOf(schema);
  const words = 'must be atomic as item of a list with x-kubernetes-list-type=set';
  if (items?.type === 'array' && items[LIST] !== undefined && items[LIST] !== 'atomic') {
    return [invalid(`${path}.items.${LIST}`, items[LIST], words)];
  }
  if (items?.type !== 'object' || items[MAP] === 'atomic') return [];
  return [invalid(`${path}.items.${MAP}`, items[LIST] ?? null, words)];
}

function validateMapList(path: string, schema: SchemaProps): FieldError[] {
  const keys = schema[KEYS] ?? [];
  const items = itemsOf(schema);
  const errors: FieldError[] = [];
  if (keys.length === 0) {
    errors.push(required(`${path}.${KEYS}`, 'must not be empty if x-kubernetes-list-type is map'));
  }
  if (!schema.items) errors.push(required(`${path}.items`, 'must have a schema if x-kubernetes-list-type is map'));
  if (!items) return errors;
  if (items.type !== 'object') {
    const words = "must be object if parent array's x-kubernetes-list-type is map";
    return [...errors, invalid(`${path}.items.type`, items.type ?? '', words)];
  }
  keys.forEach((key, index) => {
    const property = items.properties?.[key];
    if (!property) errors.push(invalid(`${path}.${KEYS}`, keys, 'entries must all be names of item properties'));
    else if (property.type === 'array' || property.type === 'object') {
      const words = "must be a scalar type if parent array's x-kubernetes-list-type is map";
      errors.push(invalid(`${path}.items.properties[${key}].type`, items.type, words));
    }
    if (keys.indexOf(key) < index) errors.push(invalid(`${path}.${KEYS}`, keys, 'must not contain duplicate entries'));
  });
  return errors;
}

function validateItems(path: string, schema: SchemaProps): FieldError[] {
  const items = itemsOf(schema);
  const listType = schema[LIST];
  if (!items || (listType !== 'map' && listType !== 'set')) return [];
  const errors: FieldError[] = [];
  if (items.nullable) {
    errors.push(forbidden(`${path}.items.nullable`, `cannot be nullable when x-kubernetes-list-type is ${listType}`));
  }
  for (const key of listType === 'map' ? (schema[KEYS] ?? []) : []) {
    const property = items.properties?.[key];
    if (!property) continue;
    const at = `${path}.items.properties[${key}]`;
    if (!items.required?.includes(key) && property.default === undefined) {
      const words =
        'this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property';
      errors.push(required(`${at}.default`, words));
    }
    if (property.nullable) {
      errors.push(
        forbidden(`${at}.nullable`, 'this property is in x-kubernetes-list-map-keys, so it cannot be nullable'),
      );
    }
  }
  return errors;
}
