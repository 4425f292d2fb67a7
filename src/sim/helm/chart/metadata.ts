import { goNumber } from '../../api/go-number.js';
import { goQuote } from '../../api/go-text.js';
import { isJsonObject, type JsonObject } from '../../api/object.js';
import { readYaml } from '../../api/yaml/read.js';
import { HelmError } from '../errors.js';
import { parseVersion } from '../semver/version.js';
import type { Dependency, Metadata } from './chart.js';

type FieldKind = 'text' | 'texts' | 'truth' | 'map' | 'maintainers' | 'dependencies' | 'any';

/** The fields of Chart.yaml in the order in which helm writes them. */
const FIELDS: Readonly<Record<keyof Metadata, FieldKind>> = {
  name: 'text',
  home: 'text',
  sources: 'texts',
  version: 'text',
  description: 'text',
  keywords: 'texts',
  maintainers: 'maintainers',
  icon: 'text',
  apiVersion: 'text',
  condition: 'text',
  tags: 'text',
  appVersion: 'text',
  deprecated: 'truth',
  annotations: 'map',
  kubeVersion: 'text',
  dependencies: 'dependencies',
  type: 'text',
};
const DEPENDENCY_FIELDS: Readonly<Record<keyof Dependency, FieldKind>> = {
  name: 'text',
  version: 'text',
  repository: 'text',
  condition: 'text',
  tags: 'texts',
  enabled: 'truth',
  'import-values': 'any',
  alias: 'text',
};
const MAINTAINER_FIELDS = { name: 'text', email: 'text', url: 'text' } as const;

/** The field of Go's structure, for what encoding/json says of wrong types. */
const GO_NAMES: Readonly<Record<string, string>> = { apiVersion: 'apiVersion', appVersion: 'appVersion' };

/** Reads Chart.yaml (or what requirements.yaml adds to it). Throws YamlError, and HelmError for wrong types. */
export function readMetadata(text: string, base: Metadata = {}): Metadata {
  const value = readYaml(text);
  if (value === null) return base;
  if (!isJsonObject(value)) throw unmarshalError(value, 'Metadata', '', 'v2.Metadata');
  return { ...base, ...(structOf(value, FIELDS, 'Metadata', '') as Metadata) };
}

/** The dependencies of a Chart.lock. */
export function readDependencies(value: unknown): Dependency[] {
  return (Array.isArray(value) ? value : []).map((item) =>
    dependencyOf(structOf(isJsonObject(item) ? item : {}, DEPENDENCY_FIELDS, 'Lock', 'dependencies.')),
  );
}

function structOf(
  value: JsonObject,
  fields: Readonly<Record<string, FieldKind>>,
  struct: string,
  path: string,
): JsonObject {
  const result: JsonObject = {};
  for (const [field, kind] of Object.entries(fields)) {
    // encoding/json finds fields whatever the case of their letters.
    const key = Object.hasOwn(value, field)
      ? field
      : Object.keys(value).find((each) => each.toLowerCase() === field.toLowerCase());
    if (key === undefined || value[key] === null) continue;
    const read = fieldOf(value[key], kind, struct, `${path}${GO_NAMES[field] ?? field}`);
    if (!isEmpty(read)) result[field] = read;
  }
  return result;
}

/** Numbers and truth values become the texts they stand for where a text is wanted (sigs.k8s.io/yaml). */
export function scalarText(value: unknown): string {
  return typeof value === 'number' ? goNumber(value) : String(value);
}

function isEmpty(value: unknown): boolean {
  return (
    value === '' || value === false || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
  );
}

function fieldOf(value: unknown, kind: FieldKind, struct: string, path: string): unknown {
  switch (kind) {
    case 'text':
      if (typeof value === 'object') throw unmarshalError(value, struct, path, 'string');
      return scalarText(value);
    case 'truth':
      if (typeof value !== 'boolean') throw unmarshalError(value, struct, path, 'bool');
      return value;
    case 'texts':
      if (!Array.isArray(value)) throw unmarshalError(value, struct, path, '[]string');
      return value.map((item) => fieldOf(item ?? '', 'text', struct, path));
    case 'map':
      if (!isJsonObject(value)) throw unmarshalError(value, struct, path, 'map[string]string');
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, fieldOf(item ?? '', 'text', struct, path)]),
      );
    case 'maintainers':
      if (!Array.isArray(value)) throw unmarshalError(value, struct, path, '[]*v2.Maintainer');
      return value.map((item) =>
        isJsonObject(item) ? structOf(item, MAINTAINER_FIELDS, 'Maintainer', `${path}.`) : null,
      );
    case 'dependencies':
      if (!Array.isArray(value)) throw unmarshalError(value, struct, path, '[]*v2.Dependency');
      return value.map((item) =>
        isJsonObject(item) ? dependencyOf(structOf(item, DEPENDENCY_FIELDS, 'Dependency', `${path}.`)) : null,
      );
    default:
      return value;
  }
}

function dependencyOf(value: JsonObject): Dependency {
  return { name: '', repository: '', ...value };
}

function unmarshalError(value: unknown, struct: string, path: string, type: string): HelmError {
  const is = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
  const target = path === '' ? `Go value of type ${type}` : `Go struct field ${struct}.${path} of type ${type}`;
  return new HelmError(`error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${is} into ${target}`);
}

/** Fields that Chart.yaml has and helm does not know, or that stand twice (strict reading, for lint). */
export function strictProblem(text: string): string | undefined {
  const value = readYaml(text, { strict: true });
  if (!isJsonObject(value)) return undefined;
  const unknown = Object.keys(value).find(
    (key) => !Object.keys(FIELDS).some((f) => f.toLowerCase() === key.toLowerCase()),
  );
  return unknown === undefined
    ? undefined
    : `error unmarshaling JSON: while decoding JSON: json: unknown field ${goQuote(unknown)}`;
}

/** What is wrong with a chart's metadata, in the words of its `Validate`; throws HelmError. */
export function validateMetadata(metadata: Metadata): void {
  const refuse = (why: string): never => {
    throw new HelmError(`validation: ${why}`);
  };
  const { name = '', version = '', type = '' } = metadata;
  if (!metadata.apiVersion) refuse('chart.metadata.apiVersion is required');
  if (name === '') refuse('chart.metadata.name is required');
  if (name === '.' || name === '..') refuse(`chart.metadata.name ${goQuote(name)} is not allowed`);
  if (name.includes('/')) refuse(`chart.metadata.name ${goQuote(name)} is invalid`);
  if (version === '') refuse('chart.metadata.version is required');
  if (!parseVersion(version)) refuse(`chart.metadata.version ${goQuote(version)} is invalid`);
  if (!['', 'application', 'library'].includes(type)) refuse('chart.metadata.type must be application or library');
  if (metadata.maintainers?.some((each) => each === null)) refuse('maintainers must not contain empty or null nodes');
  const keys = new Set<string>();
  for (const dependency of metadata.dependencies ?? []) {
    if (dependency === null) refuse('dependencies must not contain empty or null nodes');
    const { alias = '' } = dependency;
    if (alias !== '' && !/^[\w-]+$/.test(alias))
      refuse(`dependency ${goQuote(dependency.name)} has disallowed characters in the alias`);
    const key = alias || dependency.name;
    if (keys.has(key)) refuse(`more than one dependency with name or alias ${goQuote(key)}`);
    keys.add(key);
  }
}
