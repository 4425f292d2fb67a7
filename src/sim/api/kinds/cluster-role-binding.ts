/** rbac.authorization.k8s.io/v1 ClusterRoleBinding, as it is stored. */
import { type ApiKind, defineKind } from './kind.js';
import { bindingPrinter, bindingStrategy } from './role-binding-rules.js';

// The server still says this in the words of v1beta1.
const ABOUT_ROLE =
  'RoleRef can only reference a ClusterRole in the global namespace. If the RoleRef cannot be resolved, the Authorizer must return an error.';

/** The strategy of bindings in the whole cluster. */
export const clusterRoleBindingKind: ApiKind = defineKind({
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  kind: 'ClusterRoleBinding',
  plural: 'clusterrolebindings',
  namespaced: false,
  createOnUpdate: true,
  ...bindingStrategy(['ClusterRole'], false),
  printer: bindingPrinter('clusterRoleBinding', ABOUT_ROLE),
});
