import type { FactPackage } from './package.js';

/** Facts of the types of k8s.io/api/flowcontrol/v1, v0.36.0. */
export const FLOWCONTROL_V1: FactPackage = {
  id: 'flowcontrol.v1',
  group: 'flowcontrol.apiserver.k8s.io',
  version: 'v1',
  prefix: 'io.k8s.api.flowcontrol.v1',
  kinds: 'FlowSchema FlowSchemaList PriorityLevelConfiguration PriorityLevelConfigurationList',
  types: `
ExemptPriorityLevelConfiguration nominalConcurrencyShares:1:*i:o lendablePercent:2:*i:o
FlowDistinguisherMethod type:1:s~FlowDistinguisherMethodType:
FlowSchema :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@FlowSchemaSpec:o status:3:@FlowSchemaStatus:o
FlowSchemaCondition type:1:s~FlowSchemaConditionType:o status:2:s~ConditionStatus:o lastTransitionTime:3:T:o reason:4:s:o message:5:s:o
FlowSchemaList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@FlowSchema:
FlowSchemaSpec priorityLevelConfiguration:1:@PriorityLevelConfigurationReference: matchingPrecedence:2:i: distinguisherMethod:3:*@FlowDistinguisherMethod:o rules:4:[@PolicyRulesWithSubjects:o:L=atomic
FlowSchemaStatus conditions:1:[@FlowSchemaCondition:o:p=merge;k=type;L=map;K=type
GroupSubject name:1:s:
LimitResponse type:1:s~LimitResponseType: queuing:2:*@QueuingConfiguration:o
LimitedPriorityLevelConfiguration nominalConcurrencyShares:1:*i: limitResponse:2:@LimitResponse:o lendablePercent:3:*i:o borrowingLimitPercent:4:*i:o
NonResourcePolicyRule verbs:1:[s::L=set nonResourceURLs:6:[s::L=set
PolicyRulesWithSubjects subjects:1:[@Subject::L=atomic resourceRules:2:[@ResourcePolicyRule:o:L=atomic nonResourceRules:3:[@NonResourcePolicyRule:o:L=atomic
PriorityLevelConfiguration :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@PriorityLevelConfigurationSpec:o status:3:@PriorityLevelConfigurationStatus:o
PriorityLevelConfigurationCondition type:1:s~PriorityLevelConfigurationConditionType:o status:2:s~ConditionStatus:o lastTransitionTime:3:T:o reason:4:s:o message:5:s:o
PriorityLevelConfigurationList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@PriorityLevelConfiguration:
PriorityLevelConfigurationReference name:1:s:
PriorityLevelConfigurationSpec type:1:s~PriorityLevelEnablement: limited:2:*@LimitedPriorityLevelConfiguration:o exempt:3:*@ExemptPriorityLevelConfiguration:o
PriorityLevelConfigurationStatus conditions:1:[@PriorityLevelConfigurationCondition:o:p=merge;k=type;L=map;K=type
QueuingConfiguration queues:1:i: handSize:2:i: queueLengthLimit:3:i:
ResourcePolicyRule verbs:1:[s::L=set apiGroups:2:[s::L=set resources:3:[s::L=set clusterScope:4:b:o namespaces:5:[s::L=set
ServiceAccountSubject namespace:1:s: name:2:s:
Subject kind:1:s~SubjectKind: user:2:*@UserSubject:o group:3:*@GroupSubject:o serviceAccount:4:*@ServiceAccountSubject:o
UserSubject name:1:s:
`,
};
