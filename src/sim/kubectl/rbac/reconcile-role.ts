import { uncoveredRules } from './policy-rule.js';
import { isProtected, NOTHING, type RbacObject, type Reconciled, withMetadata } from './reconciled.js';

/** What an existing role needs to allow what the expected one does. */
export function computeRole(existing: RbacObject, expected: RbacObject, removeExtra: boolean): Reconciled {
  const { object, changed } = withMetadata(existing, expected);
  const [have, want] = [existing.rules ?? [], expected.rules ?? []];
  const bothAggregate = expected.aggregationRule !== undefined && existing.aggregationRule !== undefined;
  const extraRules = bothAggregate ? [] : uncoveredRules(want, have);
  const missingRules = uncoveredRules(have, want);
  let updated = changed;
  if (missingRules.length > 0 || (removeExtra && extraRules.length > 0)) {
    object.rules = removeExtra ? want : [...have, ...missingRules];
    updated = true;
  }
  updated = aggregate(object, existing, expected, removeExtra) || updated;
  return {
    ...NOTHING,
    object,
    operation: updated ? 'update' : 'none',
    isProtected: isProtected(existing),
    missingRules,
    extraRules,
  };
}

/** The same for the roles whose rules a role gathers. Gives whether anything changed. */
function aggregate(object: RbacObject, existing: RbacObject, expected: RbacObject, removeExtra: boolean): boolean {
  if (!expected.aggregationRule) {
    if (!existing.aggregationRule) return false;
    delete object.aggregationRule;
    return true;
  }
  const have = existing.aggregationRule?.clusterRoleSelectors ?? [];
  const want = expected.aggregationRule.clusterRoleSelectors ?? [];
  const missing = without(want, have);
  if (removeExtra && missing.length + without(have, want).length > 0) object.aggregationRule = expected.aggregationRule;
  else if (missing.length > 0) object.aggregationRule = { clusterRoleSelectors: [...have, ...missing] };
  else return false;
  return true;
}

function without(list: readonly object[], other: readonly object[]): object[] {
  const texts = other.map((each) => JSON.stringify(each));
  return list.filter((each) => !texts.includes(JSON.stringify(each)));
}
