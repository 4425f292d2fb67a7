import { isJsonObject, type JsonObject } from '../../../api/object.js';
import { KustomizeError, within } from '../error.js';
import { yamlValue } from '../file/decode.js';
import type { Loader } from '../files/loader.js';
import { compareKinds } from '../resource/kind-order.js';
import {
  ANNOTATIONS,
  IMAGES,
  NAMES,
  NAMESPACES,
  REPLICAS,
  SELECTOR_LABELS,
  TEMPLATE_LABELS,
} from './default-fields.js';
import { type BackReferences, REFERENCES } from './default-references.js';
import { VARIABLE_FIELDS } from './default-variables.js';
import { type FieldSpec, mergeSpecs } from './field-spec.js';

/** The places each transformer works on. */
export interface Configuration {
  readonly namePrefix: readonly FieldSpec[];
  readonly nameSuffix: readonly FieldSpec[];
  readonly namespace: readonly FieldSpec[];
  readonly commonLabels: readonly FieldSpec[];
  readonly labels: readonly FieldSpec[];
  readonly templateLabels: readonly FieldSpec[];
  readonly commonAnnotations: readonly FieldSpec[];
  readonly varReference: readonly FieldSpec[];
  readonly images: readonly FieldSpec[];
  readonly replicas: readonly FieldSpec[];
  readonly nameReference: readonly BackReferences[];
}

/** Nothing known. */
export const NO_CONFIGURATION: Configuration = {
  namePrefix: [],
  nameSuffix: [],
  namespace: [],
  commonLabels: [],
  labels: [],
  templateLabels: [],
  commonAnnotations: [],
  varReference: [],
  images: [],
  replicas: [],
  nameReference: [],
};

const DEFAULTS: Configuration = sorted({
  namePrefix: NAMES,
  nameSuffix: NAMES,
  namespace: NAMESPACES,
  commonLabels: SELECTOR_LABELS,
  labels: [],
  templateLabels: TEMPLATE_LABELS,
  commonAnnotations: ANNOTATIONS,
  varReference: VARIABLE_FIELDS,
  images: IMAGES,
  replicas: REPLICAS,
  nameReference: REFERENCES,
});

const SPEC_FIELDS = [
  ['namePrefix', 'NamePrefix'],
  ['nameSuffix', 'NameSuffix'],
  ['namespace', 'NameSpace'],
  ['commonAnnotations', 'CommonAnnotations'],
  ['commonLabels', 'CommonLabels'],
  ['labels', 'Labels'],
  ['templateLabels', 'TemplateLabels'],
  ['varReference', 'VarReference'],
  ['images', 'Images'],
  ['replicas', 'Replicas'],
] as const;

/** What is built in, with what a kustomization's `configurations` add. */
export function readConfiguration(loader: Loader, paths: readonly string[]): Configuration {
  const added = paths.map((path) => fromFile(loader.text(path)));
  if (added.length === 0) return DEFAULTS;
  return mergeConfigurations(DEFAULTS, added.reduce(mergeConfigurations, NO_CONFIGURATION));
}

/** Both together. Throws when they contradict each other. */
export function mergeConfigurations(a: Configuration, b: Configuration): Configuration {
  if (a === b || b === NO_CONFIGURATION) return a;
  if (a === NO_CONFIGURATION) return b;
  const merged: JsonObject = {};
  for (const [field, title] of SPEC_FIELDS) {
    merged[field] = within(`failed to merge ${title} fieldSpec`, () => mergeSpecs(a[field], b[field]));
  }
  merged['nameReference'] = within('failed to merge NameReference fieldSpec', () =>
    b.nameReference.reduce(mergeReferences, [...a.nameReference]),
  );
  return sorted(merged as unknown as Configuration);
}

/** Kinds that others need come first, in messages too. */
function sorted(configuration: Configuration): Configuration {
  return Object.fromEntries(
    Object.entries(configuration).map(([field, specs]) => [field, [...specs].sort((a, b) => compareKinds(a, b))]),
  ) as unknown as Configuration;
}

function mergeReferences(references: readonly BackReferences[], added: BackReferences): BackReferences[] {
  const isSame = (one: BackReferences): boolean =>
    (['group', 'version', 'kind'] as const).every((part) => (one[part] ?? '') === (added[part] ?? ''));
  if (!references.some(isSame)) return [...references, added];
  return references.map((one) =>
    isSame(one) ? { ...one, fieldSpecs: mergeSpecs(one.fieldSpecs, added.fieldSpecs) } : one,
  );
}

function fromFile(text: string): Configuration {
  const value = yamlValue(text) ?? {};
  if (!isJsonObject(value)) {
    throw new KustomizeError(
      'error unmarshaling JSON: while decoding JSON: json: cannot unmarshal into Go value of type builtinconfig.TransformerConfig',
    );
  }
  const fields = [...SPEC_FIELDS.map(([name]) => name as string), 'nameReference'];
  const unknown = Object.keys(value)
    .sort()
    .find((key) => !fields.some((name) => name.toLowerCase() === key.toLowerCase()));
  if (unknown !== undefined) {
    throw new KustomizeError(`error unmarshaling JSON: while decoding JSON: json: unknown field "${unknown}"`);
  }
  const named = Object.entries(value).map(([key, item]) => {
    const name = fields.find((field) => field.toLowerCase() === key.toLowerCase()) ?? key;
    return [name, item ?? []] as const;
  });
  return { ...NO_CONFIGURATION, ...Object.fromEntries(named) };
}
