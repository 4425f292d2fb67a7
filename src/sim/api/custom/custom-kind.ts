/** The kinds that a CustomResourceDefinition makes: one for each version that is served. */
import { createHash } from 'node:crypto';
import { goPrint } from '../go-value.js';
import {
  type ApiKind,
  defineKind,
  fieldLabelNotSupported,
  type KindVerb,
  metadataFields,
  withStatus,
} from '../kinds/kind.js';
import type { JsonObject, KubeObject } from '../object.js';
import type {
  CustomResourceDefinition,
  CustomResourceVersion,
  SchemaProps,
} from '../types/custom-resource-definition.js';
import { customPrinter, valueAt } from './columns.js';
import { decodeCustom } from './decode.js';
import { defaultValue } from './defaults.js';
import type { CustomDecoded, CustomFacts } from './facts.js';
import { customType } from './field-type.js';
import { compareVersions } from './kube-versions.js';
import {
  finalizerWarnings,
  prepareCustomCreate,
  prepareCustomStatus,
  prepareCustomUpdate,
  type Rules,
  type StrategyParts,
  validateCustomCreate,
  validateCustomStatus,
  validateCustomUpdate,
} from './strategy.js';

const VERBS: readonly KindVerb[] = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'];
/** Of what nobody knows everything is kept. */
const ANYTHING: SchemaProps = { 'x-kubernetes-preserve-unknown-fields': true };
const SCALE = {
  name: 'scale',
  verbs: ['get', 'patch', 'update'],
  body: { group: 'autoscaling', version: 'v1', kind: 'Scale' },
};

/** What kinds need that is not theirs. */
export interface CustomParts {
  /** Makes the rules of a schema; undefined when it has none. */
  readonly rulesOf: (schema: SchemaProps) => Rules | undefined;
  /** An object without resourceVersion in another version, where a webhook converts. */
  readonly convert: (definition: CustomResourceDefinition, object: KubeObject, wanted: string) => KubeObject;
}

/** Whether a condition of a definition holds. */
export function isTrue({ status }: CustomResourceDefinition, type: string): boolean {
  return (status?.conditions ?? []).some((one) => one.type === type && one.status === 'True');
}

/** The kinds of a definition that is established, in the order of preference of their versions. */
export function customKinds(definition: CustomResourceDefinition, needs: CustomParts): ApiKind[] {
  if (!isTrue(definition, 'Established')) return [];
  return [...(definition.spec.versions ?? [])]
    .filter(({ served }) => served)
    .sort((a, b) => compareVersions(a.name, b.name))
    .map((version) => customKind(definition, version, needs));
}

function customKind(definition: CustomResourceDefinition, version: CustomResourceVersion, needs: CustomParts): ApiKind {
  const { group } = definition.spec;
  const names = definition.status?.acceptedNames ?? definition.spec.names;
  const namespaced = definition.spec.scope === 'Namespaced';
  const schema = schemaOf(definition, version.name);
  let rules: Rules | undefined | null = null;
  const parts: StrategyParts = {
    version,
    apiVersion: `${group}/${version.name}`,
    kind: names.kind,
    namespaced,
    // Compiled when something is written for the first time.
    get rules() {
      if (rules === null) rules = schema ? needs.rulesOf(schema) : undefined;
      return rules;
    },
  };
  const selectable = (version.selectableFields ?? []).map(({ jsonPath }) => jsonPath);
  const { status, scale } = version.subresources ?? {};
  const terminating = isTrue(definition, 'Terminating');
  return defineKind({
    group,
    version: version.name,
    kind: names.kind,
    plural: names.plural,
    singular: names.singular ?? '',
    shortNames: names.shortNames ?? [],
    categories: names.categories ?? [],
    namespaced,
    verbs: VERBS,
    subresourceFacts: [...(status ? withStatus() : []), ...(scale ? [SCALE] : [])],
    storagePrefix: `${group}/${names.plural}`,
    unconditionalUpdate: false,
    applyDefaults: (object) => defaultValue(object, schema),
    prepareCreate: (object) => prepareCustomCreate(parts, object),
    validateCreate: (object) => validateCustomCreate(parts, object),
    prepareUpdate: (object, old) => prepareCustomUpdate(parts, object, old),
    validateUpdate: (object, old) => validateCustomUpdate(parts, object, old),
    prepareStatus: prepareCustomStatus,
    validateStatus: (object, old) => validateCustomStatus(parts, object, old),
    warnings: finalizerWarnings,
    fieldLabels: [
      'metadata.name',
      ...(namespaced ? ['metadata.namespace'] : []),
      ...selectable.map((path) => path.replace(/^\./, '')),
    ],
    fieldLabelError: fieldLabelNotSupported,
    selectableFields: (object) => selectableFields(object, selectable),
    printer: customPrinter(version.additionalPrinterColumns),
    deprecation: deprecationOf(definition, version),
    custom: factsOf(definition, version, names.kind, terminating, needs),
  });
}

