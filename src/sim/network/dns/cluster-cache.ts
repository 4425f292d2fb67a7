import { matchesSelector, type Selector } from '../../api/labels.js';
import type { KubeObject } from '../../api/object.js';
import type { Namespace } from '../../api/types/config.js';
import type { EndpointSlice } from '../../api/types/endpoints.js';
import type { Pod } from '../../api/types/pod.js';
import type { Service } from '../../api/types/service.js';
import type { Informer } from '../../client/informer.js';
import type { InformerFactory } from '../../client/informer-factory.js';
import { RESOURCES } from '../../client/resource-types.js';
import { type Micros, SECOND } from '../../kernel/time.js';
import { canonicalAddress } from '../addresses.js';
import type { ClusterOptions, ClusterView, NamedEndpoint } from './cluster-view.js';

const SERVICE_LABEL = 'kubernetes.io/service-name';

/** The cluster as the kubernetes plugin's watches know it. */
export function clusterCache(informers: InformerFactory, options: ClusterOptions, now: () => Micros): ClusterView {
  const services = informers.informer<Service>(RESOURCES.services);
  const slices = options.endpoints ? informers.informer<EndpointSlice>(RESOURCES.endpointSlices) : undefined;
  const namespaces = informers.informer<Namespace>(RESOURCES.namespaces);
  const pods: Informer<Pod> | undefined = options.pods ? informers.informer<Pod>(RESOURCES.pods) : undefined;
  const serviceOf = ({ metadata }: EndpointSlice): string => metadata.labels?.[SERVICE_LABEL] ?? '';
  services.addIndex('address', ({ spec }) => clusterAddresses(spec));
  slices?.addIndex('service', (slice) => [`${slice.metadata.namespace}/${serviceOf(slice)}`]);
  slices?.addIndex('address', ({ endpoints }) => (endpoints ?? []).flatMap(({ addresses }) => addresses));
  pods?.addIndex('address', ({ metadata, status }) =>
    (status?.podIPs ?? []).map(({ ip }) => `${metadata.namespace}/${ip}`),
  );
  let changed = Math.floor(now() / SECOND);
  const note = (): void => {
    changed = Math.floor(now() / SECOND);
  };
  const handlers = { added: note, updated: note, deleted: note };
  services.addHandlers(handlers);
  slices?.addHandlers(handlers);
  const wanted = ({ metadata }: KubeObject): boolean => fits(options.labels, metadata.labels);
  const named = (slice: EndpointSlice): NamedEndpoint[] =>
    wanted(slice)
      ? (slice.endpoints ?? [])
          .filter(({ conditions }) => conditions?.ready !== false)
          .map((endpoint) => ({
            endpoint,
            ports: slice.ports ?? [],
            service: serviceOf(slice),
            namespace: slice.metadata.namespace as string,
          }))
      : [];
  const all: readonly (Informer | undefined)[] = [services, slices, namespaces, pods] as unknown as Informer[];
  return {
    synced: () => all.every((informer) => informer === undefined || informer.synced),
    serial: () => changed,
    namespaceExists: (namespace) => {
      const found = namespaces.get(undefined, namespace);
      return found !== undefined && fits(options.namespaceLabels, found.metadata.labels);
    },
    service: (namespace, name) => {
      const found = services.get(namespace, name);
      return found && wanted(found) ? found : undefined;
    },
    endpoints: (namespace, service) => slices?.byIndex('service', `${namespace}/${service}`).flatMap(named) ?? [],
    servicesAt: (address) => services.byIndex('address', address).filter(wanted),
    endpointsAt: (address) =>
      (slices?.byIndex('address', address) ?? [])
        .flatMap(named)
        .filter(({ endpoint }) => endpoint.addresses.some((one) => canonicalAddress(one) === address)),
    podAt: (namespace, address) => (pods?.byIndex('address', `${namespace}/${address}`).length ?? 0) > 0,
  };
}

function clusterAddresses({ clusterIP, clusterIPs }: Service['spec']): string[] {
  return (clusterIPs ?? (clusterIP ? [clusterIP] : [])).filter((address) => address !== 'None' && address !== '');
}

function fits(selector: Selector | undefined, labels: Record<string, string> | undefined): boolean {
  return selector === undefined || matchesSelector(selector, labels);
}
