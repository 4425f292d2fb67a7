/** IP addresses and blocks of them. */

import { declared, member, overload } from '../declare.js';
import type { Library } from '../environment.js';
import { addressText, maskAddress, parseAddress, parsePrefix } from '../parsers/ip.js';
import { NO_OVERLOAD } from '../run/mistakes.js';
import { BOOL, type CelType, INT, opaqueType, STRING } from '../types.js';
import { CelError, Opaque, type Value } from '../values.js';

const IP = opaqueType('net.IP');
const CIDR = opaqueType('net.CIDR');

class Address extends Opaque {
  readonly type: CelType = IP;

  constructor(readonly bytes: readonly number[]) {
    super();
  }

  equals(other: Value): boolean {
    return other instanceof Address && addressText(this.bytes) === addressText(other.bytes);
  }

  override get size(): number {
    return this.bytes.length;
  }
}

class Block extends Opaque {
  readonly type: CelType = CIDR;

  constructor(
    readonly bytes: readonly number[],
    readonly bits: number,
  ) {
    super();
  }

  equals(other: Value): boolean {
    return other instanceof Block && blockText(this) === blockText(other);
  }

  override get size(): number {
    return Math.ceil(this.bits / 8);
  }
}

function blockText({ bytes, bits }: Block): string {
  return `${addressText(bytes)}/${bits}`;
}

function ip(text: string): Value {
  const bytes = parseAddress(text);
  return bytes instanceof CelError ? bytes : new Address(bytes);
}

function cidr(text: string): Value {
  const found = parsePrefix(text);
  if (!(found instanceof CelError)) return new Block(found.bytes, found.bits);
  return new CelError(`network address parse error during conversion from string: ${found.message}`);
}

function holds(block: Block, bytes: readonly number[], bits = block.bits): boolean {
  if (block.bytes.length !== bytes.length) return false;
  return String(maskAddress(block.bytes, bits)) === String(maskAddress(bytes, bits));
}

function containsIp(block: Block, other: Value): Value {
  const address = typeof other === 'string' ? ip(other) : other;
  return address instanceof Address ? holds(block, address.bytes) : NO_OVERLOAD;
}

function containsCidr(block: Block, other: Value): Value {
  const inner = typeof other === 'string' ? cidr(other) : other;
  if (!(inner instanceof Block)) return inner instanceof CelError ? inner : NO_OVERLOAD;
  return block.bits <= inner.bits && holds(block, inner.bytes);
}

function isCanonical(text: string): Value {
  const bytes = parseAddress(text);
  return bytes instanceof CelError ? bytes : addressText(bytes) === text;
}

type Test = (bytes: readonly number[]) => boolean;

const isZero: Test = (bytes) => bytes.every((byte) => byte === 0);
const isLoopback: Test = (bytes) => {
  return bytes.length === 4 ? bytes[0] === 127 : bytes.every((byte, at) => byte === (at === 15 ? 1 : 0));
};
const isLinkLocalUnicast: Test = ([first = 0, second = 0, ...rest]) =>
  rest.length === 2 ? first === 169 && second === 254 : first === 0xfe && (second & 0xc0) === 0x80;
const isLinkLocalMulticast: Test = ([first = 0, second = 0, ...rest]) =>
  rest.length === 2 ? first === 224 && second === 0 && rest[0] === 0 : first === 0xff && (second & 0x0f) === 0x02;
const isMulticast: Test = ([first = 0, ...rest]) => (rest.length === 3 ? (first & 0xf0) === 0xe0 : first === 0xff);
const isGlobalUnicast: Test = (bytes) => {
  if (bytes.length === 4 && bytes.every((byte) => byte === 255)) return false;
  return !isZero(bytes) && !isLoopback(bytes) && !isMulticast(bytes) && !isLinkLocalUnicast(bytes);
};

function test(id: string, is: Test) {
  return declared(member(id, [IP], BOOL, ({ bytes }: Address) => is(bytes)));
}

/** Addresses and networks. */
export const ADDRESSES: Library = {
  cidr: declared(overload('string_to_cidr', [STRING], CIDR, cidr)),
  containsCIDR: declared(
    member('cidr_contains_cidr_string', [CIDR, STRING], BOOL, containsCidr),
    member('cidr_contains_cidr', [CIDR, CIDR], BOOL, containsCidr),
  ),
  containsIP: declared(
    member('cidr_contains_ip_string', [CIDR, STRING], BOOL, containsIp),
    member('cidr_contains_ip_ip', [CIDR, IP], BOOL, containsIp),
  ),
  family: declared(member('ip_family', [IP], INT, ({ bytes }: Address) => (bytes.length === 4 ? 4n : 6n))),
  ip: declared(
    overload('string_to_ip', [STRING], IP, ip),
    member('cidr_ip', [CIDR], IP, ({ bytes }: Block) => new Address(bytes)),
  ),
  'ip.isCanonical': declared(overload('ip_is_canonical', [STRING], BOOL, isCanonical)),
  isCIDR: declared(overload('is_cidr', [STRING], BOOL, (text: string) => !(parsePrefix(text) instanceof CelError))),
  isGlobalUnicast: test('ip_is_global_unicast', isGlobalUnicast),
  isIP: declared(overload('is_ip', [STRING], BOOL, (text: string) => !(parseAddress(text) instanceof CelError))),
  isLinkLocalMulticast: test('ip_is_link_local_multicast', isLinkLocalMulticast),
  isLinkLocalUnicast: test('ip_is_link_local_unicast', isLinkLocalUnicast),
  isLoopback: test('ip_is_loopback', isLoopback),
  isUnspecified: test('ip_is_unspecified', isZero),
  masked: declared(
    member('cidr_masked', [CIDR], CIDR, ({ bytes, bits }: Block) => new Block(maskAddress(bytes, bits), bits)),
  ),
  prefixLength: declared(member('cidr_prefix_length', [CIDR], INT, ({ bits }: Block) => BigInt(bits))),
  string: declared(
    overload('ip_to_string', [IP], STRING, ({ bytes }: Address) => addressText(bytes)),
    overload('cidr_to_string', [CIDR], STRING, blockText),
  ),
};
