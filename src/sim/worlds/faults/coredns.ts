import type { KubeObject } from '../../api/object.js';
import type { ApiClient, ResourceType } from '../../client/client.js';
import { RESOURCES } from '../../client/resource-types.js';
import type { Sys } from '../../kernel/sys.js';
import { MILLISECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { ClusterFault } from './fault.js';

const DEPLOYMENTS: ResourceType = {
  group: 'apps',
  version: 'v1',
  resource: 'deployments',
  kind: 'Deployment',
  namespaced: true,
};
const SYSTEM = 'kube-system';
const LOOK_AGAIN = 250 * MILLISECOND;

interface CorednsDeployment extends KubeObject {
  readonly spec: { readonly replicas?: number };
  readonly status?: {
    readonly updatedReplicas?: number;
    readonly readyReplicas?: number;
    readonly replicas?: number;
    readonly observedGeneration?: number;
  };
}

/** Replaces the CoreDNS pods and waits until the new ones serve, so that the fault is old when the learner comes. */
export function* restartCoredns(sys: Sys, client: ApiClient): Waiting<void> {
  const stamp = new Date(Math.floor(sys.now() / 1000)).toISOString();
  const annotations = { 'kubectl.kubernetes.io/restartedAt': stamp };
  yield* client.patch(DEPLOYMENTS, 'coredns', SYSTEM, 'application/merge-patch+json', {
    spec: { template: { metadata: { annotations } } },
  });
  for (;;) {
    yield* sys.sleep(LOOK_AGAIN);
    const { metadata, spec, status } = yield* client.get<CorednsDeployment>(DEPLOYMENTS, 'coredns', SYSTEM);
    const wanted = spec.replicas ?? 1;
    const current = status?.observedGeneration === metadata.generation;
    if (current && status?.updatedReplicas === wanted && status.readyReplicas === wanted && status.replicas === wanted)
      return;
  }
}

/** Nobody serves DNS. */
export const corednsScaledToZero: ClusterFault = {
  name: 'coredns-scaled-to-zero',
  *apply({ client }) {
    yield* client.patch(DEPLOYMENTS, 'coredns', SYSTEM, 'application/merge-patch+json', { spec: { replicas: 0 } });
  },
};

/** The DNS Service points to pods that do not exist. */
export const kubeDnsSelectorWrong: ClusterFault = {
  name: 'kube-dns-selector-wrong',
  *apply({ client }) {
    yield* client.patch(RESOURCES.services, 'kube-dns', SYSTEM, 'application/merge-patch+json', {
      spec: { selector: { 'k8s-app': 'coredns' } },
    });
  },
};
