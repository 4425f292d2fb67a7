/** Whether a schema is structural: types outside of alternatives, nothing in them that is not outside (apiextensions schema). */
import { itemsOf, propertyOf } from '../../custom/structural.js';
import { type FieldError, forbidden, invalid, printFieldError, required } from '../../field-error.js';
import { patternProblem } from '../../go-pattern.js';
import { compareText } from '../../go-text.js';
import { deepEqual } from '../../object.js';
import type { SchemaProps } from '../../types/custom-resource-definition.js';
import { sortedPairs } from '../meta.js';

/** Where a schema stands in the whole. */
type Level = 'field' | 'item' | 'root';

const MISSING_TYPE: Readonly<Record<Level, string>> = {
  field: 'must not be empty for specified object fields',
  item: 'must not be empty for specified array items',
  root: 'must not be empty at the root',
};
const INT_OR_STRING = [{ type: 'integer' }, { type: 'string' }];
const STRUCTURAL = 'to be structural';
const INT_EXTENSION = 'x-kubernetes-int-or-string';
const EMBEDDED = 'x-kubernetes-embedded-resource';
const PRESERVE = 'x-kubernetes-preserve-unknown-fields';

/** What is not structural, sorted by its text. */
export function validateStructural(path: string, schema: SchemaProps): FieldError[] {
  const errors = [...validateInvariants(path, schema, 'root'), ...validateCompleteness(path, path, schema, schema)];
  return errors.sort((a, b) => compareText(printFieldError(a), printFieldError(b)));
}

function validateInvariants(path: string, schema: SchemaProps, level: Level): FieldError[] {
  const { type = '', properties, additionalProperties } = schema;
  const items = itemsOf(schema);
  const errors: FieldError[] = [];
  if (type === 'array' && !items) errors.push(required(`${path}.items`, 'must be specified'));
  if (items) errors.push(...validateInvariants(`${path}.items`, items, 'item'));
  for (const [name, inner] of sortedPairs(properties)) {
    errors.push(...validateInvariants(`${path}.properties[${name}]`, inner, 'field'));
  }
  if (additionalProperties !== undefined) {
    const at = `${path}.additionalProperties`;
    if (level === 'root') errors.push(forbidden(at, 'must not be used at the root'));
    if (typeof additionalProperties === 'object') errors.push(...validateInvariants(at, additionalProperties, 'field'));
  }
  const first = schema.allOf?.[0];
  const skips = {
    anyOf: deepEqual(schema.anyOf, INT_OR_STRING),
    firstAllOf: deepEqual(first?.anyOf, INT_OR_STRING),
  };
  return [
    ...errors,
    ...validateExtensions(path, schema),
    ...validateAlternatives(path, schema, level, skips),
    ...validateType(path, schema, level),
    ...validateHead(path, schema, level),
  ];
}

function validateExtensions(path: string, schema: SchemaProps): FieldError[] {
  if (!schema[INT_EXTENSION]) return [];
  const words = 'must be false if x-kubernetes-int-or-string is true';
  return [PRESERVE, EMBEDDED].flatMap((name) => {
    const value = schema[name as typeof PRESERVE];
    return value ? [invalid(`${path}.${name}`, value, words)] : [];
  });
}

function validateType(path: string, schema: SchemaProps, level: Level): FieldError[] {
  const { type = '' } = schema;
  const errors: FieldError[] = [];
  if (schema[EMBEDDED] && type !== 'object') {
    const words = 'must be object if x-kubernetes-embedded-resource is true';
    errors.push(type === '' ? required(`${path}.type`, words) : invalid(`${path}.type`, type, words));
  } else if (type === '' && !schema[INT_EXTENSION] && !schema[PRESERVE]) {
    errors.push(required(`${path}.type`, MISSING_TYPE[level]));
  }
  if (schema[EMBEDDED] && schema.additionalProperties !== undefined) {
    const words = 'must not be used if x-kubernetes-embedded-resource is set';
    errors.push(forbidden(`${path}.additionalProperties`, words));
  }
  if (level === 'root' && type !== '' && type !== 'object') {
    errors.push(invalid(`${path}.type`, type, 'must be object at the root'));
  }
  return errors;
}

/** What is said of apiVersion, kind and metadata, which are what they are. */
function validateHead(path: string, schema: SchemaProps, level: Level): FieldError[] {
  const isResource = level === 'root' || schema[EMBEDDED] === true;
  const errors: FieldError[] = [];
  for (const name of ['kind', 'apiVersion']) {
    const property = propertyOf(schema, name);
    if (property && isResource && property.type !== 'string') {
      errors.push(invalid(`${path}.properties[${name}].type`, property.type ?? '', 'must be string'));
    }
  }
  const metadata = propertyOf(schema, 'metadata');
  const at = `${path}.properties[metadata]`;
  if (metadata && isResource && metadata.type !== 'object') {
    errors.push(invalid(`${at}.type`, metadata.type ?? '', 'must be object'));
  }
  if (metadata && level === 'root' && !isNamesOnly(metadata)) {
    const words = 'must not specify anything other than name and generateName, but metadata is implicitly specified';
    errors.push(forbidden(at, words));
  }
  if (schema[EMBEDDED] && !schema[PRESERVE] && Object.keys(schema.properties ?? {}).length === 0) {
    const words =
      'must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields';
    errors.push(required(`${path}.properties`, words));
  }
  return errors;
}

