/** rbac.authorization.k8s.io/v1 Role, as it is stored; what it allows is for the authorizer to say. */
import { type ApiKind, defineKind } from './kind.js';
import { validateMetaUpdate } from './meta.js';
import { validateRole } from './role-rules.js';

/** The strategy of roles of a namespace. */
export const roleKind: ApiKind = defineKind({
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  kind: 'Role',
  plural: 'roles',
  namespaced: true,
  createOnUpdate: true,
  validateCreate: (object) => validateRole(object, true),
  validateUpdate: (object, old) => [...validateRole(object, true), ...validateMetaUpdate(object, old)],
});
