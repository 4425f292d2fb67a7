import type { FactPackage } from './package.js';

/** Facts of the types of k8s.io/api/authentication/v1, v0.36.0. */
export const AUTHENTICATION_V1: FactPackage = {
  id: 'authentication.v1',
  group: 'authentication.k8s.io',
  version: 'v1',
  prefix: 'io.k8s.api.authentication.v1',
  kinds: 'SelfSubjectReview TokenRequest TokenReview',
  types: `
BoundObjectReference kind:1:s:o apiVersion:2:s:o name:3:s:o uid:4:s~types.UID:o
SelfSubjectReview :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o status:2:@SelfSubjectReviewStatus:o
SelfSubjectReviewStatus userInfo:1:@UserInfo:o
TokenRequest :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@TokenRequestSpec: status:3:@TokenRequestStatus:o
TokenRequestSpec audiences:1:[s::L=atomic expirationSeconds:4:*l: boundObjectRef:3:*@BoundObjectReference:
TokenRequestStatus token:1:s: expirationTimestamp:2:T:
TokenReview :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@TokenReviewSpec: status:3:@TokenReviewStatus:o
TokenReviewSpec token:1:s:o audiences:2:[s:o:L=atomic
TokenReviewStatus authenticated:1:b:o user:2:@UserInfo:o audiences:4:[s:o:L=atomic error:3:s:o
UserInfo username:1:s:o uid:2:s:o groups:3:[s:o:L=atomic extra:4:{[s]~ExtraValue:o
`,
};
