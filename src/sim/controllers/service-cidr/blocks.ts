import { parseCIDR, parseIP } from '../../api/kinds/ip-rules.js';
import type { ServiceCIDR } from '../../api/types/networking.js';

interface Block {
  readonly bytes: readonly number[];
  readonly prefix: number;
}

/** Those of the ServiceCIDRs that have a block around the given one, the one it is of among them. */
export function containingBlock(all: readonly ServiceCIDR[], text: string): ServiceCIDR[] {
  const inner = parseCIDR(text);
  if (!inner) return [];
  return all.filter((one) => blocksOf(one).some((block) => block.prefix <= inner.prefix && covers(block, inner.bytes)));
}

/** Those that have a block around the given one, or within it. */
export function overlapping(all: readonly ServiceCIDR[], text: string): ServiceCIDR[] {
  const given = parseCIDR(text);
  if (!given) return [];
  return all.filter((one) => blocksOf(one).some((block) => covers(block, given.bytes) || covers(given, block.bytes)));
}

/** Those that an address may have been given from: the first of a block is nobody's, of IPv4 neither the last. */
export function containingAddress(all: readonly ServiceCIDR[], address: string): ServiceCIDR[] {
  const bytes = parseIP(address);
  if (!bytes) return [];
  return all.filter((one) => blocksOf(one).some((block) => covers(block, bytes) && isGiven(block, bytes)));
}

function blocksOf({ spec }: ServiceCIDR): Block[] {
  return (spec.cidrs ?? []).flatMap((text) => parseCIDR(text) ?? []);
}

function covers({ bytes, prefix }: Block, address: readonly number[]): boolean {
  return (
    bytes.length === address.length &&
    bytes.every((byte, at) => (byte & maskAt(prefix, at)) === ((address[at] ?? 0) & maskAt(prefix, at)))
  );
}

function isGiven({ prefix }: Block, address: readonly number[]): boolean {
  const host = address.map((byte, at) => byte & ~maskAt(prefix, at) & 0xff);
  const isLast = host.every((bits, at) => bits === (~maskAt(prefix, at) & 0xff));
  return host.some((bits) => bits !== 0) && !(address.length === 4 && isLast);
}

/** Which bits of a byte belong to the prefix. */
function maskAt(prefix: number, at: number): number {
  const bits = Math.min(8, Math.max(0, prefix - at * 8));
  return (0xff << (8 - bits)) & 0xff;
}
