/** IP addresses as Go's net/netip reads and writes them. */
import { goQuote } from '../../api/go-text.js';
import { parseIPv4, parseIPv6 } from '../../api/kinds/ip-rules.js';
import { CelError } from '../values.js';

/** The bytes of an address, or what is wrong with its text. */
export function parseAddress(text: string): readonly number[] | CelError {
  const context = (why: string) => {
    return new CelError(`IP Address ${goQuote(text)} parse error during conversion from string: ${why}`);
  };
  const why = addressMistake(text);
  if (why !== undefined) return context(`ParseAddr(${goQuote(text)}): ${why}`);
  const [address = '', zone] = text.split('%', 2);
  const bytes = parseIPv4(address) ?? parseIPv6(address);
  if (!bytes) return context(`ParseAddr(${goQuote(text)}): unable to parse IP`);
  if (zone !== undefined) return new CelError(`IP address ${goQuote(text)} with zone value is not allowed`);
  if (isMapped(bytes)) return new CelError(`IPv4-mapped IPv6 address ${goQuote(text)} is not allowed`);
  return bytes;
}

/** Whether an address of the newer family stands for one of the older. */
function isMapped(bytes: readonly number[]): boolean {
  return bytes.length === 16 && bytes.every((byte, at) => at > 11 || byte === (at < 10 ? 0 : 0xff));
}

function addressMistake(text: string): string | undefined {
  for (const character of text) {
    if (character === '.') return v4Mistake(text);
    if (character === ':') return undefined;
    if (character === '%') return 'missing IPv6 address';
  }
  return 'unable to parse IP';
}

function v4Mistake(text: string): string | undefined {
  let fields = 0;
  let digits = '';
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (/\d/.test(character)) {
      if (digits === '0') return 'IPv4 field has octet with leading zero';
      digits += character;
      if (Number(digits) > 255) return 'IPv4 field has value >255';
    } else if (character === '.') {
      const rest = text.slice(at);
      if (at === 0 || at === text.length - 1 || text[at - 1] === '.') {
        return `IPv4 field must have at least one digit (at ${goQuote(rest)})`;
      }
      if (fields === 3) return 'IPv4 address too long';
      fields += 1;
      digits = '';
    } else {
      return `unexpected character (at ${goQuote(text.slice(at))})`;
    }
  }
  return fields < 3 ? 'IPv4 address too short' : undefined;
}

/** An address as it is written canonically. */
export function addressText(bytes: readonly number[]): string {
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, at) => ((bytes[2 * at] ?? 0) << 8) | (bytes[2 * at + 1] ?? 0));
  const { start, length } = longestZeros(groups);
  const hex = groups.map((group) => group.toString(16));
  if (length < 2) return hex.join(':');
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`;
}

function longestZeros(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start += 1) {
    let length = 0;
    while (groups[start + length] === 0) length += 1;
    if (length > best.length) best = { start, length };
  }
  return best;
}

/** An address and how many of its bits name the network, or what is wrong with the text. */
export function parsePrefix(text: string): { bytes: readonly number[]; bits: number } | CelError {
  const wrong = (why: string) => {
    return new CelError(
      `network address parse error during conversion from string: netip.ParsePrefix(${goQuote(text)}): ${why}`,
    );
  };
  const slash = text.lastIndexOf('/');
  if (slash < 0) return wrong("no '/'");
  const address = text.slice(0, slash);
  const why = addressMistake(address);
  const bytes = why === undefined ? (parseIPv4(address) ?? parseIPv6(address)) : undefined;
  if (address.includes('%')) return wrong('IPv6 zones cannot be present in a prefix');
  if (!bytes) return wrong(`ParseAddr(${goQuote(address)}): ${why ?? 'unable to parse IP'}`);
  const length = text.slice(slash + 1);
  if (!/^(0|[1-9]\d*)$/.test(length)) return wrong(`bad bits after slash: ${goQuote(length)}`);
  if (Number(length) > bytes.length * 8) return wrong('prefix length out of range');
  if (isMapped(bytes)) return new CelError(`IPv4-mapped IPv6 address ${goQuote(text)} is not allowed`);
  return { bytes, bits: Number(length) };
}

/** The first bits of an address, all others zero. */
export function maskAddress(bytes: readonly number[], bits: number): number[] {
  return bytes.map((byte, at) => {
    const kept = Math.max(0, Math.min(8, bits - at * 8));
    return byte & (0xff00 >> kept) & 0xff;
  });
}
