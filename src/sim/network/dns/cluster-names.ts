import type { Endpoint, EndpointPort, EndpointSlice } from '../../api/types/endpoints.js';
import type { Service, ServicePort } from '../../api/types/service.js';
import type { DnsAnswer, DnsQuestion, DnsRecord } from '../../kernel/network.js';
import { formatAddress, parseAddress } from '../addresses.js';

/** What the kubernetes plugin knows of the cluster. */
export interface ClusterView {
  namespaceExists(namespace: string): boolean;
  service(namespace: string, name: string): Service | undefined;
  slices(namespace: string, service: string): readonly EndpointSlice[];
  /** The service whose cluster address this is. */
  serviceAt(address: string): Service | undefined;
  /** The endpoint at an address, with the service it belongs to. */
  endpointAt(address: string): { service: string; namespace: string; endpoint: Endpoint } | undefined;
  /** Whether a pod of the namespace has the address (only asked when pods are verified). */
  podAt(namespace: string, address: string): boolean;
}

export interface ClusterZone {
  /** With its final dot. */
  readonly zone: string;
  readonly pods: 'disabled' | 'insecure' | 'verified';
  readonly ttl: number;
}

const NXDOMAIN: DnsAnswer = { code: 'NXDOMAIN', authoritative: true, records: [] };
const NO_DATA: DnsAnswer = { code: 'NOERROR', authoritative: true, records: [] };

/** Answers a question about a name in the cluster's zone, as Kubernetes' DNS specification 1.1 and CoreDNS do. */
export function answerClusterName(
  view: ClusterView,
  { zone, pods, ttl }: ClusterZone,
  { name, type }: DnsQuestion,
): DnsAnswer {
  const labels = name.toLowerCase().slice(0, -zone.length).split('.').filter(Boolean);
  const record = (owner: string, kind: DnsRecord['type'], data: string): DnsRecord => ({
    name: owner,
    type: kind,
    ttl,
    data,
  });
  if (labels.length === 0) return NO_DATA;
  if (labels.length === 1 && labels[0] === 'dns-version') {
    return type === 'TXT' ? { ...NO_DATA, records: [record(name, 'TXT', '"1.1.0"')] } : NO_DATA;
  }
  const kind = labels.at(-1);
  const namespace = labels.at(-2);
  const rest = labels.slice(0, -2);
  if (kind !== 'svc' && kind !== 'pod') return NXDOMAIN;
  if (namespace === undefined) return NO_DATA;
  if (!view.namespaceExists(namespace)) return NXDOMAIN;
  if (rest.length === 0) return NO_DATA;
  if (kind === 'pod') return podAnswer(view, pods, namespace, rest, (address) => record(name, 'A', address), type);
  return serviceAnswer(view, zone, namespace, rest, name, type, record);
}

/** Answers a PTR question about an address in the cluster, or undefined when nobody here has it. */
export function answerReverse(
  view: ClusterView,
  { zone, ttl }: ClusterZone,
  { name }: DnsQuestion,
): DnsAnswer | undefined {
  const address = reverseAddress(name);
  if (address === undefined) return undefined;
  const record = (data: string): DnsAnswer => ({ ...NO_DATA, records: [{ name, type: 'PTR', ttl, data }] });
  const service = view.serviceAt(address);
  if (service) return record(`${service.metadata.name}.${service.metadata.namespace}.svc.${zone}`);
  const found = view.endpointAt(address);
  return found && record(`${endpointName(found.endpoint)}.${found.service}.${found.namespace}.svc.${zone}`);
}

/** The address a name below in-addr.arpa stands for. */
export function reverseAddress(name: string): string | undefined {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\.in-addr\.arpa\.$/.exec(name);
  if (!match) return undefined;
  const address = parseAddress(`${match[4]}.${match[3]}.${match[2]}.${match[1]}`);
  return address === undefined ? undefined : formatAddress(address);
}