function schemaOf({ spec }: CustomResourceDefinition, version: string): SchemaProps | undefined {
  const schema = spec.versions?.find(({ name }) => name === version)?.schema?.openAPIV3Schema;
  return spec.preserveUnknownFields ? { ...schema, 'x-kubernetes-preserve-unknown-fields': true } : schema;
}

function factsOf(
  definition: CustomResourceDefinition,
  version: CustomResourceVersion,
  kind: string,
  terminating: boolean,
  { convert }: CustomParts,
): CustomFacts {
  const { group } = definition.spec;
  const storage = definition.spec.versions?.find((one) => one.storage)?.name ?? version.name;
  const converts = definition.spec.conversion?.strategy === 'Webhook';
  const other = converts ? convert : renamed;
  const types = new Map<string, CustomFacts['type']>();
  const typeOf = (name: string) => {
    const type = types.get(name) ?? customType(group, name, kind, schemaOf(definition, name));
    types.set(name, type);
    return type;
  };
  let digest: string | undefined;
  return {
    definition,
    version,
    terminating,
    converts,
    get type() {
      return typeOf(version.name);
    },
    get digest() {
      digest ??= createHash('sha256')
        .update(JSON.stringify([version, definition.spec.names]))
        .digest('hex');
      return digest;
    },
    decode: (object) => decodeSent(definition, kind, object),
    fromStorage: (object) => readStored(definition, object, `${group}/${version.name}`, other),
    inVersion: (object, apiVersion) => {
      const served = definition.spec.versions?.find(({ name, served }) => served && apiVersion === `${group}/${name}`);
      if (!served) return undefined;
      const isThere = object['apiVersion'] === apiVersion;
      const made = isThere ? object : other(definition, object as KubeObject, apiVersion);
      return { type: typeOf(served.name), object: made as JsonObject };
    },
    toStorage: (object) => inVersion(definition, object, `${group}/${storage}`, other),
  };
}

/** An object that was sent, by the schema of the version it says it is of; one of another kind stays as it is. */
function decodeSent(definition: CustomResourceDefinition, kind: string, object: JsonObject): CustomDecoded {
  const [group, version = ''] = String(object['apiVersion']).split('/');
  if (group !== definition.spec.group || object['kind'] !== kind) return decodeCustom(object, ANYTHING);
  return decodeCustom(object, schemaOf(definition, version));
}

type Convert = CustomParts['convert'];

/** A stored object: brought up to date by the schema of its own version, then made one of the version that is wanted. */
function readStored(
  definition: CustomResourceDefinition,
  stored: KubeObject,
  wanted: string,
  convert: Convert,
): KubeObject {
  const schema = schemaOf(definition, stored.apiVersion.split('/')[1] ?? '');
  const { object, error } = decodeCustom(stored, schema);
  if (error !== undefined) return stored;
  defaultValue(object, schema);
  object.metadata.generation ??= 1;
  return inVersion(definition, object, wanted, convert);
}

/** An object in another version, without what that version's schema does not know. */
function inVersion(
  definition: CustomResourceDefinition,
  object: KubeObject,
  wanted: string,
  convert: Convert,
): KubeObject {
  if (object.apiVersion === wanted) return object;
  // What is stored has no resourceVersion yet, or none any more.
  const { resourceVersion, ...metadata } = object.metadata;
  const converted = convert(definition, { ...object, metadata }, wanted);
  const { object: made } = decodeCustom(converted, schemaOf(definition, wanted.split('/')[1] ?? ''));
  if (resourceVersion !== undefined) made.metadata.resourceVersion = resourceVersion;
  return made;
}

/** Conversion of the strategy None: another apiVersion. */
function renamed(_definition: CustomResourceDefinition, object: KubeObject, wanted: string): KubeObject {
  return { ...object, apiVersion: wanted };
}

function selectableFields(object: KubeObject, paths: readonly string[]): Record<string, string> {
  const fields = metadataFields(object);
  for (const path of paths) {
    const value = valueAt(object, path);
    fields[path.replace(/^\./, '')] = value === undefined || value === null ? '' : goPrint(value);
  }
  return fields;
}

/** `example.com/v1beta1 Widget is deprecated; use example.com/v1 Widget`. */
function deprecationOf({ spec }: CustomResourceDefinition, version: CustomResourceVersion): string | undefined {
  if (!version.deprecated) return undefined;
  if (version.deprecationWarning !== undefined) return version.deprecationWarning;
  const { group, names } = spec;
  const newer = (spec.versions ?? [])
    .filter(({ name, served, deprecated }) => served && !deprecated && compareVersions(name, version.name) < 0)
    .map(({ name }) => name)
    .sort(compareVersions);
  const words = `${group}/${version.name} ${names.kind} is deprecated`;
  return newer.length === 0 ? words : `${words}; use ${group}/${newer[0]} ${names.kind}`;
}
