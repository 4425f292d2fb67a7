import type { PolicyRule } from '../../../api/types/rbac.js';

/** Rules of roles by the roles' names. */
export type Roles = Readonly<Record<string, readonly PolicyRule[]>>;

/** Verbs on resources of groups, each a list with spaces; the group without a name is called `core`. */
export function may(verbs: string, groups: string, resources: string, names?: string): PolicyRule {
  return {
    verbs: verbs.split(' '),
    apiGroups: groups.split(' ').map((group) => (group === 'core' ? '' : group)),
    resources: resources.split(' '),
    ...(names === undefined ? {} : { resourceNames: names.split(' ') }),
  };
}

/** Verbs on paths. */
export function urls(verbs: string, paths: string): PolicyRule {
  return { verbs: verbs.split(' '), nonResourceURLs: paths.split(' ') };
}

/** Telling what happened, which nearly everybody may. */
export const EVENTS: PolicyRule = may('create patch update', 'core events.k8s.io', 'events');
