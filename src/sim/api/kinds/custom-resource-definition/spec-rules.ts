/** What is wrong with a CustomResourceDefinition (apiextensions/validation). Rules in CEL are not compiled here. */
import { type FieldError, forbidden, invalid, notSupported, required } from '../../field-error.js';
import { goJson, utf8Length } from '../../go-text.js';
import { dns1123Subdomain, nameIsSubdomain } from '../../names.js';
import type {
  CustomResourceConversion,
  CustomResourceDefinition,
  CustomResourceDefinitionSpec,
  CustomResourceVersion,
  SchemaProps,
} from '../../types/custom-resource-definition.js';
import { validateClientConfig } from '../admission/client-config-rules.js';
import { immutable, validateMeta, validateMetaUpdate } from '../meta.js';
import { internalVersions } from './internal-versions.js';
import { mustBeLabel, validateNames } from './name-rules.js';
import { validateSchema } from './schema-rules.js';
import { validateColumn, validateSelectableFields, validateSubresources } from './version-rules.js';

const SCOPES = ['Cluster', 'Namespaced'];
const STRATEGIES = ['None', 'Webhook'];
const REVIEW_VERSIONS = ['v1', 'v1beta1'];
const WARNING_BYTES_MAX = 256;
const APPROVAL = 'api-approved.kubernetes.io';

/** All of a definition; of a changed one with its `old` form. */
export function validateDefinition(object: CustomResourceDefinition, old?: CustomResourceDefinition): FieldError[] {
  const { spec, status } = object;
  const errors = old ? validateMetaUpdate(object, old) : validateName(object);
  errors.push(...validateSpec(spec));
  if (spec.preserveUnknownFields && (spec.versions ?? []).some(({ schema }) => hasDefaults(schema?.openAPIV3Schema))) {
    errors.push(invalid('spec.preserveUnknownFields', true, 'must be false in order to use defaults in the schema'));
  }
  if (old) errors.push(...validateChange(spec, old));
  errors.push(...validateNames('status.acceptedNames', status?.acceptedNames));
  errors.push(...validateStoredVersions(object), ...validateApproval(object, old));
  if (spec.preserveUnknownFields && !old?.spec.preserveUnknownFields) {
    const words =
      'cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead';
    errors.push(invalid('spec.preserveUnknownFields', true, words));
  }
  return errors;
}

function hasDefaults(schema: SchemaProps | undefined): boolean {
  if (!schema) return false;
  if (schema.default !== undefined && schema.default !== null) return true;
  const { items, additionalProperties: others, properties = {} } = schema;
  const inner = [items ?? [], Object.values(properties), typeof others === 'object' ? others : []].flat(2);
  return inner.some(hasDefaults);
}

function validateName(object: CustomResourceDefinition): FieldError[] {
  const { names, group } = object.spec;
  return validateMeta(object, false, (name, prefix) => {
    const wrong = nameIsSubdomain(name, prefix);
    return name === `${names.plural}.${group}` ? wrong : [...wrong, 'must be spec.names.plural+"."+spec.group'];
  });
}

function validateChange(spec: CustomResourceDefinitionSpec, old: CustomResourceDefinition): FieldError[] {
  const established = old.status?.conditions?.some(({ type, status }) => type === 'Established' && status === 'True');
  const { scope, names, group } = old.spec;
  return [
    ...(established ? immutable('spec.scope', spec.scope, scope) : []),
    ...(established ? immutable('spec.names.kind', spec.names.kind, names.kind) : []),
    ...immutable('spec.group', spec.group, group),
    ...immutable('spec.names.plural', spec.names.plural, names.plural),
  ];
}

function validateStoredVersions({ spec, status }: CustomResourceDefinition): FieldError[] {
  const path = 'status.storedVersions';
  const stored = status?.storedVersions ?? [];
  if (stored.length === 0)
    return [invalid(path, status?.storedVersions ?? null, 'must have at least one stored version')];
  const versions = spec.versions ?? [];
  // Of several versions of one name only the first finds itself among the stored ones.
  const isFirst = (name: string, index: number) => versions.findIndex((version) => version.name === name) === index;
  const errors = versions
    .filter(({ name, storage }, index) => storage && !(stored.includes(name) && isFirst(name, index)))
    .map(({ name }) => invalid(path, stored, `must have the storage version ${name}`));
  stored.forEach((name, index) => {
    if (versions.some((version) => version.name === name)) return;
    const words = `missing from spec.versions; ${name} was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in ${name} and removes ${name} from status.storedVersions`;
    errors.push(invalid(`${path}[${index}]`, name, words));
  });
  return errors;
}