function podAnswer(
  view: ClusterView,
  pods: ClusterZone['pods'],
  namespace: string,
  rest: readonly string[],
  record: (address: string) => DnsRecord,
  type: DnsQuestion['type'],
): DnsAnswer {
  if (pods === 'disabled' || rest.length !== 1) return NXDOMAIN;
  const address = (rest[0] as string).replaceAll('-', '.');
  if (parseAddress(address) === undefined) return NXDOMAIN;
  if (pods === 'verified' && !view.podAt(namespace, address)) return NXDOMAIN;
  return type === 'A' ? { ...NO_DATA, records: [record(address)] } : NO_DATA;
}

function serviceAnswer(
  view: ClusterView,
  zone: string,
  namespace: string,
  rest: readonly string[],
  name: string,
  type: DnsQuestion['type'],
  record: (owner: string, kind: DnsRecord['type'], data: string) => DnsRecord,
): DnsAnswer {
  const service = view.service(namespace, rest.at(-1) as string);
  if (!service) return NXDOMAIN;
  const before = rest.slice(0, -1);
  const base = `${service.metadata.name}.${namespace}.svc.${zone}`;
  if (service.spec.type === 'ExternalName') {
    if (before.length > 0) return NXDOMAIN;
    const target = `${service.spec.externalName}.`;
    return { ...NO_DATA, records: [record(name, 'CNAME', target)] };
  }
  if (before.length === 2 && before[0]?.startsWith('_') && before[1]?.startsWith('_')) {
    const records = servicePortRecords(view, service, base, before[0].slice(1), before[1].slice(1)).map((data) =>
      record(name, 'SRV', data),
    );
    if (records.length === 0) return NXDOMAIN;
    return type === 'SRV' ? { ...NO_DATA, records } : NO_DATA;
  }
  const headless = service.spec.clusterIP === 'None';
  if (before.length > 1 || (before.length === 1 && !headless)) return NXDOMAIN;
  const addresses = headless
    ? endpointsOf(view, service)
        .filter(({ endpoint }) => before.length === 0 || endpointName(endpoint) === before[0])
        .flatMap(({ endpoint }) => endpoint.addresses)
    : [service.spec.clusterIP as string];
  if (addresses.length === 0) return NXDOMAIN;
  if (type === 'SRV')
    return {
      ...NO_DATA,
      records: servicePortRecords(view, service, base, undefined, undefined).map((data) => record(name, 'SRV', data)),
    };
  return type === 'A' || type === 'ANY'
    ? { ...NO_DATA, records: [...new Set(addresses)].map((address) => record(name, 'A', address)) }
    : NO_DATA;
}

function endpointsOf(view: ClusterView, service: Service): { endpoint: Endpoint; ports: readonly EndpointPort[] }[] {
  const wanted = service.spec.publishNotReadyAddresses === true;
  return view
    .slices(service.metadata.namespace as string, service.metadata.name as string)
    .flatMap(({ endpoints, ports }) => (endpoints ?? []).map((endpoint) => ({ endpoint, ports: ports ?? [] })))
    .filter(({ endpoint }) => wanted || endpoint.conditions?.ready !== false);
}

/** A pod's name in a headless service: its hostname, or its address with dashes. */
function endpointName({ hostname, addresses }: Endpoint): string {
  return hostname ?? (addresses[0] as string).replaceAll('.', '-');
}

function servicePortRecords(
  view: ClusterView,
  service: Service,
  base: string,
  port: string | undefined,
  protocol: string | undefined,
): string[] {
  const fits = (entry: ServicePort | EndpointPort): boolean =>
    (port === undefined || entry.name === port) &&
    (protocol === undefined || (entry.protocol ?? 'TCP').toLowerCase() === protocol);
  if (service.spec.clusterIP !== 'None') {
    return (service.spec.ports ?? []).filter(fits).map((entry) => `0 100 ${entry.port} ${base}`);
  }
  return endpointsOf(view, service).flatMap(({ endpoint, ports }) =>
    ports.filter(fits).map((entry) => `0 100 ${entry.port} ${endpointName(endpoint)}.${base}`),
  );
}
