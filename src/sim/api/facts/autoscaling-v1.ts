import type { FactPackage } from './package.js';

/** Facts of the types of k8s.io/api/autoscaling/v1, v0.36.0. */
export const AUTOSCALING_V1: FactPackage = {
  id: 'autoscaling.v1',
  group: 'autoscaling',
  version: 'v1',
  prefix: 'io.k8s.api.autoscaling.v1',
  kinds: 'HorizontalPodAutoscaler HorizontalPodAutoscalerList Scale',
  types: `
CrossVersionObjectReference kind:1:s: name:2:s: apiVersion:3:s:o
HorizontalPodAutoscaler :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@HorizontalPodAutoscalerSpec:o status:3:@HorizontalPodAutoscalerStatus:o
HorizontalPodAutoscalerList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@HorizontalPodAutoscaler:
HorizontalPodAutoscalerSpec scaleTargetRef:1:@CrossVersionObjectReference: minReplicas:2:*i:o maxReplicas:3:i: targetCPUUtilizationPercentage:4:*i:o
HorizontalPodAutoscalerStatus observedGeneration:1:*l:o lastScaleTime:2:*T:o currentReplicas:3:i: desiredReplicas:4:i: currentCPUUtilizationPercentage:5:*i:o
Scale :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@ScaleSpec:o status:3:@ScaleStatus:o
ScaleSpec replicas:1:i:o:d=0
ScaleStatus replicas:1:i: selector:2:s:o
`,
};
