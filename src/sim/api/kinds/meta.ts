/** Rules of metadata, the same for every kind (apimachinery api/validation). */
import { type FieldError, forbidden, invalid, notSupported, required, tooLong } from '../field-error.js';
import { compareText, goQuote, utf8Length } from '../go-text.js';
import {
  dns1123Subdomain,
  httpPath,
  labelKey,
  labelValue,
  type NameRule,
  nameIsLabel,
  nameIsSubdomain,
  type TextRule,
} from '../names.js';
import type { KubeObject, LabelSelector, ObjectMeta, OwnerReference } from '../object.js';
import { semanticEqual } from '../object.js';

const STANDARD_FINALIZERS = ['kubernetes', 'orphan', 'foregroundDeletion'];
const ANNOTATIONS_BYTES_MAX = 256 * 1024;

/** The words of a field that cannot change. */
const IMMUTABLE = 'field is immutable';
/** The words of a number below zero. */
export const NEGATIVE = 'must be greater than or equal to 0';

/** One error for each thing a rule finds wrong. */
export function checkText(path: string, value: string, rule: TextRule): FieldError[] {
  return rule(value).map((message) => invalid(path, value, message));
}

/** A domain, a slash and a path (IsDomainPrefixedPath). */
export function domainPrefixedPath(path: string, value: string): FieldError[] {
  if (value === '') return [required(path)];
  const slash = value.indexOf('/');
  if (slash < 1 || slash === value.length - 1) {
    return [invalid(path, value, 'must be a domain-prefixed path (such as "acme.io/foo")')];
  }
  return [
    ...checkText(path, value.slice(0, slash), dns1123Subdomain),
    ...checkText(path, value.slice(slash + 1), httpPath),
  ];
}

/** Zero or more. */
export function nonnegative(path: string, value: number | undefined): FieldError[] {
  return value !== undefined && value < 0 ? [invalid(path, value, NEGATIVE)] : [];
}

/** One or more. */
export function positive(path: string, value: number): FieldError[] {
  return value <= 0 ? [invalid(path, value, 'must be greater than zero')] : [];
}

/** A field that must stay as it was. */
export function immutable(path: string, value: unknown, old: unknown): FieldError[] {
  return semanticEqual(value, old) ? [] : [invalid(path, value ?? null, IMMUTABLE)];
}

/** One of a set, or an error that lists the set. */
export function oneOf(path: string, value: string | undefined, supported: readonly string[]): FieldError[] {
  return value === undefined || supported.includes(value) ? [] : [notSupported(path, value, supported)];
}

/** The same, for a value that has to be there. */
export function requiredOneOf(path: string, value: string | undefined, supported: readonly string[]): FieldError[] {
  return value ? oneOf(path, value, supported) : [required(path)];
}

/** Labels: keys and values. Go walks maps in no order; here they come sorted. */
export function validateLabels(labels: Readonly<Record<string, string>> | undefined, path: string): FieldError[] {
  return sortedPairs(labels).flatMap(([key, value]) => [
    ...checkText(path, key, labelKey),
    ...checkText(path, value, labelValue),
  ]);
}

/** Annotations: keys, and the size of all together. */
export function validateAnnotations(
  annotations: Readonly<Record<string, string>> | undefined,
  path: string,
): FieldError[] {
  const errors: FieldError[] = [];
  let bytes = 0;
  for (const [key, value] of sortedPairs(annotations)) {
    errors.push(...labelKey(key.toLowerCase()).map((message) => invalid(path, key, message)));
    bytes += utf8Length(key) + utf8Length(value);
  }
  if (bytes > ANNOTATIONS_BYTES_MAX) errors.push(tooLong(path, ANNOTATIONS_BYTES_MAX));
  return errors;
}

