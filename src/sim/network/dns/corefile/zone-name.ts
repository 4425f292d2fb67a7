import { isIpv6, parseAddress, parseAddress6 } from '../../addresses.js';

/** A zone's name in lower case with its final dot. */
export function zoneName(text: string): string {
  const lower = text.toLowerCase();
  return lower.endsWith('.') ? lower : `${lower}.`;
}

/** Whether a name lies in a zone (both with their final dot). */
export function inZone(name: string, zone: string): boolean {
  return zone === '.' || name === zone || name.endsWith(`.${zone}`);
}

/** Whether a zone is below one of the two that addresses' names stand in. */
export function isReverseZone(zone: string): boolean {
  return zone.endsWith('.in-addr.arpa.') || zone.endsWith('.ip6.arpa.');
}

/** The longest of some zones that a name lies in. */
export function longestZone(name: string, zones: readonly string[]): string | undefined {
  let best: string | undefined;
  for (const zone of zones) if (inZone(name, zone) && zone.length > (best?.length ?? -1)) best = zone;
  return best;
}

/** The zones that a word of a Corefile stands for: itself, or the reverse names of a range of addresses. */
export function normalizeZones(text: string): string[] {
  const [, address = '', bits = ''] = /^(.+)\/(\d+)$/.exec(text) ?? [];
  const prefix = Number(bits);
  if (address === '') return [zoneName(text)];
  const bytes = address.split('.');
  if (parseAddress(address) !== undefined && prefix >= 1 && prefix <= 32) {
    const whole = Math.ceil(prefix / 8);
    const last = Number(bytes[whole - 1]);
    const count = 2 ** (whole * 8 - prefix);
    const first = Math.floor(last / count) * count;
    return Array.from({ length: count }, (_, at) =>
      [first + at, ...bytes.slice(0, whole - 1).reverse(), 'in-addr.arpa.'].join('.'),
    );
  }
  const number = isIpv6(address) ? parseAddress6(address) : undefined;
  if (number === undefined || prefix % 4 !== 0) return [zoneName(text)];
  const nibbles = number
    .toString(16)
    .padStart(32, '0')
    .slice(0, prefix / 4);
  return [[...[...nibbles].reverse(), 'ip6.arpa.'].join('.')];
}

/** The address a name below in-addr.arpa or ip6.arpa stands for, its bytes or nibbles as they are written. */
export function reverseAddress(name: string): string | undefined {
  const four = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\.in-addr\.arpa\.$/.exec(name);
  if (four) {
    const address = `${four[4]}.${four[3]}.${four[2]}.${four[1]}`;
    return parseAddress(address) === undefined ? undefined : address;
  }
  if (!/^(?:[0-9a-f]\.){32}ip6\.arpa\.$/.test(name)) return undefined;
  const nibbles = name.slice(0, 64).replaceAll('.', '');
  return [...nibbles].reverse().join('').match(/.{4}/g)?.join(':');
}
