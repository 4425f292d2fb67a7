import { ipVersion } from './tls/ip.js';

/** Whose getaddrinfo(3) puts the addresses of a name in order. */
export type NameLibrary = 'glibc' | 'go' | 'musl';

/** One line of a policy table (RFC 6724, section 2.1): a prefix, how much it is preferred, and what it goes with. */
interface Policy {
  readonly base: bigint;
  readonly length: number;
  readonly precedence: number;
  readonly label: number;
}

interface Library {
  /** Longest prefixes first. */
  readonly policies: readonly Policy[];
  /** How many leading bits count when two addresses of IPv6 are compared with their sources (rule 9). */
  readonly prefixBits: number;
}

const policy = (base: bigint, length: number, precedence: number, label: number): Policy => ({
  base,
  length,
  precedence,
  label,
});

const MAPPED = 0xffffn << 32n;
/** What RFC 6724 says: unique local addresses (fc00::/7) come behind IPv4. */
const RFC_6724: readonly Policy[] = [
  policy(1n, 128, 50, 0),
  policy(MAPPED, 96, 35, 4),
  policy(0n, 96, 1, 3),
  policy(0x2001_0000n << 96n, 32, 5, 5),
  policy(0x2002n << 112n, 16, 30, 2),
  policy(0x3ffen << 112n, 16, 1, 12),
  policy(0xfec0n << 112n, 10, 1, 11),
  policy(0xfcn << 120n, 7, 3, 13),
  policy(0n, 0, 40, 1),
];
/** RFC 3484 with labels of later days: any IPv6 comes before IPv4 (the tables of sysdeps/posix/getaddrinfo.c). */
const GLIBC: readonly Policy[] = [
  policy(1n, 128, 50, 0),
  policy(MAPPED, 96, 10, 4),
  policy(0n, 96, 20, 3),
  policy(0x2001_0000n << 96n, 32, 40, 7),
  policy(0x2002n << 112n, 16, 30, 2),
  policy(0xfec0n << 112n, 10, 40, 5),
  policy(0xfcn << 120n, 7, 40, 6),
  policy(0n, 0, 40, 1),
];
const LIBRARIES: Readonly<Record<NameLibrary, Library>> = {
  glibc: { policies: GLIBC, prefixBits: 128 },
  go: { policies: RFC_6724, prefixBits: 64 },
  musl: { policies: RFC_6724, prefixBits: 128 },
};
const SCOPE = { linkLocal: 2, siteLocal: 5, global: 14 } as const;

interface Candidate {
  readonly address: string;
  readonly value: bigint;
  readonly isIpv6: boolean;
  readonly source: bigint | undefined;
}

/**
 * The addresses of a name in the order in which they are tried (RFC 6724, section 6; rules 1, 2, 5, 6, 8, 9, 10).
 * `own`: the addresses of the network namespace, loopback left out. Addresses of IPv4 alone stay as they came.
 */
export function inOrder(addresses: readonly string[], own: readonly string[], library: NameLibrary): string[] {
  if (addresses.length < 2 || !addresses.some((address) => address.includes(':'))) return [...addresses];
  const { policies, prefixBits } = LIBRARIES[library];
  const candidates = addresses.map((address) => candidateOf(address, own));
  const classed = new Map(candidates.map((one) => [one, ranksOf(one, policies, prefixBits)]));
  return candidates
    .sort((one, other) => {
      const [ours = [], theirs = []] = [classed.get(one), classed.get(other)];
      const isSameFamily = one.isIpv6 && other.isIpv6;
      const last = isSameFamily ? ours.length : ours.length - 1;
      for (let at = 0; at < last; at += 1) {
        const difference = (theirs[at] ?? 0) - (ours[at] ?? 0);
        if (difference !== 0) return difference;
      }
      return 0;
    })
    .map(({ address }) => address);
}

/** What the rules compare one after the other; more is better. The last, of rule 9, counts between addresses of IPv6. */
function ranksOf({ value, source }: Candidate, policies: readonly Policy[], prefixBits: number): number[] {
  const { precedence, label } = policyOf(value, policies);
  const [scope, ownScope] = [scopeOf(value), source === undefined ? undefined : scopeOf(source)];
  return [
    source === undefined ? 0 : 1,
    scope === ownScope ? 1 : 0,
    source !== undefined && policyOf(source, policies).label === label ? 1 : 0,
    precedence,
    -scope,
    source === undefined ? 0 : Math.min(prefixBits, commonBits(value, source)),
  ];
}

function candidateOf(address: string, own: readonly string[]): Candidate {
  const isIpv6 = address.includes(':');
  const value = numberOf(address);
  const sources = isLoopback(value) ? [address] : own.filter((one) => one.includes(':') === isIpv6);
  const [source] = sources.map(numberOf).sort((one, other) => commonBits(other, value) - commonBits(one, value));
  return { address, value, isIpv6, source };
}

function policyOf(value: bigint, policies: readonly Policy[]): Policy {
  const found = policies.find(({ base, length }) => {
    const shift = BigInt(128 - length);
    return value >> shift === base >> shift;
  });
  return found as Policy;
}

function scopeOf(value: bigint): number {
  if (isLoopback(value) || value >> 118n === 0xfe80n >> 6n || value >> 16n === (MAPPED >> 16n) + 0xa9fen)
    return SCOPE.linkLocal;
  return value >> 118n === 0xfec0n >> 6n ? SCOPE.siteLocal : SCOPE.global;
}

function isLoopback(value: bigint): boolean {
  return value === 1n || value >> 24n === (MAPPED >> 24n) + 127n;
}

function commonBits(one: bigint, other: bigint): number {
  const difference = one ^ other;
  return difference === 0n ? 128 : 128 - difference.toString(2).length;
}

/** An address as 128 bits, one of IPv4 as IPv6 has it mapped. */
function numberOf(address: string): bigint {
  if (ipVersion(address) === 4)
    return address.split('.').reduce((sum, part) => (sum << 8n) + BigInt(part), 0n) + MAPPED;
  const [head = '', tail] = address.toLowerCase().split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const missing = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length;
  const all = [...groups(head), ...new Array<string>(Math.max(0, missing)).fill('0'), ...groups(tail ?? '')];
  return all.reduce((sum, group) => (sum << 16n) + BigInt(`0x${group}`), 0n);
}
