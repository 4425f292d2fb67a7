import type { Describer } from '../describer.js';
import { describeSigningRequest } from './certificate-signing-request.js';
import { describeConfigMap } from './config-map.js';
import { describeCronJob } from './cron-job.js';
import { describeCsiNode } from './csi-node.js';
import { describeDaemonSet } from './daemon-set.js';
import { describeDeployment } from './deployment.js';
import { describeEndpointSlice } from './endpoint-slice.js';
import { describeEndpoints } from './endpoints.js';
import { describeGeneric } from './generic.js';
import { describeHorizontalPodAutoscaler } from './horizontal-pod-autoscaler.js';
import { describeIngress } from './ingress.js';
import { describeIngressClass } from './ingress-class.js';
import { describeJob } from './job.js';
import { describeLimitRange } from './limit-range.js';
import { describeNamespace } from './namespace.js';
import { describeNetworkPolicy } from './network-policy.js';
import { describeNode } from './node.js';
import { describePersistentVolume } from './persistent-volume.js';
import { describePersistentVolumeClaim } from './persistent-volume-claim.js';
import { describePod } from './pod.js';
import { describePodDisruptionBudget } from './pod-disruption-budget.js';
import { describePriorityClass } from './priority-class.js';
import { describeReplicaSet } from './replica-set.js';
import { describeReplicationController } from './replication-controller.js';
import { describeResourceQuota } from './resource-quota.js';
import { describeRole } from './role.js';
import { describeRoleBinding } from './role-binding.js';
import { describeSecret } from './secret.js';
import { describeService } from './service.js';
import { describeServiceAccount } from './service-account.js';
import { describeStatefulSet } from './stateful-set.js';
import { describeStorageClass } from './storage-class.js';
import { describeVolumeAttributesClass } from './volume-attributes-class.js';

/** Kinds with a description of their own, by `Kind.group`. */
const DESCRIBERS: Readonly<Record<string, Describer>> = {
  'CSINode.storage.k8s.io': describeCsiNode,
  'CertificateSigningRequest.certificates.k8s.io': describeSigningRequest,
  'ClusterRole.rbac.authorization.k8s.io': describeRole,
  'ClusterRoleBinding.rbac.authorization.k8s.io': describeRoleBinding,
  ConfigMap: describeConfigMap,
  'CronJob.batch': describeCronJob,
  'DaemonSet.apps': describeDaemonSet,
  'Deployment.apps': describeDeployment,
  'EndpointSlice.discovery.k8s.io': describeEndpointSlice,
  Endpoints: describeEndpoints,
  'HorizontalPodAutoscaler.autoscaling': describeHorizontalPodAutoscaler,
  'Ingress.networking.k8s.io': describeIngress,
  'IngressClass.networking.k8s.io': describeIngressClass,
  'Job.batch': describeJob,
  LimitRange: describeLimitRange,
  Namespace: describeNamespace,
  'NetworkPolicy.networking.k8s.io': describeNetworkPolicy,
  Node: describeNode,
  PersistentVolume: describePersistentVolume,
  PersistentVolumeClaim: describePersistentVolumeClaim,
  Pod: describePod,
  'PodDisruptionBudget.policy': describePodDisruptionBudget,
  'PriorityClass.scheduling.k8s.io': describePriorityClass,
  'ReplicaSet.apps': describeReplicaSet,
  ReplicationController: describeReplicationController,
  ResourceQuota: describeResourceQuota,
  'Role.rbac.authorization.k8s.io': describeRole,
  'RoleBinding.rbac.authorization.k8s.io': describeRoleBinding,
  Secret: describeSecret,
  Service: describeService,
  ServiceAccount: describeServiceAccount,
  'StatefulSet.apps': describeStatefulSet,
  'StorageClass.storage.k8s.io': describeStorageClass,
  'VolumeAttributesClass.storage.k8s.io': describeVolumeAttributesClass,
};

/** What describes a kind; all others are described field by field. */
export function describerOf({ group, kind }: { readonly group: string; readonly kind: string }): Describer {
  return DESCRIBERS[group === '' ? kind : `${kind}.${group}`] ?? describeGeneric;
}
