import type { FactPackage } from './package.js';

/** Facts of the types of k8s.io/api/admissionregistration/v1, v0.36.0. */
export const ADMISSIONREGISTRATION_V1: FactPackage = {
  id: 'admissionregistration.v1',
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  prefix: 'io.k8s.api.admissionregistration.v1',
  kinds:
    'MutatingAdmissionPolicy MutatingAdmissionPolicyBinding MutatingAdmissionPolicyBindingList MutatingAdmissionPolicyList MutatingWebhookConfiguration MutatingWebhookConfigurationList ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding ValidatingAdmissionPolicyBindingList ValidatingAdmissionPolicyList ValidatingWebhookConfiguration ValidatingWebhookConfigurationList',
  types: `
!FailurePolicyType Fail|Ignore
!MatchPolicyType Equivalent|Exact
!OperationType *|CONNECT|CREATE|DELETE|UPDATE
!PatchType ApplyConfiguration|JSONPatch
!ReinvocationPolicyType IfNeeded|Never
!ScopeType *|Cluster|Namespaced
!SideEffectClass None|NoneOnDryRun|Some|Unknown
!ValidationAction Audit|Deny|Warn
ApplyConfiguration expression:1:s:o
AuditAnnotation key:1:s: valueExpression:2:s:
ExpressionWarning fieldRef:2:s: warning:3:s:
JSONPatch expression:1:s:o
MatchCondition name:1:s: expression:2:s:
MatchResources namespaceSelector:1:*@meta.v1.LabelSelector:o objectSelector:2:*@meta.v1.LabelSelector:o resourceRules:3:[@NamedRuleWithOperations:o:L=atomic excludeResourceRules:4:[@NamedRuleWithOperations:o:L=atomic matchPolicy:7:*s~MatchPolicyType!:o
MutatingAdmissionPolicy :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@MutatingAdmissionPolicySpec:o
MutatingAdmissionPolicyBinding :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@MutatingAdmissionPolicyBindingSpec:o
MutatingAdmissionPolicyBindingList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@MutatingAdmissionPolicyBinding:
MutatingAdmissionPolicyBindingSpec policyName:1:s:o paramRef:2:*@ParamRef:o matchResources:3:*@MatchResources:o
MutatingAdmissionPolicyList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@MutatingAdmissionPolicy:
MutatingAdmissionPolicySpec paramKind:1:*@ParamKind:o matchConstraints:2:*@MatchResources:o variables:3:[@Variable:o:L=atomic mutations:4:[@Mutation:o:L=atomic failurePolicy:5:*s~FailurePolicyType!:o matchConditions:6:[@MatchCondition:o:p=merge;k=name;L=map;K=name reinvocationPolicy:7:s~ReinvocationPolicyType!:o
MutatingWebhook name:1:s: clientConfig:2:@WebhookClientConfig: rules:3:[@RuleWithOperations:o:L=atomic failurePolicy:4:*s~FailurePolicyType!:o matchPolicy:9:*s~MatchPolicyType!:o namespaceSelector:5:*@meta.v1.LabelSelector:o objectSelector:11:*@meta.v1.LabelSelector:o sideEffects:6:*s~SideEffectClass!: timeoutSeconds:7:*i:o admissionReviewVersions:8:[s::L=atomic reinvocationPolicy:10:*s~ReinvocationPolicyType!:o matchConditions:12:[@MatchCondition:o:p=merge;k=name;L=map;K=name
MutatingWebhookConfiguration :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o webhooks:2:[@MutatingWebhook:o:p=merge;k=name;L=map;K=name
MutatingWebhookConfigurationList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@MutatingWebhookConfiguration:
Mutation patchType:2:s~PatchType!: applyConfiguration:3:*@ApplyConfiguration:o jsonPatch:4:*@JSONPatch:o
NamedRuleWithOperations resourceNames:1:[s:o:L=atomic :2:@RuleWithOperations:
ParamKind apiVersion:1:s:o kind:2:s:o
ParamRef name:1:s:o namespace:2:s:o selector:3:*@meta.v1.LabelSelector:o parameterNotFoundAction:4:*s~ParameterNotFoundActionType:o
Rule apiGroups:1:[s:o:L=atomic apiVersions:2:[s:o:L=atomic resources:3:[s:o:L=atomic scope:4:*s~ScopeType!:o
RuleWithOperations operations:1:[s~OperationType!:o:L=atomic :2:@Rule:
ServiceReference namespace:1:s: name:2:s: path:3:*s:o port:4:*i:o
TypeChecking expressionWarnings:1:[@ExpressionWarning:o:L=atomic
ValidatingAdmissionPolicy :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@ValidatingAdmissionPolicySpec:o status:3:@ValidatingAdmissionPolicyStatus:o
ValidatingAdmissionPolicyBinding :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@ValidatingAdmissionPolicyBindingSpec:o
ValidatingAdmissionPolicyBindingList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@ValidatingAdmissionPolicyBinding:
ValidatingAdmissionPolicyBindingSpec policyName:1:s:o paramRef:2:*@ParamRef:o matchResources:3:*@MatchResources:o validationActions:4:[s~ValidationAction!:o:L=set
ValidatingAdmissionPolicyList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@ValidatingAdmissionPolicy:
ValidatingAdmissionPolicySpec paramKind:1:*@ParamKind:o matchConstraints:2:*@MatchResources:o validations:3:[@Validation:o:L=atomic failurePolicy:4:*s~FailurePolicyType!:o auditAnnotations:5:[@AuditAnnotation:o:L=atomic matchConditions:6:[@MatchCondition:o:p=merge;k=name;L=map;K=name variables:7:[@Variable:o:p=merge;k=name;L=map;K=name
ValidatingAdmissionPolicyStatus observedGeneration:1:l:o typeChecking:2:*@TypeChecking:o conditions:3:[@meta.v1.Condition:o:L=map;K=type
ValidatingWebhook name:1:s: clientConfig:2:@WebhookClientConfig: rules:3:[@RuleWithOperations:o:L=atomic failurePolicy:4:*s~FailurePolicyType!:o matchPolicy:9:*s~MatchPolicyType!:o namespaceSelector:5:*@meta.v1.LabelSelector:o objectSelector:10:*@meta.v1.LabelSelector:o sideEffects:6:*s~SideEffectClass!: timeoutSeconds:7:*i:o admissionReviewVersions:8:[s::L=atomic matchConditions:11:[@MatchCondition:o:p=merge;k=name;L=map;K=name
ValidatingWebhookConfiguration :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o webhooks:2:[@ValidatingWebhook:o:p=merge;k=name;L=map;K=name
ValidatingWebhookConfigurationList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@ValidatingWebhookConfiguration:
Validation expression:1:s: message:2:s:o reason:3:*s~v1.StatusReason:o messageExpression:4:s:o
Variable name:1:s: expression:2:s:
WebhookClientConfig url:3:*s:o service:1:*@ServiceReference:o caBundle:2:y:o
`,
};
