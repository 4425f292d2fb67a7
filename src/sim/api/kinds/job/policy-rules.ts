/** Rules of what a job does when pods fail, and of when it has succeeded (batch/validation). */
import {
  duplicate,
  type FieldError,
  invalid,
  invalidHidden,
  notSupported,
  required,
  tooLong,
  tooMany,
} from '../../field-error.js';
import { goQuote } from '../../go-text.js';
import { labelKey } from '../../names.js';
import type { JobSpec, PodFailureRule, SuccessRule } from '../../types/batch.js';
import { checkText, nonnegative } from '../meta.js';
import { countIndexes } from './indexes.js';

const RULES_MAX = 20;
const EXIT_CODES_MAX = 255;
const PATTERNS_MAX = 20;
const INDEXES_LENGTH_MAX = 64 * 1024;
const ACTIONS = ['Count', 'FailIndex', 'FailJob', 'Ignore'];
const OPERATORS = ['In', 'NotIn'];
const STATUSES = ['False', 'True', 'Unknown'];

/** `valid values: ["In" "NotIn"]`, as Go prints a list of quoted texts. */
function validValues(values: readonly string[]): string {
  return `valid values: [${values.map(goQuote).join(' ')}]`;
}

function requiredChoice(path: string, value: string | undefined, values: readonly string[]): FieldError[] {
  if (!value) return [required(path, validValues(values))];
  return values.includes(value) ? [] : [notSupported(path, value, values)];
}

/** The rules by which failed pods are judged. */
export function validateFailurePolicy(spec: JobSpec, path: string): FieldError[] {
  const rules = spec.podFailurePolicy?.rules ?? [];
  const { containers, initContainers } = spec.template.spec;
  const names = new Set([...(containers ?? []), ...(initContainers ?? [])].map(({ name }) => name));
  const errors = rules.length > RULES_MAX ? [tooMany(`${path}.rules`, rules.length, RULES_MAX)] : [];
  return [
    ...errors,
    ...rules.flatMap((rule, index) => validateFailureRule(rule, `${path}.rules[${index}]`, spec, names)),
  ];
}

function validateFailureRule(
  rule: PodFailureRule,
  path: string,
  { backoffLimitPerIndex }: JobSpec,
  containers: ReadonlySet<string>,
): FieldError[] {
  const { action, onExitCodes } = rule;
  const conditions = rule.onPodConditions ?? [];
  const errors = requiredChoice(`${path}.action`, action, ACTIONS);
  if (action === 'FailIndex' && backoffLimitPerIndex === undefined) {
    errors.push(invalid(`${path}.action`, action, 'requires the backoffLimitPerIndex to be set'));
  }
  if (onExitCodes) errors.push(...validateExitCodes(onExitCodes, `${path}.onExitCodes`, containers));
  if (conditions.length > 0) errors.push(...validateConditions(conditions, `${path}.onPodConditions`));
  if (onExitCodes && conditions.length > 0) {
    errors.push(invalidHidden(path, 'specifying both OnExitCodes and OnPodConditions is not supported'));
  }
  if (!onExitCodes && conditions.length === 0) {
    errors.push(invalidHidden(path, 'specifying one of OnExitCodes and OnPodConditions is required'));
  }
  return errors;
}

function validateConditions(patterns: NonNullable<PodFailureRule['onPodConditions']>, path: string): FieldError[] {
  const errors = patterns.length > PATTERNS_MAX ? [tooMany(path, patterns.length, PATTERNS_MAX)] : [];
  patterns.forEach(({ type = '', status }, index) => {
    errors.push(...checkText(`${path}[${index}].type`, type, labelKey));
    errors.push(...requiredChoice(`${path}[${index}].status`, status, STATUSES));
  });
  return errors;
}

function validateExitCodes(
  { operator, containerName, values }: NonNullable<PodFailureRule['onExitCodes']>,
  path: string,
  containers: ReadonlySet<string>,
): FieldError[] {
  const errors = requiredChoice(`${path}.operator`, operator, OPERATORS);
  if (containerName !== undefined && !containers.has(containerName)) {
    const words = 'must be one of the container or initContainer names in the pod template';
    errors.push(invalid(`${path}.containerName`, containerName, words));
  }
  const codes = values ?? [];
  if (codes.length === 0) errors.push(invalid(`${path}.values`, values ?? null, 'at least one value is required'));
  else if (codes.length > EXIT_CODES_MAX) errors.push(tooMany(`${path}.values`, codes.length, EXIT_CODES_MAX));
  codes.forEach((code, index) => {
    const at = `${path}.values[${index}]`;
    if (operator === 'In' && code === 0) errors.push(invalid(at, code, 'must not be 0 for the In operator'));
    if (codes.indexOf(code) < index) errors.push(duplicate(at, code));
  });
  if (codes.some((code, index) => index > 0 && (codes[index - 1] as number) > code)) {
    errors.push(invalid(`${path}.values`, codes, 'must be ordered'));
  }
  return errors;
}

/** The rules by which a job of indexes has succeeded before all of them have. */
export function validateSuccessPolicy(spec: JobSpec, path: string): FieldError[] {
  const rules = spec.successPolicy?.rules ?? [];
  const errors: FieldError[] = [];
  if (rules.length === 0) {
    const words = 'at least one rules must be specified when the successPolicy is specified';
    errors.push(required(`${path}.rules`, words));
  }
  if (rules.length > RULES_MAX) errors.push(tooMany(`${path}.rules`, rules.length, RULES_MAX));
  const { completions = 0 } = spec;
  return [
    ...errors,
    ...rules.flatMap((rule, index) => validateSuccessRule(rule, `${path}.rules[${index}]`, completions)),
  ];
}

function validateSuccessRule(
  { succeededIndexes: indexes, succeededCount: count }: SuccessRule,
  path: string,
  completions: number,
): FieldError[] {
  const errors: FieldError[] = [];
  if (indexes === undefined && count === undefined) {
    errors.push(required(path, 'at least one of succeededCount or succeededIndexes must be specified'));
  }
  let named = 0;
  if (indexes !== undefined) {
    const at = `${path}.succeededIndexes`;
    if (indexes.length > INDEXES_LENGTH_MAX) errors.push(tooLong(at, INDEXES_LENGTH_MAX));
    const read = countIndexes(indexes, completions);
    if ('count' in read) named = read.count;
    else errors.push(invalid(at, indexes, `error parsing succeededIndexes: ${read.error}`));
  }
  if (count === undefined) return errors;
  const at = `${path}.succeededCount`;
  const atMost = (limit: number, what: string) => {
    if (count > limit) errors.push(invalid(at, count, `must be less than or equal to ${limit} (${what})`));
  };
  errors.push(...nonnegative(at, count));
  atMost(completions, 'the number of specified completions');
  if (indexes !== undefined) atMost(named, 'the number of indexes in the specified succeededIndexes field');
  return errors;
}
