/**
 * Structs that are one thing to those who share an object: nobody owns a part of one. Read from the markers
 * `+structType=atomic` of k8s.io/api and apimachinery, v0.36.0. A field may say otherwise.
 */
export const ATOMIC_STRUCTS: ReadonlySet<string> = new Set(
  `admissionregistration.v1.MatchResources admissionregistration.v1.NamedRuleWithOperations
admissionregistration.v1.ParamKind admissionregistration.v1.ParamRef admissionregistration.v1.Variable
autoscaling.v1.CrossVersionObjectReference core.v1.ConfigMapKeySelector core.v1.EndpointAddress core.v1.EndpointPort
core.v1.FileKeySelector core.v1.LocalObjectReference core.v1.NodeSelector core.v1.NodeSelectorTerm
core.v1.ObjectFieldSelector core.v1.ObjectReference core.v1.ResourceFieldSelector core.v1.ScopeSelector
core.v1.SecretKeySelector core.v1.SecretReference core.v1.TopologySelectorTerm core.v1.TypedLocalObjectReference
discovery.v1.EndpointPort meta.v1.LabelSelector meta.v1.OwnerReference networking.v1.ServiceBackendPort rbac.v1.RoleRef
rbac.v1.Subject`.split(/\s+/),
);
