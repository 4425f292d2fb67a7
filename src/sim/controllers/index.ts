import { bootstrapSignerController } from './bootstrap-signer/bootstrap-signer.js';
import { clusterRoleAggregationController } from './clusterrole-aggregation/clusterrole-aggregation.js';
import { cronJobController } from './cronjob/cronjob.js';
import { csrApprovingController } from './csr-approving/csr-approving.js';
import { csrCleanerController } from './csr-cleaner/csr-cleaner.js';
import { csrSigningController } from './csr-signing/csr-signing.js';
import { daemonSetController } from './daemonset/daemonset.js';
import { deploymentController } from './deployment/deployment.js';
import { disruptionController } from './disruption/disruption.js';
import { endpointsController } from './endpoints/endpoints.js';
import { endpointSliceController } from './endpointslice/endpointslice.js';
import { endpointSliceMirroringController } from './endpointslice-mirroring/endpointslice-mirroring.js';
import { ephemeralVolumeController } from './ephemeral-volume/ephemeral-volume.js';
import { garbageCollectorController } from './garbage-collector/garbage-collector.js';
import { horizontalPodAutoscalerController } from './horizontal-pod-autoscaler/horizontal-pod-autoscaler.js';
import { jobController } from './job/job.js';
import { legacyTokenCleanerController } from './legacy-service-account-token-cleaner/legacy-service-account-token-cleaner.js';
import type { Controller } from './machinery/context.js';
import { namespaceController } from './namespace/namespace.js';
import { nodeIpamController } from './node-ipam/node-ipam.js';
import { nodeLifecycleController } from './node-lifecycle/node-lifecycle.js';
import { attachDetachController } from './persistentvolume-attach-detach/persistentvolume-attach-detach.js';
import { persistentVolumeBinderController } from './persistentvolume-binder/persistentvolume-binder.js';
import { persistentVolumeExpanderController } from './persistentvolume-expander/persistentvolume-expander.js';
import { persistentVolumeProtectionController } from './persistentvolume-protection/persistentvolume-protection.js';
import { podGcController } from './pod-gc/pod-gc.js';
import { pvcProtectionController } from './pvc-protection/pvc-protection.js';
import { replicaSetController } from './replicaset/replicaset.js';
import { replicationControllerController } from './replicationcontroller/replicationcontroller.js';
import { resourceQuotaController } from './resourcequota/resourcequota.js';
import { rootCaPublisherController } from './root-ca-publisher/root-ca-publisher.js';
import { serviceCidrController } from './service-cidr/service-cidr.js';
import { serviceAccountController } from './serviceaccount/serviceaccount.js';
import { serviceAccountTokenController } from './serviceaccount-token/serviceaccount-token.js';
import { statefulSetController } from './statefulset/statefulset.js';
import { taintEvictionController } from './taint-eviction/taint-eviction.js';
import { tokenCleanerController } from './token-cleaner/token-cleaner.js';
import { ttlController } from './ttl/ttl.js';
import { ttlAfterFinishedController } from './ttl-after-finished/ttl-after-finished.js';
import { validatingAdmissionPolicyStatusController } from './validatingadmissionpolicy-status/validatingadmissionpolicy-status.js';
import { volumeAttributesClassProtectionController } from './volumeattributesclass-protection/volumeattributesclass-protection.js';

/** All controllers of the manager, by the name of their folder. */
export const CONTROLLERS: readonly Controller[] = [
  bootstrapSignerController,
  csrApprovingController,
  csrCleanerController,
  csrSigningController,
  clusterRoleAggregationController,
  cronJobController,
  daemonSetController,
  deploymentController,
  disruptionController,
  endpointsController,
  endpointSliceController,
  endpointSliceMirroringController,
  ephemeralVolumeController,
  garbageCollectorController,
  horizontalPodAutoscalerController,
  jobController,
  legacyTokenCleanerController,
  namespaceController,
  nodeIpamController,
  nodeLifecycleController,
  attachDetachController,
  persistentVolumeBinderController,
  persistentVolumeExpanderController,
  persistentVolumeProtectionController,
  podGcController,
  pvcProtectionController,
  replicaSetController,
  replicationControllerController,
  resourceQuotaController,
  rootCaPublisherController,
  serviceCidrController,
  serviceAccountController,
  serviceAccountTokenController,
  statefulSetController,
  taintEvictionController,
  tokenCleanerController,
  ttlController,
  ttlAfterFinishedController,
  validatingAdmissionPolicyStatusController,
  volumeAttributesClassProtectionController,
];
