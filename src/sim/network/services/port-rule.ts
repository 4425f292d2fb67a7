import type { EndpointSlice } from '../../api/types/endpoints.js';
import type { Service, ServicePort } from '../../api/types/service.js';
import type { Protocol } from '../../kernel/network.js';
import { type AddressRange, canonicalAddress, isIpv6, parseRange } from '../addresses.js';
import type { Backend } from '../node.js';
import { categorize, endpointsOf } from './endpoints.js';

export type Family = 'IPv4' | 'IPv6';

/** One port of one service for one family, as a node's kernel knows it. */
export interface PortRule {
  /** `namespace/name` with `:port` when that has a name. */
  readonly name: string;
  readonly family: Family;
  readonly protocol: Protocol;
  readonly port: number;
  readonly nodePort: number | undefined;
  readonly clusterAddress: string;
  readonly externalAddresses: readonly string[];
  readonly balancerAddresses: readonly string[];
  /** Who may come to the load balancer's addresses; none: everybody. */
  readonly sourceRanges: readonly { readonly text: string; readonly range: AddressRange }[];
  readonly internalLocal: boolean;
  readonly externalLocal: boolean;
  readonly usesCluster: boolean;
  readonly usesLocal: boolean;
  readonly affinitySeconds: number | undefined;
  readonly healthPort: number | undefined;
  readonly cluster: readonly Backend[];
  readonly local: readonly Backend[];
  readonly hasEndpoints: boolean;
}

/** Whose rules are made: the node and where it stands. */
export interface RuleReader {
  readonly nodeName: string;
  readonly zone: string;
}

const AFFINITY_SECONDS = 10_800;
/** Services with it are somebody else's to make work. */
const OTHER_PROXY = 'service.kubernetes.io/service-proxy-name';

/** What a service's ports are to a node, for each family the service has an address of. */
export function portRules(service: Service, slices: readonly EndpointSlice[], reader: RuleReader): PortRule[] {
  const { spec, metadata } = service;
  if (spec.type === 'ExternalName' || metadata.labels?.[OTHER_PROXY] !== undefined) return [];
  const addresses = (spec.clusterIPs ?? (spec.clusterIP ? [spec.clusterIP] : [])).filter(
    (address) => address !== 'None' && address !== '',
  );
  return addresses.flatMap((address) =>
    (spec.ports ?? []).map((port) => ruleOf(service, port, canonicalAddress(address), slices, reader)),
  );
}

function ruleOf(
  { metadata, spec, status }: Service,
  port: ServicePort,
  clusterAddress: string,
  slices: readonly EndpointSlice[],
  reader: RuleReader,
): PortRule {
  const six = isIpv6(clusterAddress);
  const family: Family = six ? 'IPv6' : 'IPv4';
  const same = (address: string | undefined): address is string => address !== undefined && isIpv6(address) === six;
  const ingress = spec.type === 'LoadBalancer' ? (status?.loadBalancer?.ingress ?? []) : [];
  const balancerAddresses = ingress
    .filter(({ ipMode }) => ipMode !== 'Proxy')
    .flatMap(({ ip }) => (same(ip) ? [ip] : []));
  const externalAddresses = (spec.externalIPs ?? []).filter(same);
  const accessible = Boolean(port.nodePort) || balancerAddresses.length > 0 || externalAddresses.length > 0;
  const internalLocal = spec.internalTrafficPolicy === 'Local';
  const externalLocal = spec.externalTrafficPolicy === 'Local';
  const uses = { cluster: !internalLocal || accessible, local: internalLocal || (externalLocal && accessible) };
  const endpoints = endpointsOf(port, slices, family, reader.nodeName);
  const { cluster, local, hasAny } = categorize(endpoints, uses, reader.nodeName, reader.zone);
  const affine = spec.sessionAffinity === 'ClientIP';
  return {
    name: `${metadata.namespace}/${metadata.name}${port.name ? `:${port.name}` : ''}`,
    family,
    protocol: (port.protocol ?? 'TCP').toLowerCase() as Protocol,
    port: port.port,
    nodePort: port.nodePort || undefined,
    clusterAddress,
    externalAddresses: externalAddresses.map(canonicalAddress),
    balancerAddresses: balancerAddresses.map(canonicalAddress),
    sourceRanges: (spec.loadBalancerSourceRanges ?? []).flatMap((text) => {
      const range = parseRange(text.trim());
      return range && (range.family === 6) === six ? [{ text: text.trim(), range }] : [];
    }),
    internalLocal,
    externalLocal,
    usesCluster: uses.cluster,
    usesLocal: uses.local,
    affinitySeconds: affine ? (spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? AFFINITY_SECONDS) : undefined,
    healthPort: spec.healthCheckNodePort || undefined,
    cluster,
    local,
    hasEndpoints: hasAny,
  };
}

/** Whether a port is reached by other addresses than the service's own. */
export function isAccessible(rule: PortRule): boolean {
  return rule.nodePort !== undefined || rule.balancerAddresses.length > 0 || rule.externalAddresses.length > 0;
}
