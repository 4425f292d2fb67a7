import type { Program } from '../kernel/sys.js';
import { admissionWebhook } from './admission-webhook/program.js';
import { csiAttacher } from './csi/csi-attacher.js';
import { csiProvisioner } from './csi/csi-provisioner.js';
import { csiResizer } from './csi/csi-resizer.js';
import { hostpathplugin } from './csi/hostpathplugin.js';
import { livenessprobe, nodeDriverRegistrar } from './csi/registrar.js';
import { csiSnapshotter } from './csi/snapshots/csi-snapshotter.js';
import { snapshotController } from './csi/snapshots/snapshot-controller-program.js';
import { gatewayFabricPrograms } from './gateway-fabric/programs.js';
import { ingressNginxPrograms } from './ingress-nginx/programs.js';
import { localPathProvisioner } from './local-path-provisioner/program.js';
import { metricsAdapter } from './metrics-adapter/metrics-adapter.js';
import { metricsServer } from './metrics-server/metrics-server.js';
import { pauseProgram } from './pause-program.js';
import { storePrograms } from './store-programs.js';
import { stress } from './stress/stress.js';
import { verticalPodAutoscalerPrograms } from './vertical-pod-autoscaler/programs.js';
import { webPrograms } from './web-programs.js';

/** Programs that only container images carry, by the name their binaries carry. */
export const imagePrograms: Readonly<Record<string, Program>> = {
  ...gatewayFabricPrograms,
  ...ingressNginxPrograms,
  ...storePrograms,
  ...verticalPodAutoscalerPrograms,
  ...webPrograms,
  'admission-webhook': admissionWebhook,
  'metrics-adapter': metricsAdapter,
  'metrics-server': metricsServer,
  'csi-attacher': csiAttacher,
  'csi-node-driver-registrar': nodeDriverRegistrar,
  'csi-provisioner': csiProvisioner,
  'csi-resizer': csiResizer,
  'csi-snapshotter': csiSnapshotter,
  hostpathplugin,
  livenessprobe,
  'local-path-provisioner': localPathProvisioner,
  pause: pauseProgram,
  'snapshot-controller': snapshotController,
  stress,
};
