/** The register of stored kinds, alphabetical, and of the kinds that only travel in bodies. */

import { apiServiceKind } from './kinds/api-service.js';
import { certificateSigningRequestKind } from './kinds/certificate-signing-request.js';
import { clusterRoleKind } from './kinds/cluster-role.js';
import { clusterRoleBindingKind } from './kinds/cluster-role-binding.js';
import { configMapKind } from './kinds/configmap.js';
import { controllerRevisionKind } from './kinds/controller-revision.js';
import { cronJobKind } from './kinds/cron-job.js';
import { csiDriverKind } from './kinds/csi-driver.js';
import { csiNodeKind } from './kinds/csi-node.js';
import { csiStorageCapacityKind } from './kinds/csi-storage-capacity.js';
import { customResourceDefinitionKind } from './kinds/custom-resource-definition.js';
import { daemonSetKind } from './kinds/daemon-set.js';
import { deploymentKind } from './kinds/deployment.js';
import { deviceClassKind } from './kinds/device-class.js';
import { endpointSliceKind } from './kinds/endpoint-slice.js';
import { endpointsKind } from './kinds/endpoints.js';
import { eventKind } from './kinds/event.js';
import { eventsV1Kind } from './kinds/events-v1.js';
import { flowSchemaKind } from './kinds/flow-schema.js';
import { horizontalPodAutoscalerKind } from './kinds/horizontal-pod-autoscaler.js';
import { horizontalPodAutoscalerV1Kind } from './kinds/horizontal-pod-autoscaler-v1.js';
import { ingressKind } from './kinds/ingress.js';
import { ingressClassKind } from './kinds/ingress-class.js';
import { ipAddressKind } from './kinds/ip-address.js';
import { jobKind } from './kinds/job.js';
import type { ApiKind } from './kinds/kind.js';
import { leaseKind } from './kinds/lease.js';
import { limitRangeKind } from './kinds/limit-range.js';
import { mutatingAdmissionPolicyKind } from './kinds/mutating-admission-policy.js';
import { mutatingAdmissionPolicyBindingKind } from './kinds/mutating-admission-policy-binding.js';
import { mutatingWebhookConfigurationKind } from './kinds/mutating-webhook-configuration.js';
import { namespaceKind } from './kinds/namespace.js';
import { networkPolicyKind } from './kinds/network-policy.js';
import { nodeKind } from './kinds/node.js';
import { persistentVolumeKind } from './kinds/persistent-volume.js';
import { persistentVolumeClaimKind } from './kinds/persistent-volume-claim.js';
import { podKind } from './kinds/pod.js';
import { podDisruptionBudgetKind } from './kinds/pod-disruption-budget.js';
import { podTemplateKind } from './kinds/pod-template.js';
import { priorityClassKind } from './kinds/priority-class.js';
import { priorityLevelConfigurationKind } from './kinds/priority-level-configuration.js';
import { replicaSetKind } from './kinds/replica-set.js';
import { replicationControllerKind } from './kinds/replication-controller.js';
import { resourceClaimKind } from './kinds/resource-claim.js';
import { resourceClaimTemplateKind } from './kinds/resource-claim-template.js';
import { resourceQuotaKind } from './kinds/resource-quota.js';
import { resourceSliceKind } from './kinds/resource-slice.js';
import { roleKind } from './kinds/role.js';
import { roleBindingKind } from './kinds/role-binding.js';
import { runtimeClassKind } from './kinds/runtime-class.js';
import { secretKind } from './kinds/secret.js';
import { serviceKind } from './kinds/service.js';
import { serviceAccountKind } from './kinds/service-account.js';
import { serviceCidrKind } from './kinds/service-cidr.js';
import { statefulSetKind } from './kinds/stateful-set.js';
import { storageClassKind } from './kinds/storage-class.js';
import { validatingAdmissionPolicyKind } from './kinds/validating-admission-policy.js';
import { validatingAdmissionPolicyBindingKind } from './kinds/validating-admission-policy-binding.js';
import { validatingWebhookConfigurationKind } from './kinds/validating-webhook-configuration.js';
import { volumeAttachmentKind } from './kinds/volume-attachment.js';
import { volumeAttributesClassKind } from './kinds/volume-attributes-class.js';

/** Every built-in kind that is stored. */
export const KINDS: readonly ApiKind[] = [
  apiServiceKind,
  certificateSigningRequestKind,
  clusterRoleKind,
  clusterRoleBindingKind,
  configMapKind,
  controllerRevisionKind,
  cronJobKind,
  csiDriverKind,
  csiNodeKind,
  csiStorageCapacityKind,
  customResourceDefinitionKind,
  daemonSetKind,
  deploymentKind,
  deviceClassKind,
  endpointsKind,
  endpointSliceKind,
  eventKind,
  eventsV1Kind,
  flowSchemaKind,
  horizontalPodAutoscalerKind,
  horizontalPodAutoscalerV1Kind,
  ingressKind,
  ingressClassKind,
  ipAddressKind,
  jobKind,
  leaseKind,
  limitRangeKind,
  mutatingAdmissionPolicyKind,
  mutatingAdmissionPolicyBindingKind,
  mutatingWebhookConfigurationKind,
  namespaceKind,
  networkPolicyKind,
  nodeKind,
  persistentVolumeKind,
  persistentVolumeClaimKind,
  podKind,
  podDisruptionBudgetKind,
  podTemplateKind,
  priorityClassKind,
  priorityLevelConfigurationKind,
  replicaSetKind,
  replicationControllerKind,
  resourceClaimKind,
  resourceClaimTemplateKind,
  resourceQuotaKind,
  resourceSliceKind,
  roleKind,
  roleBindingKind,
  runtimeClassKind,
  secretKind,
  serviceKind,
  serviceAccountKind,
  serviceCidrKind,
  statefulSetKind,
  storageClassKind,
  validatingAdmissionPolicyKind,
  validatingAdmissionPolicyBindingKind,
  validatingWebhookConfigurationKind,
  volumeAttachmentKind,
  volumeAttributesClassKind,
];

/** The stored kind of an apiVersion and kind, if there is one. */
export function findKind(apiVersion: string, kind: string): ApiKind | undefined {
  return KINDS.find((item) => item.kind === kind && groupVersion(item) === apiVersion);
}

/** `v1`, `apps/v1`. */
function groupVersion({ group, version }: { readonly group: string; readonly version: string }): string {
  return group === '' ? version : `${group}/${version}`;
}
