import { matchesSelector, selectorFromObject } from '../../api/labels.js';
import type { KubeObject, LabelSelector } from '../../api/object.js';
import type { Namespace } from '../../api/types/config.js';
import type { Service } from '../../api/types/service.js';
import type { ResourceType } from '../../client/client.js';
import { formatAddress, isIpv6, parseAddress } from '../addresses.js';

const custom = (resource: string, kind: string): ResourceType => ({
  group: 'metallb.io',
  version: 'v1beta1',
  resource,
  kind,
  namespaced: true,
});

export const POOLS = custom('ipaddresspools', 'IPAddressPool');
export const ADVERTISEMENTS = custom('l2advertisements', 'L2Advertisement');
/** The annotation that says from which pool an address came. */
export const FROM_POOL = 'metallb.io/ip-allocated-from-pool';

export interface AddressPool extends KubeObject {
  spec: {
    addresses?: string[];
    autoAssign?: boolean;
    avoidBuggyIPs?: boolean;
    serviceAllocation?: ServiceAllocation;
  };
}

/** Whom a pool is kept for. */
interface ServiceAllocation {
  priority?: number;
  namespaces?: string[];
  namespaceSelectors?: LabelSelector[];
  serviceSelectors?: LabelSelector[];
}

export interface Advertisement extends KubeObject {
  spec?: {
    ipAddressPools?: string[];
    ipAddressPoolSelectors?: LabelSelector[];
    nodeSelectors?: LabelSelector[];
    interfaces?: string[];
  };
}

/** Whether a service is MetalLB's to give addresses to. */
export function isBalanced({ spec }: Service): boolean {
  return spec.type === 'LoadBalancer' && spec.loadBalancerClass === undefined;
}

/** The IPv4 addresses of a pool in their order: of ranges from-to, and of blocks. */
export function* addressesOf({ spec }: AddressPool): Generator<string> {
  for (const range of spec.addresses ?? []) {
    if (isIpv6(range)) continue;
    const [from = 0, to = 0] = bounds(range);
    for (let number = from; number <= to; number += 1) {
      const last = number % 256;
      if (!spec.avoidBuggyIPs || (last !== 0 && last !== 255)) yield formatAddress(number);
    }
  }
}

/** Whether a pool has an address. */
export function hasAddress({ spec }: AddressPool, address: string): boolean {
  const number = parseAddress(address);
  if (number === undefined) return false;
  return (spec.addresses ?? []).some((range) => {
    const [from = 1, to = 0] = isIpv6(range) ? [] : bounds(range);
    return number >= from && number <= to;
  });
}

function bounds(range: string): number[] {
  const [from = '', to] = range.split('-').map((part) => part.trim());
  if (to !== undefined) return [parseAddress(from) ?? 1, parseAddress(to) ?? 0];
  const [base = '', prefix = '32'] = from.split('/');
  const size = 2 ** (32 - Number(prefix));
  const first = Math.floor((parseAddress(base) ?? 0) / size) * size;
  return [first, first + size - 1];
}

/**
 * The pools that a service which asks for none by name may have an address of, the first to be tried first: those kept for
 * it, by their priority (0 is the last), then those that are kept for nobody (allocator's pinnedPoolsForService).
 */
export function poolsFor(
  { metadata }: Service,
  pools: readonly AddressPool[],
  namespaces: readonly Namespace[],
): AddressPool[] {
  const given = pools.filter(({ spec }) => spec.autoAssign !== false);
  const kept = given.filter(({ spec: { serviceAllocation } }) => {
    if (!serviceAllocation) return false;
    const { serviceSelectors = [] } = serviceAllocation;
    const names = namespacesOf(serviceAllocation, namespaces);
    if (names.size === 0 && serviceSelectors.length === 0) return false;
    if (names.size > 0 && !names.has(metadata.namespace ?? '')) return false;
    return serviceSelectors.length === 0 || anySelects(serviceSelectors, metadata.labels);
  });
  const rank = ({ spec }: AddressPool) => spec.serviceAllocation?.priority || Number.MAX_SAFE_INTEGER;
  return [
    ...kept.sort((one, other) => rank(one) - rank(other)),
    ...given.filter(({ spec }) => !spec.serviceAllocation),
  ];
}

/** The namespaces a pool is kept for: those named, and those its selectors pick. */
function namespacesOf(
  { namespaces: named = [], namespaceSelectors: selectors = [] }: ServiceAllocation,
  all: readonly Namespace[],
): Set<string> {
  const picked = all.filter(({ metadata }) => anySelects(selectors, metadata.labels));
  return new Set([...named, ...picked.map(({ metadata }) => metadata.name ?? '')]);
}

/** Whether one of the selectors at least picks such labels. */
export function anySelects(
  selectors: readonly LabelSelector[],
  labels: Readonly<Record<string, string>> = {},
): boolean {
  return selectors.some((selector) => matchesSelector(selectorFromObject(selector), labels));
}
