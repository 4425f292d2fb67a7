import type { Selector } from '../../api/labels.js';
import type { Endpoint, EndpointPort } from '../../api/types/endpoints.js';
import type { Service } from '../../api/types/service.js';

/** An endpoint of a service with the ports of its slice. */
export interface NamedEndpoint {
  readonly service: string;
  readonly namespace: string;
  readonly endpoint: Endpoint;
  readonly ports: readonly EndpointPort[];
}

/** What the kubernetes plugin knows of the cluster. */
export interface ClusterView {
  namespaceExists(namespace: string): boolean;
  service(namespace: string, name: string): Service | undefined;
  /** The ready endpoints of a service. */
  endpoints(namespace: string, service: string): readonly NamedEndpoint[];
  /** The services whose cluster address this is. */
  servicesAt(address: string): readonly Service[];
  /** The ready endpoints at an address. */
  endpointsAt(address: string): readonly NamedEndpoint[];
  /** Whether a pod of the namespace has the address (only asked when pods are verified). */
  podAt(namespace: string, address: string): boolean;
  /** Seconds since 1970 when anything of this changed last: the zone's serial number. */
  serial(): number;
  /** Whether everything was heard of once. */
  synced(): boolean;
}

/** What of the cluster a Corefile wants to be known. */
export interface ClusterOptions {
  readonly pods: boolean;
  readonly endpoints: boolean;
  /** Which services (and their slices) there are for it, by their labels. */
  readonly labels: Selector | undefined;
  readonly namespaceLabels: Selector | undefined;
}
