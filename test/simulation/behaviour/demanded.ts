import { CONTROLLERS } from '../../../src/sim/controllers/index.js';
import { REPOSITORIES } from '../../../src/sim/images/repositories/register.js';
import { PLUGINS } from '../../../src/sim/scheduler/plugins/index.js';
import type { Topic } from './scene-files.js';

/** What releases of charts do to a cluster that lives. */
const HELM = ['add-on-charts', 'called-off', 'hooks', 'hub', 'repositories', 'waiting'];

/** What a kubelet does for a pod, in the words of the files. */
const KUBELET = [
  'active-deadline',
  'admission',
  'capabilities',
  'capacity',
  'config-maps',
  'containers-restart-rules',
  'crash-back-off',
  'downward-api',
  'empty-dir',
  'environment',
  'ephemeral-containers',
  'exit-codes',
  'grace-period',
  'graceful-node-shutdown',
  'host-namespaces',
  'host-path',
  'image-pull-back-off',
  'image-pull-policy',
  'image-pull-secrets',
  'init-containers',
  'lifecycle-hooks',
  'logs',
  'node-conditions',
  'node-pressure-eviction',
  'out-of-memory',
  'pod-dns',
  'probe-exec',
  'probe-grpc',
  'probe-http',
  'probe-tcp',
  'projected-volumes',
  'read-only-root',
  'readiness-gates',
  'resize',
  'restart-policy',
  'runtime-class',
  'seccomp-apparmor',
  'secrets',
  'sidecars',
  'startup-probe',
  'static-pods',
  'sub-path',
  'sysctls',
  'termination-message',
  'users-groups',
];

/** What services and networks do. */
const NETWORK = [
  'cloud-metadata',
  'cni',
  'external-name',
  'host-ports',
  'internet',
  'kube-proxy',
  'load-balancers',
  'node-ports',
  'policies',
  'programs',
  'service-ports',
  'traffic-policy',
];

/** What autoscalers go by, and what they do. */
const METRICS = [
  'behavior-policies',
  'kinds-of-metrics',
  'top',
  'vpa-recommendations',
  'vpa-refusals',
  'vpa-update-modes',
];

/** What controllers of ingresses and gateways do with requests. */
const ROUTING = ['gateway-listeners', 'gateway-routes', 'ingress-annotations', 'ingress-rules', 'ingress-tls'];
/** How volumes behave that are attached, and what the driver's sidecars do with them. */
const ATTACHED_STORAGE = ['attachments', 'block-volumes', 'clones', 'snapshots', 'volume-attributes-classes'];

/** How storage behaves in a world that has provisioners, in the words of the files. */
const STORAGE = ['claims-in-pods', 'csi-hostpath', 'local-path', 'stateful-sets'];

/** The features of a topic that must have scenes: the rows of the registers, and for kubelets the list above. */
export const DEMANDED: Readonly<Record<Topic, readonly string[]>> = {
  'attached-storage': ATTACHED_STORAGE,
  controllers: CONTROLLERS.map(({ name }) => name),
  helm: HELM,
  images: REPOSITORIES.map(({ name }) => name.split('/').at(-1) ?? name),
  kubelet: KUBELET,
  metrics: METRICS,
  network: NETWORK,
  routing: ROUTING,
  storage: STORAGE,
  scheduler: [...PLUGINS.map(({ name }) => name), 'preemption', 'priorities', 'profiles', 'second-scheduler'],
};
