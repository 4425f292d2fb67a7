import type { FactPackage } from './package.js';

/** Facts of the types of k8s.io/api/storage/v1, v0.36.0. */
export const STORAGE_V1: FactPackage = {
  id: 'storage.v1',
  group: 'storage.k8s.io',
  version: 'v1',
  prefix: 'io.k8s.api.storage.v1',
  kinds:
    'CSIDriver CSIDriverList CSINode CSINodeList CSIStorageCapacity CSIStorageCapacityList StorageClass StorageClassList VolumeAttachment VolumeAttachmentList VolumeAttributesClass VolumeAttributesClassList',
  types: `
!VolumeBindingMode Immediate|WaitForFirstConsumer
CSIDriver :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@CSIDriverSpec:
CSIDriverList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@CSIDriver:
CSIDriverSpec attachRequired:1:*b:o podInfoOnMount:2:*b:o volumeLifecycleModes:3:[s~VolumeLifecycleMode:o:L=set storageCapacity:4:*b:o fsGroupPolicy:5:*s~FSGroupPolicy:o tokenRequests:6:[@TokenRequest:o:L=atomic requiresRepublish:7:*b:o seLinuxMount:8:*b:o nodeAllocatableUpdatePeriodSeconds:9:*l:o serviceAccountTokenInSecrets:10:*b:o preventPodSchedulingIfMissing:11:*b:o
CSINode :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@CSINodeSpec:
CSINodeDriver name:1:s: nodeID:2:s: topologyKeys:3:[s::L=atomic allocatable:4:*@VolumeNodeResources:o
CSINodeList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@CSINode:
CSINodeSpec drivers:1:[@CSINodeDriver::p=merge;k=name;L=map;K=name
CSIStorageCapacity :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o nodeTopology:2:*@meta.v1.LabelSelector:o storageClassName:3:s: capacity:4:*Q:o maximumVolumeSize:5:*Q:o
CSIStorageCapacityList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@CSIStorageCapacity:
StorageClass :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o provisioner:2:s: parameters:3:{s:o reclaimPolicy:4:*s~v1.PersistentVolumeReclaimPolicy!:o mountOptions:5:[s:o:L=atomic allowVolumeExpansion:6:*b:o volumeBindingMode:7:*s~VolumeBindingMode!:o allowedTopologies:8:[@core.v1.TopologySelectorTerm:o:L=atomic
StorageClassList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@StorageClass:
TokenRequest audience:1:s: expirationSeconds:2:*l:o
VolumeAttachment :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@VolumeAttachmentSpec: status:3:@VolumeAttachmentStatus:o
VolumeAttachmentList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@VolumeAttachment:
VolumeAttachmentSource persistentVolumeName:1:*s:o inlineVolumeSpec:2:*@core.v1.PersistentVolumeSpec:o
VolumeAttachmentSpec attacher:1:s: source:2:@VolumeAttachmentSource: nodeName:3:s:
VolumeAttachmentStatus attached:1:b: attachmentMetadata:2:{s:o attachError:3:*@VolumeError:o detachError:4:*@VolumeError:o
VolumeAttributesClass :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o driverName:2:s: parameters:3:{s:o
VolumeAttributesClassList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@VolumeAttributesClass:
VolumeError time:1:T:o message:2:s:o errorCode:3:*i:o
VolumeNodeResources count:1:*i:o
`,
};
