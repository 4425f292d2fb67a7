/** Feature gates that Kubernetes v1.36.0 knows, facts of its table of features. */
const FREE = `
APIResponseCompression APIServerIdentity APIServingWithRoutine AllAlpha AllBeta AllowDNSOnlyNodeCSR
AllowInsecureKubeletCertificateSigningRequests AllowParsingUserUIDFromCertAuth AllowServiceExternalIPs
AllowUnsafeMalformedObjectDeletion AtomicFIFO AuthorizePodWebsocketUpgradeCreatePermission CBORServingAndStorage
CPUCFSQuotaPeriod CPUManagerPolicyAlphaOptions CPUManagerPolicyBetaOptions CRDObservedGenerationTracking
CRIListStreaming CSIVolumeHealth ChangeContainerStatusOnKubeletRestart ClearingNominatedNodeNameAfterBinding
ClientsAllowCARotation ClientsAllowCBOR ClientsAllowTLSCacheGC ClientsPreferCBOR
CloudControllerManagerWatchBasedRoutesReconciliation CloudControllerManagerWebhook ClusterTrustBundle
ClusterTrustBundleProjection ComponentFlagz ComponentStatusz ConcurrentWatchObjectDecode ConstrainedImpersonation
ContainerCheckpoint ContainerRestartRules ContainerStopSignals ContextualLogging
ControllerManagerReleaseLeaderElectionLockOnExit CoordinatedLeaderElection CrossNamespaceVolumeDataSource
DRAConsumableCapacity DRADeviceBindingConditions DRADeviceTaintRules DRADeviceTaints DRAExtendedResource
DRAListTypeAttributes DRANodeAllocatableResources DRAPartitionableDevices DRAPrioritizedList
DRAResourceClaimDeviceStatus DRAResourceClaimGranularStatusAuthorization DRAResourcePoolStatus
DRASchedulerFilterTimeout DRAWorkloadResourceClaims DeclarativeValidationBeta DeclarativeValidationTakeover
DeploymentReplicaSetTerminatingReplicas DetectCacheInconsistency DisableCPUQuotaWithExclusiveCPUs EnvFiles EventedPLEG
ExtendWebSocketsToKubelet GangScheduling GenericWorkload GracefulNodeShutdown GracefulNodeShutdownBasedOnPodPriority
HPAConfigurableTolerance HPAScaleToZero HostnameOverride ImageVolumeWithDigest InOrderInformersBatchProcess
InPlacePodLevelResourcesVerticalScaling InPlacePodVerticalScalingExclusiveCPUs
InPlacePodVerticalScalingExclusiveMemory InPlacePodVerticalScalingInitContainers KMSv1 KubeletCrashLoopBackOffMax
KubeletEnsureSecretPulledImages KubeletInUserNamespace KubeletPodResourcesListUseActivePods
KubeletRegistrationGetOnExistsOnly KubeletSeparateDiskGC KubeletServiceAccountTokenForCredentialProviders
ListFromCacheSnapshot LocalStorageCapacityIsolationFSQuotaMonitoring LoggingAlphaOptions LoggingBetaOptions
ManifestBasedAdmissionControlConfig MatchLabelKeysInPodTopologySpread MatchLabelKeysInPodTopologySpreadSelectorMerge
MaxUnavailableStatefulSet MemoryQoS MutablePVNodeAffinity MutablePodResourcesForSuspendedJobs
MutableSchedulingDirectivesForSuspendedJobs MutatingAdmissionPolicy NativeHistograms NodeDeclaredFeatures
NominatedNodeNameForExpectation OpenAPIEnums OpportunisticBatching PLEGOnDemandRelist
PersistentVolumeClaimUnusedSinceTime PodAndContainerStatsFromCRI PodCertificateRequest PodDeletionCost
PodLevelResourceManagers PodLevelResources PodLogsQuerySplitStreams PodReadyToStartContainersCondition
PodTopologyLabelsAdmission PodsAPI PortForwardWebsockets PreventStaticPodAPIReferences QOSReserved
ReduceDefaultCrashLoopBackOffDecay RelaxedServiceNameValidation ReloadKubeletClientCAFile
ReloadKubeletServerCertificateFile RemoteRequestHeaderUID ResourceHealthStatus ResourceHealthStatusMessage
RestartAllContainersOnContainerExits RotateKubeletServerCertificate RuntimeClassInImageCriAPI
RuntimeClassInImageCriApi SELinuxMount SchedulerAsyncAPICalls SchedulerAsyncPreemption SchedulerPopFromBackoffQ
ServiceAccountNodeAudienceRestriction ServiceCIDRStatusFieldWiping ShardedListAndWatch SizeBasedListCostEstimate
StaleControllerConsistencyDaemonSet StaleControllerConsistencyJob StaleControllerConsistencyReplicaSet
StaleControllerConsistencyStatefulSet StatefulSetSemanticRevisionComparison StorageCapacityScoring
StorageNamespaceIndex StorageVersionAPI StorageVersionHash StorageVersionMigrator StrictIPCIDRValidation
StructuredAuthenticationConfigurationEgressSelector StructuredAuthenticationConfigurationJWKSMetrics
TaintTolerationComparisonOperators TokenRequestServiceAccountUIDValidation TopologyAwareWorkloadScheduling
TopologyManagerPolicyAlphaOptions TopologyManagerPolicyBetaOptions TranslateStreamCloseWebsocketRequests
UnauthenticatedHTTP2DOSMitigation UnknownVersionInteroperabilityProxy UnlockWhileProcessingFIFO
UserNamespacesHostNetworkSupport VolumeLimitScaling WatchCacheInitializationPostStartHook WatchList WatchListClient
WindowsCPUAndMemoryAffinity WindowsGracefulNodeShutdown WindowsHostNetwork WorkloadAwarePreemption WorkloadWithJob
`;

