import type { EndpointPort } from '../../api/types/endpoints.js';
import type { Service, ServicePort } from '../../api/types/service.js';
import { canonicalAddress, isIpv6, parseAddress, parseAddress6 } from '../addresses.js';
import type { ClusterView, NamedEndpoint } from './cluster-view.js';
import { isReverseZone } from './corefile/zone-name.js';

/** How the kubernetes plugin names things. */
export interface NamingOptions {
  readonly pods: 'disabled' | 'insecure' | 'verified';
  /** Only these namespaces, where any are named. */
  readonly namespaces: ReadonlySet<string>;
  /** Endpoints without a hostname are called as their pods. */
  readonly endpointPodNames: boolean;
  /** Services with a cluster address and nobody behind it do not exist. */
  readonly ignoreEmpty: boolean;
}

/** Something a name stands for: an address or another name, with the full name that it is known by, and its port. */
export interface Found {
  readonly host: string;
  /** Its own name in the zone, with the final dot. */
  readonly owner: string;
  /** -1: it has none. */
  readonly port: number;
}

/** The parts of a name in the cluster's zone. */
interface Parts {
  readonly kind: string;
  readonly namespace: string;
  readonly service: string;
  readonly endpoint: string;
  readonly port: string;
  readonly protocol: string;
}

/** Finds what a name in a zone stands for; nothing found is a name without data, undefined a name that is not there. */
export function findNamed(view: ClusterView, options: NamingOptions, name: string, zone: string): Found[] | undefined {
  const parts = readParts(name.toLowerCase().slice(0, -zone.length));
  if (parts === undefined) return undefined;
  if (parts.kind === '') return [];
  if (isReverseZone(name.toLowerCase())) return undefined;
  if (!isExposed(view, options, parts.namespace)) return undefined;
  if (parts.service === '') return [];
  return parts.kind === 'pod' ? findPods(view, options, parts, zone) : findServices(view, options, parts, zone);
}

/** Whether a namespace is there, and one of those that the Corefile names. */
function isExposed(view: ClusterView, { namespaces }: NamingOptions, namespace: string): boolean {
  return (namespaces.size === 0 || namespaces.has(namespace)) && view.namespaceExists(namespace);
}

/** `_port._protocol.service.namespace.svc`, `endpoint.service.namespace.svc` or shorter; undefined for anything else. */
function readParts(before: string): Parts | undefined {
  const labels = before.split('.').filter(Boolean);
  const none: Parts = { kind: '', namespace: '', service: '', endpoint: '', port: '', protocol: '' };
  if (labels.length === 0) return none;
  const [kind = '', namespace = '', service = '', ...rest] = labels.reverse();
  if (kind !== 'svc' && kind !== 'pod') return undefined;
  if (labels.length === 1) return none;
  if (rest.length > 2) return undefined;
  const [first = '', second = ''] = rest;
  const bare = (label: string): string => label.replace(/^_/, '');
  return rest.length === 2
    ? { kind, namespace, service, endpoint: '', protocol: bare(first), port: bare(second) }
    : { kind, namespace, service, endpoint: first, port: '', protocol: '' };
}

function findPods(view: ClusterView, { pods }: NamingOptions, parts: Parts, zone: string): Found[] | undefined {
  if (pods === 'disabled') return undefined;
  const name = parts.service;
  const four = /^[^-]+(?:-[^-]+){3}$/.test(name);
  const address = name.replaceAll('-', four ? '.' : ':');
  const known = four ? parseAddress(address) !== undefined : parseAddress6(address) !== undefined;
  if (!known) return undefined;
  if (pods === 'verified' && !view.podAt(parts.namespace, address)) return undefined;
  return [{ host: address, owner: `${name}.${parts.namespace}.pod.${zone}`, port: 0 }];
}