function isNamesOnly({ type: _type, default: _default, properties = {}, ...rest }: SchemaProps): boolean {
  const names = Object.keys(properties);
  return Object.keys(rest).length === 0 && names.every((name) => name === 'name' || name === 'generateName');
}

interface Skips {
  readonly anyOf: boolean;
  readonly firstAllOf: boolean;
}

const NO_SKIPS: Skips = { anyOf: false, firstAllOf: false };

function validateAlternatives(path: string, schema: SchemaProps, level: Level, skips: Skips): FieldError[] {
  const errors: FieldError[] = [];
  const nested = (at: string, inner: SchemaProps, own = NO_SKIPS): void => {
    errors.push(...validateNested(at, inner, level, own));
  };
  for (const [index, inner] of (skips.anyOf ? [] : (schema.anyOf ?? [])).entries())
    nested(`${path}.anyOf[${index}]`, inner);
  (schema.allOf ?? []).forEach((inner, index) => {
    nested(`${path}.allOf[${index}]`, inner, { ...NO_SKIPS, anyOf: skips.firstAllOf && index === 0 });
  });
  for (const [index, inner] of (schema.oneOf ?? []).entries()) nested(`${path}.oneOf[${index}]`, inner);
  if (schema.not) nested(`${path}.not`, schema.not);
  const problem = schema.pattern ? patternProblem(schema.pattern) : undefined;
  if (problem !== undefined) {
    const words = `must be a valid regular expression, but isn't: ${problem}`;
    errors.push(invalid(`${path}.pattern`, schema.pattern, words));
  }
  return errors;
}

/** What may not stand in an alternative, and what has to be of it instead. */
const NOT_NESTED: readonly (readonly [name: keyof SchemaProps, must: string])[] = [
  ['type', 'empty'],
  ['additionalProperties', 'undefined'],
  ['default', 'undefined'],
  ['title', 'empty'],
  ['description', 'empty'],
  ['nullable', 'false'],
  [PRESERVE, 'false'],
  [EMBEDDED, 'false'],
  [INT_EXTENSION, 'false'],
  ['x-kubernetes-list-map-keys', 'empty'],
  ['x-kubernetes-list-type', 'undefined'],
  ['x-kubernetes-map-type', 'undefined'],
  ['x-kubernetes-validations', 'empty'],
];

function validateNested(path: string, schema: SchemaProps, level: Level, skips: Skips): FieldError[] {
  const errors = validateAlternatives(path, schema, level, skips);
  const items = itemsOf(schema);
  if (items) errors.push(...validateNested(`${path}.items`, items, level, NO_SKIPS));
  for (const [name, inner] of sortedPairs(schema.properties)) {
    errors.push(...validateNested(`${path}.properties[${name}]`, inner, 'field', NO_SKIPS));
  }
  for (const [name, must] of NOT_NESTED) {
    const value = schema[name];
    const isGiven = Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false && value !== '';
    if (isGiven) errors.push(forbidden(`${path}.${name}`, `must be ${must} ${STRUCTURAL}`));
  }
  if (propertyOf(schema, 'metadata')) {
    errors.push(forbidden(`${path}.properties[metadata]`, 'must not be specified in a nested context'));
  }
  return errors;
}

/** Every alternative speaks only of what the schema outside of it knows. */
function validateCompleteness(
  path: string,
  nested: string,
  schema: SchemaProps | undefined,
  validation: SchemaProps,
): FieldError[] {
  if (!schema) return [required(path, `because it is defined in ${nested}`)];
  const errors: FieldError[] = [];
  const add = (at: string, inner: SchemaProps) => errors.push(...validateNestedCompleteness(path, at, schema, inner));
  if (validation.not) add(`${nested}.not`, validation.not);
  for (const junctor of ['allOf', 'anyOf', 'oneOf'] as const) {
    for (const [index, inner] of (validation[junctor] ?? []).entries()) add(`${nested}.${junctor}[${index}]`, inner);
  }
  return errors;
}

function validateNestedCompleteness(
  path: string,
  nested: string,
  schema: SchemaProps | undefined,
  validation: SchemaProps,
): FieldError[] {
  if (!schema) return [required(path, `because it is defined in ${nested}`)];
  const errors = validateCompleteness(path, nested, schema, validation);
  const items = itemsOf(validation);
  if (items) errors.push(...validateNestedCompleteness(`${path}.items`, `${nested}.items`, itemsOf(schema), items));
  for (const [name, inner] of sortedPairs(validation.properties)) {
    const [at, from] = [`${path}.properties[${name}]`, `${nested}.properties[${name}]`];
    const known = propertyOf(schema, name);
    if (known) errors.push(...validateNestedCompleteness(at, from, known, inner));
    else errors.push(required(at, `because it is defined in ${from}`));
  }
  return errors;
}
