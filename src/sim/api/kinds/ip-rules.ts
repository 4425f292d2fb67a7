/** Rules of addresses and blocks of addresses (apimachinery util/validation ip). */
import { type FieldError, invalid } from '../field-error.js';

/** The four bytes of an IPv4 address; leading zeros are refused. */
export function parseIPv4(text: string): number[] | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part))) return undefined;
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : undefined;
}

/** The sixteen bytes of an IPv6 address. */
export function parseIPv6(text: string): number[] | undefined {
  if (!text.includes(':') || /[^0-9a-fA-F:.]/.test(text)) return undefined;
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')).flatMap(readGroup));
  if (groups.flat().some((byte) => byte === undefined)) return undefined;
  const head = groups[0] as number[];
  const tail = (groups[1] ?? []) as number[];
  const missing = 16 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 2) return undefined;
  return [...head, ...new Array<number>(missing).fill(0), ...tail];
}

function readGroup(group: string): (number | undefined)[] {
  if (group.includes('.')) return parseIPv4(group) ?? [undefined];
  if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return [undefined];
  const value = Number.parseInt(group, 16);
  return [value >> 8, value & 0xff];
}

/** The bytes of an address of either family. */
export function parseIP(text: string): number[] | undefined {
  return parseIPv4(text) ?? parseIPv6(text);
}

/** An address. */
export function validateIP(path: string, value: string): FieldError[] {
  return ipErrors(value).map((words) => invalid(path, value, words));
}

function ipErrors(value: string): string[] {
  const bytes = parseIP(value);
  if (bytes) return isMapped(bytes) ? ['must not be an IPv4-mapped IPv6 address'] : [];
  if (parseIP(withoutLeadingZeros(value))) return ['must not have leading 0s'];
  return ['must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'];
}

/** An address and the length of its prefix, or undefined. */
export function parseCIDR(text: string): { bytes: number[]; prefix: number } | undefined {
  const match = /^([^/]+)\/(\d{1,3})$/.exec(text);
  const bytes = match ? parseIP(match[1] ?? '') : undefined;
  const prefix = Number(match?.[2]);
  if (!bytes || prefix > bytes.length * 8) return undefined;
  return { bytes, prefix };
}

function isMapped(bytes: readonly number[]): boolean {
  return bytes.length === 16 && bytes.every((byte, index) => index > 11 || byte === (index < 10 ? 0 : 0xff));
}

function withoutLeadingZeros(text: string): string {
  return text.replace(/(^|[./])0+(?=\d)/g, '$1');
}

/** A block of addresses, named by its first one. */
export function validateCIDR(path: string, value: string): FieldError[] {
  const block = parseCIDR(value);
  if (block && isMapped(block.bytes)) return [invalid(path, value, 'must not have an IPv4-mapped IPv6 address')];
  if (block && /\/0\d/.test(value)) return [invalid(path, value, 'must not have leading 0s in IP or prefix length')];
  if (block) return hasHostBits(block) ? [invalid(path, value, 'must not have bits set beyond the prefix length')] : [];
  if (parseCIDR(withoutLeadingZeros(value))) {
    return [invalid(path, value, 'must not have leading 0s in IP or prefix length')];
  }
  return [invalid(path, value, 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)')];
}

function hasHostBits({ bytes, prefix }: { bytes: number[]; prefix: number }): boolean {
  return bytes.some((byte, index) => {
    const bits = Math.min(8, Math.max(0, prefix - index * 8));
    return (byte & (0xff >> bits)) !== 0;
  });
}

/** An address as Go prints it: the longest run of at least two empty groups of IPv6 as `::`, IPv4-mapped ones as IPv4. */
export function formatIP(bytes: readonly number[]): string {
  if (bytes.length === 4) return bytes.join('.');
  if (isMapped(bytes)) return bytes.slice(12).join('.');
  const groups = Array.from({ length: 8 }, (_, index) => ((bytes[2 * index] ?? 0) << 8) | (bytes[2 * index + 1] ?? 0));
  const text = groups.map((group) => group.toString(16)).join(':');
  const runs = [...text.matchAll(/(?<![^:])0(?::0)+(?![^:])/g)];
  const longest = runs.reduce((best, run) => (run[0].length > best.length ? run[0] : best), '');
  if (longest === '') return text;
  const [head, tail] = splitAt(text, text.search(new RegExp(`(?<![^:])${longest}(?![^:])`)), longest.length);
  return `${head.replace(/:$/, '')}::${tail.replace(/^:/, '')}`;
}

function splitAt(text: string, at: number, length: number): [string, string] {
  return [text.slice(0, at), text.slice(at + length)];
}

/** What is wrong with an address that has to be in the form Go prints it (IsValidIP). */
export function canonicalIP(value: string): string[] {
  const errors = ipErrors(value);
  const bytes = parseIP(value);
  if (errors.length > 0 || !bytes) return errors;
  const canonical = formatIP(bytes);
  return value === canonical ? [] : [`must be in canonical form ("${canonical}")`];
}

/** A block of addresses in the form Go prints it (IsValidCIDR). */
export function validateCanonicalCIDR(path: string, value: string): FieldError[] {
  const errors = validateCIDR(path, value);
  const block = parseCIDR(value);
  if (errors.length > 0 || !block) return errors;
  const canonical = `${formatIP(block.bytes)}/${block.prefix}`;
  return value === canonical ? [] : [invalid(path, value, `must be in canonical form ("${canonical}")`)];
}

/** Whether the block `inner` lies within `outer` and is smaller. */
export function isStrictSubset(outer: string, inner: string): boolean {
  const large = parseCIDR(outer);
  const small = parseCIDR(inner);
  if (!large || !small || large.bytes.length !== small.bytes.length || large.prefix >= small.prefix) return false;
  return large.bytes.every((byte, index) => {
    const bits = Math.min(8, Math.max(0, large.prefix - index * 8));
    const mask = bits === 0 ? 0 : (0xff << (8 - bits)) & 0xff;
    return (byte & mask) === ((small.bytes[index] ?? 0) & mask);
  });
}

/** An address something can be reached at: not unspecified, loopback or link-local (ValidateEndpointIP). */
export function validateEndpointIP(path: string, value: string): FieldError[] {
  const bytes = parseIP(value);
  if (!bytes) return [invalid(path, value, 'must be a valid IP address')];
  const [first = 0, second = 0, third = 0] = bytes;
  const four = bytes.length === 4;
  const lowest = bytes.every((byte, index) => byte === (index === bytes.length - 1 ? 1 : 0));
  const errors: FieldError[] = [];
  if (bytes.every((byte) => byte === 0)) errors.push(invalid(path, value, `may not be unspecified (${value})`));
  if (four ? first === 127 : lowest) {
    errors.push(invalid(path, value, 'may not be in the loopback range (127.0.0.0/8, ::1/128)'));
  }
  if (four ? first === 169 && second === 254 : first === 0xfe && (second & 0xc0) === 0x80) {
    errors.push(invalid(path, value, 'may not be in the link-local range (169.254.0.0/16, fe80::/10)'));
  }
  if (four ? first === 224 && second === 0 && third === 0 : first === 0xff && (second & 0x0f) === 0x02) {
    errors.push(invalid(path, value, 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)'));
  }
  return errors;
}