function findServices(view: ClusterView, options: NamingOptions, parts: Parts, zone: string): Found[] | undefined {
  const service = view.service(parts.namespace, parts.service);
  if (!service) return undefined;
  const owner = `${service.metadata.name}.${parts.namespace}.svc.${zone}`;
  if (service.spec.type === 'ExternalName') {
    if (parts.endpoint !== '' || parts.port !== '' || parts.protocol !== '') return undefined;
    const host = service.spec.externalName ?? '';
    return parseAddress(host) === undefined ? [{ host, owner, port: 0 }] : undefined;
  }
  const endpoints = view.endpoints(parts.namespace, parts.service);
  if (service.spec.clusterIP === 'None' || parts.endpoint !== '') {
    const found = endpoints
      .filter((one) => parts.endpoint === '' || endpointName(one, options) === parts.endpoint)
      .flatMap((one) => ofEndpoint(one, parts, `${endpointName(one, options)}.${owner}`));
    return found.length > 0 ? found : undefined;
  }
  if (options.ignoreEmpty && endpoints.length === 0) return undefined;
  const found = portsOf(service.spec.ports)
    .filter((port) => fits(port, parts))
    .flatMap(({ port }) => addressesOf(service).map((host) => ({ host, owner, port })));
  return found.length > 0 ? found : undefined;
}

function ofEndpoint({ endpoint, ports }: NamedEndpoint, parts: Parts, owner: string): Found[] {
  return endpoint.addresses.flatMap((host) =>
    portsOf(ports)
      .filter((port) => fits(port, parts))
      .map(({ port }) => ({ host, owner, port })),
  );
}

type Port = { readonly name: string; readonly protocol: string; readonly port: number };

/** Without any port there is one that no number stands for. */
function portsOf(ports: readonly (ServicePort | EndpointPort)[] | null | undefined): Port[] {
  if (!ports || ports.length === 0) return [{ name: '', protocol: '', port: -1 }];
  return ports.map(({ name, protocol, port }) => ({
    name: name ?? '',
    protocol: (protocol ?? 'TCP').toLowerCase(),
    port: port ?? -1,
  }));
}

function fits({ name, protocol }: Port, parts: Parts): boolean {
  return (parts.port === '' || name === parts.port) && (parts.protocol === '' || protocol === parts.protocol);
}

function addressesOf({ spec }: Service): string[] {
  return spec.clusterIPs ?? (spec.clusterIP ? [spec.clusterIP] : []);
}

/** An endpoint's name in its service: its hostname, or its address with dashes. */
function endpointName({ endpoint }: NamedEndpoint, { endpointPodNames }: NamingOptions): string {
  const { hostname, targetRef, addresses } = endpoint;
  if (hostname) return hostname.toLowerCase();
  if (endpointPodNames && targetRef?.name) return targetRef.name;
  const address = addresses[0] as string;
  const dashed = address.replaceAll(isIpv6(address) ? ':' : '.', '-');
  return dashed.endsWith('-') ? `${dashed}0` : dashed;
}

/** The names of an address in the cluster: the service's whose it is, else those of the endpoints that have it. */
export function namesAt(view: ClusterView, options: NamingOptions, written: string, zone: string): string[] {
  const address = canonicalAddress(written);
  const hidden = (namespace: string): boolean => options.namespaces.size > 0 && !isExposed(view, options, namespace);
  for (const { metadata } of view.servicesAt(address)) {
    if (!hidden(metadata.namespace as string)) return [`${metadata.name}.${metadata.namespace}.svc.${zone}`];
  }
  const names = view
    .endpointsAt(address)
    .filter(({ namespace }) => !hidden(namespace))
    .map((one) => `${endpointName(one, options)}.${one.service}.${one.namespace}.svc.${zone}`);
  return [...new Set(names)];
}

/** The names and addresses of the services that answer at some addresses; of the addresses themselves where none is. */
export function nameServers(view: ClusterView, options: NamingOptions, own: readonly string[], zone: string): Found[] {
  const endpoints = own.flatMap((address) => view.endpointsAt(address));
  if (endpoints.length === 0) return own.map((host) => ({ host, owner: `ns.dns.${zone}`, port: 0 }));
  return endpoints.flatMap((one) => {
    const service = view.service(one.namespace, one.service);
    if (!service) return [];
    const owner = `${one.service}.${one.namespace}.svc.${zone}`;
    if (service.spec.clusterIP !== 'None') return addressesOf(service).map((host) => ({ host, owner, port: 0 }));
    const named = endpointName(one, options);
    return one.endpoint.addresses.map((host) => ({ host, owner: `${named}.${owner}`, port: 0 }));
  });
}
