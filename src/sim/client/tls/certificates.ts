import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { certificateIdentity } from '../../api/pki/certificate-identity.js';
import type { Micros } from '../../kernel/time.js';
import { type PemBlock, readPem, writePem } from '../pki/pem.js';

/** A certificate, read. Instants are virtual microseconds. */
export interface ParsedCertificate {
  readonly x509: X509Certificate;
  readonly commonName: string;
  readonly organizations: readonly string[];
  readonly notBefore: Micros;
  readonly notAfter: Micros;
  readonly dnsNames: readonly string[];
  readonly addresses: readonly string[];
  /** Extended key usages; empty: any. */
  readonly usages: readonly string[];
  readonly raw: Buffer;
}

/** Entries kept of what was read: a cluster has a few dozen certificates and reads each at every handshake. */
const CACHE_ENTRIES_MAX = 512;
const bundles = new Map<string, readonly ParsedCertificate[]>();

/** All certificates of a PEM bundle; blocks that are none are left out. */
export function readCertificates(pem: string): readonly ParsedCertificate[] {
  const cached = bundles.get(pem);
  if (cached) return cached;
  const parsed: ParsedCertificate[] = [];
  for (const block of readPem(pem)) {
    if (block.label !== 'CERTIFICATE') continue;
    const certificate = parseBlock(block);
    if (certificate) parsed.push(certificate);
  }
  remember(bundles, pem, parsed);
  return parsed;
}

const keyPairs = new Map<string, boolean>();

/** Whether a private key belongs to the first certificate of a bundle; undefined when one of them cannot be read. */
export function keyFits(certificatePem: string, keyPem: string): boolean | undefined {
  const leaf = readCertificates(certificatePem)[0];
  if (!leaf) return undefined;
  const name = pairName(leaf.raw, keyPem);
  const cached = keyPairs.get(name);
  if (cached !== undefined) return cached;
  let fits: boolean;
  try {
    const own = createPublicKey(createPrivateKey(keyPem)).export({ type: 'spki', format: 'der' });
    fits = own.equals(leaf.x509.publicKey.export({ type: 'spki', format: 'der' }));
  } catch {
    return undefined;
  }
  remember(keyPairs, name, fits);
  return fits;
}

/** Tells of a private key that was made together with a certificate, so that nobody need find out whether it fits. */
export function noteKeyPair(certificatePem: string, keyPem: string): void {
  const [block] = readPem(certificatePem);
  if (block) remember(keyPairs, pairName(Buffer.from(block.der), keyPem), true);
}

/** By the certificate and the key alone, for a kubelet has both in one file. */
function pairName(certificate: Buffer, keyPem: string): string {
  const [key = keyPem] = /-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*-----END/.exec(keyPem) ?? [];
  return `${certificate.toString('base64')}\n${key}`;
}

function parseBlock(block: PemBlock): ParsedCertificate | undefined {
  let x509: X509Certificate;
  try {
    x509 = new X509Certificate(writePem('CERTIFICATE', block.der));
  } catch {
    return undefined;
  }
  // Node writes parts of a name that belong together on one line, where they cannot be told from text.
  const { commonName, organizations } = certificateIdentity(block.der);
  const names = (x509.subjectAltName ?? '').split(', ');
  return {
    x509,
    commonName,
    organizations,
    notBefore: Date.parse(x509.validFrom) * 1000,
    notAfter: Date.parse(x509.validTo) * 1000,
    dnsNames: names.filter((name) => name.startsWith('DNS:')).map((name) => name.slice(4)),
    addresses: names.filter((name) => name.startsWith('IP Address:')).map((name) => name.slice(11)),
    usages: x509.keyUsage ?? [],
    raw: x509.raw,
  };
}

function remember<T>(cache: Map<string, T>, name: string, value: T): void {
  if (cache.size >= CACHE_ENTRIES_MAX) cache.delete(cache.keys().next().value as string);
  cache.set(name, value);
}