/** Gates that cannot be changed any more, with their value. */
const LOCKED = `
APIServerTracing=true AggregatedDiscoveryRemoveBetaType=true AllowOverwriteTerminationGracePeriodSeconds=false
AnonymousAuthConfigurableEndpoints=true AnyVolumeDataSource=true AuthorizeNodeWithSelectors=true
AuthorizeWithSelectors=true BtreeWatchCache=true CPUManagerPolicyOptions=true CRDValidationRatcheting=true
CSIServiceAccountTokenSecrets=true ConsistentListFromCache=true CustomResourceFieldSelectors=true DRAAdminAccess=true
DeclarativeValidation=true DisableAllocatorDualWrite=true DisableNodeKubeProxyVersion=true
DynamicResourceAllocation=true ExecProbeTimeout=true ExternalServiceAccountTokenSigner=true GitRepoVolumeDriver=false
ImageMaximumGCAge=true ImageVolume=true InPlacePodVerticalScaling=true JobBackoffLimitPerIndex=true JobManagedBy=true
JobPodReplacementPolicy=true JobSuccessPolicy=true KubeletCgroupDriverFromCRI=true KubeletFineGrainedAuthz=true
KubeletPSI=true KubeletPodResourcesDynamicResources=true KubeletPodResourcesGet=true KubeletTracing=true
LogarithmicScaleDown=true MatchLabelKeysInPodAffinity=true MultiCIDRServiceAllocator=true
MutableCSINodeAllocatableCount=true NFTablesProxyMode=true NodeInclusionPolicyInPodTopologySpread=true
NodeLogQuery=true NodeSwap=true OrderedNamespaceDeletion=true PodLifecycleSleepAction=true
PodLifecycleSleepActionAllowZero=true PodObservedGenerationTracking=true PodSchedulingReadiness=true
PreferSameTrafficDistribution=true ProcMountType=true RecoverVolumeExpansionFailure=true RecursiveReadOnlyMounts=true
RelaxedDNSSearchValidation=true RelaxedEnvironmentVariableValidation=true ResilientWatchCacheInitialization=true
RetryGenerateName=true SELinuxChangePolicy=true SELinuxMountReadWriteOncePod=true SchedulerQueueingHints=true
SeparateCacheWatchRPC=false SeparateTaintEvictionController=true ServiceAccountTokenJTI=true
ServiceAccountTokenNodeBinding=true ServiceAccountTokenNodeBindingValidation=true ServiceAccountTokenPodNodeInfo=true
SidecarContainers=true StreamingCollectionEncodingToJSON=true StreamingCollectionEncodingToProtobuf=true
StructuredAuthenticationConfiguration=true SupplementalGroupsPolicy=true SystemdWatchdog=true
TopologyManagerPolicyOptions=true UserNamespacesSupport=true VolumeAttributesClass=true WinDSR=true WinOverlay=true
`;

const free: ReadonlySet<string> = new Set(FREE.trim().split(/\s+/));
const locked: ReadonlyMap<string, string> = new Map(
  LOCKED.trim()
    .split(/\s+/)
    .map((one) => one.split('=') as [string, string]),
);

/** What is wrong with the values of --feature-gates, in the server's words; undefined when nothing is. */
export function featureGateProblem(values: readonly string[]): string | undefined {
  for (const value of values) {
    const given = value.trim().replace(/^kube:/, '');
    if (given === '') continue;
    const [name = '', text] = given.split(/=(.*)/s).map((part) => part.trim());
    if (text === undefined) return `missing bool value for ${name}`;
    if (!/^(1|0|t|f|T|F|true|false|TRUE|FALSE|True|False)$/.test(text)) {
      return `invalid value of ${name}=${text}, err: strconv.ParseBool: parsing ${JSON.stringify(text)}: invalid syntax`;
    }
    const wanted = String(/^[1t]/i.test(text));
    const fixed = locked.get(name);
    if (fixed === undefined && !free.has(name)) return `unrecognized feature gate: ${name}`;
    if (fixed !== undefined && fixed !== wanted) {
      return `cannot set feature gate ${name} to ${wanted}, feature is locked to ${fixed}`;
    }
  }
  return undefined;
}
