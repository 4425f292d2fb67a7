/** rbac.authorization.k8s.io/v1 roles and their bindings. */
import type { KubeObject, LabelSelector } from '../object.js';

export interface PolicyRule {
  verbs?: string[] | null;
  apiGroups?: string[];
  resources?: string[];
  resourceNames?: string[];
  nonResourceURLs?: string[];
}

export interface Role extends KubeObject {
  rules?: PolicyRule[] | null;
}

export interface ClusterRole extends Role {
  aggregationRule?: { clusterRoleSelectors?: LabelSelector[] };
}

export interface RoleRef {
  apiGroup: string;
  kind: string;
  name: string;
}

export interface Subject {
  kind: string;
  apiGroup?: string;
  name: string;
  namespace?: string;
}

/** RoleBinding and ClusterRoleBinding. */
export interface Binding extends KubeObject {
  roleRef: RoleRef;
  subjects?: Subject[];
}
