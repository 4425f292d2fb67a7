import type { FactPackage } from './package.js';

/** Facts of the types of k8s.io/api/batch/v1, v0.36.0. */
export const BATCH_V1: FactPackage = {
  id: 'batch.v1',
  group: 'batch',
  version: 'v1',
  prefix: 'io.k8s.api.batch.v1',
  kinds: 'CronJob CronJobList Job JobList',
  types: `
!CompletionMode Indexed|NonIndexed
!ConcurrencyPolicy Allow|Forbid|Replace
!PodFailurePolicyAction Count|FailIndex|FailJob|Ignore
!PodFailurePolicyOnExitCodesOperator In|NotIn
!PodReplacementPolicy Failed|TerminatingOrFailed
CronJob :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@CronJobSpec:o status:3:@CronJobStatus:o
CronJobList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@CronJob:
CronJobSpec schedule:1:s: timeZone:8:*s:o startingDeadlineSeconds:2:*l:o concurrencyPolicy:3:s~ConcurrencyPolicy!:o suspend:4:*b:o jobTemplate:5:@JobTemplateSpec: successfulJobsHistoryLimit:6:*i:o failedJobsHistoryLimit:7:*i:o
CronJobStatus active:1:[@core.v1.ObjectReference:o:L=atomic lastScheduleTime:4:*T:o lastSuccessfulTime:5:*T:o
Job :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@JobSpec:o status:3:@JobStatus:o
JobCondition type:1:s~JobConditionType: status:2:s~v1.ConditionStatus: lastProbeTime:3:T:o lastTransitionTime:4:T:o reason:5:s:o message:6:s:o
JobList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@Job:
JobSpec parallelism:1:*i:o completions:2:*i:o activeDeadlineSeconds:3:*l:o podFailurePolicy:11:*@PodFailurePolicy:o successPolicy:16:*@SuccessPolicy:o backoffLimit:7:*i:o backoffLimitPerIndex:12:*i:o maxFailedIndexes:13:*i:o selector:4:*@meta.v1.LabelSelector:o manualSelector:5:*b:o template:6:@core.v1.PodTemplateSpec: ttlSecondsAfterFinished:8:*i:o completionMode:9:*s~CompletionMode!:o suspend:10:*b:o podReplacementPolicy:14:*s~PodReplacementPolicy!:o managedBy:15:*s:o
JobStatus conditions:1:[@JobCondition:o:p=merge;k=type;L=atomic startTime:2:*T:o completionTime:3:*T:o active:4:i:o succeeded:5:i:o failed:6:i:o terminating:11:*i:o completedIndexes:7:s:o failedIndexes:10:*s:o uncountedTerminatedPods:8:*@UncountedTerminatedPods:o ready:9:*i:o
JobTemplateSpec metadata:1:@meta.v1.ObjectMeta:o spec:2:@JobSpec:o
PodFailurePolicy rules:1:[@PodFailurePolicyRule::L=atomic
PodFailurePolicyOnExitCodesRequirement containerName:1:*s:o operator:2:s~PodFailurePolicyOnExitCodesOperator!: values:3:[i::L=set
PodFailurePolicyOnPodConditionsPattern type:1:s~v1.PodConditionType: status:2:s~v1.ConditionStatus:
PodFailurePolicyRule action:1:s~PodFailurePolicyAction!: onExitCodes:2:*@PodFailurePolicyOnExitCodesRequirement:o onPodConditions:3:[@PodFailurePolicyOnPodConditionsPattern:o:L=atomic
SuccessPolicy rules:1:[@SuccessPolicyRule::L=atomic
SuccessPolicyRule succeededIndexes:1:*s:o succeededCount:2:*i:o
UncountedTerminatedPods succeeded:1:[s~types.UID:o:L=set failed:2:[s~types.UID:o:L=set
`,
};
