/** What webhooks and policies say of the requests they are for (admissionregistration/validation). */
import { BOOL } from '../../../cel/index.js';
import { duplicate, type FieldError, invalid, notSupported, required, tooMany } from '../../field-error.js';
import { labelKey, pathSegmentName } from '../../names.js';
import type { AdmissionRule, MatchCondition, MatchResources } from '../../types/admission.js';
import { checkText, oneOf, validateLabelSelector } from '../meta.js';
import { compileExpression } from './compile-expression.js';
import { admissionEnvironment } from './environments.js';

const OPERATIONS = ['*', 'CONNECT', 'CREATE', 'DELETE', 'UPDATE'];
const SCOPES = ['*', 'Cluster', 'Namespaced'];
const CONDITIONS_MAX = 64;
/** How requests for another version of what a rule names are taken. */
export const MATCH_POLICIES = ['Equivalent', 'Exact'];
/** What happens when somebody cannot be asked. */
export const FAILURE_POLICIES = ['Fail', 'Ignore'];
/** Whether somebody is asked again after others have changed the object. */
export const REINVOCATION_POLICIES = ['IfNeeded', 'Never'];

/** What a rule is defaulted to. */
export function defaultRule(rule: AdmissionRule): void {
  rule.scope ??= '*';
}

/** What the description of the matched resources is defaulted to. */
export function defaultMatchResources(match: MatchResources | undefined): void {
  if (!match) return;
  match.matchPolicy ??= 'Equivalent';
  match.namespaceSelector ??= {};
  match.objectSelector ??= {};
  [...(match.resourceRules ?? []), ...(match.excludeResourceRules ?? [])].forEach(defaultRule);
}

/** Operations, groups, versions, resources and scope. */
export function validateRule(path: string, rule: AdmissionRule): FieldError[] {
  const { operations = [], apiGroups = [], apiVersions = [], scope } = rule;
  const errors: FieldError[] = [];
  if (operations.length === 0) errors.push(required(`${path}.operations`));
  errors.push(...alone(`${path}.operations`, operations, 'operations'));
  operations.forEach((operation, index) => {
    errors.push(...oneOf(`${path}.operations[${index}]`, operation, OPERATIONS));
  });
  if (apiGroups.length === 0) errors.push(required(`${path}.apiGroups`));
  errors.push(...alone(`${path}.apiGroups`, apiGroups, 'API groups'));
  if (apiVersions.length === 0) errors.push(required(`${path}.apiVersions`));
  errors.push(...alone(`${path}.apiVersions`, apiVersions, 'API versions'));
  apiVersions.forEach((version, index) => {
    if (version === '') errors.push(required(`${path}.apiVersions[${index}]`));
  });
  errors.push(...validateResources(`${path}.resources`, rule.resources ?? []));
  return [...errors, ...oneOf(`${path}.scope`, scope, SCOPES)];
}

function alone(path: string, values: readonly string[], what: string): FieldError[] {
  if (values.length < 2 || !values.includes('*')) return [];
  return [invalid(path, values, `if '*' is present, must not specify other ${what}`)];
}

function validateResources(path: string, resources: readonly string[]): FieldError[] {
  const errors = resources.length === 0 ? [required(path)] : [];
  const anySubresourceOf = new Set<string>();
  const subresourceOfAny = new Set<string>();
  let lastWithoutSubresource = false;
  resources.forEach((text, index) => {
    const at = `${path}[${index}]`;
    if (text === '') {
      errors.push(required(at));
      return;
    }
    const slash = text.indexOf('/');
    if (slash < 0) {
      lastWithoutSubresource = text !== '*';
      return;
    }
    const resource = text.slice(0, slash);
    const subresource = text.slice(slash + 1);
    const refuse = (pattern: string) =>
      errors.push(invalid(at, text, `if '${pattern}' is present, must not specify ${text}`));
    if (anySubresourceOf.has(resource)) refuse(`${resource}/*`);
    if (subresourceOfAny.has(subresource)) refuse(`*/${subresource}`);
    if (subresource === '*') anySubresourceOf.add(resource);
    if (resource === '*') subresourceOfAny.add(subresource);
  });
  if (resources.length > 1 && resources.includes('*/*')) {
    errors.push(invalid(path, resources, "if '*/*' is present, must not specify other resources"));
  }
  if (resources.includes('*') && lastWithoutSubresource) {
    const words = "if '*' is present, must not specify other resources without subresources";
    errors.push(invalid(path, resources, words));
  }
  return errors;
}

/** The resources a policy or its binding is for; absent is fine. */
export function validateMatchResources(path: string, match: MatchResources | undefined): FieldError[] {
  if (!match) return [];
  const { resourceRules = [], excludeResourceRules = [] } = match;
  return [
    ...oneOf(`${path}.matchPolicy`, match.matchPolicy, MATCH_POLICIES),
    ...validateLabelSelector(match.namespaceSelector, `${path}.namespaceSelector`),
    ...validateLabelSelector(match.objectSelector, `${path}.objectSelector`),
    ...resourceRules.flatMap((rule, index) => validateNamedRule(`${path}.resourceRules[${index}]`, rule)),
    ...excludeResourceRules.flatMap((rule, index) => validateNamedRule(`${path}.excludeResourceRules[${index}]`, rule)),
  ];
}

function validateNamedRule(path: string, rule: AdmissionRule): FieldError[] {
  const names = rule.resourceNames ?? [];
  const errors = names.flatMap((name, index) => {
    const at = `${path}.resourceNames[${index}]`;
    const found = checkText(at, name, pathSegmentName);
    return names.indexOf(name) < index ? [...found, duplicate(at, name)] : found;
  });
  return [...errors, ...validateRule(path, rule)];
}

/** Policies that change objects are for requests that bring some. */
export function validateMutatedOperations(path: string, match: MatchResources | undefined): FieldError[] {
  const supported = OPERATIONS.filter((operation) => operation !== 'DELETE');
  const operations = (match?.resourceRules ?? []).flatMap(({ operations: list = [] }) => list);
  return operations
    .filter((operation) => !supported.includes(operation))
    .map((operation) => notSupported(`${path}.resourceRules.operations`, operation, supported));
}

/** Conditions on requests. */
export function validateMatchConditions(
  path: string,
  conditions: readonly MatchCondition[] = [],
  params = false,
): FieldError[] {
  const errors =
    conditions.length > CONDITIONS_MAX ? [tooMany(path, conditions.length, CONDITIONS_MAX)] : ([] as FieldError[]);
  conditions.forEach(({ name, expression }, index) => {
    const at = `${path}[${index}]`;
    const trimmed = expression.trim();
    if (trimmed === '') errors.push(required(`${at}.expression`));
    else {
      const { error } = compileExpression(trimmed, admissionEnvironment({ params, authorizer: true }), [BOOL]);
      if (error !== undefined) errors.push(invalid(`${at}.expression`, trimmed, error));
    }
    if (name === '') {
      errors.push(required(`${at}.name`));
      return;
    }
    errors.push(...checkText(`${at}.name`, name, labelKey));
    if (conditions.findIndex((one) => one.name === name) < index) errors.push(duplicate(`${at}.name`, name));
  });
  return errors;
}
