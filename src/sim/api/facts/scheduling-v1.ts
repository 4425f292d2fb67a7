import type { FactPackage } from './package.js';

/** Facts of the types of k8s.io/api/scheduling/v1, v0.36.0. */
export const SCHEDULING_V1: FactPackage = {
  id: 'scheduling.v1',
  group: 'scheduling.k8s.io',
  version: 'v1',
  prefix: 'io.k8s.api.scheduling.v1',
  kinds: 'PriorityClass PriorityClassList',
  types: `
PriorityClass :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o value:2:i: globalDefault:3:b:o description:4:s:o preemptionPolicy:5:*s~v1.PreemptionPolicy!:o
PriorityClassList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@PriorityClass:
`,
};
