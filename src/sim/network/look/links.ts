import { createHash } from 'node:crypto';
import type { Link } from '../../kernel/network.js';
import { formatAddress, formatAddress6, isIpv6 } from '../addresses.js';
import type { SimNamespace } from '../namespace.js';
import type { NetworkNode } from '../node.js';

const HOST_PREFIX = { 4: 24, 6: 64 } as const;
const LOOPBACK: Link = {
  index: 1,
  name: 'lo',
  kind: 'loopback',
  mtu: 65_536,
  hardware: '00:00:00:00:00:00',
  addresses: ['127.0.0.1/8', '::1/128'],
};
/** What the tunnels between hosts leave of 1500 bytes. */
const PLUGIN_MTU = { calico: 1480, flannel: 1450 } as const;

/** The interfaces of a namespace: what its network plugin made, and a host's own. */
export function linksOf(namespace: SimNamespace): Link[] {
  return namespace.pod === undefined ? hostLinks(namespace) : podLinks(namespace);
}

function podLinks(namespace: SimNamespace): Link[] {
  const plugin = namespace.node.plugin ?? 'calico';
  const prefix = (address: string) =>
    isIpv6(address) ? (plugin === 'calico' ? 128 : 64) : plugin === 'calico' ? 32 : 24;
  return [
    LOOPBACK,
    {
      index: 2,
      name: 'eth0',
      peer: `if${peerIndex(namespace)}`,
      kind: 'veth',
      mtu: PLUGIN_MTU[plugin],
      hardware: hardwareAddress(namespace.addresses()[0] ?? ''),
      addresses: namespace.addresses().map((address) => `${address}/${prefix(address)}`),
    },
  ];
}

function hostLinks(namespace: SimNamespace): Link[] {
  const { node } = namespace;
  const addresses = namespace.addresses();
  const [first] = addresses;
  if (first === undefined) return [LOOPBACK];
  const ethernet: Link = {
    index: 2,
    name: 'eth0',
    kind: 'ether',
    mtu: 1500,
    hardware: hardwareAddress(first),
    addresses: addresses.map((address) => `${address}/${HOST_PREFIX[isIpv6(address) ? 6 : 4]}`),
  };
  return [LOOPBACK, ethernet, ...pluginLinks(node), ...[...node.pods].map((pod) => hostEnd(node, pod))];
}

/** The tunnel to other hosts, and the bridge where the plugin has one. */
function pluginLinks(node: NetworkNode): Link[] {
  const bases = node.podRanges.map(({ family, first }) => ({ family, first }));
  if (node.plugin === 'calico') {
    const addresses = bases
      .filter(({ family }) => family === 4)
      .map(({ first }) => `${formatAddress(Number(first))}/32`);
    return [{ index: 3, name: 'tunl0', peer: 'NONE', kind: 'ipip', mtu: 1480, hardware: '0.0.0.0', addresses }];
  }
  if (node.plugin !== 'flannel') return [];
  const text = (family: 4 | 6, value: bigint) => (family === 4 ? formatAddress(Number(value)) : formatAddress6(value));
  const [base] = bases;
  const tunnel: Link = {
    index: 3,
    name: 'flannel.1',
    kind: 'vxlan',
    mtu: 1450,
    hardware: hardwareAddress(base ? `0.${text(base.family, base.first)}` : ''),
    addresses: bases.map(({ family, first }) => `${text(family, first)}/${family === 4 ? 32 : 128}`),
  };
  if (node.pods.size === 0) return [tunnel];
  return [
    tunnel,
    {
      index: 4,
      name: 'cni0',
      kind: 'bridge',
      mtu: 1450,
      hardware: hardwareAddress(base ? text(base.family, base.first + 1n) : ''),
      addresses: bases.map(({ family, first }) => `${text(family, first + 1n)}/${family === 4 ? 24 : 64}`),
    },
  ];
}

/** The host's end of a pod's pair. */
function hostEnd(node: NetworkNode, pod: SimNamespace): Link {
  const flannel = node.plugin === 'flannel';
  return {
    index: peerIndex(pod),
    name: hostInterface(pod),
    peer: 'if2',
    kind: 'veth',
    mtu: PLUGIN_MTU[node.plugin ?? 'calico'],
    hardware: flannel ? hardwareAddress(`0.0.${pod.addresses()[0]}`) : 'ee:ee:ee:ee:ee:ee',
    addresses: [],
    ...(flannel ? { master: 'cni0' } : {}),
  };
}

/** What the host calls its end: Calico hashes namespace and name, the bridge plugin draws. */
export function hostInterface(pod: SimNamespace): string {
  const hash = createHash('sha1')
    .update((pod.pod ?? '').replace('/', '.'))
    .digest('hex');
  return pod.node.plugin === 'flannel' ? `veth${hash.slice(0, 8)}` : `cali${hash.slice(0, 11)}`;
}

/** The number of the host's end. */
function peerIndex(pod: SimNamespace): number {
  return pod.index;
}

/** An address of the network card made from one of the network. */
function hardwareAddress(address: string): string {
  const parts = isIpv6(address) ? [] : address.split('.').slice(-4).map(Number);
  const bytes = parts.length === 4 && parts.every((part) => part < 256) ? parts : [0, 0, 0, 1];
  return ['02', '42', ...bytes.map((byte) => byte.toString(16).padStart(2, '0'))].join(':');
}
