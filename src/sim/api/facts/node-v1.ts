import type { FactPackage } from './package.js';

/** Facts of the types of k8s.io/api/node/v1, v0.36.0. */
export const NODE_V1: FactPackage = {
  id: 'node.v1',
  group: 'node.k8s.io',
  version: 'v1',
  prefix: 'io.k8s.api.node.v1',
  kinds: 'RuntimeClass RuntimeClassList',
  types: `
Overhead podFixed:1:{(v1.ResourceName)Q~v1.ResourceList:o
RuntimeClass :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o handler:2:s: overhead:3:*@Overhead:o scheduling:4:*@Scheduling:o
RuntimeClassList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@RuntimeClass:
Scheduling nodeSelector:1:{s:o:m=atomic tolerations:2:[@core.v1.Toleration:o:L=atomic
`,
};
