/** Schemas of custom resources: structural, and without what the server does not support (apiextensions/validation). */
import { type FieldError, forbidden, invalid, notSupported, printFieldError, required } from '../../field-error.js';
import { compareText } from '../../go-text.js';
import type { SchemaProps } from '../../types/custom-resource-definition.js';
import { sortedPairs } from '../meta.js';
import { validateLists } from './list-rules.js';

const TYPES = ['array', 'boolean', 'integer', 'number', 'object', 'string'];
const REASONS = ['FieldValueDuplicate', 'FieldValueForbidden', 'FieldValueInvalid', 'FieldValueRequired'];
/** Fields the server does not support, as their messages name them. */
const UNSUPPORTED = ['id', 'additionalItems', 'patternProperties', 'definitions', 'dependencies', '$ref'] as const;

/** Where a schema stands in the whole. */
type Level = 'field' | 'item' | 'root';

const MISSING_TYPE: Readonly<Record<Level, string>> = {
  field: 'must not be empty for specified object fields',
  item: 'must not be empty for specified array items',
  root: 'must not be empty at the root',
};

/** A version's schema; absent is for others to refuse. */
export function validateSchema(path: string, schema: SchemaProps | undefined, hasStatus: boolean): FieldError[] {
  if (!schema) return [];
  const at = `${path}.openAPIV3Schema`;
  const errors: FieldError[] = [];
  if (hasStatus && schema.type && schema.type !== 'object') {
    const words = 'only "object" is allowed as the type at the root of the schema if the status subresource is enabled';
    errors.push(invalid(`${at}.type`, schema.type, words));
  }
  if (schema.nullable) errors.push(forbidden(`${at}.nullable`, 'nullable cannot be true at the root'));
  const structural = validateStructure(at, schema, 'root');
  structural.sort((a, b) => compareText(printFieldError(a), printFieldError(b)));
  return [...errors, ...structural, ...validateProps(at, schema)];
}

function validateStructure(path: string, schema: SchemaProps, level: Level): FieldError[] {
  const { type = '', items, properties, additionalProperties } = schema;
  const errors: FieldError[] = [];
  if (type === 'array' && !items) errors.push(required(`${path}.items`, 'must be specified'));
  if (items && !Array.isArray(items)) errors.push(...validateStructure(`${path}.items`, items, 'item'));
  for (const [name, inner] of sortedPairs(properties)) {
    errors.push(...validateStructure(`${path}.properties[${name}]`, inner, 'field'));
  }
  if (additionalProperties !== undefined) {
    const at = `${path}.additionalProperties`;
    if (level === 'root') errors.push(forbidden(at, 'must not be used at the root'));
    if (typeof additionalProperties === 'object') errors.push(...validateStructure(at, additionalProperties, 'field'));
  }
  return [...errors, ...validateType(path, schema, level), ...validatePattern(path, schema.pattern)];
}

function validateType(path: string, schema: SchemaProps, level: Level): FieldError[] {
  const { type = '' } = schema;
  const intOrString = schema['x-kubernetes-int-or-string'];
  const preserve = schema['x-kubernetes-preserve-unknown-fields'];
  const embedded = schema['x-kubernetes-embedded-resource'];
  const errors: FieldError[] = [];
  if (intOrString && preserve) {
    const words = 'must be false if x-kubernetes-int-or-string is true';
    errors.push(invalid(`${path}.x-kubernetes-preserve-unknown-fields`, preserve, words));
  }
  if (embedded && type !== 'object') {
    const words = 'must be object if x-kubernetes-embedded-resource is true';
    errors.push(type === '' ? required(`${path}.type`, words) : invalid(`${path}.type`, type, words));
  } else if (type === '' && !intOrString && !preserve) errors.push(required(`${path}.type`, MISSING_TYPE[level]));
  if (level === 'root' && type !== '' && type !== 'object') {
    errors.push(invalid(`${path}.type`, type, 'must be object at the root'));
  }
  return errors;
}

function validatePattern(path: string, pattern: string | undefined): FieldError[] {
  if (!pattern) return [];
  try {
    new RegExp(pattern, 'u');
    return [];
  } catch (error) {
    const words = `must be a valid regular expression, but isn't: ${(error as Error).message}`;
    return [invalid(`${path}.pattern`, pattern, words)];
  }
}

function validateProps(path: string, schema: SchemaProps): FieldError[] {
  const errors = validateSupported(path, schema);
  const { additionalProperties, properties, items } = schema;
  if (schema.uniqueItems) {
    const words = 'uniqueItems cannot be set to true since the runtime complexity becomes quadratic';
    errors.push(forbidden(`${path}.uniqueItems`, words));
  }
  if (additionalProperties !== undefined) {
    const at = `${path}.additionalProperties`;
    if (Object.keys(properties ?? {}).length > 0 && additionalProperties !== true) {
      errors.push(forbidden(at, 'additionalProperties and properties are mutual exclusive'));
    }
    if (typeof additionalProperties === 'object') errors.push(...validateProps(at, additionalProperties));
  }
  for (const [name, inner] of sortedPairs(properties)) {
    errors.push(...validateProps(`${path}.properties[${name}]`, inner));
  }
  if (schema.not) errors.push(...validateProps(`${path}.not`, schema.not));
  for (const junctor of ['allOf', 'oneOf', 'anyOf'] as const) {
    (schema[junctor] ?? []).forEach((inner, index) => {
      errors.push(...validateProps(`${path}.${junctor}[${index}]`, inner));
    });
  }
  if (items && !Array.isArray(items)) errors.push(...validateProps(`${path}.items`, items));
  return [...errors, ...validateLists(path, schema), ...validateRules(path, schema)];
}

function validateSupported(path: string, schema: SchemaProps): FieldError[] {
  const { type } = schema;
  const errors: FieldError[] = [];
  if (type && !TYPES.includes(type)) errors.push(notSupported(`${path}.type`, type, TYPES));
  for (const field of UNSUPPORTED) {
    if (schema[field] !== undefined) errors.push(forbidden(`${path}.${field}`, `${field} is not supported`));
  }
  if (type === 'null') {
    errors.push(forbidden(`${path}.type`, 'type cannot be set to null, use nullable as an alternative'));
  }
  if (Array.isArray(schema.items)) {
    errors.push(forbidden(`${path}.items`, 'items must be a schema object and not an array'));
  }
  return errors;
}

function validateRules(path: string, schema: SchemaProps): FieldError[] {
  return (schema['x-kubernetes-validations'] ?? []).flatMap((one, index) => {
    const at = `${path}.x-kubernetes-validations[${index}]`;
    const { rule = '', message = '', messageExpression = '', reason } = one;
    const errors: FieldError[] = [];
    const breaks = /[\n\r]/;
    if (rule.trim() === '') errors.push(required(`${at}.rule`, 'rule is not specified'));
    else if (message !== '' && message.trim() === '') {
      errors.push(invalid(`${at}.message`, message, 'must be non-empty if specified'));
    } else if (breaks.test(message.trim())) {
      errors.push(invalid(`${at}.message`, message, 'must not contain line breaks'));
    } else if (breaks.test(rule.trim()) && message.trim() === '') {
      errors.push(required(`${at}.message`, 'message must be specified if rule contains line breaks'));
    }
    if (messageExpression !== '' && messageExpression.trim() === '') {
      errors.push(required(`${at}.messageExpression`, 'messageExpression must be non-empty if specified'));
    }
    if (reason !== undefined && !REASONS.includes(reason)) errors.push(notSupported(`${at}.reason`, reason, REASONS));
    return errors;
  });
}
