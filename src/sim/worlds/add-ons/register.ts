import type { AddOn } from './add-on.js';
import { cloudMetadata } from './cloud-metadata.js';
import { csiHostpath } from './csi-hostpath.js';
import { csiHostpathAttach } from './csi-hostpath-attach.js';
import { gatewayApi } from './gateway-api.js';
import { ingressNginx } from './ingress-nginx.js';
import { localPathProvisioner } from './local-path-provisioner.js';
import { metallb } from './metallb.js';
import { metricsAdapter } from './metrics-adapter.js';
import { metricsServer } from './metrics-server.js';
import { snapshotController } from './snapshot-controller.js';
import { verticalPodAutoscaler } from './vertical-pod-autoscaler.js';

/** Every add-on a world can be asked to have. */
export const ADD_ONS: readonly AddOn[] = [
  cloudMetadata,
  csiHostpath,
  csiHostpathAttach,
  gatewayApi,
  ingressNginx,
  localPathProvisioner,
  metallb,
  metricsAdapter,
  metricsServer,
  snapshotController,
  verticalPodAutoscaler,
];
