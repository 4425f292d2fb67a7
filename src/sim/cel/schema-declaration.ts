/** Declarations of what structural schemas describe: k8s.io/apiserver/pkg/cel/common's SchemaDeclType. */

import { utf8Length } from '../api/go-text.js';
import {
  type Declaration,
  listDeclaration,
  mapDeclaration,
  objectDeclaration,
  scalarDeclaration,
} from './declaration.js';
import { escapeField } from './escape.js';
import { REQUEST_BYTES_MAX } from './limits.js';
import { BOOL, BYTES, DOUBLE, DURATION, DYN, INT, STRING, TIMESTAMP } from './types.js';

/** What is read of a structural schema (JSONSchemaProps). */
export interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly nullable?: boolean;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly maxProperties?: number;
  readonly 'x-kubernetes-embedded-resource'?: boolean;
  readonly 'x-kubernetes-int-or-string'?: boolean;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-list-type'?: string;
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
}

const DATE_BYTES = 12;
const DURATION_BYTES_MAX = 32;
const DURATION_BYTES_MIN = 3;
const INSTANT_BYTES_MAX = 32;
const INSTANT_BYTES_MIN = 21;
const TEXT_BYTES_MAX = REQUEST_BYTES_MAX - 2;

/** The declaration of a schema's values, undefined where expressions do not see them. */
export function schemaDeclaration(schema: Schema | undefined, isResource = false): Declaration | undefined {
  if (!schema) return undefined;
  if (schema['x-kubernetes-int-or-string']) {
    return scalarDeclaration(DYN, 1, schema.maxLength === undefined ? TEXT_BYTES_MAX : charactersMax(schema.maxLength));
  }
  switch (schema.type) {
    case 'array':
      return arrayDeclaration(schema);
    case 'object':
      return mapOrObjectDeclaration(isResource ? withObjectMeta(schema) : schema);
    case 'string':
      return textDeclaration(schema);
    case 'boolean':
      return scalarDeclaration(BOOL, 4);
    case 'number':
      return scalarDeclaration(DOUBLE, 1);
    case 'integer':
      return scalarDeclaration(INT, 1);
    default:
      return undefined;
  }
}

function declarationOf(schema: Schema): Declaration | undefined {
  return schemaDeclaration(schema, schema['x-kubernetes-embedded-resource'] === true);
}

function arrayDeclaration({ items, maxItems }: Schema): Declaration | undefined {
  const element = items && declarationOf(items);
  if (!element) return undefined;
  const most = maxItems ?? Math.trunc((REQUEST_BYTES_MAX - 2) / (element.minSize + 1));
  return listDeclaration(element, Math.max(0, most));
}

function mapOrObjectDeclaration(schema: Schema): Declaration | undefined {
  const { additionalProperties: values, maxProperties, properties = {}, required = [] } = schema;
  if (typeof values === 'object') {
    const element = declarationOf(values);
    if (!element) return undefined;
    const most = maxProperties ?? Math.trunc((REQUEST_BYTES_MAX - 2) / (element.minSize + 6));
    return mapDeclaration(element, Math.max(0, most));
  }
  const fields: [string, Declaration][] = [];
  let minSize = 2;
  for (const [name, property] of Object.entries(properties)) {
    const declaration = declarationOf(property);
    if (!declaration) continue;
    const escaped = escapeField(name);
    if (escaped !== undefined) fields.push([escaped, declaration]);
    const mustBeGiven = required.includes(name) && (property.default === undefined || property.default === null);
    if (mustBeGiven) minSize += utf8Length(name) + declaration.minSize + 4;
  }
  return objectDeclaration(Object.fromEntries(fields), minSize);
}

function textDeclaration(schema: Schema): Declaration {
  switch (schema.format) {
    case 'byte':
      return scalarDeclaration(BYTES, 2, Math.max(0, schema.maxLength ?? TEXT_BYTES_MAX));
    case 'duration':
      return scalarDeclaration(DURATION, DURATION_BYTES_MIN, DURATION_BYTES_MAX);
    case 'date':
      return scalarDeclaration(TIMESTAMP, DATE_BYTES, DATE_BYTES);
    case 'date-time':
      return scalarDeclaration(TIMESTAMP, INSTANT_BYTES_MIN, INSTANT_BYTES_MAX);
    default:
      return scalarDeclaration(STRING, 2, textBytesMax(schema));
  }
}

function textBytesMax({ maxLength, enum: values = [] }: Schema): number {
  if (maxLength !== undefined) return charactersMax(maxLength);
  if (values.length === 0) return TEXT_BYTES_MAX;
  return Math.max(0, ...values.map((value) => (typeof value === 'string' ? utf8Length(value) : 0)));
}

/** A schema counts characters, requests are counted in bytes. */
function charactersMax(maxLength: number): number {
  return Math.max(0, maxLength) * 4;
}

/** At the root of a resource these can always be read, whatever its schema says of them. */
export function withObjectMeta(schema: Schema): Schema {
  const text: Schema = { type: 'string' };
  const metadata: Schema = { type: 'object', properties: { name: text, generateName: text } };
  return { ...schema, properties: { ...schema.properties, kind: text, apiVersion: text, metadata } };
}