/** Groups of Kubernetes' own domains need somebody's approval. */
function validateApproval({ metadata, spec }: CustomResourceDefinition, old?: CustomResourceDefinition): FieldError[] {
  if (!/(^|\.)(k8s|kubernetes)\.io$/.test(spec.group)) return [];
  const value = metadata.annotations?.[APPROVAL] ?? '';
  if (old && (old.metadata.annotations?.[APPROVAL] ?? '') === value) return [];
  const path = `metadata.annotations[${APPROVAL}]`;
  const hint = 'see https://github.com/kubernetes/enhancements/pull/1111';
  if (value === '') return [required(path, `protected groups must have approval annotation "${APPROVAL}", ${hint}`)];
  if (value.startsWith('unapproved') || /^https?:\/\/[^/]+/.test(value)) return [];
  const words = `protected groups must have approval annotation "${APPROVAL}" with either a URL or a reason starting with "unapproved", ${hint}`;
  return [invalid(path, value, words)];
}

function validateSpec(spec: CustomResourceDefinitionSpec): FieldError[] {
  const versions = spec.versions ?? [];
  const errors = [...validateGroup(spec.group), ...validateScope(spec.scope)];
  versions.forEach(({ schema }, index) => {
    if (!schema?.openAPIV3Schema) errors.push(required(`spec.versions[${index}].schema.openAPIV3Schema`));
  });
  const shared = sharedParts(versions);
  versions.forEach((version, index) => {
    errors.push(...mustBeLabel(`spec.versions[${index}].name`, version.name));
    errors.push(...validateVersion(`spec.versions[${index}]`, version, shared));
  });
  const shown = spec.versions ? internalVersions(versions, shared) : null;
  if (new Set(versions.map(({ name }) => name)).size < versions.length) {
    errors.push(invalid('spec.versions', shown, 'must contain unique version names'));
  }
  if (versions.filter(({ storage }) => storage).length !== 1) {
    errors.push(invalid('spec.versions', shown, 'must have exactly one version marked as storage version'));
  }
  // The server keeps the first version's name beside the versions as well, and looks at it there.
  if (versions[0]?.name) errors.push(...mustBeLabel('spec.version', versions[0].name));
  for (const field of ['plural', 'singular', 'kind', 'listKind'] as const) {
    if (!spec.names[field]) errors.push(required(`spec.names.${field}`));
  }
  errors.push(...validateNames('spec.names', spec.names));
  const [first] = versions;
  if (first) errors.push(...validateShared(first, versions, shared));
  return [...errors, ...validateConversion('spec.conversion', spec.conversion)];
}

function validateGroup(group: string): FieldError[] {
  if (group === '') return [required('spec.group')];
  const wrong = dns1123Subdomain(group);
  if (wrong.length > 0) return [invalid('spec.group', group, wrong.join(','))];
  return group.includes('.') ? [] : [invalid('spec.group', group, 'should be a domain with at least one dot')];
}

function validateScope(scope: string): FieldError[] {
  if (scope === '') return [required('spec.scope')];
  return SCOPES.includes(scope) ? [] : [notSupported('spec.scope', scope, SCOPES)];
}

/** What versions may have in common. */
export type Part = 'additionalPrinterColumns' | 'schema' | 'selectableFields' | 'subresources';

/** What is the same in all versions, the server keeps and names as if it stood beside them. */
function sharedParts(versions: readonly CustomResourceVersion[]): ReadonlySet<Part> {
  const parts: readonly Part[] = ['additionalPrinterColumns', 'schema', 'selectableFields', 'subresources'];
  const [first, ...others] = versions;
  const text = (version: CustomResourceVersion, part: Part) => goJson(version[part] ?? null);
  return new Set(parts.filter((part) => first && others.every((other) => text(other, part) === text(first, part))));
}

