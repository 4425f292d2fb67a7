import type { FactPackage } from './package.js';

/** Facts of the types of k8s.io/api/core/v1, v0.36.0. */
export const CORE_V1: FactPackage = {
  id: 'core.v1',
  group: '',
  version: 'v1',
  prefix: 'io.k8s.api.core.v1',
  kinds:
    'Binding ComponentStatus ComponentStatusList ConfigMap ConfigMapList Endpoints EndpointsList Event EventList LimitRange LimitRangeList List Namespace NamespaceList Node NodeList NodeProxyOptions PersistentVolume PersistentVolumeClaim PersistentVolumeClaimList PersistentVolumeList Pod PodAttachOptions PodExecOptions PodList PodLogOptions PodPortForwardOptions PodProxyOptions PodStatusResult PodTemplate PodTemplateList RangeAllocation ReplicationController ReplicationControllerList ResourceQuota ResourceQuotaList Secret SecretList SerializedReference Service ServiceAccount ServiceAccountList ServiceList ServiceProxyOptions',
  types: `
!AppArmorProfileType Localhost|RuntimeDefault|Unconfined
!AzureDataDiskCachingMode None|ReadOnly|ReadWrite
!AzureDataDiskKind Dedicated|Managed|Shared
!ClaimResourceStatus ControllerResizeInProgress|ControllerResizeInfeasible|NodeResizeInProgress|NodeResizeInfeasible|NodeResizePending
!DNSPolicy ClusterFirst|ClusterFirstWithHostNet|Default|None
!HostPathType |BlockDevice|CharDevice|Directory|DirectoryOrCreate|File|FileOrCreate|Socket
!IPFamily |IPv4|IPv6
!IPFamilyPolicy PreferDualStack|RequireDualStack|SingleStack
!MountPropagationMode Bidirectional|HostToContainer|None
!NamespacePhase Active|Terminating
!NodeInclusionPolicy Honor|Ignore
!NodePhase Pending|Running|Terminated
!NodeSelectorOperator DoesNotExist|Exists|Gt|In|Lt|NotIn
!PersistentVolumeAccessMode ReadOnlyMany|ReadWriteMany|ReadWriteOnce|ReadWriteOncePod
!PersistentVolumeClaimModifyVolumeStatus InProgress|Infeasible|Pending
!PersistentVolumeClaimPhase Bound|Lost|Pending
!PersistentVolumeMode Block|Filesystem
!PersistentVolumePhase Available|Bound|Failed|Pending|Released
!PersistentVolumeReclaimPolicy Delete|Recycle|Retain
!PodFSGroupChangePolicy Always|OnRootMismatch
!PodPhase Failed|Pending|Running|Succeeded|Unknown
!PodQOSClass BestEffort|Burstable|Guaranteed
!PreemptionPolicy Never|PreemptLowerPriority
!ProcMountType Default|Unmasked
!Protocol SCTP|TCP|UDP
!PullPolicy Always|IfNotPresent|Never
!ResourceQuotaScope BestEffort|CrossNamespacePodAffinity|NotBestEffort|NotTerminating|PriorityClass|Terminating|VolumeAttributesClass
!RestartPolicy Always|Never|OnFailure
!ScopeSelectorOperator DoesNotExist|Exists|In|NotIn
!SeccompProfileType Localhost|RuntimeDefault|Unconfined
!ServiceAffinity ClientIP|None
!ServiceExternalTrafficPolicy Cluster|Local
!ServiceInternalTrafficPolicy Cluster|Local
!ServiceType ClusterIP|ExternalName|LoadBalancer|NodePort
!Signal SIGABRT|SIGALRM|SIGBUS|SIGCHLD|SIGCLD|SIGCONT|SIGFPE|SIGHUP|SIGILL|SIGINT|SIGIO|SIGIOT|SIGKILL|SIGPIPE|SIGPOLL|SIGPROF|SIGPWR|SIGQUIT|SIGRTMAX|SIGRTMAX-1|SIGRTMAX-10|SIGRTMAX-11|SIGRTMAX-12|SIGRTMAX-13|SIGRTMAX-14|SIGRTMAX-2|SIGRTMAX-3|SIGRTMAX-4|SIGRTMAX-5|SIGRTMAX-6|SIGRTMAX-7|SIGRTMAX-8|SIGRTMAX-9|SIGRTMIN|SIGRTMIN+1|SIGRTMIN+10|SIGRTMIN+11|SIGRTMIN+12|SIGRTMIN+13|SIGRTMIN+14|SIGRTMIN+15|SIGRTMIN+2|SIGRTMIN+3|SIGRTMIN+4|SIGRTMIN+5|SIGRTMIN+6|SIGRTMIN+7|SIGRTMIN+8|SIGRTMIN+9|SIGSEGV|SIGSTKFLT|SIGSTOP|SIGSYS|SIGTERM|SIGTRAP|SIGTSTP|SIGTTIN|SIGTTOU|SIGURG|SIGUSR1|SIGUSR2|SIGVTALRM|SIGWINCH|SIGXCPU|SIGXFSZ
!SupplementalGroupsPolicy Merge|Strict
!TaintEffect NoExecute|NoSchedule|PreferNoSchedule
!TerminationMessagePolicy FallbackToLogsOnError|File
!TolerationOperator Equal|Exists|Gt|Lt
!URIScheme HTTP|HTTPS
!UnsatisfiableConstraintAction DoNotSchedule|ScheduleAnyway
AWSElasticBlockStoreVolumeSource volumeID:1:s: fsType:2:s:o partition:3:i:o readOnly:4:b:o
Affinity nodeAffinity:1:*@NodeAffinity:o podAffinity:2:*@PodAffinity:o podAntiAffinity:3:*@PodAntiAffinity:o
AppArmorProfile type:1:s~AppArmorProfileType!: localhostProfile:2:*s:o
AttachedVolume name:1:s~UniqueVolumeName: devicePath:2:s:
AzureDiskVolumeSource diskName:1:s: diskURI:2:s: cachingMode:3:*s~AzureDataDiskCachingMode!:o:d="ReadWrite" fsType:4:*s:o:d="ext4" readOnly:5:*b:o:d=false kind:6:*s~AzureDataDiskKind!:o:d="Shared"
AzureFilePersistentVolumeSource secretName:1:s: shareName:2:s: readOnly:3:b:o secretNamespace:4:*s:
AzureFileVolumeSource secretName:1:s: shareName:2:s: readOnly:3:b:o
Binding :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o target:2:@ObjectReference:
CSIPersistentVolumeSource driver:1:s: volumeHandle:2:s: readOnly:3:b:o fsType:4:s:o volumeAttributes:5:{s:o controllerPublishSecretRef:6:*@SecretReference:o nodeStageSecretRef:7:*@SecretReference:o nodePublishSecretRef:8:*@SecretReference:o controllerExpandSecretRef:9:*@SecretReference:o nodeExpandSecretRef:10:*@SecretReference:o
CSIVolumeSource driver:1:s: readOnly:2:*b:o fsType:3:*s:o volumeAttributes:4:{s:o nodePublishSecretRef:5:*@LocalObjectReference:o
Capabilities add:1:[s~Capability:o:L=atomic drop:2:[s~Capability:o:L=atomic
CephFSPersistentVolumeSource monitors:1:[s::L=atomic path:2:s:o user:3:s:o secretFile:4:s:o secretRef:5:*@SecretReference:o readOnly:6:b:o
CephFSVolumeSource monitors:1:[s::L=atomic path:2:s:o user:3:s:o secretFile:4:s:o secretRef:5:*@LocalObjectReference:o readOnly:6:b:o
CinderPersistentVolumeSource volumeID:1:s: fsType:2:s:o readOnly:3:b:o secretRef:4:*@SecretReference:o
CinderVolumeSource volumeID:1:s: fsType:2:s:o readOnly:3:b:o secretRef:4:*@LocalObjectReference:o
ClientIPConfig timeoutSeconds:1:*i:o
ClusterTrustBundleProjection name:1:*s:o signerName:2:*s:o labelSelector:3:*@meta.v1.LabelSelector:o optional:5:*b:o path:4:s:
ComponentCondition type:1:s~ComponentConditionType: status:2:s~ConditionStatus: message:3:s:o error:4:s:o
ComponentStatus :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o conditions:2:[@ComponentCondition:o:p=merge;k=type;L=map;K=type
ComponentStatusList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@ComponentStatus:
ConfigMap :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o immutable:4:*b:o data:2:{s:o binaryData:3:{y:o
ConfigMapEnvSource :1:@LocalObjectReference: optional:2:*b:o
ConfigMapKeySelector :1:@LocalObjectReference: key:2:s: optional:3:*b:o
ConfigMapList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@ConfigMap:
ConfigMapNodeConfigSource namespace:1:s: name:2:s: uid:3:s~types.UID:o resourceVersion:4:s:o kubeletConfigKey:5:s:
ConfigMapProjection :1:@LocalObjectReference: items:2:[@KeyToPath:o:L=atomic optional:4:*b:o
ConfigMapVolumeSource :1:@LocalObjectReference: items:2:[@KeyToPath:o:L=atomic defaultMode:3:*i:o optional:4:*b:o
Container name:1:s: image:2:s:o command:3:[s:o:L=atomic args:4:[s:o:L=atomic workingDir:5:s:o ports:6:[@ContainerPort:o:p=merge;k=containerPort;L=map;K=containerPort,protocol envFrom:19:[@EnvFromSource:o:L=atomic env:7:[@EnvVar:o:p=merge;k=name;L=map;K=name resources:8:@ResourceRequirements:o resizePolicy:23:[@ContainerResizePolicy:o:L=atomic restartPolicy:24:*s~ContainerRestartPolicy:o restartPolicyRules:25:[@ContainerRestartRule:o:L=atomic volumeMounts:9:[@VolumeMount:o:p=merge;k=mountPath;L=map;K=mountPath volumeDevices:21:[@VolumeDevice:o:p=merge;k=devicePath;L=map;K=devicePath livenessProbe:10:*@Probe:o readinessProbe:11:*@Probe:o startupProbe:22:*@Probe:o lifecycle:12:*@Lifecycle:o terminationMessagePath:13:s:o terminationMessagePolicy:20:s~TerminationMessagePolicy!:o imagePullPolicy:14:s~PullPolicy!:o securityContext:15:*@SecurityContext:o stdin:16:b:o stdinOnce:17:b:o tty:18:b:o
ContainerExtendedResourceRequest containerName:1:s: resourceName:2:s: requestName:3:s:
ContainerImage names:1:[s::L=atomic sizeBytes:2:l:o
ContainerPort name:1:s:o hostPort:2:i:o containerPort:3:i: protocol:4:s~Protocol!:o:d="TCP" hostIP:5:s:o
ContainerResizePolicy resourceName:1:s~ResourceName: restartPolicy:2:s~ResourceResizeRestartPolicy:
ContainerRestartRule action:1:s~ContainerRestartRuleAction:o exitCodes:2:*@ContainerRestartRuleOnExitCodes:o
ContainerRestartRuleOnExitCodes operator:1:s~ContainerRestartRuleOnExitCodesOperator:o values:2:[i:o:L=set
ContainerState waiting:1:*@ContainerStateWaiting:o running:2:*@ContainerStateRunning:o terminated:3:*@ContainerStateTerminated:o
ContainerStateRunning startedAt:1:T:o
ContainerStateTerminated exitCode:1:i: signal:2:i:o reason:3:s:o message:4:s:o startedAt:5:T:o finishedAt:6:T:o containerID:7:s:o
ContainerStateWaiting reason:1:s:o message:2:s:o
ContainerStatus name:1:s: state:2:@ContainerState:o lastState:3:@ContainerState:o ready:4:b: restartCount:5:i: image:6:s: imageID:7:s: containerID:8:s:o started:9:*b:o allocatedResources:10:{(ResourceName)Q~ResourceList:o resources:11:*@ResourceRequirements:o volumeMounts:12:[@VolumeMountStatus:o:p=merge;k=mountPath;L=map;K=mountPath user:13:*@ContainerUser:o allocatedResourcesStatus:14:[@ResourceStatus:o:p=merge;k=name;L=map;K=name stopSignal:15:*s~Signal!:o
ContainerUser linux:1:*@LinuxContainerUser:o
DaemonEndpoint Port:1:i:
DownwardAPIProjection items:1:[@DownwardAPIVolumeFile:o:L=atomic
DownwardAPIVolumeFile path:1:s: fieldRef:2:*@ObjectFieldSelector:o resourceFieldRef:3:*@ResourceFieldSelector:o mode:4:*i:o
DownwardAPIVolumeSource items:1:[@DownwardAPIVolumeFile:o:L=atomic defaultMode:2:*i:o
EmptyDirVolumeSource medium:1:s~StorageMedium:o sizeLimit:2:*Q:o
EndpointAddress ip:1:s: hostname:3:s:o nodeName:4:*s:o targetRef:2:*@ObjectReference:o
EndpointPort name:1:s:o port:2:i: protocol:3:s~Protocol!:o appProtocol:4:*s:o
EndpointSubset addresses:1:[@EndpointAddress:o:L=atomic notReadyAddresses:2:[@EndpointAddress:o:L=atomic ports:3:[@EndpointPort:o:L=atomic
Endpoints :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o subsets:2:[@EndpointSubset:o:L=atomic
EndpointsList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@Endpoints:
EnvFromSource prefix:1:s:o configMapRef:2:*@ConfigMapEnvSource:o secretRef:3:*@SecretEnvSource:o
EnvVar name:1:s: value:2:s:o valueFrom:3:*@EnvVarSource:o
EnvVarSource fieldRef:1:*@ObjectFieldSelector:o resourceFieldRef:2:*@ResourceFieldSelector:o configMapKeyRef:3:*@ConfigMapKeySelector:o secretKeyRef:4:*@SecretKeySelector:o fileKeyRef:5:*@FileKeySelector:o
EphemeralContainer :1:@EphemeralContainerCommon: targetContainerName:2:s:o
EphemeralContainerCommon name:1:s: image:2:s:o command:3:[s:o:L=atomic args:4:[s:o:L=atomic workingDir:5:s:o ports:6:[@ContainerPort:o:p=merge;k=containerPort;L=map;K=containerPort,protocol envFrom:19:[@EnvFromSource:o:L=atomic env:7:[@EnvVar:o:p=merge;k=name;L=map;K=name resources:8:@ResourceRequirements:o resizePolicy:23:[@ContainerResizePolicy:o:L=atomic restartPolicy:24:*s~ContainerRestartPolicy:o restartPolicyRules:25:[@ContainerRestartRule:o:L=atomic volumeMounts:9:[@VolumeMount:o:p=merge;k=mountPath;L=map;K=mountPath volumeDevices:21:[@VolumeDevice:o:p=merge;k=devicePath;L=map;K=devicePath livenessProbe:10:*@Probe:o readinessProbe:11:*@Probe:o startupProbe:22:*@Probe:o lifecycle:12:*@Lifecycle:o terminationMessagePath:13:s:o terminationMessagePolicy:20:s~TerminationMessagePolicy!:o imagePullPolicy:14:s~PullPolicy!:o securityContext:15:*@SecurityContext:o stdin:16:b:o stdinOnce:17:b:o tty:18:b:o
EphemeralVolumeSource volumeClaimTemplate:1:*@PersistentVolumeClaimTemplate:o
Event :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta: involvedObject:2:@ObjectReference: reason:3:s:o message:4:s:o source:5:@EventSource:o firstTimestamp:6:T:o lastTimestamp:7:T:o count:8:i:o type:9:s:o eventTime:10:M:o series:11:*@EventSeries:o action:12:s:o related:13:*@ObjectReference:o reportingComponent:14:s: reportingInstance:15:s:
EventList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@Event:
EventSeries count:1:i:o lastObservedTime:2:M:o
EventSource component:1:s:o host:2:s:o
ExecAction command:1:[s:o:L=atomic
FCVolumeSource targetWWNs:1:[s:o:L=atomic lun:2:*i:o fsType:3:s:o readOnly:4:b:o wwids:5:[s:o:L=atomic
FileKeySelector volumeName:1:s: path:2:s: key:3:s: optional:4:*b:o:d=false
FlexPersistentVolumeSource driver:1:s: fsType:2:s:o secretRef:3:*@SecretReference:o readOnly:4:b:o options:5:{s:o
FlexVolumeSource driver:1:s: fsType:2:s:o secretRef:3:*@LocalObjectReference:o readOnly:4:b:o options:5:{s:o
FlockerVolumeSource datasetName:1:s:o datasetUUID:2:s:o
GCEPersistentDiskVolumeSource pdName:1:s: fsType:2:s:o partition:3:i:o readOnly:4:b:o
GRPCAction port:1:i: service:2:*s::d=""
GitRepoVolumeSource repository:1:s: revision:2:s:o directory:3:s:o
GlusterfsPersistentVolumeSource endpoints:1:s: path:2:s: readOnly:3:b:o endpointsNamespace:4:*s:o
GlusterfsVolumeSource endpoints:1:s: path:2:s: readOnly:3:b:o
HTTPGetAction path:1:s:o port:2:I: host:3:s:o scheme:4:s~URIScheme!:o httpHeaders:5:[@HTTPHeader:o:L=atomic
HTTPHeader name:1:s: value:2:s:
HostAlias ip:1:s: hostnames:2:[s:o:L=atomic
HostIP ip:1:s:
HostPathVolumeSource path:1:s: type:2:*s~HostPathType!:o
ISCSIPersistentVolumeSource targetPortal:1:s: iqn:2:s: lun:3:i: iscsiInterface:4:s:o:d="default" fsType:5:s:o readOnly:6:b:o portals:7:[s:o:L=atomic chapAuthDiscovery:8:b:o chapAuthSession:11:b:o secretRef:10:*@SecretReference:o initiatorName:12:*s:o
ISCSIVolumeSource targetPortal:1:s: iqn:2:s: lun:3:i: iscsiInterface:4:s:o:d="default" fsType:5:s:o readOnly:6:b:o portals:7:[s:o:L=atomic chapAuthDiscovery:8:b:o chapAuthSession:11:b:o secretRef:10:*@LocalObjectReference:o initiatorName:12:*s:o
ImageVolumeSource reference:1:s:o pullPolicy:2:s~PullPolicy!:o
ImageVolumeStatus imageRef:1:s:o
KeyToPath key:1:s: path:2:s: mode:3:*i:o
Lifecycle postStart:1:*@LifecycleHandler:o preStop:2:*@LifecycleHandler:o stopSignal:3:*s~Signal!:o
LifecycleHandler exec:1:*@ExecAction:o httpGet:2:*@HTTPGetAction:o tcpSocket:3:*@TCPSocketAction:o sleep:4:*@SleepAction:o
LimitRange :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@LimitRangeSpec:o
LimitRangeItem type:1:s~LimitType: max:2:{(ResourceName)Q~ResourceList:o min:3:{(ResourceName)Q~ResourceList:o default:4:{(ResourceName)Q~ResourceList:o defaultRequest:5:{(ResourceName)Q~ResourceList:o maxLimitRequestRatio:6:{(ResourceName)Q~ResourceList:o
LimitRangeList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@LimitRange:
LimitRangeSpec limits:1:[@LimitRangeItem::L=atomic
LinuxContainerUser uid:1:l: gid:2:l: supplementalGroups:3:[l:o:L=atomic
List :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[R:
LoadBalancerIngress ip:1:s:o hostname:2:s:o ipMode:3:*s~LoadBalancerIPMode:o ports:4:[@PortStatus:o:L=atomic
LoadBalancerStatus ingress:1:[@LoadBalancerIngress:o:L=atomic
LocalObjectReference name:1:s:o:d=""
LocalVolumeSource path:1:s: fsType:2:*s:o
ModifyVolumeStatus targetVolumeAttributesClassName:1:s:o status:2:s~PersistentVolumeClaimModifyVolumeStatus!:
NFSVolumeSource server:1:s: path:2:s: readOnly:3:b:o
Namespace :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@NamespaceSpec:o status:3:@NamespaceStatus:o
NamespaceCondition type:1:s~NamespaceConditionType: status:2:s~ConditionStatus: lastTransitionTime:4:T:o reason:5:s:o message:6:s:o
NamespaceList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@Namespace:
NamespaceSpec finalizers:1:[s~FinalizerName:o:L=atomic
NamespaceStatus phase:1:s~NamespacePhase!:o conditions:2:[@NamespaceCondition:o:p=merge;k=type;L=map;K=type
Node :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@NodeSpec:o status:3:@NodeStatus:o
NodeAddress type:1:s~NodeAddressType: address:2:s:
NodeAffinity requiredDuringSchedulingIgnoredDuringExecution:1:*@NodeSelector:o preferredDuringSchedulingIgnoredDuringExecution:2:[@PreferredSchedulingTerm:o:L=atomic
NodeAllocatableResourceClaimStatus resourceClaimName:1:s: containers:2:[s:o:L=set resources:3:{(ResourceName)Q:
NodeCondition type:1:s~NodeConditionType: status:2:s~ConditionStatus: lastHeartbeatTime:3:T:o lastTransitionTime:4:T:o reason:5:s:o message:6:s:o
NodeConfigSource configMap:2:*@ConfigMapNodeConfigSource:o
NodeConfigStatus assigned:1:*@NodeConfigSource:o active:2:*@NodeConfigSource:o lastKnownGood:3:*@NodeConfigSource:o error:4:s:o
NodeDaemonEndpoints kubeletEndpoint:1:@DaemonEndpoint:o
NodeFeatures supplementalGroupsPolicy:1:*b:o
NodeList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@Node:
NodeProxyOptions :0:@meta.v1.TypeMeta: path:1:s:o
NodeRuntimeHandler name:1:s: features:2:*@NodeRuntimeHandlerFeatures:o
NodeRuntimeHandlerFeatures recursiveReadOnlyMounts:1:*b:o userNamespaces:2:*b:o
NodeSelector nodeSelectorTerms:1:[@NodeSelectorTerm::L=atomic
NodeSelectorRequirement key:1:s: operator:2:s~NodeSelectorOperator!: values:3:[s:o:L=atomic
NodeSelectorTerm matchExpressions:1:[@NodeSelectorRequirement:o:L=atomic matchFields:2:[@NodeSelectorRequirement:o:L=atomic
NodeSpec podCIDR:1:s:o podCIDRs:7:[s:o:p=merge;L=set providerID:3:s:o unschedulable:4:b:o taints:5:[@Taint:o:L=atomic configSource:6:*@NodeConfigSource:o externalID:2:s:o
NodeStatus capacity:1:{(ResourceName)Q~ResourceList:o allocatable:2:{(ResourceName)Q~ResourceList:o phase:3:s~NodePhase!:o conditions:4:[@NodeCondition:o:p=merge;k=type;L=map;K=type addresses:5:[@NodeAddress:o:p=merge;k=type;L=map;K=type daemonEndpoints:6:@NodeDaemonEndpoints:o nodeInfo:7:@NodeSystemInfo:o images:8:[@ContainerImage:o:L=atomic volumesInUse:9:[s~UniqueVolumeName:o:L=atomic volumesAttached:10:[@AttachedVolume:o:L=atomic config:11:*@NodeConfigStatus:o runtimeHandlers:12:[@NodeRuntimeHandler:o:L=atomic features:13:*@NodeFeatures:o declaredFeatures:14:[s:o:L=atomic
NodeSwapStatus capacity:1:*l:o
NodeSystemInfo machineID:1:s: systemUUID:2:s: bootID:3:s: kernelVersion:4:s: osImage:5:s: containerRuntimeVersion:6:s: kubeletVersion:7:s: kubeProxyVersion:8:s: operatingSystem:9:s: architecture:10:s: swap:11:*@NodeSwapStatus:o
ObjectFieldSelector apiVersion:1:s:o fieldPath:2:s:
ObjectReference kind:1:s:o namespace:2:s:o name:3:s:o uid:4:s~types.UID:o apiVersion:5:s:o resourceVersion:6:s:o fieldPath:7:s:o
PersistentVolume :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@PersistentVolumeSpec:o status:3:@PersistentVolumeStatus:o
PersistentVolumeClaim :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@PersistentVolumeClaimSpec:o status:3:@PersistentVolumeClaimStatus:o
PersistentVolumeClaimCondition type:1:s~PersistentVolumeClaimConditionType: status:2:s~ConditionStatus: lastProbeTime:3:T:o lastTransitionTime:4:T:o reason:5:s:o message:6:s:o
PersistentVolumeClaimList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@PersistentVolumeClaim:
PersistentVolumeClaimSpec accessModes:1:[s~PersistentVolumeAccessMode!:o:L=atomic selector:4:*@meta.v1.LabelSelector:o resources:2:@VolumeResourceRequirements:o volumeName:3:s:o storageClassName:5:*s:o volumeMode:6:*s~PersistentVolumeMode!:o dataSource:7:*@TypedLocalObjectReference:o dataSourceRef:8:*@TypedObjectReference:o volumeAttributesClassName:9:*s:o
PersistentVolumeClaimStatus phase:1:s~PersistentVolumeClaimPhase!:o accessModes:2:[s~PersistentVolumeAccessMode!:o:L=atomic capacity:3:{(ResourceName)Q~ResourceList:o conditions:4:[@PersistentVolumeClaimCondition:o:p=merge;k=type;L=map;K=type allocatedResources:5:{(ResourceName)Q~ResourceList:o allocatedResourceStatuses:7:{(ResourceName)s~ClaimResourceStatus!:o:m=granular currentVolumeAttributesClassName:8:*s:o modifyVolumeStatus:9:*@ModifyVolumeStatus:o
PersistentVolumeClaimTemplate metadata:1:@meta.v1.ObjectMeta:o spec:2:@PersistentVolumeClaimSpec:
PersistentVolumeClaimVolumeSource claimName:1:s: readOnly:2:b:o
PersistentVolumeList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@PersistentVolume:
PersistentVolumeSource gcePersistentDisk:1:*@GCEPersistentDiskVolumeSource:o awsElasticBlockStore:2:*@AWSElasticBlockStoreVolumeSource:o hostPath:3:*@HostPathVolumeSource:o glusterfs:4:*@GlusterfsPersistentVolumeSource:o nfs:5:*@NFSVolumeSource:o rbd:6:*@RBDPersistentVolumeSource:o iscsi:7:*@ISCSIPersistentVolumeSource:o cinder:8:*@CinderPersistentVolumeSource:o cephfs:9:*@CephFSPersistentVolumeSource:o fc:10:*@FCVolumeSource:o flocker:11:*@FlockerVolumeSource:o flexVolume:12:*@FlexPersistentVolumeSource:o azureFile:13:*@AzureFilePersistentVolumeSource:o vsphereVolume:14:*@VsphereVirtualDiskVolumeSource:o quobyte:15:*@QuobyteVolumeSource:o azureDisk:16:*@AzureDiskVolumeSource:o photonPersistentDisk:17:*@PhotonPersistentDiskVolumeSource:o portworxVolume:18:*@PortworxVolumeSource:o scaleIO:19:*@ScaleIOPersistentVolumeSource:o local:20:*@LocalVolumeSource:o storageos:21:*@StorageOSPersistentVolumeSource:o csi:22:*@CSIPersistentVolumeSource:o
PersistentVolumeSpec capacity:1:{(ResourceName)Q~ResourceList:o :2:@PersistentVolumeSource: accessModes:3:[s~PersistentVolumeAccessMode!:o:L=atomic claimRef:4:*@ObjectReference:o:m=granular persistentVolumeReclaimPolicy:5:s~PersistentVolumeReclaimPolicy!:o storageClassName:6:s:o mountOptions:7:[s:o:L=atomic volumeMode:8:*s~PersistentVolumeMode!:o nodeAffinity:9:*@VolumeNodeAffinity:o volumeAttributesClassName:10:*s:o
PersistentVolumeStatus phase:1:s~PersistentVolumePhase!:o message:2:s:o reason:3:s:o lastPhaseTransitionTime:4:*T:o
PhotonPersistentDiskVolumeSource pdID:1:s: fsType:2:s:o
Pod :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@PodSpec:o status:3:@PodStatus:o
PodAffinity requiredDuringSchedulingIgnoredDuringExecution:1:[@PodAffinityTerm:o:L=atomic preferredDuringSchedulingIgnoredDuringExecution:2:[@WeightedPodAffinityTerm:o:L=atomic
PodAffinityTerm labelSelector:1:*@meta.v1.LabelSelector:o namespaces:2:[s:o:L=atomic topologyKey:3:s: namespaceSelector:4:*@meta.v1.LabelSelector:o matchLabelKeys:5:[s:o:L=atomic mismatchLabelKeys:6:[s:o:L=atomic
PodAntiAffinity requiredDuringSchedulingIgnoredDuringExecution:1:[@PodAffinityTerm:o:L=atomic preferredDuringSchedulingIgnoredDuringExecution:2:[@WeightedPodAffinityTerm:o:L=atomic
PodAttachOptions :0:@meta.v1.TypeMeta: stdin:1:b:o stdout:2:b:o stderr:3:b:o tty:4:b:o container:5:s:o
PodCertificateProjection signerName:1:s:o keyType:2:s:o maxExpirationSeconds:3:*i:o credentialBundlePath:4:s:o keyPath:5:s:o certificateChainPath:6:s:o userAnnotations:7:{s:o
PodCondition type:1:s~PodConditionType: observedGeneration:7:l:o status:2:s~ConditionStatus: lastProbeTime:3:T:o lastTransitionTime:4:T:o reason:5:s:o message:6:s:o
PodDNSConfig nameservers:1:[s:o:L=atomic searches:2:[s:o:L=atomic options:3:[@PodDNSConfigOption:o:L=atomic
PodDNSConfigOption name:1:s:o value:2:*s:o
PodExecOptions :0:@meta.v1.TypeMeta: stdin:1:b:o stdout:2:b:o stderr:3:b:o tty:4:b:o container:5:s:o command:6:[s::L=atomic
PodExtendedResourceClaimStatus requestMappings:1:[@ContainerExtendedResourceRequest::L=atomic resourceClaimName:2:s:
PodIP ip:1:s:
PodList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@Pod:
PodLogOptions :0:@meta.v1.TypeMeta: container:1:s:o follow:2:b:o previous:3:b:o sinceSeconds:4:*l:o sinceTime:5:*T:o timestamps:6:b:o tailLines:7:*l:o limitBytes:8:*l:o insecureSkipTLSVerifyBackend:9:b:o stream:10:*s:o
PodOS name:1:s~OSName:
PodPortForwardOptions :0:@meta.v1.TypeMeta: ports:1:[i:o:L=atomic
PodProxyOptions :0:@meta.v1.TypeMeta: path:1:s:o
PodReadinessGate conditionType:1:s~PodConditionType:
PodResourceClaim name:1:s: resourceClaimName:3:*s:o resourceClaimTemplateName:4:*s:o
PodResourceClaimStatus name:1:s: resourceClaimName:2:*s:o
PodSchedulingGate name:1:s:
PodSchedulingGroup podGroupName:1:*s:o
PodSecurityContext seLinuxOptions:1:*@SELinuxOptions:o windowsOptions:8:*@WindowsSecurityContextOptions:o runAsUser:2:*l:o runAsGroup:6:*l:o runAsNonRoot:3:*b:o supplementalGroups:4:[l:o:L=atomic supplementalGroupsPolicy:12:*s~SupplementalGroupsPolicy!:o fsGroup:5:*l:o sysctls:7:[@Sysctl:o:L=atomic fsGroupChangePolicy:9:*s~PodFSGroupChangePolicy!:o seccompProfile:10:*@SeccompProfile:o appArmorProfile:11:*@AppArmorProfile:o seLinuxChangePolicy:13:*s~PodSELinuxChangePolicy:o
PodSpec volumes:1:[@Volume:o:p=merge,retainKeys;k=name;L=map;K=name initContainers:20:[@Container:o:p=merge;k=name;L=map;K=name containers:2:[@Container::p=merge;k=name;L=map;K=name ephemeralContainers:34:[@EphemeralContainer:o:p=merge;k=name;L=map;K=name restartPolicy:3:s~RestartPolicy!:o terminationGracePeriodSeconds:4:*l:o activeDeadlineSeconds:5:*l:o dnsPolicy:6:s~DNSPolicy!:o nodeSelector:7:{s:o:m=atomic serviceAccountName:8:s:o serviceAccount:9:s:o automountServiceAccountToken:21:*b:o nodeName:10:s:o hostNetwork:11:b:o hostPID:12:b:o hostIPC:13:b:o shareProcessNamespace:27:*b:o securityContext:14:*@PodSecurityContext:o imagePullSecrets:15:[@LocalObjectReference:o:p=merge;k=name;L=map;K=name hostname:16:s:o subdomain:17:s:o affinity:18:*@Affinity:o schedulerName:19:s:o tolerations:22:[@Toleration:o:L=atomic hostAliases:23:[@HostAlias:o:p=merge;k=ip;L=map;K=ip priorityClassName:24:s:o priority:25:*i:o dnsConfig:26:*@PodDNSConfig:o readinessGates:28:[@PodReadinessGate:o:L=atomic runtimeClassName:29:*s:o enableServiceLinks:30:*b:o preemptionPolicy:31:*s~PreemptionPolicy!:o overhead:32:{(ResourceName)Q~ResourceList:o topologySpreadConstraints:33:[@TopologySpreadConstraint:o:p=merge;k=topologyKey;L=map;K=topologyKey,whenUnsatisfiable setHostnameAsFQDN:35:*b:o os:36:*@PodOS:o hostUsers:37:*b:o schedulingGates:38:[@PodSchedulingGate:o:p=merge;k=name;L=map;K=name resourceClaims:39:[@PodResourceClaim:o:p=merge,retainKeys;k=name;L=map;K=name resources:40:*@ResourceRequirements:o hostnameOverride:41:*s:o schedulingGroup:43:*@PodSchedulingGroup:o
PodStatus observedGeneration:17:l:o phase:1:s~PodPhase!:o conditions:2:[@PodCondition:o:p=merge;k=type;L=map;K=type message:3:s:o reason:4:s:o nominatedNodeName:11:s:o hostIP:5:s:o hostIPs:16:[@HostIP:o:p=merge;k=ip;L=atomic podIP:6:s:o podIPs:12:[@PodIP:o:p=merge;k=ip;L=map;K=ip startTime:7:*T:o initContainerStatuses:10:[@ContainerStatus:o:L=atomic containerStatuses:8:[@ContainerStatus:o:L=atomic qosClass:9:s~PodQOSClass!:o ephemeralContainerStatuses:13:[@ContainerStatus:o:L=atomic resize:14:s~PodResizeStatus:o resourceClaimStatuses:15:[@PodResourceClaimStatus:o:p=merge,retainKeys;k=name;L=map;K=name extendedResourceClaimStatus:18:*@PodExtendedResourceClaimStatus:o allocatedResources:19:{(ResourceName)Q~ResourceList:o resources:20:*@ResourceRequirements:o nodeAllocatableResourceClaimStatuses:21:[@NodeAllocatableResourceClaimStatus:o:L=atomic
PodStatusResult :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o status:2:@PodStatus:o
PodTemplate :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o template:2:@PodTemplateSpec:o
PodTemplateList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@PodTemplate:
PodTemplateSpec metadata:1:@meta.v1.ObjectMeta:o spec:2:@PodSpec:o
PortStatus port:1:i: protocol:2:s~Protocol!: error:3:*s:o
PortworxVolumeSource volumeID:1:s: fsType:2:s:o readOnly:3:b:o
PreferredSchedulingTerm weight:1:i: preference:2:@NodeSelectorTerm:
Probe :1:@ProbeHandler: initialDelaySeconds:2:i:o timeoutSeconds:3:i:o periodSeconds:4:i:o successThreshold:5:i:o failureThreshold:6:i:o terminationGracePeriodSeconds:7:*l:o
ProbeHandler exec:1:*@ExecAction:o httpGet:2:*@HTTPGetAction:o tcpSocket:3:*@TCPSocketAction:o grpc:4:*@GRPCAction:o
ProjectedVolumeSource sources:1:[@VolumeProjection::L=atomic defaultMode:2:*i:o
QuobyteVolumeSource registry:1:s: volume:2:s: readOnly:3:b:o user:4:s:o group:5:s:o tenant:6:s:o
RBDPersistentVolumeSource monitors:1:[s::L=atomic image:2:s: fsType:3:s:o pool:4:s:o:d="rbd" user:5:s:o:d="admin" keyring:6:s:o:d="/etc/ceph/keyring" secretRef:7:*@SecretReference:o readOnly:8:b:o
RBDVolumeSource monitors:1:[s::L=atomic image:2:s: fsType:3:s:o pool:4:s:o:d="rbd" user:5:s:o:d="admin" keyring:6:s:o:d="/etc/ceph/keyring" secretRef:7:*@LocalObjectReference:o readOnly:8:b:o
RangeAllocation :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o range:2:s: data:3:y:
ReplicationController :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@ReplicationControllerSpec:o status:3:@ReplicationControllerStatus:o
ReplicationControllerCondition type:1:s~ReplicationControllerConditionType: status:2:s~ConditionStatus: lastTransitionTime:3:T:o reason:4:s:o message:5:s:o
ReplicationControllerList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@ReplicationController:
ReplicationControllerSpec replicas:1:*i:o:d=1 minReadySeconds:4:i:o:d=0 selector:2:{s:o:m=atomic template:3:*@PodTemplateSpec:o
ReplicationControllerStatus replicas:1:i: fullyLabeledReplicas:2:i:o readyReplicas:4:i:o availableReplicas:5:i:o observedGeneration:3:l:o conditions:6:[@ReplicationControllerCondition:o:p=merge;k=type;L=map;K=type
ResourceClaim name:1:s: request:2:s:o
ResourceFieldSelector containerName:1:s:o resource:2:s: divisor:3:Q:o
ResourceHealth resourceID:1:s~ResourceID: health:2:s~ResourceHealthStatus:o message:6:*s:o
ResourceQuota :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@ResourceQuotaSpec:o status:3:@ResourceQuotaStatus:o
ResourceQuotaList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@ResourceQuota:
ResourceQuotaSpec hard:1:{(ResourceName)Q~ResourceList:o scopes:2:[s~ResourceQuotaScope!:o:L=atomic scopeSelector:3:*@ScopeSelector:o
ResourceQuotaStatus hard:1:{(ResourceName)Q~ResourceList:o used:2:{(ResourceName)Q~ResourceList:o
ResourceRequirements limits:1:{(ResourceName)Q~ResourceList:o requests:2:{(ResourceName)Q~ResourceList:o claims:3:[@ResourceClaim:o:L=map;K=name
ResourceStatus name:1:s~ResourceName: resources:2:[@ResourceHealth:o:L=map;K=resourceID
SELinuxOptions user:1:s:o role:2:s:o type:3:s:o level:4:s:o
ScaleIOPersistentVolumeSource gateway:1:s: system:2:s: secretRef:3:*@SecretReference: sslEnabled:4:b:o protectionDomain:5:s:o storagePool:6:s:o storageMode:7:s:o:d="ThinProvisioned" volumeName:8:s:o fsType:9:s:o:d="xfs" readOnly:10:b:o
ScaleIOVolumeSource gateway:1:s: system:2:s: secretRef:3:*@LocalObjectReference: sslEnabled:4:b:o protectionDomain:5:s:o storagePool:6:s:o storageMode:7:s:o:d="ThinProvisioned" volumeName:8:s:o fsType:9:s:o:d="xfs" readOnly:10:b:o
ScopeSelector matchExpressions:1:[@ScopedResourceSelectorRequirement:o:L=atomic
ScopedResourceSelectorRequirement scopeName:1:s~ResourceQuotaScope!: operator:2:s~ScopeSelectorOperator!: values:3:[s:o:L=atomic
SeccompProfile type:1:s~SeccompProfileType!: localhostProfile:2:*s:o
Secret :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o immutable:5:*b:o data:2:{y:o stringData:4:{s:o type:3:s~SecretType:o
SecretEnvSource :1:@LocalObjectReference: optional:2:*b:o
SecretKeySelector :1:@LocalObjectReference: key:2:s: optional:3:*b:o
SecretList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@Secret:
SecretProjection :1:@LocalObjectReference: items:2:[@KeyToPath:o:L=atomic optional:4:*b:o
SecretReference name:1:s:o namespace:2:s:o
SecretVolumeSource secretName:1:s:o items:2:[@KeyToPath:o:L=atomic defaultMode:3:*i:o optional:4:*b:o
SecurityContext capabilities:1:*@Capabilities:o privileged:2:*b:o seLinuxOptions:3:*@SELinuxOptions:o windowsOptions:10:*@WindowsSecurityContextOptions:o runAsUser:4:*l:o runAsGroup:8:*l:o runAsNonRoot:5:*b:o readOnlyRootFilesystem:6:*b:o allowPrivilegeEscalation:7:*b:o procMount:9:*s~ProcMountType!:o seccompProfile:11:*@SeccompProfile:o appArmorProfile:12:*@AppArmorProfile:o
SerializedReference :0:@meta.v1.TypeMeta: reference:1:@ObjectReference:o
Service :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o spec:2:@ServiceSpec:o status:3:@ServiceStatus:o
ServiceAccount :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ObjectMeta:o secrets:2:[@ObjectReference:o:p=merge;k=name;L=map;K=name imagePullSecrets:3:[@LocalObjectReference:o:L=atomic automountServiceAccountToken:4:*b:o
ServiceAccountList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@ServiceAccount:
ServiceAccountTokenProjection audience:1:s:o expirationSeconds:2:*l:o path:3:s:
ServiceList :0:@meta.v1.TypeMeta: metadata:1:@meta.v1.ListMeta:o items:2:[@Service:
ServicePort name:1:s:o protocol:2:s~Protocol!:o:d="TCP" appProtocol:6:*s:o port:3:i: targetPort:4:I:o nodePort:5:i:o
ServiceProxyOptions :0:@meta.v1.TypeMeta: path:1:s:o
ServiceSpec ports:1:[@ServicePort:o:p=merge;k=port;L=map;K=port,protocol selector:2:{s:o:m=atomic clusterIP:3:s:o clusterIPs:18:[s:o:L=atomic type:4:s~ServiceType!:o externalIPs:5:[s:o:L=atomic sessionAffinity:7:s~ServiceAffinity!:o loadBalancerIP:8:s:o loadBalancerSourceRanges:9:[s:o:L=atomic externalName:10:s:o externalTrafficPolicy:11:s~ServiceExternalTrafficPolicy!:o healthCheckNodePort:12:i:o publishNotReadyAddresses:13:b:o sessionAffinityConfig:14:*@SessionAffinityConfig:o ipFamilies:19:[s~IPFamily!:o:L=atomic ipFamilyPolicy:17:*s~IPFamilyPolicy!:o allocateLoadBalancerNodePorts:20:*b:o loadBalancerClass:21:*s:o internalTrafficPolicy:22:*s~ServiceInternalTrafficPolicy!:o trafficDistribution:23:*s:o
ServiceStatus loadBalancer:1:@LoadBalancerStatus:o conditions:2:[@meta.v1.Condition:o:p=merge;k=type;L=map;K=type
SessionAffinityConfig clientIP:1:*@ClientIPConfig:o
SleepAction seconds:1:l:
StorageOSPersistentVolumeSource volumeName:1:s:o volumeNamespace:2:s:o fsType:3:s:o readOnly:4:b:o secretRef:5:*@ObjectReference:o
StorageOSVolumeSource volumeName:1:s:o volumeNamespace:2:s:o fsType:3:s:o readOnly:4:b:o secretRef:5:*@LocalObjectReference:o
Sysctl name:1:s: value:2:s:
TCPSocketAction port:1:I: host:2:s:o
Taint key:1:s: value:2:s:o effect:3:s~TaintEffect!: timeAdded:4:*T:o
Toleration key:1:s:o operator:2:s~TolerationOperator!:o value:3:s:o effect:4:s~TaintEffect!:o tolerationSeconds:5:*l:o
TopologySelectorLabelRequirement key:1:s: values:2:[s::L=atomic
TopologySelectorTerm matchLabelExpressions:1:[@TopologySelectorLabelRequirement:o:L=atomic
TopologySpreadConstraint maxSkew:1:i: topologyKey:2:s: whenUnsatisfiable:3:s~UnsatisfiableConstraintAction!: labelSelector:4:*@meta.v1.LabelSelector:o minDomains:5:*i:o nodeAffinityPolicy:6:*s~NodeInclusionPolicy!:o nodeTaintsPolicy:7:*s~NodeInclusionPolicy!:o matchLabelKeys:8:[s:o:L=atomic
TypedLocalObjectReference apiGroup:1:*s: kind:2:s: name:3:s:
TypedObjectReference apiGroup:1:*s: kind:2:s: name:3:s: namespace:4:*s:o
Volume name:1:s: :2:@VolumeSource:
VolumeDevice name:1:s: devicePath:2:s:
VolumeMount name:1:s: readOnly:2:b:o recursiveReadOnly:7:*s~RecursiveReadOnlyMode:o mountPath:3:s: subPath:4:s:o mountPropagation:5:*s~MountPropagationMode!:o subPathExpr:6:s:o
VolumeMountStatus name:1:s: mountPath:2:s: readOnly:3:b:o recursiveReadOnly:4:*s~RecursiveReadOnlyMode:o volumeStatus:5:*@VolumeStatus:o
VolumeNodeAffinity required:1:*@NodeSelector:o
VolumeProjection secret:1:*@SecretProjection:o downwardAPI:2:*@DownwardAPIProjection:o configMap:3:*@ConfigMapProjection:o serviceAccountToken:4:*@ServiceAccountTokenProjection:o clusterTrustBundle:5:*@ClusterTrustBundleProjection:o podCertificate:6:*@PodCertificateProjection:o
VolumeResourceRequirements limits:1:{(ResourceName)Q~ResourceList:o requests:2:{(ResourceName)Q~ResourceList:o
VolumeSource hostPath:1:*@HostPathVolumeSource:o emptyDir:2:*@EmptyDirVolumeSource:o gcePersistentDisk:3:*@GCEPersistentDiskVolumeSource:o awsElasticBlockStore:4:*@AWSElasticBlockStoreVolumeSource:o gitRepo:5:*@GitRepoVolumeSource:o secret:6:*@SecretVolumeSource:o nfs:7:*@NFSVolumeSource:o iscsi:8:*@ISCSIVolumeSource:o glusterfs:9:*@GlusterfsVolumeSource:o persistentVolumeClaim:10:*@PersistentVolumeClaimVolumeSource:o rbd:11:*@RBDVolumeSource:o flexVolume:12:*@FlexVolumeSource:o cinder:13:*@CinderVolumeSource:o cephfs:14:*@CephFSVolumeSource:o flocker:15:*@FlockerVolumeSource:o downwardAPI:16:*@DownwardAPIVolumeSource:o fc:17:*@FCVolumeSource:o azureFile:18:*@AzureFileVolumeSource:o configMap:19:*@ConfigMapVolumeSource:o vsphereVolume:20:*@VsphereVirtualDiskVolumeSource:o quobyte:21:*@QuobyteVolumeSource:o azureDisk:22:*@AzureDiskVolumeSource:o photonPersistentDisk:23:*@PhotonPersistentDiskVolumeSource:o projected:26:*@ProjectedVolumeSource:o portworxVolume:24:*@PortworxVolumeSource:o scaleIO:25:*@ScaleIOVolumeSource:o storageos:27:*@StorageOSVolumeSource:o csi:28:*@CSIVolumeSource:o ephemeral:29:*@EphemeralVolumeSource:o image:30:*@ImageVolumeSource:o
VolumeStatus image:1:*@ImageVolumeStatus:o
VsphereVirtualDiskVolumeSource volumePath:1:s: fsType:2:s:o storagePolicyName:3:s:o storagePolicyID:4:s:o
WeightedPodAffinityTerm weight:1:i: podAffinityTerm:2:@PodAffinityTerm:
WindowsSecurityContextOptions gmsaCredentialSpecName:1:*s:o gmsaCredentialSpec:2:*s:o runAsUserName:3:*s:o hostProcess:4:*b:o
`,
};
