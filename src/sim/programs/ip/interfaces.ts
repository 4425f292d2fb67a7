import type { Link } from '../../kernel/network.js';

/** What `ip` prints of an interface beside its addresses. */
export interface LinkWords {
  readonly flags: string;
  readonly queue: string;
  readonly state: 'UP' | 'UNKNOWN';
  readonly type: string;
  readonly broadcast: string;
}

const ETHER = { type: 'ether', broadcast: 'ff:ff:ff:ff:ff:ff' } as const;

const WORDS: Readonly<Record<Link['kind'], LinkWords>> = {
  bridge: { flags: 'BROADCAST,MULTICAST,UP,LOWER_UP', queue: 'noqueue', state: 'UP', ...ETHER },
  ether: { flags: 'BROADCAST,MULTICAST,UP,LOWER_UP', queue: 'fq_codel', state: 'UP', ...ETHER },
  ipip: { flags: 'NOARP,UP,LOWER_UP', queue: 'noqueue', state: 'UNKNOWN', type: 'ipip', broadcast: '0.0.0.0' },
  loopback: {
    flags: 'LOOPBACK,UP,LOWER_UP',
    queue: 'noqueue',
    state: 'UNKNOWN',
    type: 'loopback',
    broadcast: '00:00:00:00:00:00',
  },
  veth: { flags: 'BROADCAST,MULTICAST,UP,LOWER_UP', queue: 'noqueue', state: 'UP', ...ETHER },
  vxlan: { flags: 'BROADCAST,MULTICAST,UP,LOWER_UP', queue: 'noqueue', state: 'UNKNOWN', ...ETHER },
};

/** The words of an interface's kind. */
export function linkWords({ kind }: Link): LinkWords {
  return WORDS[kind];
}

/** `eth0@if7`. */
export function fullName({ name, peer }: Link): string {
  return peer === undefined ? name : `${name}@${peer}`;
}

/** An address line without its indent: `inet 172.30.1.2/24 brd 172.30.1.255 scope global eth0`. */
export function addressWords({ name, kind }: Link, address: string): string {
  if (address.includes(':')) {
    const scope = kind === 'loopback' ? 'host' : address.startsWith('fe80:') ? 'link' : 'global';
    return `inet6 ${address} scope ${scope} `;
  }
  const [text = '', prefix = ''] = address.split('/');
  const broadcast = kind === 'loopback' || prefix === '32' ? '' : ` brd ${broadcastOf(text, Number(prefix))}`;
  return `inet ${address}${broadcast} scope ${kind === 'loopback' ? 'host' : 'global'} ${name}`;
}

/** Its addresses with the one that every card has by itself. */
export function addressesOf({ kind, hardware, addresses }: Link): string[] {
  if (WORDS[kind].type !== 'ether') return [...addresses];
  const bytes = hardware.split(':').map((byte) => Number.parseInt(byte, 16));
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = bytes;
  const group = (high: number, low: number) => ((high << 8) | low).toString(16);
  const own = `fe80::${group(a ^ 2, b)}:${group(c, 0xff)}:${group(0xfe, d)}:${group(e, f)}/64`;
  return [...addresses, own.replace('fe80::0:', 'fe80::')];
}

function broadcastOf(address: string, prefix: number): string {
  const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - prefix);
  const last = Math.floor(number / size) * size + size - 1;
  return [24, 16, 8, 0].map((shift) => Math.floor(last / 2 ** shift) % 256).join('.');
}
