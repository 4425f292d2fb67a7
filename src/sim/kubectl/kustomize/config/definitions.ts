import { isJsonObject, type JsonObject } from '../../../api/object.js';
import { KustomizeError, within } from '../error.js';
import { yamlValue } from '../file/decode.js';
import type { Loader } from '../files/loader.js';
import { type Configuration, mergeConfigurations, NO_CONFIGURATION } from './configuration.js';
import type { FieldSpec } from './field-spec.js';

/** What the definitions under `crds` (OpenAPI with extensions of its own) say about the fields of other kinds. */
export function readDefinitions(loader: Loader, paths: readonly string[]): Configuration {
  return paths.map((path) => fromFile(path, loader.text(path))).reduce(mergeConfigurations, NO_CONFIGURATION);
}

function fromFile(path: string, text: string): Configuration {
  const types = within(`unable to parse open API definition from '${path}'`, () => yamlValue(text));
  if (!isJsonObject(types)) {
    throw new KustomizeError(
      `unable to parse open API definition from '${path}': json: cannot unmarshal into Go value of type accumulator.nameToApiMap`,
    );
  }
  return Object.keys(types)
    .filter((name) => ['kind', 'apiVersion', 'metadata'].every((field) => field in propertiesOf(types, name)))
    .map((name) => collect(types, name, name.split('.').at(-1) ?? '', [], new Set()))
    .reduce(mergeConfigurations, NO_CONFIGURATION);
}

function propertiesOf(types: JsonObject, name: string): JsonObject {
  const schema = (types[name] as JsonObject | undefined)?.['Schema'] as JsonObject | undefined;
  return (schema?.['properties'] ?? {}) as JsonObject;
}

function collect(
  types: JsonObject,
  name: string,
  kind: string,
  path: readonly string[],
  open: ReadonlySet<string>,
): Configuration {
  if (open.has(name)) return NO_CONFIGURATION;
  let found = NO_CONFIGURATION;
  for (const [field, property] of Object.entries(propertiesOf(types, name))) {
    if (!isJsonObject(property)) continue;
    const place = [...path, field];
    found = mergeConfigurations(found, fromProperty(property, kind, place));
    const reference = property['$ref'];
    if (typeof reference === 'string') {
      found = mergeConfigurations(found, collect(types, reference, kind, place, new Set([...open, name])));
    }
  }
  return found;
}

function fromProperty(property: JsonObject, kind: string, path: readonly string[]): Configuration {
  const text = (name: string): string | undefined => {
    const value = property[`x-kubernetes-${name}`];
    return typeof value === 'string' ? value : undefined;
  };
  const spec = (...more: readonly string[]): FieldSpec => ({ kind, path: [...path, ...more].join('/') });
  const version = text('object-ref-api-version');
  const target = text('object-ref-kind');
  return {
    ...NO_CONFIGURATION,
    commonAnnotations: text('annotation') === undefined ? [] : [spec()],
    commonLabels: text('label-selector') === undefined ? [] : [spec()],
    namePrefix: text('identity') === undefined ? [] : [spec()],
    nameReference:
      version === undefined || target === undefined
        ? []
        : [{ kind: target, version, fieldSpecs: [spec(text('object-ref-name-key') ?? 'name')] }],
  };
}
