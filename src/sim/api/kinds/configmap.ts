/** core/v1 ConfigMap. */
import { ageOf } from '../duration.js';
import { type FieldError, forbidden, invalid, tooLong } from '../field-error.js';
import { utf8Length } from '../go-text.js';
import { configMapKey } from '../names.js';
import { deepEqual } from '../object.js';
import type { ConfigMap, Secret } from '../types/config.js';
import { type ApiKind, column, defineKind } from './kind.js';
import { checkText, sortedPairs, validateMeta, validateMetaUpdate } from './meta.js';

/** The most bytes a ConfigMap's or Secret's values may have together. */
export const DATA_BYTES_MAX = 1024 * 1024;

/** The strategy of config maps. */
export const configMapKind: ApiKind = defineKind({
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  namespaced: true,
  shortNames: ['cm'],
  validateCreate: (object) => validateConfigMap(object as ConfigMap),
  validateUpdate: (object, old) => [
    ...validateMetaUpdate(object, old),
    ...validateStillMutable(object as ConfigMap, old as ConfigMap, ['data', 'binaryData']),
    ...validateConfigMap(object as ConfigMap),
  ],
  printer: {
    columns: [column('Name'), column('Data', 'string', 0, 'core.v1.ConfigMap.data'), column('Age')],
    rows: (object, now) => {
      const { data = {}, binaryData = {}, metadata } = object as ConfigMap;
      const count = Object.keys(data).length + Object.keys(binaryData).length;
      return [{ cells: [metadata.name, count, ageOf(metadata.creationTimestamp, now)] }];
    },
  },
});

function validateConfigMap(object: ConfigMap): FieldError[] {
  const errors = validateMeta(object, true);
  let bytes = 0;
  for (const [key, value] of sortedPairs(object.data)) {
    errors.push(...checkText(`data[${key}]`, key, configMapKey));
    if (object.binaryData?.[key] !== undefined) {
      errors.push(invalid(`data[${key}]`, key, 'duplicate of key present in binaryData'));
    }
    bytes += utf8Length(value);
  }
  for (const [key, value] of sortedPairs(object.binaryData)) {
    errors.push(...checkText(`binaryData[${key}]`, key, configMapKey));
    bytes += base64Length(value);
  }
  if (bytes > DATA_BYTES_MAX) errors.push(tooLong('[]', DATA_BYTES_MAX));
  return errors;
}

/** How many bytes a base64 text stands for. */
export function base64Length(text: string): number {
  const characters = text.replace(/[^A-Za-z0-9+/_-]/g, '').length;
  return Math.floor((characters * 3) / 4);
}

/** What was marked immutable keeps its data and its mark. */
export function validateStillMutable<T extends ConfigMap | Secret>(
  object: T,
  old: T,
  fields: readonly (keyof T & string)[],
): FieldError[] {
  if (!old.immutable) return [];
  const words = 'field is immutable when `immutable` is set';
  const errors: FieldError[] = object.immutable ? [] : [forbidden('immutable', words)];
  for (const field of fields) {
    if (!deepEqual(object[field] ?? {}, old[field] ?? {})) errors.push(forbidden(field, words));
  }
  return errors;
}
