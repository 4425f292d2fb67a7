import { ALLOW, type Authorizer, type Decision, NO_OPINION } from './authorizer.js';
import { nodeAuthorizer } from './node/node.js';
import { rbacAuthorizer } from './rbac/rbac.js';

const EVERYTHING = [
  { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
  { verbs: ['*'], nonResourceURLs: ['*'] },
];
const FORBIDDEN: Decision = { decision: 'no-opinion', reason: 'Everything is forbidden.' };

/** --authorization-mode=AlwaysAllow. */
const ALWAYS_ALLOW: Authorizer = {
  mode: 'AlwaysAllow',
  authorize: () => ALLOW,
  rulesFor: () => ({ rules: EVERYTHING, incomplete: false, errors: [] }),
};

/** --authorization-mode=AlwaysDeny. */
const ALWAYS_DENY: Authorizer = {
  mode: 'AlwaysDeny',
  authorize: () => FORBIDDEN,
  rulesFor: () => ({ rules: [], incomplete: false, errors: [] }),
};

/** system:masters may do everything, whatever the modes (the privileged group authorizer). */
const PRIVILEGED: Authorizer = {
  mode: 'privileged',
  authorize: ({ user }) => (user.groups.includes('system:masters') ? ALLOW : NO_OPINION),
};

/**
 * Nobody is asked: an authorizer answers at once, and a call would take time. It is as if whoever stands behind the
 * webhook had no opinion on anything, also where its failure policy would deny.
 */
const WEBHOOK: Authorizer = {
  mode: 'Webhook',
  authorize: () => NO_OPINION,
  rulesFor: () => ({
    rules: [],
    incomplete: true,
    errors: ['webhook authorizer does not support user rule resolution'],
  }),
};

/**
 * The modes by the name the flag takes, alphabetically; each server has authorizers of its own. ABAC is not among them:
 * its policies are not read, and allow nothing.
 */
const MODES: Readonly<Record<string, () => Authorizer>> = {
  AlwaysAllow: () => ALWAYS_ALLOW,
  AlwaysDeny: () => ALWAYS_DENY,
  Node: nodeAuthorizer,
  RBAC: rbacAuthorizer,
  Webhook: () => WEBHOOK,
};

/** A server's authorizers for --authorization-mode, in its order, after the one of system:masters. */
export function authorizersOf(modes: readonly string[]): Authorizer[] {
  return [PRIVILEGED, ...modes.flatMap((mode) => MODES[mode]?.() ?? [])];
}
