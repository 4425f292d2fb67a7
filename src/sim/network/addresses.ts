/** A range of addresses of one family, such as 10.244.1.0/24 or fd00:10:244::/64. */
export interface AddressRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly prefix: number;
}

/** Whether a text can only be an IPv6 address. */
export function isIpv6(address: string): boolean {
  return address.includes(':');
}

/** An IPv4 address as a number, or undefined when the text is none. */
export function parseAddress(text: string): number | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (!match) return undefined;
  let result = 0;
  for (const part of match.slice(1)) {
    const byte = Number(part);
    if (byte > 255) return undefined;
    result = result * 256 + byte;
  }
  return result;
}

/** An IPv6 address as a number, or undefined when the text is none. */
export function parseAddress6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (!text.includes(':') || halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...new Array<string>(missing).fill('0'), ...tail];
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return groups.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
}

/** A number as an IPv4 address. */
export function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}

/** A number as an IPv6 address, its longest run of zeros left out (RFC 5952). */
export function formatAddress6(address: bigint): string {
  const groups = Array.from({ length: 8 }, (_, at) => ((address >> BigInt(112 - 16 * at)) & 0xffffn).toString(16));
  let best = { start: 0, length: 1 };
  for (let start = 0; start < 8; start += 1) {
    let length = 0;
    while (groups[start + length] === '0') length += 1;
    if (length > best.length) best = { start, length };
  }
  if (best.length < 2) return groups.join(':');
  return `${groups.slice(0, best.start).join(':')}::${groups.slice(best.start + best.length).join(':')}`;
}

/** An address as everybody writes it, so that two texts of one address are equal; other texts stay. */
export function canonicalAddress(text: string): string {
  if (!isIpv6(text)) return text;
  const number = parseAddress6(text);
  return number === undefined ? text : formatAddress6(number);
}

/** A range in CIDR notation, or undefined when the text is none. */
export function parseRange(text: string): AddressRange | undefined {
  const [address = '', length = ''] = text.split('/');
  const family = isIpv6(address) ? 6 : 4;
  const number = numberOf(address);
  const bits = family === 6 ? 128 : 32;
  if (number === undefined || !/^\d{1,3}$/.test(length) || Number(length) > bits) return undefined;
  const prefix = Number(length);
  const shift = BigInt(bits - prefix);
  return { family, first: (number >> shift) << shift, prefix };
}

/** Whether an address lies in a range. */
export function contains(range: AddressRange, address: string): boolean {
  const family = isIpv6(address) ? 6 : 4;
  const number = family === range.family ? numberOf(address) : undefined;
  if (number === undefined) return false;
  const shift = BigInt((family === 6 ? 128 : 32) - range.prefix);
  return number >> shift === range.first >> shift;
}

function numberOf(address: string): bigint | undefined {
  if (isIpv6(address)) return parseAddress6(address);
  const number = parseAddress(address);
  return number === undefined ? undefined : BigInt(number);
}
