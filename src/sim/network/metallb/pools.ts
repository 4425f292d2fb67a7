import { matchesSelector, selectorFromObject } from '../../api/labels.js';
import type { KubeObject, LabelSelector } from '../../api/object.js';
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
    serviceAllocation?: { priority?: number; namespaces?: string[]; serviceSelectors?: LabelSelector[] };
  };
}

export interface Advertisement extends KubeObject {
  spec?: { ipAddressPools?: string[]; nodeSelectors?: LabelSelector[]; interfaces?: string[] };
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

/** Whether a pool gives to a service that asks for none by name. */
export function serves({ spec }: AddressPool, { metadata }: Service): boolean {
  if (spec.autoAssign === false) return false;
  const { namespaces = [], serviceSelectors = [] } = spec.serviceAllocation ?? {};
  if (namespaces.length > 0 && !namespaces.includes(metadata.namespace ?? '')) return false;
  return (
    serviceSelectors.length === 0 ||
    serviceSelectors.some((selector) => matchesSelector(selectorFromObject(selector), metadata.labels ?? {}))
  );
}
