import type { FactPackage } from './package.js';

/** Facts of the types of k8s.io/api/apps/v1, v0.36.0. */
export const APPS_V1: FactPackage = {
  id: 'apps.v1',
  group: 'apps',
  version: 'v1',
  prefix: 'io.k8s.api.apps.v1',
  kinds:
    'ControllerRevision ControllerRevisionList DaemonSet DaemonSetList Deployment DeploymentList ReplicaSet ReplicaSetList StatefulSet StatefulSetList',
  types: `
!DaemonSetUpdateStrategyType OnDelete|RollingUpdate
!DeploymentStrategyType Recreate|RollingUpdate
!PodManagementPolicyType OrderedReady|Parallel
!StatefulSetUpdateStrategyType OnDelete|RollingUpdate
ControllerRevision :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o data:2:R:o revision:3:l:
ControllerRevisionList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@ControllerRevision:
DaemonSet :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@DaemonSetSpec:o status:3:@DaemonSetStatus:o
DaemonSetCondition type:1:s~DaemonSetConditionType: status:2:s~v1.ConditionStatus: lastTransitionTime:3:T:o reason:4:s:o message:5:s:o
DaemonSetList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@DaemonSet:
DaemonSetSpec selector:1:*@meta.v1.LabelSelector: template:2:@core.v1.PodTemplateSpec: updateStrategy:3:@DaemonSetUpdateStrategy:o minReadySeconds:4:i:o revisionHistoryLimit:6:*i:o
DaemonSetStatus currentNumberScheduled:1:i: numberMisscheduled:2:i: desiredNumberScheduled:3:i: numberReady:4:i: observedGeneration:5:l:o updatedNumberScheduled:6:i:o numberAvailable:7:i:o numberUnavailable:8:i:o collisionCount:9:*i:o conditions:10:[@DaemonSetCondition:o:p=merge;k=type;L=map;K=type
DaemonSetUpdateStrategy type:1:s~DaemonSetUpdateStrategyType!:o rollingUpdate:2:*@RollingUpdateDaemonSet:o
Deployment :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@DeploymentSpec:o status:3:@DeploymentStatus:o
DeploymentCondition type:1:s~DeploymentConditionType: status:2:s~v1.ConditionStatus: lastUpdateTime:6:T:o lastTransitionTime:7:T:o reason:4:s:o message:5:s:o
DeploymentList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@Deployment:
DeploymentSpec replicas:1:*i:o selector:2:*@meta.v1.LabelSelector: template:3:@core.v1.PodTemplateSpec: strategy:4:@DeploymentStrategy:o:p=retainKeys minReadySeconds:5:i:o revisionHistoryLimit:6:*i:o paused:7:b:o progressDeadlineSeconds:9:*i:o
DeploymentStatus observedGeneration:1:l:o replicas:2:i:o updatedReplicas:3:i:o readyReplicas:7:i:o availableReplicas:4:i:o unavailableReplicas:5:i:o terminatingReplicas:9:*i:o conditions:6:[@DeploymentCondition:o:p=merge;k=type;L=map;K=type collisionCount:8:*i:o
DeploymentStrategy type:1:s~DeploymentStrategyType!:o rollingUpdate:2:*@RollingUpdateDeployment:o
ReplicaSet :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@ReplicaSetSpec:o status:3:@ReplicaSetStatus:o
ReplicaSetCondition type:1:s~ReplicaSetConditionType: status:2:s~v1.ConditionStatus: lastTransitionTime:3:T:o reason:4:s:o message:5:s:o
ReplicaSetList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@ReplicaSet:
ReplicaSetSpec replicas:1:*i:o minReadySeconds:4:i:o selector:2:*@meta.v1.LabelSelector: template:3:@core.v1.PodTemplateSpec:o
ReplicaSetStatus replicas:1:i: fullyLabeledReplicas:2:i:o readyReplicas:4:i:o availableReplicas:5:i:o terminatingReplicas:7:*i:o observedGeneration:3:l:o conditions:6:[@ReplicaSetCondition:o:p=merge;k=type;L=map;K=type
RollingUpdateDaemonSet maxUnavailable:1:*I:o maxSurge:2:*I:o
RollingUpdateDeployment maxUnavailable:1:*I:o maxSurge:2:*I:o
RollingUpdateStatefulSetStrategy partition:1:*i:o maxUnavailable:2:*I:o
StatefulSet :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@StatefulSetSpec:o status:3:@StatefulSetStatus:o
StatefulSetCondition type:1:s~StatefulSetConditionType: status:2:s~v1.ConditionStatus: lastTransitionTime:3:T:o reason:4:s:o message:5:s:o
StatefulSetList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@StatefulSet:
StatefulSetOrdinals start:1:i:
StatefulSetPersistentVolumeClaimRetentionPolicy whenDeleted:1:s~PersistentVolumeClaimRetentionPolicyType:o whenScaled:2:s~PersistentVolumeClaimRetentionPolicyType:o
StatefulSetSpec replicas:1:*i:o selector:2:*@meta.v1.LabelSelector: template:3:@core.v1.PodTemplateSpec: volumeClaimTemplates:4:[@core.v1.PersistentVolumeClaim:o:L=atomic serviceName:5:s: podManagementPolicy:6:s~PodManagementPolicyType!:o updateStrategy:7:@StatefulSetUpdateStrategy:o revisionHistoryLimit:8:*i:o minReadySeconds:9:i:o persistentVolumeClaimRetentionPolicy:10:*@StatefulSetPersistentVolumeClaimRetentionPolicy:o ordinals:11:*@StatefulSetOrdinals:o
StatefulSetStatus observedGeneration:1:l:o replicas:2:i: readyReplicas:3:i:o currentReplicas:4:i:o updatedReplicas:5:i:o currentRevision:6:s:o updateRevision:7:s:o collisionCount:9:*i:o conditions:10:[@StatefulSetCondition:o:p=merge;k=type;L=map;K=type availableReplicas:11:i:
StatefulSetUpdateStrategy type:1:s~StatefulSetUpdateStrategyType!:o rollingUpdate:2:*@RollingUpdateStatefulSetStrategy:o
`,
};
