import type { ResourceType } from '../../client/client.js';

const core = (resource: string, kind: string, namespaced = true): ResourceType => ({
  group: '',
  version: 'v1',
  resource,
  kind,
  namespaced,
});
const apps = (resource: string, kind: string): ResourceType => ({ ...core(resource, kind), group: 'apps' });

/** The resources the controllers read and write. */
export const CERTIFICATE_SIGNING_REQUESTS: ResourceType = {
  ...core('certificatesigningrequests', 'CertificateSigningRequest', false),
  group: 'certificates.k8s.io',
};
export const CLUSTER_ROLES: ResourceType = {
  ...core('clusterroles', 'ClusterRole', false),
  group: 'rbac.authorization.k8s.io',
};
export const CONFIG_MAPS = core('configmaps', 'ConfigMap');
export const CONTROLLER_REVISIONS = apps('controllerrevisions', 'ControllerRevision');
export const CSI_DRIVERS: ResourceType = { ...core('csidrivers', 'CSIDriver', false), group: 'storage.k8s.io' };
export const CRON_JOBS: ResourceType = { ...core('cronjobs', 'CronJob'), group: 'batch' };
export const DAEMON_SETS = apps('daemonsets', 'DaemonSet');
export const DEPLOYMENTS = apps('deployments', 'Deployment');
export const DEVICE_CLASSES: ResourceType = {
  ...core('deviceclasses', 'DeviceClass', false),
  group: 'resource.k8s.io',
};
export const ENDPOINTS = core('endpoints', 'Endpoints');
export const ENDPOINT_SLICES: ResourceType = {
  ...core('endpointslices', 'EndpointSlice'),
  group: 'discovery.k8s.io',
};
export const HORIZONTAL_POD_AUTOSCALERS: ResourceType = {
  ...core('horizontalpodautoscalers', 'HorizontalPodAutoscaler'),
  group: 'autoscaling',
  version: 'v2',
};
export const IP_ADDRESSES: ResourceType = { ...core('ipaddresses', 'IPAddress', false), group: 'networking.k8s.io' };
export const JOBS: ResourceType = { ...core('jobs', 'Job'), group: 'batch' };
export const LEASES: ResourceType = { ...core('leases', 'Lease'), group: 'coordination.k8s.io' };
export const NAMESPACES = core('namespaces', 'Namespace', false);
export const NODES = core('nodes', 'Node', false);
export const PERSISTENT_VOLUME_CLAIMS = core('persistentvolumeclaims', 'PersistentVolumeClaim');
export const PERSISTENT_VOLUMES = core('persistentvolumes', 'PersistentVolume', false);
export const PODS = core('pods', 'Pod');
export const POD_METRICS: ResourceType = { ...core('pods', 'PodMetrics'), group: 'metrics.k8s.io', version: 'v1beta1' };
export const POD_DISRUPTION_BUDGETS: ResourceType = {
  ...core('poddisruptionbudgets', 'PodDisruptionBudget'),
  group: 'policy',
};
export const REPLICA_SETS = apps('replicasets', 'ReplicaSet');
export const REPLICATION_CONTROLLERS = core('replicationcontrollers', 'ReplicationController');
export const SECRETS = core('secrets', 'Secret');
export const RESOURCE_QUOTAS = core('resourcequotas', 'ResourceQuota');
export const SERVICE_ACCOUNTS = core('serviceaccounts', 'ServiceAccount');
export const SERVICE_CIDRS: ResourceType = {
  ...core('servicecidrs', 'ServiceCIDR', false),
  group: 'networking.k8s.io',
};
export const SERVICES = core('services', 'Service');
export const STATEFUL_SETS = apps('statefulsets', 'StatefulSet');
export const STORAGE_CLASSES: ResourceType = {
  ...core('storageclasses', 'StorageClass', false),
  group: 'storage.k8s.io',
};
export const SUBJECT_ACCESS_REVIEWS: ResourceType = {
  ...core('subjectaccessreviews', 'SubjectAccessReview', false),
  group: 'authorization.k8s.io',
};
export const VALIDATING_ADMISSION_POLICIES: ResourceType = {
  ...core('validatingadmissionpolicies', 'ValidatingAdmissionPolicy', false),
  group: 'admissionregistration.k8s.io',
};
export const VOLUME_ATTRIBUTES_CLASSES: ResourceType = {
  ...core('volumeattributesclasses', 'VolumeAttributesClass', false),
  group: 'storage.k8s.io',
};
export const VOLUME_ATTACHMENTS: ResourceType = {
  ...core('volumeattachments', 'VolumeAttachment', false),
  group: 'storage.k8s.io',
};
