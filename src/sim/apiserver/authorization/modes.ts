import type { AccessRequest, Authorizer } from './authorizer.js';

/** Paths anybody may read (the system:public-info-viewer role): health and version. */
export const PUBLIC_PATHS: readonly string[] = ['/healthz', '/livez', '/readyz', '/version', '/version/'];

/** Paths whoever is known may read (system:discovery). */
export const DISCOVERY_PATHS: readonly string[] = [
  '/api',
  '/api/*',
  '/apis',
  '/apis/*',
  '/healthz',
  '/livez',
  '/openapi',
  '/openapi/*',
  '/readyz',
  '/version',
  '/version/',
];

/** Questions about oneself that whoever is known may ask (system:basic-user). */
export const SELF_REVIEWS: readonly { readonly group: string; readonly resources: readonly string[] }[] = [
  { group: 'authorization.k8s.io', resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'] },
  { group: 'authentication.k8s.io', resources: ['selfsubjectreviews'] },
];

function isForEverybodyKnown({ isResource, verb, path, group, resource }: AccessRequest['info']): boolean {
  if (isResource) {
    return verb === 'create' && SELF_REVIEWS.some((rule) => rule.group === group && rule.resources.includes(resource));
  }
  const covers = (rule: string) => (rule.endsWith('/*') ? path.startsWith(rule.slice(0, -1)) : path === rule);
  return verb === 'get' && DISCOVERY_PATHS.some(covers);
}

/** --authorization-mode=AlwaysAllow. */
const ALWAYS_ALLOW: Authorizer = { mode: 'AlwaysAllow', authorize: () => ({ decision: 'allow' }) };

/** --authorization-mode=AlwaysDeny. */
const ALWAYS_DENY: Authorizer = {
  mode: 'AlwaysDeny',
  authorize: () => ({ decision: 'no-opinion', reason: 'Everything is forbidden.' }),
};

/** system:masters may do everything, whatever the modes (the privileged group authorizer). */
export const PRIVILEGED: Authorizer = {
  mode: 'privileged',
  authorize: ({ user }) => ({ decision: user.groups.includes('system:masters') ? 'allow' : 'no-opinion' }),
};

/** Nodes. Until the node graph is followed, every kubelet may do what any may. */
const NODE: Authorizer = {
  mode: 'Node',
  authorize: ({ user }) => ({ decision: user.groups.includes('system:nodes') ? 'allow' : 'no-opinion' }),
};

/**
 * The place of RBAC. Until roles are looked at, those pass whom kubeadm's and the server's own bindings let do their
 * work: administrators, components, service accounts; everybody else may read health and version.
 */
const RBAC: Authorizer = {
  mode: 'RBAC',
  authorize: ({ user, info }) => {
    const component = user.name.startsWith('system:kube-') || user.name === 'kube-apiserver-kubelet-client';
    const trusted = user.groups.some(
      (group) => group === 'kubeadm:cluster-admins' || group === 'system:serviceaccounts',
    );
    if (component || trusted) return { decision: 'allow' };
    if (user.groups.includes('system:authenticated') && isForEverybodyKnown(info)) return { decision: 'allow' };
    if (!info.isResource && info.verb === 'get' && PUBLIC_PATHS.includes(info.path)) return { decision: 'allow' };
    return { decision: 'no-opinion' };
  },
};

/** The modes by the name the flag takes, alphabetically. */
export const MODES: Readonly<Record<string, Authorizer>> = {
  AlwaysAllow: ALWAYS_ALLOW,
  AlwaysDeny: ALWAYS_DENY,
  Node: NODE,
  RBAC,
};
