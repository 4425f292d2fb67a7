/** What is wrong with a Role or a ClusterRole (rbac/validation). */
import { type FieldError, invalid, required } from '../field-error.js';
import { nameIsPathSegment } from '../names.js';
import type { ClusterRole, PolicyRule, Role } from '../types/rbac.js';
import { validateLabelSelector, validateMeta } from './meta.js';
import { readSelector } from './workload-rules.js';

/** A role, or what a ClusterRole has in common with one. */
export function validateRole(role: Role, namespaced: boolean): FieldError[] {
  const errors = validateMeta(role, namespaced, nameIsPathSegment);
  (role.rules ?? []).forEach((rule, index) => {
    errors.push(...validateRule(`rules[${index}]`, rule, namespaced));
  });
  return errors;
}

function validateRule(path: string, rule: PolicyRule, namespaced: boolean): FieldError[] {
  const { apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] } = rule;
  const errors: FieldError[] = [];
  if (!rule.verbs?.length) errors.push(required(`${path}.verbs`, 'verbs must contain at least one value'));
  if (nonResourceURLs.length > 0) {
    const refuse = (words: string) => errors.push(invalid(`${path}.nonResourceURLs`, nonResourceURLs, words));
    if (namespaced) refuse('namespaced rules cannot apply to non-resource URLs');
    if (apiGroups.length + resources.length + resourceNames.length > 0) {
      refuse('rules cannot apply to both regular resources and non-resource URLs');
    }
    return errors;
  }
  if (apiGroups.length === 0) {
    errors.push(required(`${path}.apiGroups`, 'resource rules must supply at least one api group'));
  }
  if (resources.length === 0) {
    errors.push(required(`${path}.resources`, 'resource rules must supply at least one resource'));
  }
  return errors;
}

/** A ClusterRole. */
export function validateClusterRole(role: ClusterRole): FieldError[] {
  const errors = validateRole(role, false);
  if (!role.aggregationRule) return errors;
  const path = 'aggregationRule.clusterRoleSelectors';
  const { clusterRoleSelectors: selectors = [] } = role.aggregationRule;
  if (selectors.length === 0) {
    errors.push(required(path, 'at least one clusterRoleSelector required if aggregationRule is non-nil'));
  }
  selectors.forEach((selector, index) => {
    errors.push(...validateLabelSelector(selector, `${path}[${index}]`));
    if (readSelector(selector) === undefined)
      errors.push(invalid(`${path}[${index}]`, null, 'invalid label selector.'));
  });
  return errors;
}
