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

/** Makes the rules of a schema; undefined when it has none. */
export type RulesOf = (schema: SchemaProps) => Rules | undefined;

/** Whether a condition of a definition holds. */
export function isTrue({ status }: CustomResourceDefinition, type: string): boolean {
  return (status?.conditions ?? []).some((one) => one.type === type && one.status === 'True');
}

/** The kinds of a definition that is established, in the order of preference of their versions. */
export function customKinds(definition: CustomResourceDefinition, rulesOf: RulesOf): ApiKind[] {
  if (!isTrue(definition, 'Established')) return [];
  return [...(definition.spec.versions ?? [])]
    .filter(({ served }) => served)
    .sort((a, b) => compareVersions(a.name, b.name))
    .map((version) => customKind(definition, version, rulesOf));
}

function customKind(definition: CustomResourceDefinition, version: CustomResourceVersion, rulesOf: RulesOf): ApiKind {
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
      if (rules === null) rules = schema ? rulesOf(schema) : undefined;
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
    custom: factsOf(definition, version, names.kind, terminating),
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
): CustomFacts {
  const { group } = definition.spec;
  const schema = schemaOf(definition, version.name);
  const storage = definition.spec.versions?.find((one) => one.storage)?.name ?? version.name;
  let type: CustomFacts['type'] | undefined;
  let digest: string | undefined;
  return {
    definition,
    version,
    terminating,
    get type() {
      type ??= customType(group, version.name, kind, schema);
      return type;
    },
    get digest() {
      digest ??= createHash('sha256')
        .update(JSON.stringify([version, definition.spec.names]))
        .digest('hex');
      return digest;
    },
    decode: (object) => decodeSent(definition, kind, object),
    fromStorage: (object) => readStored(definition, object, `${group}/${version.name}`),
    toStorage: (object) => inVersion(definition, object, `${group}/${storage}`),
  };
}

/** An object that was sent, by the schema of the version it says it is of; one of another kind stays as it is. */
function decodeSent(definition: CustomResourceDefinition, kind: string, object: JsonObject): CustomDecoded {
  const [group, version = ''] = String(object['apiVersion']).split('/');
  if (group !== definition.spec.group || object['kind'] !== kind) return decodeCustom(object, ANYTHING);
  return decodeCustom(object, schemaOf(definition, version));
}

/** A stored object: brought up to date by the schema of its own version, then made one of the version that is wanted. */
function readStored(definition: CustomResourceDefinition, stored: KubeObject, wanted: string): KubeObject {
  const schema = schemaOf(definition, stored.apiVersion.split('/')[1] ?? '');
  const { object, error } = decodeCustom(stored, schema);
  if (error !== undefined) return stored;
  defaultValue(object, schema);
  object.metadata.generation ??= 1;
  return inVersion(definition, object, wanted);
}

/** Conversion of the strategy None: another apiVersion, without what the other version's schema does not know. */
function inVersion(definition: CustomResourceDefinition, object: KubeObject, wanted: string): KubeObject {
  if (object.apiVersion === wanted) return object;
  const { object: converted } = decodeCustom(
    { ...object, apiVersion: wanted },
    schemaOf(definition, wanted.split('/')[1] ?? ''),
  );
  return converted;
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
