import type { FactPackage } from './package.js';

/** Facts of the types of k8s.io/api/resource/v1, v0.36.0. */
export const RESOURCE_V1: FactPackage = {
  id: 'resource.v1',
  group: 'resource.k8s.io',
  version: 'v1',
  prefix: 'io.k8s.api.resource.v1',
  kinds:
    'DeviceClass DeviceClassList ResourceClaim ResourceClaimList ResourceClaimTemplate ResourceClaimTemplateList ResourceSlice ResourceSliceList',
  types: `
!AllocationConfigSource FromClaim|FromClass
!DeviceAllocationMode All|ExactCount
!DeviceTaintEffect NoExecute|NoSchedule|None
!DeviceTolerationOperator Equal|Exists
AllocatedDeviceStatus driver:1:s: pool:2:s: device:3:s: shareID:7:*s:o conditions:4:[@meta.v1.Condition::L=map;K=type data:5:*R:o networkData:6:*@NetworkDeviceData:o
AllocationResult devices:1:@DeviceAllocationResult:o nodeSelector:3:*@core.v1.NodeSelector:o allocationTimestamp:5:*T:o
CELDeviceSelector expression:1:s:
CapacityRequestPolicy default:1:*Q: validValues:3:[Q:o:L=atomic validRange:4:*@CapacityRequestPolicyRange:o
CapacityRequestPolicyRange min:1:*Q:o max:2:*Q:o step:3:*Q:o
CapacityRequirements requests:1:{(QualifiedName)Q:o
Counter value:1:Q:
CounterSet name:1:s: counters:2:{@Counter:o
Device name:1:s: attributes:2:{(QualifiedName)@DeviceAttribute:o capacity:3:{(QualifiedName)@DeviceCapacity:o consumesCounters:4:[@DeviceCounterConsumption:o:L=atomic nodeName:5:*s:o nodeSelector:6:*@core.v1.NodeSelector:o allNodes:7:*b:o taints:8:[@DeviceTaint:o:L=atomic bindsToNode:9:*b:o bindingConditions:10:[s:o:L=atomic bindingFailureConditions:11:[s:o:L=atomic allowMultipleAllocations:12:*b:o nodeAllocatableResourceMappings:13:{(v1.ResourceName)@NodeAllocatableResourceMapping:o
DeviceAllocationConfiguration source:1:s~AllocationConfigSource!: requests:2:[s:o:L=atomic :3:@DeviceConfiguration:
DeviceAllocationResult results:1:[@DeviceRequestAllocationResult:o:L=atomic config:2:[@DeviceAllocationConfiguration:o:L=atomic
DeviceAttribute int:2:*l:o bool:3:*b:o string:4:*s:o version:5:*s:o ints:6:[l:o:L=atomic bools:7:[b:o:L=atomic strings:8:[s:o:L=atomic versions:9:[s:o:L=atomic
DeviceCapacity value:1:Q: requestPolicy:2:*@CapacityRequestPolicy:o
DeviceClaim requests:1:[@DeviceRequest::L=atomic constraints:2:[@DeviceConstraint:o:L=atomic config:3:[@DeviceClaimConfiguration:o:L=atomic
DeviceClaimConfiguration requests:1:[s:o:L=atomic :2:@DeviceConfiguration:
DeviceClass :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@DeviceClassSpec:
DeviceClassConfiguration :1:@DeviceConfiguration:
DeviceClassList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@DeviceClass:
DeviceClassSpec selectors:1:[@DeviceSelector:o:L=atomic config:2:[@DeviceClassConfiguration:o:L=atomic extendedResourceName:4:*s:o
DeviceConfiguration opaque:1:*@OpaqueDeviceConfiguration:o
DeviceConstraint requests:1:[s:o:L=atomic matchAttribute:2:*s~FullyQualifiedName:o distinctAttribute:3:*s~FullyQualifiedName:o
DeviceCounterConsumption counterSet:1:s: counters:2:{@Counter:o
DeviceRequest name:1:s: exactly:2:*@ExactDeviceRequest:o firstAvailable:3:[@DeviceSubRequest:o:L=atomic
DeviceRequestAllocationResult request:1:s: driver:2:s: pool:3:s: device:4:s: adminAccess:5:*b:o tolerations:6:[@DeviceToleration:o:L=atomic bindingConditions:7:[s:o:L=atomic bindingFailureConditions:8:[s:o:L=atomic shareID:9:*s~types.UID:o consumedCapacity:10:{(QualifiedName)Q:o
DeviceSelector cel:1:*@CELDeviceSelector:o
DeviceSubRequest name:1:s: deviceClassName:2:s: selectors:3:[@DeviceSelector:o:L=atomic allocationMode:4:s~DeviceAllocationMode!:o count:5:l:o tolerations:6:[@DeviceToleration:o:L=atomic capacity:7:*@CapacityRequirements:o
DeviceTaint key:1:s: value:2:s:o effect:3:s~DeviceTaintEffect!: timeAdded:4:*T:o
DeviceToleration key:1:s:o operator:2:s~DeviceTolerationOperator!:o:d="Equal" value:3:s:o effect:4:s~DeviceTaintEffect!:o tolerationSeconds:5:*l:o
ExactDeviceRequest deviceClassName:1:s: selectors:2:[@DeviceSelector:o:L=atomic allocationMode:3:s~DeviceAllocationMode!:o count:4:l:o adminAccess:5:*b:o tolerations:6:[@DeviceToleration:o:L=atomic capacity:7:*@CapacityRequirements:o
NetworkDeviceData interfaceName:1:s:o ips:2:[s:o:L=atomic hardwareAddress:3:s:o
NodeAllocatableResourceMapping capacityKey:1:*s~QualifiedName:o allocationMultiplier:2:*Q:o
OpaqueDeviceConfiguration driver:1:s: parameters:2:R:
ResourceClaim :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@ResourceClaimSpec: status:3:@ResourceClaimStatus:o
ResourceClaimConsumerReference apiGroup:1:s:o resource:3:s: name:4:s: uid:5:s~types.UID:
ResourceClaimList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@ResourceClaim:
ResourceClaimSpec devices:1:@DeviceClaim:
ResourceClaimStatus allocation:1:*@AllocationResult:o reservedFor:2:[@ResourceClaimConsumerReference:o:p=merge;k=uid;L=map;K=uid devices:4:[@AllocatedDeviceStatus:o:L=map;K=driver,device,pool,shareID
ResourceClaimTemplate :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@ResourceClaimTemplateSpec:
ResourceClaimTemplateList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@ResourceClaimTemplate:
ResourceClaimTemplateSpec metadata:1:@meta.v1.ObjectMeta:o spec:2:@ResourceClaimSpec:
ResourcePool name:1:s: generation:2:l: resourceSliceCount:3:l:
ResourceSlice :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@ResourceSliceSpec:
ResourceSliceList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@ResourceSlice:
ResourceSliceSpec driver:1:s: pool:2:@ResourcePool: nodeName:3:*s:o nodeSelector:4:*@core.v1.NodeSelector:o allNodes:5:*b:o devices:6:[@Device:o:L=atomic perDeviceNodeSelection:7:*b:o sharedCounters:8:[@CounterSet:o:L=atomic
`,
};
