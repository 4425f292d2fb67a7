import { formatTime } from '../../api/time.js';
import type { Micros } from '../../kernel/time.js';
import { type ParsedCertificate, readCertificates } from './certificates.js';
import { ipVersion } from './ip.js';

const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
const ANY_USAGE = '2.5.29.37.0';
/** Signatures between a leaf and its root at most. */
const CHAIN_LENGTH_MAX = 8;

/** Why a certificate does not do, in crypto/x509's words without the `x509: `. `kind` chooses the TLS alert. */
export interface VerifyFailure {
  readonly kind: 'unknown-authority' | 'expired' | 'name' | 'usage';
  readonly message: string;
}

/**
 * Checks a certificate as Go's Certificate.Verify does: validity, name, chain to a root, usage, in that order. The
 * first certificate of `pem` is judged, the rest help to build the chain. `name` undefined: any.
 */
export function verifyCertificate(
  pem: string,
  rootsPem: string,
  purpose: 'server' | 'client',
  name: string | undefined,
  now: Micros,
): VerifyFailure | undefined {
  const [leaf, ...intermediates] = readCertificates(pem);
  if (!leaf) return { kind: 'unknown-authority', message: 'certificate signed by unknown authority' };
  const outdated = checkTime(leaf, now);
  if (outdated) return outdated;
  if (name !== undefined) {
    const misnamed = checkName(leaf, name);
    if (misnamed) return misnamed;
  }
  const roots = readCertificates(rootsPem);
  const chain = findChain(leaf, intermediates, roots, now);
  if (!Array.isArray(chain)) return chain as VerifyFailure;
  const wanted = purpose === 'server' ? SERVER_AUTH : CLIENT_AUTH;
  for (const { usages } of chain as ParsedCertificate[]) {
    if (usages.length > 0 && !usages.includes(wanted) && !usages.includes(ANY_USAGE)) {
      return { kind: 'usage', message: 'certificate specifies an incompatible key usage' };
    }
  }
  return undefined;
}

function checkTime(certificate: ParsedCertificate, now: Micros): VerifyFailure | undefined {
  const current = `certificate has expired or is not yet valid: current time ${formatTime(now)}`;
  if (now < certificate.notBefore) {
    return { kind: 'expired', message: `${current} is before ${formatTime(certificate.notBefore)}` };
  }
  if (now > certificate.notAfter) {
    return { kind: 'expired', message: `${current} is after ${formatTime(certificate.notAfter)}` };
  }
  return undefined;
}

/** Why a certificate is not for a host, without the `x509: `; undefined when it is (Certificate.VerifyHostname). */
export function verifyHostName(certificate: ParsedCertificate, name: string): string | undefined {
  return checkName(certificate, name)?.message;
}

/** Whether a certificate is for a host name or address, in Certificate.VerifyHostname's words. */
function checkName(certificate: ParsedCertificate, name: string): VerifyFailure | undefined {
  const failure = (message: string): VerifyFailure => ({ kind: 'name', message });
  const { addresses, dnsNames } = certificate;
  const bare = name.replace(/^\[(.*)\]$/, '$1');
  const host = name.toLowerCase().replace(/\.$/, '');
  const isAddress = ipVersion(bare) !== 0;
  const shown = isAddress ? addresses.map(shortAddress) : dnsNames;
  if (isAddress && shown.includes(shortAddress(bare))) return undefined;
  if (!isAddress && dnsNames.some((pattern) => matchesHost(pattern.toLowerCase(), host))) return undefined;
  if (dnsNames.length === 0 && addresses.length === 0 && matchesHost(certificate.commonName.toLowerCase(), host)) {
    return failure('certificate relies on legacy Common Name field, use SANs instead');
  }
  if (isAddress && addresses.length === 0) {
    return failure(`cannot validate certificate for ${bare} because it doesn't contain any IP SANs`);
  }
  if (shown.length === 0) return failure(`certificate is not valid for any names, but wanted to match ${name}`);
  return failure(`certificate is valid for ${shown.join(', ')}, not ${bare}`);
}

/** The certificates from the leaf to a root that is trusted, or why there are none. */
function findChain(
  leaf: ParsedCertificate,
  intermediates: readonly ParsedCertificate[],
  roots: readonly ParsedCertificate[],
  now: Micros,
): ParsedCertificate[] | VerifyFailure {
  let hint = '';
  let outdated: VerifyFailure | undefined;
  const extend = (chain: ParsedCertificate[]): ParsedCertificate[] | undefined => {
    const last = chain.at(-1) as ParsedCertificate;
    if (roots.some((root) => root.raw.equals(last.raw))) return chain;
    if (chain.length > CHAIN_LENGTH_MAX) return undefined;
    for (const [candidates, trusted] of [
      [roots, true],
      [intermediates, false],
    ] as const) {
      for (const candidate of candidates) {
        if (candidate.x509.subject !== last.x509.issuer || chain.includes(candidate)) continue;
        if (!signed(last, candidate)) {
          hint ||= ` (possibly because of ${JSON.stringify(signatureFailure(candidate))} while trying to verify candidate authority certificate ${JSON.stringify(authorityName(candidate))})`;
          continue;
        }
        const late = checkTime(candidate, now);
        if (late) {
          outdated ??= late;
          continue;
        }
        if (trusted) return [...chain, candidate];
        const longer = extend([...chain, candidate]);
        if (longer) return longer;
      }
    }
    return undefined;
  };
  return (
    extend([leaf]) ??
    outdated ?? { kind: 'unknown-authority', message: `certificate signed by unknown authority${hint}` }
  );
}

const signatures = new WeakMap<ParsedCertificate, WeakMap<ParsedCertificate, boolean>>();

function signed(certificate: ParsedCertificate, by: ParsedCertificate): boolean {
  if (!by.x509.ca) return false;
  const known = signatures.get(certificate) ?? new WeakMap<ParsedCertificate, boolean>();
  signatures.set(certificate, known);
  const result = known.get(by) ?? verifies(certificate, by);
  known.set(by, result);
  return result;
}

function verifies(certificate: ParsedCertificate, by: ParsedCertificate): boolean {
  try {
    return certificate.x509.verify(by.x509.publicKey);
  } catch {
    return false;
  }
}

function signatureFailure(authority: ParsedCertificate): string {
  return authority.x509.publicKey.asymmetricKeyType === 'rsa'
    ? 'crypto/rsa: verification error'
    : 'x509: ECDSA verification failure';
}

function authorityName(certificate: ParsedCertificate): string {
  if (certificate.commonName !== '') return certificate.commonName;
  return certificate.organizations[0] ?? `serial:${BigInt(`0x${certificate.x509.serialNumber}`)}`;
}

function matchesHost(pattern: string, host: string): boolean {
  if (pattern === host) return true;
  if (!pattern.startsWith('*.')) return false;
  const dot = host.indexOf('.');
  return dot > 0 && host.slice(dot) === pattern.slice(1);
}

/** One spelling for each address; OpenSSL writes IPv6 in full. */
function shortAddress(address: string): string {
  if (ipVersion(address) !== 6) return address;
  return new URL(`http://[${address}]/`).hostname.slice(1, -1);
}
