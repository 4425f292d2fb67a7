/** rbac.authorization.k8s.io/v1 RoleBinding, as it is stored. */
import { type ApiKind, defineKind } from './kind.js';
import { bindingPrinter, bindingStrategy } from './role-binding-rules.js';

// The server still says this in the words of v1beta1.
const ABOUT_ROLE =
  'RoleRef can reference a Role in the current namespace or a ClusterRole in the global namespace. If the RoleRef cannot be resolved, the Authorizer must return an error.';

/** The strategy of bindings in a namespace, to a role of the namespace or of the cluster. */
export const roleBindingKind: ApiKind = defineKind({
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  kind: 'RoleBinding',
  plural: 'rolebindings',
  namespaced: true,
  createOnUpdate: true,
  ...bindingStrategy(['Role', 'ClusterRole'], true),
  printer: bindingPrinter('roleBinding', ABOUT_ROLE),
});
