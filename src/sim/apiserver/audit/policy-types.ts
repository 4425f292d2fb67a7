import type { FactPackage } from '../../api/facts/package.js';

/** Facts of the types of audit.k8s.io/v1 that a policy is written with, v0.36.0. */
export const AUDIT_V1: FactPackage = {
  id: 'audit.v1',
  group: 'audit.k8s.io',
  version: 'v1',
  prefix: '',
  kinds: 'Policy',
  types: `
Policy :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o rules:2:[@PolicyRule: omitStages:3:[s~v1.Stage:o omitManagedFields:4:b:o
PolicyRule level:1:s~v1.Level: users:2:[s:o userGroups:3:[s:o verbs:4:[s:o resources:5:[@GroupResources:o namespaces:6:[s:o nonResourceURLs:7:[s:o omitStages:8:[s~v1.Stage:o omitManagedFields:9:*b:o
GroupResources group:1:s:o resources:2:[s:o resourceNames:3:[s:o
`,
};