/** A LabelSelector object; absent is fine. */
export function validateLabelSelector(selector: LabelSelector | undefined, path: string): FieldError[] {
  if (!selector) return [];
  const errors = validateLabels(selector.matchLabels, `${path}.matchLabels`);
  (selector.matchExpressions ?? []).forEach(({ key, operator, values = [] }, index) => {
    const at = `${path}.matchExpressions[${index}]`;
    if (operator === 'In' || operator === 'NotIn') {
      if (values.length === 0) {
        errors.push(required(`${at}.values`, "must be specified when `operator` is 'In' or 'NotIn'"));
      }
    } else if (operator === 'Exists' || operator === 'DoesNotExist') {
      if (values.length > 0) {
        errors.push(forbidden(`${at}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
      }
    } else {
      errors.push(invalid(`${at}.operator`, operator ?? '', 'not a valid selector operator'));
    }
    errors.push(...checkText(`${at}.key`, key ?? '', labelKey));
    values.forEach((value, item) => {
      errors.push(...checkText(`${at}.values[${item}]`, value, labelValue));
    });
  });
  return errors;
}

/** Metadata of a new object (ValidateObjectMeta). */
export function validateMeta(
  object: KubeObject,
  namespaced: boolean,
  nameRule: NameRule = nameIsSubdomain,
  finalizers: 'any' | 'known' = 'known',
): FieldError[] {
  const { metadata } = object;
  const errors: FieldError[] = [];
  if (metadata.generateName) {
    for (const message of nameRule(metadata.generateName, true)) {
      errors.push(invalid('metadata.generateName', metadata.generateName, message));
    }
  }
  if (!metadata.name) errors.push(required('metadata.name', 'name or generateName is required'));
  else
    errors.push(...nameRule(metadata.name, false).map((message) => invalid('metadata.name', metadata.name, message)));
  errors.push(...validateNamespaceField(metadata, namespaced));
  errors.push(...nonnegative('metadata.generation', metadata.generation));
  errors.push(...validateCommonMeta(metadata), ...validateFinalizers(metadata.finalizers, finalizers));
  return errors;
}

function validateNamespaceField(metadata: ObjectMeta, namespaced: boolean): FieldError[] {
  const { namespace } = metadata;
  if (!namespaced) return namespace ? [forbidden('metadata.namespace', 'not allowed on this type')] : [];
  if (!namespace) return [required('metadata.namespace')];
  return nameIsLabel(namespace, false).map((message) => invalid('metadata.namespace', namespace, message));
}

function validateCommonMeta(metadata: ObjectMeta): FieldError[] {
  return [
    ...validateLabels(metadata.labels, 'metadata.labels'),
    ...validateAnnotations(metadata.annotations, 'metadata.annotations'),
    ...validateOwnerReferences(metadata.ownerReferences ?? []),
  ];
}

/** Metadata of a changed object (ValidateObjectMetaUpdate). */
export function validateMetaUpdate(object: KubeObject, old: KubeObject): FieldError[] {
  const { metadata } = object;
  const before = old.metadata;
  const errors: FieldError[] = [];
  if (before.deletionTimestamp) errors.push(...refuseNewFinalizers(metadata.finalizers, before.finalizers));
  if ((metadata.generation ?? 0) < (before.generation ?? 0)) {
    errors.push(invalid('metadata.generation', metadata.generation ?? 0, 'must not be decremented'));
  }
  for (const field of [
    'name',
    'namespace',
    'uid',
    'creationTimestamp',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
  ] as const) {
    errors.push(...immutable(`metadata.${field}`, metadata[field] ?? undefined, before[field] ?? undefined));
  }
  return [...errors, ...validateCommonMeta(metadata)];
}

function refuseNewFinalizers(finalizers: readonly string[] = [], old: readonly string[] = []): FieldError[] {
  const added = [...new Set(finalizers.filter((name) => !old.includes(name)))].sort(compareText);
  if (added.length === 0) return [];
  const list = `[]string{${added.map(goQuote).join(', ')}}`;
  const words = `no new finalizers can be added if the object is being deleted, found new finalizers ${list}`;
  return [forbidden('metadata.finalizers', words)];
}

function validateFinalizers(finalizers: readonly string[] = [], which: 'any' | 'known'): FieldError[] {
  const path = 'metadata.finalizers';
  const errors = finalizers.flatMap((name) => checkText(path, name, labelKey));
  finalizers.forEach((name, index) => {
    if (which === 'known') errors.push(...validateFinalizerName(`${path}[${index}]`, name));
  });
  if (finalizers.includes('orphan') && finalizers.includes('foregroundDeletion')) {
    const words = 'finalizer orphan and foregroundDeletion cannot be both set';
    errors.push(invalid(path, finalizers, words));
  }
  return errors;
}

/** A finalizer without a domain must be one that Kubernetes itself knows. */
export function validateFinalizerName(path: string, name: string): FieldError[] {
  if (name.includes('/') || STANDARD_FINALIZERS.includes(name)) return [];
  return [invalid(path, name, 'name is neither a standard finalizer name nor is it fully qualified')];
}

function validateOwnerReferences(references: readonly OwnerReference[]): FieldError[] {
  const path = 'metadata.ownerReferences';
  const errors: FieldError[] = [];
  let controller = '';
  for (const reference of references) {
    if (!reference.apiVersion) errors.push(invalid(`${path}.apiVersion`, '', 'version must not be empty'));
    for (const field of ['kind', 'name', 'uid'] as const) {
      if (!reference[field]) errors.push(invalid(`${path}.${field}`, '', 'must not be empty'));
    }
    if (reference.apiVersion === 'v1' && reference.kind === 'Event') {
      errors.push(invalid(path, reference, '/v1, Kind=Event is disallowed from being an owner'));
    }
    if (!reference.controller) continue;
    const name = `${reference.kind}/${reference.name}`;
    if (controller !== '') {
      const words = `Only one reference can have Controller set to true. Found "true" in references for ${controller} and ${name}`;
      errors.push(invalid(path, references, words));
    } else controller = name;
  }
  return errors;
}

/** A map as Go prints it: its keys in order. */
export function sortedMap<T>(map: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(sortedPairs(map));
}

/** The pairs of a map, sorted by key. */
export function sortedPairs<T>(map: Readonly<Record<string, T>> | undefined): [string, T][] {
  return Object.entries(map ?? {}).sort((a, b) => compareText(a[0], b[0]));
}
