import type { FactPackage } from './package.js';

/** Facts of the types of k8s.io/api/autoscaling/v2, v0.36.0. */
export const AUTOSCALING_V2: FactPackage = {
  id: 'autoscaling.v2',
  group: 'autoscaling',
  version: 'v2',
  prefix: 'io.k8s.api.autoscaling.v2',
  kinds: 'HorizontalPodAutoscaler HorizontalPodAutoscalerList',
  types: `
ContainerResourceMetricSource name:1:s~v1.ResourceName: target:2:@MetricTarget: container:3:s:
ContainerResourceMetricStatus name:1:s~v1.ResourceName: current:2:@MetricValueStatus: container:3:s:
CrossVersionObjectReference kind:1:s: name:2:s: apiVersion:3:s:o
ExternalMetricSource metric:1:@MetricIdentifier: target:2:@MetricTarget:
ExternalMetricStatus metric:1:@MetricIdentifier: current:2:@MetricValueStatus:
HPAScalingPolicy type:1:s~HPAScalingPolicyType: value:2:i: periodSeconds:3:i:
HPAScalingRules stabilizationWindowSeconds:3:*i:o selectPolicy:1:*s~ScalingPolicySelect:o policies:2:[@HPAScalingPolicy:o:L=atomic tolerance:4:*Q:o
HorizontalPodAutoscaler :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@HorizontalPodAutoscalerSpec:o status:3:@HorizontalPodAutoscalerStatus:o
HorizontalPodAutoscalerBehavior scaleUp:1:*@HPAScalingRules:o scaleDown:2:*@HPAScalingRules:o
HorizontalPodAutoscalerCondition type:1:s~HorizontalPodAutoscalerConditionType: status:2:s~v1.ConditionStatus: lastTransitionTime:3:T:o reason:4:s:o message:5:s:o
HorizontalPodAutoscalerList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@HorizontalPodAutoscaler:
HorizontalPodAutoscalerSpec scaleTargetRef:1:@CrossVersionObjectReference: minReplicas:2:*i:o maxReplicas:3:i: metrics:4:[@MetricSpec:o:L=atomic behavior:5:*@HorizontalPodAutoscalerBehavior:o
HorizontalPodAutoscalerStatus observedGeneration:1:*l:o lastScaleTime:2:*T:o currentReplicas:3:i:o desiredReplicas:4:i: currentMetrics:5:[@MetricStatus::L=atomic conditions:6:[@HorizontalPodAutoscalerCondition:o:p=merge;k=type;L=map;K=type
MetricIdentifier name:1:s: selector:2:*@meta.v1.LabelSelector:o
MetricSpec type:1:s~MetricSourceType: object:2:*@ObjectMetricSource:o pods:3:*@PodsMetricSource:o resource:4:*@ResourceMetricSource:o containerResource:7:*@ContainerResourceMetricSource:o external:5:*@ExternalMetricSource:o
MetricStatus type:1:s~MetricSourceType: object:2:*@ObjectMetricStatus:o pods:3:*@PodsMetricStatus:o resource:4:*@ResourceMetricStatus:o containerResource:7:*@ContainerResourceMetricStatus:o external:5:*@ExternalMetricStatus:o
MetricTarget type:1:s~MetricTargetType: value:2:*Q:o averageValue:3:*Q:o averageUtilization:4:*i:o
MetricValueStatus value:1:*Q:o averageValue:2:*Q:o averageUtilization:3:*i:o
ObjectMetricSource describedObject:1:@CrossVersionObjectReference: target:2:@MetricTarget: metric:3:@MetricIdentifier:
ObjectMetricStatus metric:1:@MetricIdentifier: current:2:@MetricValueStatus: describedObject:3:@CrossVersionObjectReference:
PodsMetricSource metric:1:@MetricIdentifier: target:2:@MetricTarget:
PodsMetricStatus metric:1:@MetricIdentifier: current:2:@MetricValueStatus:
ResourceMetricSource name:1:s~v1.ResourceName: target:2:@MetricTarget:
ResourceMetricStatus name:1:s~v1.ResourceName: current:2:@MetricValueStatus:
`,
};
