/** How custom objects are made, changed and looked at (registry/customresource of apiextensions-apiserver). */
import { type FieldError, invalid } from '../field-error.js';
import { goQuote } from '../go-text.js';
import { countGeneration } from '../kinds/kind.js';
import { validateMeta, validateMetaUpdate } from '../kinds/meta.js';
import { labelKey, nameIsSubdomain } from '../names.js';
import { deepCopy, type KubeObject, semanticEqual } from '../object.js';
import type { CustomResourceVersion, SchemaProps } from '../types/custom-resource-definition.js';
import { validateListTypes } from './list-types.js';
import { validateEmbedded } from './metadata.js';
import { validateScaleSpec, validateScaleStatus } from './scale-paths.js';
import { propertyOf } from './structural.js';
import { fieldErrors } from './validation/result.js';
import { validateValue } from './validation/validate-value.js';

/** What rules in CEL say of an object, and of its change. */
export type Rules = (object: KubeObject, old: KubeObject | undefined) => FieldError[];

/** What a strategy works with. */
export interface StrategyParts {
  readonly version: CustomResourceVersion;
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly rules: Rules | undefined;
}

const BLOCKING = new Set([
  'FieldValueNotSupported',
  'FieldValueRequired',
  'FieldValueTooLong',
  'FieldValueTooMany',
  'FieldValueTypeInvalid',
]);
const NOT_CHECKED =
  'some validation rules were not checked because the object was invalid; correct the existing errors to complete validation';
const STANDARD_FINALIZERS = ['foregroundDeletion', 'kubernetes', 'orphan'];

function schemaOf({ version }: StrategyParts): SchemaProps | undefined {
  return version.schema?.openAPIV3Schema;
}

/** A new object: the status is nobody's to set where it is kept apart. */
export function prepareCustomCreate({ version }: StrategyParts, object: KubeObject): void {
  if (version.subresources?.status) delete object['status'];
  object.metadata.generation = 1;
}

/** A changed object: the status stays where it is kept apart, and everything but metadata counts as wanted. */
export function prepareCustomUpdate({ version }: StrategyParts, object: KubeObject, old: KubeObject): void {
  if (version.subresources?.status) {
    if (old['status'] === undefined) delete object['status'];
    else object['status'] = old['status'];
  }
  countGeneration(object, old, !semanticEqual(withoutMetadata(object), withoutMetadata(old)));
}

function withoutMetadata({ metadata: _, ...rest }: KubeObject): object {
  return rest;
}

/** A changed status: nothing else changes, not even metadata. */
export function prepareCustomStatus(object: KubeObject, old: KubeObject): void {
  const { status } = object;
  const { managedFields, resourceVersion } = object.metadata;
  for (const name of Object.keys(object)) delete object[name];
  Object.assign(object, deepCopy(old));
  if (managedFields) object.metadata.managedFields = managedFields;
  else delete object.metadata.managedFields;
  if (resourceVersion !== undefined) object.metadata.resourceVersion = resourceVersion;
  if (status === undefined) delete object['status'];
  else object['status'] = status;
}

/** Everything wrong with a new object. */
export function validateCustomCreate(parts: StrategyParts, object: KubeObject): FieldError[] {
  const head = validateHead(parts, object);
  const schema = schemaOf(parts);
  const { scale } = parts.version.subresources ?? {};
  const errors =
    head.length > 0
      ? head
      : [
          ...validateMeta(object, parts.namespaced, nameIsSubdomain, 'any'),
          ...fieldErrors('', schema ? validateValue('', schema, object).issues : []),
          ...validateScaleSpec(object, scale),
          ...validateScaleStatus(object, scale),
        ];
  errors.push(...validateEmbedded(object, schema), ...validateListTypes(object, schema));
  return withRules(parts, errors, object, undefined);
}

/** Everything wrong with a changed object; what was wrong before and did not change is let pass. */
export function validateCustomUpdate(parts: StrategyParts, object: KubeObject, old: KubeObject): FieldError[] {
  const head = validateHead(parts, object);
  const schema = schemaOf(parts);
  const { scale } = parts.version.subresources ?? {};
  const issues = schema ? validateValue('', schema, object, { value: object, old, schema }).issues : [];
  const errors =
    head.length > 0
      ? head
      : [
          ...validateMetaUpdate(object, old),
          ...fieldErrors('', issues),
          ...validateScaleSpec(object, scale),
          ...validateScaleStatus(object, scale),
        ];
  errors.push(...validateEmbedded(object, schema));
  if (validateListTypes(old, schema).length === 0) errors.push(...validateListTypes(object, schema));
  return withRules(parts, errors, object, old);
}

/** Everything wrong with a changed status. */
export function validateCustomStatus(parts: StrategyParts, object: KubeObject, old: KubeObject): FieldError[] {
  const head = validateHead(parts, object);
  const schema = schemaOf(parts);
  const status = propertyOf(schema, 'status');
  const value = object['status'];
  const correlated = status && old['status'] !== undefined ? { value, old: old['status'], schema: status } : undefined;
  const issues = status && value !== undefined ? validateValue('', status, value, correlated).issues : [];
  const errors =
    head.length > 0
      ? head
      : [
          ...validateMetaUpdate(object, old),
          ...fieldErrors('status', issues),
          ...validateScaleStatus(object, parts.version.subresources?.scale),
        ];
  const wrong = validateListTypes(object, schema);
  if (wrong.length > 0 && validateListTypes(old, schema).length === 0) errors.push(...wrong);
  return withRules(parts, errors, object, old);
}

function withRules(
  { rules }: StrategyParts,
  errors: FieldError[],
  object: KubeObject,
  old: KubeObject | undefined,
): FieldError[] {
  if (!rules) return errors;
  if (errors.some(({ type }) => BLOCKING.has(type))) return [...errors, invalid('<nil>', null, NOT_CHECKED)];
  return [...errors, ...rules(object, old)];
}

function validateHead({ apiVersion, kind }: StrategyParts, object: KubeObject): FieldError[] {
  const errors: FieldError[] = [];
  if (object.kind !== kind) errors.push(invalid('kind', object.kind, `must be ${kind}`));
  if (object.apiVersion !== apiVersion) errors.push(invalid('apiVersion', object.apiVersion, `must be ${apiVersion}`));
  return errors;
}

/** What is said of finalizers that others might use as well. */
export function finalizerWarnings(object: KubeObject, old: KubeObject | undefined): string[] {
  const before = old?.metadata.finalizers ?? [];
  const added = [...new Set(object.metadata.finalizers ?? [])].filter((name) => !before.includes(name)).sort();
  return added.flatMap((name) => {
    const at = `metadata.finalizers: ${goQuote(name)}`;
    const wrong = labelKey(name).map((problem) => `${at}: ${problem}`);
    if (name.includes('/') || STANDARD_FINALIZERS.includes(name)) return wrong;
    const path = name.includes('.') ? ' including a path (/)' : '';
    const words = `prefer a domain-qualified finalizer name${path} to avoid accidental conflicts with other finalizer writers`;
    return [...wrong, `${at}: ${words}`];
  });
}
