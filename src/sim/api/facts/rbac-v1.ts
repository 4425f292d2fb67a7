import type { FactPackage } from './package.js';

/** Facts of the types of k8s.io/api/rbac/v1, v0.36.0. */
export const RBAC_V1: FactPackage = {
  id: 'rbac.v1',
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  prefix: 'io.k8s.api.rbac.v1',
  kinds:
    'ClusterRole ClusterRoleBinding ClusterRoleBindingList ClusterRoleList Role RoleBinding RoleBindingList RoleList',
  types: `
AggregationRule clusterRoleSelectors:1:[@meta.v1.LabelSelector:o:L=atomic
ClusterRole :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o rules:2:[@PolicyRule::L=atomic aggregationRule:3:*@AggregationRule:o
ClusterRoleBinding :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o subjects:2:[@Subject:o:L=atomic roleRef:3:@RoleRef:
ClusterRoleBindingList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@ClusterRoleBinding:
ClusterRoleList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@ClusterRole:
PolicyRule verbs:1:[s::L=atomic apiGroups:2:[s:o:L=atomic resources:3:[s:o:L=atomic resourceNames:4:[s:o:L=atomic nonResourceURLs:5:[s:o:L=atomic
Role :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o rules:2:[@PolicyRule::L=atomic
RoleBinding :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o subjects:2:[@Subject:o:L=atomic roleRef:3:@RoleRef:
RoleBindingList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@RoleBinding:
RoleList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@Role:
RoleRef apiGroup:1:s: kind:2:s: name:3:s:
Subject kind:1:s: apiGroup:2:s:o name:3:s: namespace:4:s:o
`,
};
