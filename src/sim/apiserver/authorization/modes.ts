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

/** The modes that need nothing but their name, alphabetically; each server has authorizers of its own. */
const MODES: Readonly<Record<string, () => Authorizer>> = {
  AlwaysAllow: () => ALWAYS_ALLOW,
  AlwaysDeny: () => ALWAYS_DENY,
  Node: nodeAuthorizer,
  RBAC: rbacAuthorizer,
};

/**
 * A server's authorizers for --authorization-mode, in its order, after the one of system:masters. `configured` makes those
 * that files describe, by mode and place.
 */
export function authorizersOf(
  modes: readonly string[],
  configured: (mode: string, index: number) => Authorizer | undefined = () => undefined,
): Authorizer[] {
  return [PRIVILEGED, ...modes.flatMap((mode, index) => configured(mode, index) ?? MODES[mode]?.() ?? [])];
}
