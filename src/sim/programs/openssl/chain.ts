/** How OpenSSL builds a chain of certificates and what it finds wrong with it, in its order (x509_vfy). */
import type { Bytes } from '../../kernel/bytes.js';
import type { Micros } from '../../kernel/time.js';
import { MILLISECOND } from '../../kernel/time.js';
import { type Certificate, timeMillis } from './certificate.js';
import { inside, readValues } from './der.js';

const DEPTH_MAX = 100;
const AUTHORITY_KEY = '2.5.29.35';
const BASIC_CONSTRAINTS = '2.5.29.19';
const EXTENDED_USAGE = '2.5.29.37';
const KEY_USAGE = '2.5.29.15';
const SUBJECT_KEY = '2.5.29.14';
const ANY_USAGE = Buffer.from('0604551d2500', 'hex');
const CERTIFICATE_SIGN = 0x04;

/** What a chain is to be good for: the usage that has to be allowed. */
export type Purpose = 'client' | 'server';
const USAGES: Readonly<Record<Purpose, Buffer>> = {
  client: Buffer.from('06082b06010505070302', 'hex'),
  server: Buffer.from('06082b06010505070301', 'hex'),
};

/** OpenSSL's numbers and words. */
export const PROBLEMS = {
  0: 'ok',
  2: 'unable to get issuer certificate',
  7: 'certificate signature failure',
  9: 'certificate is not yet valid',
  10: 'certificate has expired',
  18: 'self-signed certificate',
  19: 'self-signed certificate in certificate chain',
  20: 'unable to get local issuer certificate',
  21: 'unable to verify the first certificate',
  26: 'unsuitable certificate purpose',
  62: 'hostname mismatch',
  64: 'IP address mismatch',
  79: 'invalid CA certificate',
} as const;
export type ProblemCode = keyof typeof PROBLEMS;

/** One word of the verification: something wrong with a certificate, or (0) that it has been gone through. */
export interface Step {
  readonly code: ProblemCode;
  readonly depth: number;
  readonly certificate: Certificate;
}

/** What is trusted, what may stand between, and what is asked of the chain. */
export interface Verification {
  readonly trusted: readonly Certificate[];
  readonly untrusted: readonly Certificate[];
  readonly now: Micros;
  readonly purpose?: Purpose | undefined;
  /** Whether any certificate that is trusted ends a chain, or only one that signs itself. */
  readonly partial?: boolean;
  /** What is wrong with the names that are asked for. */
  readonly misnamed?: ((leaf: Certificate) => 62 | 64 | undefined) | undefined;
}

/** A chain from the leaf up, how many of it nobody trusts by itself, and every step of judging it. */
export interface Verdict {
  readonly chain: readonly Certificate[];
  readonly untrustedCount: number;
  readonly steps: readonly Step[];
}

/** Builds a chain and goes through it; whoever reads the steps decides which problem is the last. */
export function verifyChain(leaf: Certificate, how: Verification): Verdict {
  const { chain, untrustedCount, code } = build(leaf, how);
  const steps: Step[] = [];
  const say = (problem: ProblemCode, depth: number) =>
    steps.push({ code: problem, depth, certificate: chain[depth] as Certificate });
  const top = chain.length - 1;
  if (code !== 0) say(code, top);
  for (const [depth, certificate] of chain.entries()) {
    const isAuthority = depth === 0 || mayIssue(certificate);
    if (!isAuthority) say(79, depth);
    if (how.purpose && !(isAuthority && serves(certificate, how.purpose))) say(26, depth);
  }
  const name = how.misnamed?.(leaf);
  if (name) say(name, 0);
  walkDown(chain, how, say);
  return { chain, untrustedCount, steps };
}

