/** Schemas of custom resources: structural, and without what the server does not support (apiextensions/validation). */
import { followFieldPath } from '../../custom/field-path.js';
import { type FieldError, forbidden, invalid, notSupported, required } from '../../field-error.js';
import type { SchemaProps } from '../../types/custom-resource-definition.js';
import { sortedPairs } from '../meta.js';
import { validateDefaults } from './default-rules.js';
import { validateLists } from './list-rules.js';
import { validateStructural } from './structural-rules.js';

const TYPES = ['array', 'boolean', 'integer', 'number', 'object', 'string'];
const REASONS = ['FieldValueDuplicate', 'FieldValueForbidden', 'FieldValueInvalid', 'FieldValueRequired'];
/** Fields the server does not support, as their messages name them. */
const UNSUPPORTED = ['id', 'additionalItems', 'patternProperties', 'definitions', 'dependencies', '$ref'] as const;

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
  const unsupported = unsupportedField(schema);
  const structural = unsupported === undefined ? validateStructural(at, schema) : [];
  errors.push(...structural);
  const isSound = unsupported === undefined && structural.length === 0;
  const defaults = isSound ? validateDefaults(at, withoutRootMeta(schema)) : [];
  errors.push(...defaults, ...validateProps(at, schema, { level: 'root', reason: undefined, insideMeta: false }));
  if (errors.length === 0 && unsupported !== undefined) return [invalid(at, '', unsupported)];
  return errors;
}

/** Defaults of the root's own metadata are refused as such. */
function withoutRootMeta(schema: SchemaProps): SchemaProps {
  const { apiVersion: _apiVersion, kind: _kind, metadata: _metadata, ...properties } = schema.properties ?? {};
  return { ...schema, properties };
}

/** What keeps a schema from being made a structural one; told only where nothing else is wrong. */
function unsupportedField(schema: SchemaProps): string | undefined {
  const given = (value: unknown) =>
    value !== undefined &&
    value !== '' &&
    !(typeof value === 'object' && value !== null && Object.keys(value).length === 0);
  for (const field of ['id', '$schema', '$ref', 'patternProperties', 'dependencies'] as const) {
    if (given(schema[field])) return `OpenAPIV3Schema '${field === '$schema' ? 'schema' : field}' is not supported`;
  }
  if (schema.additionalItems !== undefined) return "OpenAPIV3Schema 'additionalItems' is not supported";
  if (given(schema.definitions)) return "OpenAPIV3Schema 'definitions' is not supported";
  if (schema['x-kubernetes-preserve-unknown-fields'] === false) {
    return "internal error: 'x-kubernetes-preserve-unknown-fields' must be true or undefined";
  }
  if (Array.isArray(schema.items)) return "OpenAPIV3Schema 'items' must be a schema, but is an array";
  const others = schema.additionalProperties;
  const inner = [
    schema.not,
    ...(schema.allOf ?? []),
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
    schema.items,
    ...Object.values(schema.properties ?? {}),
    typeof others === 'object' ? others : undefined,
  ];
  for (const one of inner) {
    const found = one && unsupportedField(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Where a schema stands, and why no default may stand there. */
interface Place {
  readonly level: 'root' | 'inner';
  readonly reason: string | undefined;
  readonly insideMeta: boolean;
}

const META = new Set(['apiVersion', 'kind', 'metadata']);

function validateProps(path: string, schema: SchemaProps, place: Place): FieldError[] {
  const errors = validateSupported(path, schema, place);
  const inside: Place = { ...place, level: 'inner' };
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
    const reason = place.insideMeta ? 'inside additionalProperties applying to object metadata' : place.reason;
    if (typeof additionalProperties === 'object')
      errors.push(...validateProps(at, additionalProperties, { ...inside, reason }));
  }
  for (const [name, inner] of sortedPairs(properties)) {
    const isRoot = place.level === 'root';
    const isMeta = META.has(name) && (isRoot || schema['x-kubernetes-embedded-resource'] === true);
    const own = isMeta
      ? { ...inside, insideMeta: true, ...(isRoot ? { reason: `in top-level ${name}` } : {}) }
      : inside;
    errors.push(...validateProps(`${path}.properties[${name}]`, inner, own));
  }
  if (schema.not) errors.push(...validateProps(`${path}.not`, schema.not, inside));
  for (const junctor of ['allOf', 'oneOf', 'anyOf'] as const) {
    (schema[junctor] ?? []).forEach((inner, index) => {
      errors.push(...validateProps(`${path}.${junctor}[${index}]`, inner, inside));
    });
  }
  if (items && !Array.isArray(items)) errors.push(...validateProps(`${path}.items`, items, inside));
  return [...errors, ...validateLists(path, schema), ...validateRules(path, schema)];
}

function validateSupported(path: string, schema: SchemaProps, place: Place): FieldError[] {
  const { type } = schema;
  const errors: FieldError[] = [];
  if (type && !TYPES.includes(type)) errors.push(notSupported(`${path}.type`, type, TYPES));
  if (schema.default !== undefined && schema.default !== null && place.reason !== undefined) {
    errors.push(forbidden(`${path}.default`, `must not be set ${place.reason}`));
  }
  for (const field of UNSUPPORTED) {
    if (schema[field] !== undefined) errors.push(forbidden(`${path}.${field}`, `${field} is not supported`));
  }
  if (type === 'null') {
    errors.push(forbidden(`${path}.type`, 'type cannot be set to null, use nullable as an alternative'));
  }
  if (Array.isArray(schema.items)) {
    errors.push(forbidden(`${path}.items`, 'items must be a schema object and not an array'));
  }
  if (place.insideMeta && schema['x-kubernetes-embedded-resource']) {
    errors.push(forbidden(`${path}.x-kubernetes-embedded-resource`, 'must not be used inside of resource meta'));
  }
  return errors;
}

function validateRules(path: string, schema: SchemaProps): FieldError[] {
  return (schema['x-kubernetes-validations'] ?? []).flatMap((one, index) => {
    const at = `${path}.x-kubernetes-validations[${index}]`;
    const { rule = '', message = '', messageExpression = '', reason, fieldPath = '' } = one;
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
    if (fieldPath !== '' && fieldPath.trim() === '') {
      errors.push(invalid(`${at}.fieldPath`, fieldPath, 'must be non-empty if specified'));
    }
    if (breaks.test(fieldPath)) errors.push(invalid(`${at}.fieldPath`, fieldPath, 'must not contain line breaks'));
    if (fieldPath !== '' && followFieldPath(fieldPath, schema).error !== undefined) {
      errors.push(invalid(`${at}.fieldPath`, fieldPath, 'must be a valid path'));
    }
    return errors;
  });
}