function validateVersion(path: string, version: CustomResourceVersion, shared: ReadonlySet<Part>): FieldError[] {
  const errors = validateDeprecation(`${path}.deprecationWarning`, version);
  const { schema, subresources, additionalPrinterColumns = [], selectableFields = [] } = version;
  const hasStatus = subresources?.status !== undefined;
  if (!shared.has('schema')) errors.push(...validateSchema(`${path}.schema`, schema?.openAPIV3Schema, hasStatus));
  if (!shared.has('subresources')) errors.push(...validateSubresources(`${path}.subresources`, subresources));
  if (!shared.has('additionalPrinterColumns')) {
    additionalPrinterColumns.forEach((one, index) => {
      errors.push(...validateColumn(`${path}.additionalPrinterColumns[${index}]`, one));
    });
  }
  if (shared.has('selectableFields')) return errors;
  return [
    ...errors,
    ...validateSelectableFields(
      `${path}.selectableFields`,
      selectableFields,
      shared.has('schema') ? undefined : schema?.openAPIV3Schema,
    ),
  ];
}

function validateShared(
  first: CustomResourceVersion,
  versions: readonly CustomResourceVersion[],
  shared: ReadonlySet<Part>,
): FieldError[] {
  const { schema, subresources, additionalPrinterColumns = [], selectableFields = [] } = first;
  const hasStatus = versions.some((version) => version.subresources?.status !== undefined);
  const errors = shared.has('schema') ? validateSchema('spec.validation', schema?.openAPIV3Schema, hasStatus) : [];
  if (shared.has('subresources')) errors.push(...validateSubresources('spec.subresources', subresources));
  if (shared.has('additionalPrinterColumns')) {
    additionalPrinterColumns.forEach((one, index) => {
      errors.push(...validateColumn(`spec.additionalPrinterColumns[${index}]`, one));
    });
  }
  if (!shared.has('selectableFields')) return errors;
  return [...errors, ...validateSelectableFields('spec.selectableFields', selectableFields, schema?.openAPIV3Schema)];
}

function validateDeprecation(
  path: string,
  { deprecated, deprecationWarning: text }: CustomResourceVersion,
): FieldError[] {
  if (text === undefined) return [];
  if (!deprecated) return [invalid(path, text, 'can only be set for deprecated versions')];
  const errors: FieldError[] = [];
  if (utf8Length(text) > WARNING_BYTES_MAX) {
    errors.push(invalid(path, text, `must be <= ${WARNING_BYTES_MAX} characters long`));
  }
  if (text === '') errors.push(invalid(path, text, 'must not be an empty string'));
  const at = text.search(/[^\P{C}]|[\p{Zl}\p{Zp}]/u);
  if (at < 0) return errors;
  const words = `must only contain printable UTF-8 characters; non-printable character found at index ${at}`;
  return [...errors, invalid(path, text, words)];
}

function validateConversion(path: string, conversion: CustomResourceConversion | undefined): FieldError[] {
  if (!conversion) return [];
  const { strategy, webhook } = conversion;
  if (strategy === '') return [required(`${path}.strategy`)];
  const errors = STRATEGIES.includes(strategy) ? [] : [notSupported(`${path}.strategy`, strategy, STRATEGIES)];
  const client = `${path}.webhookClientConfig`;
  const versions = webhook?.conversionReviewVersions ?? [];
  const at = `${path}.conversionReviewVersions`;
  if (strategy !== 'Webhook') {
    const words = 'should not be set when strategy is not set to Webhook';
    if (webhook?.clientConfig) errors.push(forbidden(client, words));
    if (versions.length > 0) errors.push(forbidden(at, words));
    return errors;
  }
  if (!webhook?.clientConfig) errors.push(required(client, 'required when strategy is set to Webhook'));
  else errors.push(...validateClientConfig(client, webhook.clientConfig));
  if (versions.length === 0) return [...errors, required(at)];
  versions.forEach((version, index) => {
    if (versions.indexOf(version) < index) errors.push(invalid(`${at}[${index}]`, version, 'duplicate version'));
    else errors.push(...mustBeLabel(`${at}[${index}]`, version));
  });
  if (!versions.some((version) => REVIEW_VERSIONS.includes(version))) {
    errors.push(invalid(at, versions, `must include at least one of ${REVIEW_VERSIONS.join(', ')}`));
  }
  return errors;
}
