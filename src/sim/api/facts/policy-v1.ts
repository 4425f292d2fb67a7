import type { FactPackage } from './package.js';

/** Facts of the types of k8s.io/api/policy/v1, v0.36.0. */
export const POLICY_V1: FactPackage = {
  id: 'policy.v1',
  group: 'policy',
  version: 'v1',
  prefix: 'io.k8s.api.policy.v1',
  kinds: 'Eviction PodDisruptionBudget PodDisruptionBudgetList',
  types: `
!UnhealthyPodEvictionPolicyType AlwaysAllow|IfHealthyBudget
Eviction :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o deleteOptions:2:*@meta.v1.DeleteOptions:o
PodDisruptionBudget :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@PodDisruptionBudgetSpec:o status:3:@PodDisruptionBudgetStatus:o
PodDisruptionBudgetList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@PodDisruptionBudget:
PodDisruptionBudgetSpec minAvailable:1:*I:o selector:2:*@meta.v1.LabelSelector:o:p=replace maxUnavailable:3:*I:o unhealthyPodEvictionPolicy:4:*s~UnhealthyPodEvictionPolicyType!:o
PodDisruptionBudgetStatus observedGeneration:1:l:o disruptedPods:2:{T:o disruptionsAllowed:3:i: currentHealthy:4:i: desiredHealthy:5:i: expectedPods:6:i: conditions:7:[@meta.v1.Condition:o:p=merge;k=type;L=map;K=type
`,
};
