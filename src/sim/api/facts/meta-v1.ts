import type { FactPackage } from './package.js';

/** Facts of the types of k8s.io/apimachinery/pkg/apis/meta/v1, v0.36.0. */
export const META_V1: FactPackage = {
  id: 'meta.v1',
  group: 'meta.k8s.io',
  version: 'v1',
  prefix: 'io.k8s.apimachinery.pkg.apis.meta.v1',
  kinds: '',
  types: `
APIGroup :0:@TypeMeta: name:1:s: versions:2:[@GroupVersionForDiscovery::L=atomic preferredVersion:3:@GroupVersionForDiscovery:o serverAddressByClientCIDRs:4:[@ServerAddressByClientCIDR:o:L=atomic
APIGroupList :0:@TypeMeta: groups:1:[@APIGroup::L=atomic
APIResource name:1:s: singularName:6:s: namespaced:2:b: group:8:s:o version:9:s:o kind:3:s: verbs:4:[s~Verbs: shortNames:5:[s:o:L=atomic categories:7:[s:o:L=atomic storageVersionHash:10:s:o
APIResourceList :0:@TypeMeta: groupVersion:1:s: resources:2:[@APIResource::L=atomic
APIVersions :0:@TypeMeta: versions:1:[s::L=atomic serverAddressByClientCIDRs:2:[@ServerAddressByClientCIDR::L=atomic
Condition type:1:s: status:2:s~ConditionStatus: observedGeneration:3:l:o lastTransitionTime:4:T: reason:5:s: message:6:s:
CreateOptions :0:@TypeMeta: dryRun:1:[s:o:L=atomic fieldManager:3:s:o fieldValidation:4:s:o
DeleteOptions :0:@TypeMeta: gracePeriodSeconds:1:*l:o preconditions:2:*@Preconditions:o orphanDependents:3:*b:o propagationPolicy:4:*s~DeletionPropagation:o dryRun:5:[s:o:L=atomic ignoreStoreReadErrorWithClusterBreakingPotential:6:*b:o
FieldSelectorRequirement key:1:s: operator:2:s~FieldSelectorOperator: values:3:[s:o:L=atomic
GetOptions :0:@TypeMeta: resourceVersion:1:s:o
GroupVersionForDiscovery groupVersion:1:s: version:2:s:
GroupVersionKind group:1:s: version:2:s: kind:3:s:
GroupVersionResource group:1:s: version:2:s: resource:3:s:
LabelSelector matchLabels:1:{s:o matchExpressions:2:[@LabelSelectorRequirement:o:L=atomic
LabelSelectorRequirement key:1:s: operator:2:s~LabelSelectorOperator: values:3:[s:o:L=atomic
ListMeta selfLink:1:s:o resourceVersion:2:s:o continue:3:s:o remainingItemCount:4:*l:o shardInfo:5:*@ShardInfo:o
ListOptions :0:@TypeMeta: labelSelector:1:s:o fieldSelector:2:s:o watch:3:b:o allowWatchBookmarks:9:b:o resourceVersion:4:s:o resourceVersionMatch:10:s~ResourceVersionMatch:o timeoutSeconds:5:*l:o limit:7:l:o continue:8:s:o sendInitialEvents:11:*b:o shardSelector:15:s:o
ManagedFieldsEntry manager:1:s:o operation:2:s~ManagedFieldsOperationType:o apiVersion:3:s:o time:4:*T:o fieldsType:6:s:o fieldsV1:7:*F:o subresource:8:s:o
ObjectMeta name:1:s:o generateName:2:s:o namespace:3:s:o selfLink:4:s:o uid:5:s~types.UID:o resourceVersion:6:s:o generation:7:l:o creationTimestamp:8:T:oz deletionTimestamp:9:*T:o deletionGracePeriodSeconds:10:*l:o labels:11:{s:o annotations:12:{s:o ownerReferences:13:[@OwnerReference:o:p=merge;k=uid;L=map;K=uid finalizers:14:[s:o:p=merge;L=set managedFields:17:[@ManagedFieldsEntry:o:L=atomic
OwnerReference apiVersion:5:s: kind:1:s: name:3:s: uid:4:s~types.UID: controller:6:*b:o blockOwnerDeletion:7:*b:o
PartialObjectMetadata :0:@TypeMeta: metadata:1:@ObjectMeta:o
PartialObjectMetadataList :0:@TypeMeta: metadata:1:@ListMeta:o items:2:[@PartialObjectMetadata:
PatchOptions :0:@TypeMeta: dryRun:1:[s:o:L=atomic force:2:*b:o fieldManager:3:s:o fieldValidation:4:s:o
Preconditions uid:1:*s~types.UID:o resourceVersion:2:*s:o
ServerAddressByClientCIDR clientCIDR:1:s: serverAddress:2:s:
ShardInfo selector:1:s:
Status :0:@TypeMeta: metadata:1:@ListMeta:o status:2:s:o message:3:s:o reason:4:s~StatusReason:o details:5:*@StatusDetails:o code:6:i:o
StatusCause reason:1:s~CauseType:o message:2:s:o field:3:s:o
StatusDetails name:1:s:o group:2:s:o kind:3:s:o uid:6:s~types.UID:o causes:4:[@StatusCause:o:L=atomic retryAfterSeconds:5:i:o
Table :0:@TypeMeta: metadata:0:@ListMeta:o columnDefinitions:0:[@TableColumnDefinition::L=atomic rows:0:[@TableRow::L=atomic
TableColumnDefinition name:0:s: type:0:s: format:0:s: description:0:s: priority:0:i:
TableRow cells:0:[R::L=atomic conditions:0:[@TableRowCondition:o:L=atomic object:0:R:o
TableRowCondition type:0:s~RowConditionType: status:0:s~ConditionStatus: reason:0:s:o message:0:s:o
TypeMeta kind:1:s:o apiVersion:2:s:o
UpdateOptions :0:@TypeMeta: dryRun:1:[s:o:L=atomic fieldManager:2:s:o fieldValidation:3:s:o
WatchEvent type:1:s: object:2:R:
`,
};
