/** PKCS #10 requests for certificates, as far as an API server looks into them. */
import { createPublicKey, verify } from 'node:crypto';
import type { Bytes } from '../../kernel/bytes.js';
import { childrenOf, readElement, TAGS } from './der-reader.js';

/** How a signature's algorithm is verified, by its object identifier in hexadecimal. */
const ALGORITHMS: Readonly<Record<string, { readonly hash: string | null; readonly failure: string }>> = {
  '2a864886f70d01010b': { hash: 'sha256', failure: 'crypto/rsa: verification error' },
  '2a864886f70d01010c': { hash: 'sha384', failure: 'crypto/rsa: verification error' },
  '2a864886f70d01010d': { hash: 'sha512', failure: 'crypto/rsa: verification error' },
  '2a8648ce3d040302': { hash: 'sha256', failure: 'x509: ECDSA verification failure' },
  '2a8648ce3d040303': { hash: 'sha384', failure: 'x509: ECDSA verification failure' },
  '2a8648ce3d040304': { hash: 'sha512', failure: 'x509: ECDSA verification failure' },
  '2b6570': { hash: null, failure: 'x509: Ed25519 verification failure' },
};

const UNKNOWN_ALGORITHM = 'x509: cannot verify signature: algorithm unimplemented';
const NO_REQUEST = 'PEM block type must be CERTIFICATE REQUEST';

/** What is wrong with a request in PEM, in Go's words; undefined when it is signed by the key it names. */
export function certificateRequestError(pem: string): string | undefined {
  const block = firstBlock(pem);
  if (block?.label !== 'CERTIFICATE REQUEST') return NO_REQUEST;
  const request = readElement(block.bytes);
  if (!request) return 'asn1: syntax error: data truncated';
  if (request.whole.length !== block.bytes.length) return 'asn1: syntax error: trailing data';
  const [info, algorithm, signature] = childrenOf(request);
  if (info?.tag !== TAGS.sequence || algorithm?.tag !== TAGS.sequence || signature?.tag !== TAGS.bitString) {
    return 'asn1: syntax error: sequence truncated';
  }
  const [, , key] = childrenOf(info);
  const id = childrenOf(algorithm)[0];
  if (!key || id?.tag !== TAGS.objectId) return 'asn1: syntax error: sequence truncated';
  const known = ALGORITHMS[Buffer.from(id.content).toString('hex')];
  if (!known) return UNKNOWN_ALGORITHM;
  return isSigned(info.whole, key.whole, signature.content.subarray(1), known.hash) ? undefined : known.failure;
}

/** What is wrong with certificates in PEM, in Go's words; none at all is fine. */
export function certificatesError(pem: string): string | undefined {
  let rest = pem;
  let count = 0;
  for (let block = firstBlock(rest); block; block = firstBlock(rest)) {
    if (block.label !== 'CERTIFICATE') return `only CERTIFICATE PEM blocks are allowed, found "${block.label}"`;
    if (block.hasHeaders) return 'no PEM block headers are permitted';
    if (readElement(block.bytes)?.tag !== TAGS.sequence) return 'x509: malformed certificate';
    count += 1;
    rest = rest.slice(block.end);
  }
  return count === 0 ? 'must contain at least one CERTIFICATE PEM block' : undefined;
}

function isSigned(info: Bytes, key: Bytes, signature: Bytes, hash: string | null): boolean {
  try {
    const publicKey = createPublicKey({ key: Buffer.from(key), format: 'der', type: 'spki' });
    return verify(hash, info, publicKey, signature);
  } catch {
    // A key nobody can read signs nothing.
    return false;
  }
}

function firstBlock(text: string): { label: string; bytes: Bytes; hasHeaders: boolean; end: number } | undefined {
  const pattern =
    /(?:^|\n)-----BEGIN ([^\n-]*)-----[ \t]*\r?\n((?:[^\n:]*:[^\n]*\n)*)([A-Za-z0-9+/=\s]*?)-----END \1-----/;
  const match = pattern.exec(text);
  if (!match) return undefined;
  const [whole, label = '', headers = '', base64 = ''] = match;
  return {
    label,
    bytes: Buffer.from(base64, 'base64'),
    hasHeaders: headers !== '',
    end: match.index + whole.length,
  };
}
