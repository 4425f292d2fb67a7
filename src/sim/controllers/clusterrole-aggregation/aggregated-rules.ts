import { matchesSelector, selectorFromObject } from '../../api/labels.js';
import { deepEqual } from '../../api/object.js';
import type { ClusterRole, PolicyRule } from '../../api/types/rbac.js';

/** The rules a role gathers: of each selector in turn, those of the roles it selects, by their names, each rule once. */
export function aggregatedRules(role: ClusterRole, all: readonly ClusterRole[]): PolicyRule[] {
  const rules: PolicyRule[] = [];
  const inOrder = all
    .filter((other) => other.metadata.name !== role.metadata.name)
    .sort((one, other) => ((one.metadata.name ?? '') < (other.metadata.name ?? '') ? -1 : 1));
  for (const given of role.aggregationRule?.clusterRoleSelectors ?? []) {
    const selector = selectorFromObject(given);
    for (const other of inOrder) {
      if (!matchesSelector(selector, other.metadata.labels ?? {})) continue;
      for (const rule of other.rules ?? []) if (!rules.some((one) => deepEqual(one, rule))) rules.push(rule);
    }
  }
  return rules;
}
