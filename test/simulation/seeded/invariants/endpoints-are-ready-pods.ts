import type { KubeObject } from '../../../../src/sim/api/object.js';
import type { Pod } from '../../../../src/sim/api/types/pod.js';
import { objectsOf } from '../cluster-view.js';
import { called, hasEnded, hasLabels, isReady } from './facts.js';
import type { Invariant } from './invariant.js';

interface Service extends KubeObject {
  readonly spec: { readonly selector?: Readonly<Record<string, string>> };
}

interface Slice extends KubeObject {
  readonly endpoints?:
    | null
    | readonly { readonly addresses: readonly string[]; readonly conditions?: { readonly ready?: boolean } }[];
}

/** In the end the slices of a service name the ready pods that it selects, and no others. */
export const endpointsAreReadyPods: Invariant = {
  name: 'endpoints are the ready pods',
  settled: ({ listed }) =>
    objectsOf<Service>(listed, 'services').flatMap((service) => {
      const { selector } = service.spec;
      const { namespace, name } = service.metadata;
      if (!selector) return [];
      const pods = objectsOf<Pod>(listed, 'pods').filter(
        (pod) =>
          pod.metadata.namespace === namespace &&
          hasLabels(pod.metadata.labels, selector) &&
          isReady(pod) &&
          !hasEnded(pod) &&
          pod.metadata.deletionTimestamp === undefined,
      );
      const named = objectsOf<Slice>(listed, 'endpointslices')
        .filter(({ metadata }) => metadata.namespace === namespace)
        .filter(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === name)
        .flatMap(({ endpoints }) => endpoints ?? [])
        .filter(({ conditions }) => conditions?.ready !== false)
        .map(({ addresses }) => addresses[0]);
      const [wanted, given] = [pods.map(({ status }) => status?.podIP).sort(), [...new Set(named)].sort()];
      if (String(wanted) === String(given)) return [];
      return [`${called(service)} leads to ${given.join(', ') || 'nobody'}, ready are ${wanted.join(', ') || 'none'}`];
    }),
};
