import type { KubeObject } from '../../../api/object.js';
import type { Binding, ClusterRole, PolicyRule, Role, Subject } from '../../../api/types/rbac.js';
import { CLUSTER_BINDINGS, NAMESPACE_BINDINGS, systemAccount } from './bindings.js';
import { COMPONENT_ROLES } from './component-roles.js';
import { CONTROLLER_ROLES } from './controller-roles.js';
import { NAMESPACE_ROLES } from './namespace-roles.js';
import type { Roles } from './rule.js';
import { USER_ROLES } from './user-roles.js';

const GROUP = 'rbac.authorization.k8s.io';
const API_VERSION = `${GROUP}/v1`;
const CONTROLLER = 'system:controller:';
/** Which role a part belongs to, and the roles that are parts of the next. */
const AGGREGATED: Readonly<Record<string, string>> = {
  'system:aggregate-to-admin': 'admin',
  'system:aggregate-to-edit': 'edit',
  'system:aggregate-to-view': 'view',
  edit: 'admin',
  view: 'edit',
};

/** All that a server of v1.36 makes for RBAC when it starts, in its order: roles of the cluster, their bindings, then the namespaces'. */
export function bootstrapPolicy(): readonly (Role | Binding)[] {
  return [
    ...Object.entries(COMPONENT_ROLES).map(([name, rules]) => clusterRole(name, rules)),
    ...['admin', 'edit', 'view'].map(gathered),
    ...Object.entries(USER_ROLES).map(([name, rules]) => clusterRole(name, rules)),
    ...Object.entries(CONTROLLER_ROLES).map(([name, rules]) => clusterRole(CONTROLLER + name, rules)),
    ...CLUSTER_BINDINGS.map(([role, subjects]) => clusterBinding(role, subjects)),
    ...Object.keys(CONTROLLER_ROLES).map((name) => clusterBinding(CONTROLLER + name, [systemAccount(name)])),
    ...NAMESPACE_ROLES.map(([namespace, name, rules]) => ({ ...made('Role', name, namespace), rules: [...rules] })),
    ...NAMESPACE_BINDINGS.map(([namespace, name, role, subjects]) => ({
      ...made('RoleBinding', name, namespace),
      roleRef: { apiGroup: GROUP, kind: 'Role', name: role },
      subjects: [...subjects],
    })),
  ];
}

function clusterRole(name: string, rules: Roles[string]): ClusterRole {
  return { ...made('ClusterRole', name), rules: [...rules] };
}

/** A role whose rules a controller gathers from others. */
function gathered(name: string): ClusterRole {
  const matchLabels = { [`${GROUP}/aggregate-to-${name}`]: 'true' };
  return { ...made('ClusterRole', name), rules: null, aggregationRule: { clusterRoleSelectors: [{ matchLabels }] } };
}

function clusterBinding(role: string, subjects: readonly Subject[]): Binding {
  return {
    ...made('ClusterRoleBinding', role),
    roleRef: { apiGroup: GROUP, kind: 'ClusterRole', name: role },
    ...(subjects.length > 0 ? { subjects: [...subjects] } : {}),
  };
}

function made(kind: string, name: string, namespace?: string): KubeObject {
  const whole = kind === 'ClusterRole' ? AGGREGATED[name] : undefined;
  return {
    apiVersion: API_VERSION,
    kind,
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      labels: {
        'kubernetes.io/bootstrapping': 'rbac-defaults',
        ...(whole === undefined ? {} : { [`${GROUP}/aggregate-to-${whole}`]: 'true' }),
      },
      annotations: { 'rbac.authorization.kubernetes.io/autoupdate': 'true' },
    },
  };
}

/** The rules of the role of a node, by which the node authorizer decides what it does not look at more closely. */
export const NODE_RULES: readonly PolicyRule[] = COMPONENT_ROLES['system:node'] as readonly PolicyRule[];
