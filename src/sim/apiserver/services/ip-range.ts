import { formatIP, parseIP } from '../../api/kinds/ip-rules.js';

export type IPFamily = 'IPv4' | 'IPv6';

/** A block such as 10.96.0.0/12 or fd00:10:96::/112, as numbers. */
export interface AddressBlock {
  readonly text: string;
  readonly family: IPFamily;
  readonly base: bigint;
  readonly size: bigint;
}

/** So many addresses of a block are looked at; larger ones are cut (RangeSize). */
const SIZE_MAX = 2n ** 64n;

/** Reads a block. Throws on what is none. */
export function readBlock(text: string): AddressBlock {
  const [address = '', length = ''] = text.split('/');
  const bytes = parseIP(address);
  const width = (bytes?.length ?? 0) * 8;
  const bits = /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN;
  if (!bytes || !(bits <= width)) throw new Error(`invalid CIDR address: ${text}`);
  const whole = 2n ** BigInt(width - bits);
  const size = whole > SIZE_MAX ? SIZE_MAX : whole;
  const base = (readAddress(bytes) / whole) * whole;
  return { text, family: width === 32 ? 'IPv4' : 'IPv6', base, size };
}

/** `10.96.0.1` as a number; undefined when it is no address. */
export function addressNumber(text: string): bigint | undefined {
  const bytes = parseIP(text);
  return bytes && readAddress(bytes);
}

/** A number as an address of a block's family. */
export function addressText({ family }: AddressBlock, number: bigint): string {
  const width = family === 'IPv4' ? 4 : 16;
  return formatIP(Array.from({ length: width }, (_, at) => Number((number >> BigInt(8 * (width - 1 - at))) & 255n)));
}

/** Addresses of a block that services can have: not the first, and of IPv4 not the last. */
export function usableSize({ family, size }: AddressBlock): bigint {
  return size - (family === 'IPv4' ? 2n : 1n);
}

/** Whether an address can be given to a service. */
export function isUsable(block: AddressBlock, address: bigint): boolean {
  return address > block.base && address <= block.base + usableSize(block);
}

/** The address that belongs to the `kubernetes` service: the first usable one. */
export function firstAddress(block: AddressBlock): string {
  return addressText(block, block.base + 1n);
}

/** The family of an address that is one. */
export function familyOf(address: string): IPFamily {
  return address.includes(':') ? 'IPv6' : 'IPv4';
}

function readAddress(bytes: readonly number[]): bigint {
  return bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
}
