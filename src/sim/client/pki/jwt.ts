import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { encodeText } from '../../kernel/bytes.js';
import { type KeyPair, publicKeyDer, signCompact } from './key.js';

/** The claims of a token, not looked at yet. */
export type Claims = Readonly<Record<string, unknown>>;

/** Signs claims as a JSON web token (ES256), the same for the same claims and key. */
export function signToken(claims: Claims, key: KeyPair): string {
  const header = encodePart({ alg: 'ES256', kid: keyIdOf(publicKeyDer(key)) });
  const signed = `${header}.${encodePart(claims)}`;
  return `${signed}.${Buffer.from(signCompact(key, encodeText(signed))).toString('base64url')}`;
}

/** The claims of a token that one of the public keys signed; undefined otherwise. Times are not looked at. */
export function verifyToken(token: string, publicKeys: readonly KeyObject[]): Claims | undefined {
  const [header, payload, signature, ...rest] = token.split('.');
  if (!header || !payload || !signature || rest.length > 0) return undefined;
  const claims = decodePart(payload);
  const algorithm = decodePart(header)?.['alg'];
  if (!claims || (algorithm !== 'ES256' && algorithm !== 'RS256')) return undefined;
  const message = encodeText(`${header}.${payload}`);
  const bytes = Buffer.from(signature, 'base64url');
  for (const key of publicKeys) {
    if (verified.get(key)?.has(token)) return claims;
    const fits = key.asymmetricKeyType === (algorithm === 'ES256' ? 'ec' : 'rsa');
    if (!fits || !verify('sha256', message, algorithm === 'ES256' ? { key, dsaEncoding: 'ieee-p1363' } : key, bytes))
      continue;
    rememberVerified(key, token);
    return claims;
  }
  return undefined;
}

/** Tokens that a key was found to have signed: they come again with every request. */
const verified = new WeakMap<KeyObject, Set<string>>();
const VERIFIED_MAX = 256;

function rememberVerified(key: KeyObject, token: string): void {
  const tokens = verified.get(key) ?? new Set();
  if (tokens.size >= VERIFIED_MAX) tokens.clear();
  verified.set(key, tokens.add(token));
}

/** Reads a public key, or the public half of a private one. Throws on what is neither. */
export function readPublicKey(pem: string): KeyObject {
  return createPublicKey(pem);
}

/** The claims of any token, unchecked; undefined when it is none. */
export function decodeToken(token: string): Claims | undefined {
  return decodePart(token.split('.')[1] ?? '');
}

/** A key's name as the API server gives it: the hash of its DER. */
function keyIdOf(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('base64url');
}

function encodePart(value: object): string {
  return Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');
}

function decodePart(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
