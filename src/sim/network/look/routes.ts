import type { Route } from '../../kernel/network.js';
import { type AddressRange, formatAddress, formatAddress6, isIpv6, parseRange } from '../addresses.js';
import type { SimNamespace } from '../namespace.js';
import { hostInterface } from './links.js';

const HOST_PREFIX = { 4: 24, 6: 64 } as const;

/** The routing table of a namespace: what its network plugin and its host's installer put there. */
export function routesOf(namespace: SimNamespace, family: 4 | 6): Route[] {
  const own = namespace.addresses().find((address) => isIpv6(address) === (family === 6));
  if (own === undefined) return [];
  return namespace.pod === undefined ? hostRoutes(namespace, own, family) : podRoutes(namespace, own, family);
}

/** Where a namespace sends what it has no route for. */
export function gatewayOf(namespace: SimNamespace, family: 4 | 6): string {
  const { node } = namespace;
  if (namespace.pod === undefined) {
    const range = networkOf(namespace.ownAddress(family === 6 ? '::' : ''), HOST_PREFIX[family]);
    return range ? textOf(family, range.first + 1n) : '';
  }
  const range = node.podRanges.find((one) => one.family === family);
  if (node.plugin === 'flannel' && range) return textOf(family, range.first + 1n);
  // Calico's host answers for an address that nobody has; the router on the way is the host.
  return node.namespace.ownAddress(family === 6 ? '::' : '');
}

function podRoutes(namespace: SimNamespace, own: string, family: 4 | 6): Route[] {
  const { node } = namespace;
  if (node.plugin !== 'flannel') {
    const via = family === 4 ? '169.254.1.1' : 'fe80::ecee:eeff:feee:eeee';
    return [
      { to: 'default', via, device: 'eth0' },
      ...(family === 4 ? [{ to: via, device: 'eth0', scope: 'link' } as const] : []),
    ];
  }
  const gateway = gatewayOf(namespace, family);
  const range = node.podRanges.find((one) => one.family === family);
  return [
    { to: 'default', via: gateway, device: 'eth0' },
    ...(range
      ? [{ to: rangeText(range), device: 'eth0', protocol: 'kernel', scope: 'link', source: own } as const]
      : []),
  ];
}

function hostRoutes(namespace: SimNamespace, own: string, family: 4 | 6): Route[] {
  const { node, fabric } = namespace;
  const network = networkOf(own, HOST_PREFIX[family]);
  const routes: Route[] = [{ to: 'default', via: gatewayOf(namespace, family), device: 'eth0' }];
  if (node.plugin === undefined) return network ? [...routes, kernelRoute(network, own)] : routes;
  const flannel = node.plugin === 'flannel';
  const tunnel = flannel ? 'flannel.1' : 'tunl0';
  const plugged: { readonly key: bigint; readonly route: Route }[] = [];
  for (const other of fabric.nodes) {
    for (const range of other.podRanges.filter((one) => one.family === family)) {
      const to = rangeText(range);
      const key = range.first;
      if (other !== node) {
        const via = flannel ? textOf(family, range.first) : other.namespace.ownAddress(own);
        const route = { to, via, device: tunnel, ...(flannel ? {} : { protocol: 'bird' }), onlink: true };
        plugged.push({ key, route });
      } else if (!flannel) plugged.push({ key, route: { to, protocol: 'bird' } });
      else if (node.pods.size > 0) {
        const source = textOf(family, range.first + 1n);
        plugged.push({ key, route: { to, device: 'cni0', protocol: 'kernel', scope: 'link', source } });
      }
    }
  }
  if (!flannel) {
    for (const pod of node.pods) {
      const address = pod.addresses().find((one) => isIpv6(one) === (family === 6));
      const range = address === undefined ? undefined : parseRange(`${address}/${family === 4 ? 32 : 128}`);
      if (!range) continue;
      plugged.push({ key: range.first, route: { to: address as string, device: hostInterface(pod), scope: 'link' } });
    }
  }
  plugged.sort((one, another) => (one.key < another.key ? -1 : one.key > another.key ? 1 : 0));
  routes.push(...plugged.map(({ route }) => route));
  return network ? [...routes, kernelRoute(network, own)] : routes;
}

function kernelRoute(network: AddressRange, source: string): Route {
  return { to: rangeText(network), device: 'eth0', protocol: 'kernel', scope: 'link', source };
}

function networkOf(address: string, prefix: number): AddressRange | undefined {
  return parseRange(`${address}/${prefix}`);
}

function rangeText({ family, first, prefix }: AddressRange): string {
  return `${textOf(family, first)}/${prefix}`;
}

function textOf(family: 4 | 6, value: bigint): string {
  return family === 4 ? formatAddress(Number(value)) : formatAddress6(value);
}
