/** rbac.authorization.k8s.io/v1 ClusterRole, as it is stored. */
import { type ApiKind, defineKind } from './kind.js';
import { validateMetaUpdate } from './meta.js';
import { validateClusterRole } from './role-rules.js';

/** The strategy of roles of the whole cluster. */
export const clusterRoleKind: ApiKind = defineKind({
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  kind: 'ClusterRole',
  plural: 'clusterroles',
  namespaced: false,
  createOnUpdate: true,
  validateCreate: validateClusterRole,
  validateUpdate: (object, old) => [...validateClusterRole(object), ...validateMetaUpdate(object, old)],
});
