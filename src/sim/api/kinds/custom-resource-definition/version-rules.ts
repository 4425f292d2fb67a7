/** Subresources, columns and selectable fields of a version (apiextensions/validation). */
import { followFieldPath } from '../../custom/field-path.js';
import { duplicate, type FieldError, invalid, required, tooMany } from '../../field-error.js';
import type {
  CustomResourceColumn,
  CustomResourceSubresources,
  SchemaProps,
} from '../../types/custom-resource-definition.js';

const COLUMN_TYPES = ['boolean', 'date', 'integer', 'number', 'string'];
const COLUMN_FORMATS = ['byte', 'date', 'date-time', 'double', 'float', 'int32', 'int64', 'password'];
const SELECTABLE_TYPES = ['string', 'boolean', 'integer'];
const SELECTABLE_MAX = 8;

/** The paths of the scale subresource. */
export function validateSubresources(path: string, subresources: CustomResourceSubresources | undefined): FieldError[] {
  const scale = subresources?.scale;
  if (!scale) return [];
  const errors: FieldError[] = [];
  for (const [field, root] of [
    ['specReplicasPath', 'spec'],
    ['statusReplicasPath', 'status'],
  ] as const) {
    const at = `${path}.scale.${field}`;
    const value = scale[field];
    if (!value) errors.push(required(at));
    else if (!value.startsWith('.')) errors.push(invalid(at, value, SIMPLE_PATH));
    else if (!value.startsWith(`.${root}.`)) errors.push(invalid(at, value, `should be a json path under .${root}`));
  }
  const selector = scale.labelSelectorPath;
  const at = `${path}.scale.labelSelectorPath`;
  if (!selector) return errors;
  if (!selector.startsWith('.')) errors.push(invalid(at, selector, SIMPLE_PATH));
  else if (!/^\.(spec|status)\./.test(selector)) {
    errors.push(invalid(at, selector, 'should be a json path under either .spec or .status'));
  }
  return errors;
}

const SIMPLE_PATH = 'must be a simple json path starting with .';

/** A column that kubectl prints. */
export function validateColumn(path: string, column: CustomResourceColumn): FieldError[] {
  const { name, type, format, jsonPath } = column;
  const errors: FieldError[] = [];
  if (!name) errors.push(required(`${path}.name`));
  const types = `must be one of ${COLUMN_TYPES.join(',')}`;
  if (!type) errors.push(required(`${path}.type`, types));
  else if (!COLUMN_TYPES.includes(type)) errors.push(invalid(`${path}.type`, type, types));
  if (format && !COLUMN_FORMATS.includes(format)) {
    errors.push(invalid(`${path}.format`, format, `must be one of ${COLUMN_FORMATS.join(',')}`));
  }
  if (!jsonPath) errors.push(required(`${path}.JSONPath`));
  else if (!jsonPath.startsWith('.')) errors.push(invalid(`${path}.JSONPath`, jsonPath, SIMPLE_PATH));
  return errors;
}

/** Fields by which objects can be selected: scalars that the schema knows. */
export function validateSelectableFields(
  path: string,
  fields: readonly { jsonPath: string }[],
  schema: SchemaProps | undefined,
): FieldError[] {
  const errors: FieldError[] = [];
  const seen = new Set<string>();
  if (fields.length > 0 && !schema) {
    // Said the wrong way round by the real server.
    return [invalid(path, '', 'may only be set when `version.schema.openAPIV3Schema` is not included')];
  }
  fields.forEach(({ jsonPath }, index) => {
    const at = `${path}[${index}].jsonPath`;
    if (!jsonPath) {
      errors.push(required(at));
      return;
    }
    const found = followFieldPath(jsonPath, schema, false);
    if (found.error !== undefined) {
      errors.push(invalid(at, jsonPath, `is an invalid path: ${found.error}`));
      return;
    }
    if (found.text.split(/[.[]/)[0] === 'metadata') {
      errors.push(invalid(at, jsonPath, 'must not point to fields in metadata'));
    }
    if (!SELECTABLE_TYPES.includes(found.schema?.type ?? '')) {
      const words =
        'must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.';
      errors.push(invalid(at, jsonPath, words));
    }
    if (seen.has(found.text)) errors.push(duplicate(at, jsonPath));
    seen.add(found.text);
  });
  return seen.size > SELECTABLE_MAX ? [...errors, tooMany(path, seen.size, SELECTABLE_MAX)] : errors;
}
