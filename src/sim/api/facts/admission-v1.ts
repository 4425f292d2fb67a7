import type { FactPackage } from './package.js';

const TYPES = `
AdmissionRequest uid:1:s~types.UID: kind:2:@meta.v1.GroupVersionKind: resource:3:@meta.v1.GroupVersionResource: subResource:4:s:o requestKind:13:*@meta.v1.GroupVersionKind:o requestResource:14:*@meta.v1.GroupVersionResource:o requestSubResource:15:s:o name:5:s:o namespace:6:s:o operation:7:s~Operation: userInfo:8:@authentication.v1.UserInfo: object:9:R:o oldObject:10:R:o dryRun:11:*b:o options:12:R:o
AdmissionResponse uid:1:s~types.UID: allowed:2:b: status:3:*@meta.v1.Status:o patch:4:y:o patchType:5:*s~PatchType:o auditAnnotations:6:{s:o warnings:7:[s:o
AdmissionReview :0:@meta.v1.TypeMeta: request:1:*@AdmissionRequest:o response:2:*@AdmissionResponse:o
`;

/** Facts of the types of k8s.io/api/admission/v1, v0.36.0. */
export const ADMISSION_V1: FactPackage = {
  id: 'admission.v1',
  group: 'admission.k8s.io',
  version: 'v1',
  prefix: 'io.k8s.api.admission.v1',
  kinds: 'AdmissionReview',
  types: TYPES,
};
