import type { RoleRef } from '../../../api/types/rbac.js';
import type { Store } from '../../../store/store.js';
import { type Authorizer, type Decision, NO_OPINION } from '../authorizer.js';
import { joinErrors, missingRole } from './describe.js';
import { type PolicyIndex, policyOf } from './policy-index.js';

/** --authorization-mode=RBAC: what roles that are bound to somebody, or to a group of his, allow. */
export function rbacAuthorizer(): Authorizer {
  let known: PolicyIndex | undefined;
  const index = (store: Store | undefined) => {
    if (store) known = policyOf(store);
    return known;
  };
  return {
    mode: 'RBAC',
    authorize: ({ user, info, store }): Decision => {
      const policy = index(store);
      if (!policy) return NO_OPINION;
      const granted = policy.grant(user, info, info.namespace);
      if (granted) return granted;
      const missing = policy.missing(user, info.namespace);
      return missing.length === 0 ? NO_OPINION : { decision: 'no-opinion', reason: `RBAC: ${notFound(missing)}` };
    },
    rulesFor: (user, namespace, store) => {
      const { rules, missing } = index(store)?.rulesFor(user, namespace) ?? { rules: [], missing: [] };
      return { rules, incomplete: false, errors: missing.length === 0 ? [] : [notFound(missing)] };
    },
  };
}

function notFound(missing: readonly RoleRef[]): string {
  return joinErrors(missing.map(missingRole));
}
