import type { FactPackage } from './package.js';

/** Facts of the types of k8s.io/api/authorization/v1, v0.36.0. */
export const AUTHORIZATION_V1: FactPackage = {
  id: 'authorization.v1',
  group: 'authorization.k8s.io',
  version: 'v1',
  prefix: 'io.k8s.api.authorization.v1',
  kinds: 'LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview',
  types: `
FieldSelectorAttributes rawSelector:1:s:o requirements:2:[@meta.v1.FieldSelectorRequirement:o:L=atomic
LabelSelectorAttributes rawSelector:1:s:o requirements:2:[@meta.v1.LabelSelectorRequirement:o:L=atomic
LocalSubjectAccessReview :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@SubjectAccessReviewSpec: status:3:@SubjectAccessReviewStatus:o
NonResourceAttributes path:1:s:o verb:2:s:o
NonResourceRule verbs:1:[s::L=atomic nonResourceURLs:2:[s:o:L=atomic
ResourceAttributes namespace:1:s:o verb:2:s:o group:3:s:o version:4:s:o resource:5:s:o subresource:6:s:o name:7:s:o fieldSelector:8:*@FieldSelectorAttributes:o labelSelector:9:*@LabelSelectorAttributes:o
ResourceRule verbs:1:[s::L=atomic apiGroups:2:[s:o:L=atomic resources:3:[s:o:L=atomic resourceNames:4:[s:o:L=atomic
SelfSubjectAccessReview :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@SelfSubjectAccessReviewSpec: status:3:@SubjectAccessReviewStatus:o
SelfSubjectAccessReviewSpec resourceAttributes:1:*@ResourceAttributes:o nonResourceAttributes:2:*@NonResourceAttributes:o
SelfSubjectRulesReview :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@SelfSubjectRulesReviewSpec: status:3:@SubjectRulesReviewStatus:o
SelfSubjectRulesReviewSpec namespace:1:s:o
SubjectAccessReview :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@SubjectAccessReviewSpec: status:3:@SubjectAccessReviewStatus:o
SubjectAccessReviewSpec resourceAttributes:1:*@ResourceAttributes:o nonResourceAttributes:2:*@NonResourceAttributes:o user:3:s:o groups:4:[s:o:L=atomic extra:5:{[s]~ExtraValue:o uid:6:s:o
SubjectAccessReviewStatus allowed:1:b: denied:4:b:o reason:2:s:o evaluationError:3:s:o
SubjectRulesReviewStatus resourceRules:1:[@ResourceRule::L=atomic nonResourceRules:2:[@NonResourceRule::L=atomic incomplete:3:b: evaluationError:4:s:o
`,
};
