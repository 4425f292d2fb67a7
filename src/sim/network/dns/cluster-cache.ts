import type { Namespace } from '../../api/types/config.js';
import type { EndpointSlice } from '../../api/types/endpoints.js';
import type { Pod } from '../../api/types/pod.js';
import type { Service } from '../../api/types/service.js';
import type { Informer } from '../../client/informer.js';
import type { InformerFactory } from '../../client/informer-factory.js';
import { RESOURCES } from '../../client/resource-types.js';
import type { ClusterView } from './cluster-names.js';

const SERVICE_LABEL = 'kubernetes.io/service-name';

/** The cluster as the kubernetes plugin's watches know it; whether they have heard everything once. */
export function clusterCache(informers: InformerFactory, watchPods: boolean): ClusterView & { synced(): boolean } {
  const services = informers.informer<Service>(RESOURCES.services);
  const slices = informers.informer<EndpointSlice>(RESOURCES.endpointSlices);
  const namespaces = informers.informer<Namespace>(RESOURCES.namespaces);
  const pods: Informer<Pod> | undefined = watchPods ? informers.informer<Pod>(RESOURCES.pods) : undefined;
  const serviceOf = ({ metadata }: EndpointSlice): string => metadata.labels?.[SERVICE_LABEL] ?? '';
  services.addIndex('address', ({ spec }) => (spec.clusterIP && spec.clusterIP !== 'None' ? [spec.clusterIP] : []));
  slices.addIndex('service', (slice) => [`${slice.metadata.namespace}/${serviceOf(slice)}`]);
  slices.addIndex('address', ({ endpoints }) => (endpoints ?? []).flatMap(({ addresses }) => addresses));
  pods?.addIndex('address', ({ metadata, status }) => (status?.podIP ? [`${metadata.namespace}/${status.podIP}`] : []));
  const all: readonly (Informer | undefined)[] = [services, slices, namespaces, pods] as unknown as Informer[];
  return {
    synced: () => all.every((informer) => informer === undefined || informer.synced),
    namespaceExists: (namespace) => namespaces.get(undefined, namespace) !== undefined,
    service: (namespace, name) => services.get(namespace, name),
    slices: (namespace, service) => slices.byIndex('service', `${namespace}/${service}`),
    serviceAt: (address) => services.byIndex('address', address)[0],
    endpointAt: (address) => {
      for (const slice of slices.byIndex('address', address)) {
        const endpoint = slice.endpoints?.find(({ addresses }) => addresses.includes(address));
        if (endpoint) return { endpoint, service: serviceOf(slice), namespace: slice.metadata.namespace as string };
      }
      return undefined;
    },
    podAt: (namespace, address) => (pods?.byIndex('address', `${namespace}/${address}`).length ?? 0) > 0,
  };
}
