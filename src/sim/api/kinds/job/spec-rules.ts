/** Rules of a job's spec, by itself or within a cron job (batch/validation). */
import { type FieldError, invalid, notSupported, required, tooLong } from '../../field-error.js';
import { goQuote } from '../../go-text.js';
import type { JobSpec } from '../../types/batch.js';
import { domainPrefixedPath, nonnegative, validateLabelSelector } from '../meta.js';
import { validatePodTemplate } from '../pod/pod-spec-rules.js';
import { readSelector, validateMatch } from '../workload-rules.js';
import { validateFailurePolicy, validateSuccessPolicy } from './policy-rules.js';

const PARALLELISM_MAX = 100_000;
const FAILED_INDEXES_MAX = 100_000;
/** From here on a job of indexes has to keep within narrower limits. */
const MANY_COMPLETIONS = 100_000;
const PARALLELISM_OF_MANY = 10_000;
const FAILED_INDEXES_OF_MANY = 10_000;
const MANAGED_BY_LENGTH_MAX = 63;
const COUNTS = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
  'backoffLimitPerIndex',
] as const;
const MODES = ['NonIndexed', 'Indexed'];
const REPLACEMENTS = ['Failed', 'TerminatingOrFailed'];
const RESTARTS = ['OnFailure', 'Never'];

/** A job's spec with the selector that it has got by now. */
export function validateJobSpec(spec: JobSpec): FieldError[] {
  const { selector, template } = spec;
  const errors = validateJobSpecBody(spec, 'spec');
  if (!selector) errors.push(required('spec.selector'));
  else errors.push(...validateLabelSelector(selector, 'spec.selector'));
  const parsed = readSelector(selector);
  return parsed === undefined ? errors : [...errors, ...validateMatch(parsed, template)];
}

/** All but the selector. */
export function validateJobSpecBody(spec: JobSpec, path: string): FieldError[] {
  const errors = COUNTS.flatMap((field) => nonnegative(`${path}.${field}`, spec[field]));
  errors.push(...nonnegative(`${path}.maxFailedIndexes`, spec.maxFailedIndexes));
  if (spec.maxFailedIndexes !== undefined && spec.backoffLimitPerIndex === undefined) {
    errors.push(required(`${path}.backoffLimitPerIndex`, 'when maxFailedIndexes is specified'));
  }
  return [
    ...errors,
    ...validateManager(spec, `${path}.managedBy`),
    ...validateMode(spec, path),
    ...(spec.podFailurePolicy ? validateFailurePolicy(spec, `${path}.podFailurePolicy`) : []),
    ...validateSuccess(spec, `${path}.successPolicy`),
    ...validateReplacement(spec, `${path}.podReplacementPolicy`),
    ...validatePodTemplate(spec.template, `${path}.template`),
    ...validateRestarts(spec, `${path}.template.spec.restartPolicy`),
  ];
}

function validateManager({ managedBy }: JobSpec, path: string): FieldError[] {
  if (managedBy === undefined) return [];
  const errors = domainPrefixedPath(path, managedBy);
  if (managedBy.length > MANAGED_BY_LENGTH_MAX) errors.push(tooLong(path, MANAGED_BY_LENGTH_MAX));
  return errors;
}

function validateMode(spec: JobSpec, path: string): FieldError[] {
  const { completionMode: mode, backoffLimitPerIndex, maxFailedIndexes } = spec;
  const errors: FieldError[] = [];
  if (mode !== undefined && !MODES.includes(mode)) errors.push(notSupported(`${path}.completionMode`, mode, MODES));
  if (mode === 'Indexed') return [...errors, ...validateIndexed(spec, path)];
  if (mode !== undefined && mode !== 'NonIndexed') return errors;
  const words = 'requires indexed completion mode';
  if (backoffLimitPerIndex !== undefined) {
    errors.push(invalid(`${path}.backoffLimitPerIndex`, backoffLimitPerIndex, words));
  }
  if (maxFailedIndexes !== undefined) errors.push(invalid(`${path}.maxFailedIndexes`, maxFailedIndexes, words));
  return errors;
}

function validateIndexed(spec: JobSpec, path: string): FieldError[] {
  const { completions, parallelism = 0, maxFailedIndexes: failed } = spec;
  const errors: FieldError[] = [];
  const atMost = (field: string, value: number, limit: number | string, bound: number, when = '') => {
    if (value > bound) errors.push(invalid(`${path}.${field}`, value, `must be less than or equal to ${limit}${when}`));
  };
  if (completions === undefined) errors.push(required(`${path}.completions`, 'when completion mode is Indexed'));
  atMost('parallelism', parallelism, PARALLELISM_MAX, PARALLELISM_MAX, ' when completion mode is Indexed');
  if (failed !== undefined) {
    if (completions !== undefined) atMost('maxFailedIndexes', failed, 'completions', completions);
    atMost('maxFailedIndexes', failed, FAILED_INDEXES_MAX, FAILED_INDEXES_MAX);
  }
  if ((completions ?? 0) <= MANY_COMPLETIONS || spec.backoffLimitPerIndex === undefined) return errors;
  if (failed === undefined) {
    const words = `must be specified when completions is above ${MANY_COMPLETIONS}`;
    errors.push(required(`${path}.maxFailedIndexes`, words));
  }
  const when = ` when completions are above ${MANY_COMPLETIONS} and used with backoff limit per index`;
  atMost('parallelism', parallelism, PARALLELISM_OF_MANY, PARALLELISM_OF_MANY, when);
  atMost('maxFailedIndexes', failed ?? 0, FAILED_INDEXES_OF_MANY, FAILED_INDEXES_OF_MANY, when);
  return errors;
}

function validateSuccess(spec: JobSpec, path: string): FieldError[] {
  const { successPolicy } = spec;
  if (!successPolicy) return [];
  if (spec.completionMode === 'Indexed') return validateSuccessPolicy(spec, path);
  // The server's own form has no JSON names.
  const rules = (successPolicy.rules ?? []).map(({ succeededIndexes, succeededCount }) => ({
    SucceededIndexes: succeededIndexes ?? null,
    SucceededCount: succeededCount ?? null,
  }));
  return [invalid(path, { Rules: successPolicy.rules ? rules : null }, 'requires indexed completion mode')];
}

function validateReplacement({ podReplacementPolicy: policy, podFailurePolicy }: JobSpec, path: string): FieldError[] {
  if (policy === undefined) return [];
  const supported = podFailurePolicy ? ['Failed'] : REPLACEMENTS;
  return supported.includes(policy) ? [] : [notSupported(path, policy, supported)];
}

function validateRestarts({ template, podFailurePolicy }: JobSpec, path: string): FieldError[] {
  const { restartPolicy: policy = '' } = template.spec;
  if (policy === 'Always' || policy === '') {
    return [required(path, `valid values: ${RESTARTS.map(goQuote).join(', ')}`)];
  }
  if (!RESTARTS.includes(policy)) return [notSupported(path, policy, RESTARTS)];
  if (!podFailurePolicy || policy === 'Never') return [];
  return [invalid(path, policy, 'only "Never" is supported when podFailurePolicy is specified')];
}
