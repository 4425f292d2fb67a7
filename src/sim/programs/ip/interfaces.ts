import type { Sys } from '../../kernel/sys.js';

/** A network interface as `ip` shows it. */
export interface Interface {
  readonly index: number;
  readonly name: string;
  readonly flags: string;
  readonly mtu: number;
  readonly queue: string;
  readonly state: 'UP' | 'UNKNOWN';
  readonly link: string;
  readonly broadcast: string;
  /** With prefix lengths. */
  readonly addresses: readonly string[];
}

const PREFIX = 24;

/** The interfaces of this network namespace: the loopback and one with the namespace's addresses. */
export function interfacesOf(sys: Sys): Interface[] {
  const loopback: Interface = {
    index: 1,
    name: 'lo',
    flags: 'LOOPBACK,UP,LOWER_UP',
    mtu: 65536,
    queue: 'noqueue',
    state: 'UNKNOWN',
    link: 'loopback 00:00:00:00:00:00',
    broadcast: '00:00:00:00:00:00',
    addresses: ['127.0.0.1/8'],
  };
  const addresses = sys.network().addresses();
  const [first] = addresses;
  if (first === undefined) return [loopback];
  const ethernet: Interface = {
    index: 2,
    name: 'eth0',
    flags: 'BROADCAST,MULTICAST,UP,LOWER_UP',
    mtu: 1500,
    queue: 'fq_codel',
    state: 'UP',
    link: `ether ${hardwareAddress(first)}`,
    broadcast: 'ff:ff:ff:ff:ff:ff',
    addresses: addresses.map((address) => `${address}/${PREFIX}`),
  };
  return [loopback, ethernet];
}

function hardwareAddress(address: string): string {
  return ['02', '42', ...address.split('.').map((part) => Number(part).toString(16).padStart(2, '0'))].join(':');
}

/** The network an address lies in, and its first and last address. */
export function networkOf(address: string): { network: string; gateway: string; broadcast: string } {
  const start = address.split('.').slice(0, 3).join('.');
  return { network: `${start}.0/${PREFIX}`, gateway: `${start}.1`, broadcast: `${start}.255` };
}