/** Signatures and times, from the anchor down. A top that nobody has signed is passed over, unless it stands alone. */
function walkDown(
  chain: readonly Certificate[],
  { now, partial }: Verification,
  say: (code: ProblemCode, depth: number) => void,
): void {
  const top = chain.length - 1;
  const isAnchored = isSelfIssued(chain[top] as Certificate) || partial === true;
  if (!isAnchored && top === 0) say(21, 0);
  for (let depth = isAnchored || top === 0 ? top : top - 1; depth >= 0; depth -= 1) {
    const certificate = chain[depth] as Certificate;
    const issuer = chain[depth + 1];
    if (issuer && !certificate.x509.verify(issuer.x509.publicKey)) say(7, depth);
    if (timeMillis(certificate.notBefore) * MILLISECOND > now) say(9, depth);
    if (timeMillis(certificate.notAfter) * MILLISECOND < now) say(10, depth);
    say(0, depth);
  }
}

interface Built {
  readonly chain: readonly Certificate[];
  readonly untrustedCount: number;
  readonly code: ProblemCode;
}

/** Follows the issuers, those that are trusted first, up to one that signs itself. */
function build(leaf: Certificate, { trusted, untrusted, partial }: Verification): Built {
  const chain = [leaf];
  const isKnown = (one: Certificate) => trusted.some((other) => isSame(other, one));
  let trustedCount = isKnown(leaf) ? 1 : 0;
  while (chain.length < DEPTH_MAX) {
    const last = chain.at(-1) as Certificate;
    if (isSelfIssued(last) || (partial === true && trustedCount > 0)) break;
    const next = find(trusted, last) ?? (trustedCount > 0 ? undefined : find(untrusted, last));
    if (!next) break;
    if (trustedCount > 0 || isKnown(next)) trustedCount += 1;
    chain.push(next);
  }
  const untrustedCount = chain.length - trustedCount;
  const isWhole = isSelfIssued(chain.at(-1) as Certificate);
  if (trustedCount > 0 && (isWhole || partial === true)) return { chain, untrustedCount, code: 0 };
  if (isWhole) return { chain, untrustedCount, code: chain.length === 1 ? 18 : 19 };
  return { chain, untrustedCount, code: trustedCount > 0 ? 2 : 20 };
}

function find(among: readonly Certificate[], certificate: Certificate): Certificate | undefined {
  return among.find((one) => isIssuer(one, certificate));
}

/** Whether one has issued the other, by names and the identifiers of keys; nobody looks at signatures yet. */
function isIssuer(issuer: Certificate, certificate: Certificate): boolean {
  if (!equal(issuer.subject.content, certificate.issuer.content)) return false;
  const wanted = inside(readValues(extensionValue(certificate, AUTHORITY_KEY) ?? new Uint8Array())[0]).find(
    ({ tag }) => tag === 0x80,
  )?.content;
  const own = readValues(extensionValue(issuer, SUBJECT_KEY) ?? new Uint8Array())[0]?.content;
  return !wanted || !own || equal(wanted, own);
}

function isSelfIssued(certificate: Certificate): boolean {
  return isIssuer(certificate, certificate);
}

/** Whether it says of itself that it is an authority; old ones that sign themselves say nothing. */
function mayIssue(certificate: Certificate): boolean {
  const usage = readValues(extensionValue(certificate, KEY_USAGE) ?? new Uint8Array())[0]?.content;
  const signs = usage !== undefined && ((usage[1] ?? 0) & CERTIFICATE_SIGN) !== 0;
  if (usage && !signs) return false;
  const constraints = extensionValue(certificate, BASIC_CONSTRAINTS);
  if (constraints) return inside(readValues(constraints)[0])[0]?.tag === 0x01;
  return signs || (certificate.version === 1 && isSelfIssued(certificate));
}

function serves(certificate: Certificate, purpose: Purpose): boolean {
  const value = extensionValue(certificate, EXTENDED_USAGE);
  if (!value) return true;
  const bytes = Buffer.from(value);
  return bytes.includes(USAGES[purpose]) || bytes.includes(ANY_USAGE);
}

function extensionValue({ extensions }: Certificate, id: string): Bytes | undefined {
  return extensions.find((one) => one.id === id)?.value;
}

function isSame(one: Certificate, other: Certificate): boolean {
  return equal(one.der, other.der);
}

function equal(one: Bytes, other: Bytes): boolean {
  return Buffer.from(one).equals(other);
}
