import type { FactPackage } from './package.js';

/** Facts of the types of k8s.io/api/coordination/v1, v0.36.0. */
export const COORDINATION_V1: FactPackage = {
  id: 'coordination.v1',
  group: 'coordination.k8s.io',
  version: 'v1',
  prefix: 'io.k8s.api.coordination.v1',
  kinds: 'Lease LeaseList',
  types: `
Lease :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@LeaseSpec:o
LeaseList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@Lease:
LeaseSpec holderIdentity:1:*s:o leaseDurationSeconds:2:*i:o acquireTime:3:*M:o renewTime:4:*M:o leaseTransitions:5:*i:o strategy:6:*s~CoordinatedLeaseStrategy:o preferredHolder:7:*s:o
`,
};
