import type { KeyObject } from 'node:crypto';
import { goQuote } from '../../api/go-text.js';
import { type Claims, verifyToken } from '../../client/pki/jwt.js';
import { publicKeyName } from '../../client/pki/legacy-token.js';
import { shared } from './audiences.js';
import { CredentialError, type Credentialed } from './authenticator.js';

/** How far the clocks of issuer and server may be apart, seconds. */
const LEEWAY_SECONDS = 60;

/** What tokens are checked with: keys, and whose tokens these are. */
export interface TokenKeys {
  readonly keys: readonly KeyObject[];
  readonly issuers: readonly string[];
  /** The server's own audiences, those of tokens that name none. */
  readonly audiences: readonly string[];
}

/** The claims of a token of one of these issuers and the audiences that it shares with the request. */
export interface Verified {
  readonly claims: Claims;
  readonly audiences: readonly string[];
}

/** Checks a token's issuer, signature and audiences. Undefined when it is not ours to judge. */
export function verifyClaims(
  token: string,
  { keys, issuers, audiences }: TokenKeys,
  request: Credentialed,
): Verified | CredentialError | undefined {
  const parts = token.split('.');
  const [head = '', payload = '', signature = ''] = parts;
  const issuer = decoded(payload)?.['iss'];
  if (parts.length !== 3 || !issuers.includes(typeof issuer === 'string' ? issuer : '')) return undefined;
  const header = decoded(head);
  if (!header || typeof header['alg'] !== 'string' || signature === '' || !isBase64(signature)) return undefined;
  const { kid } = header;
  const fitting = kid ? keys.filter((key) => publicKeyName(key) === kid) : keys;
  if (fitting.length === 0) return new CredentialError('invalid signature, no keys found');
  const claims = verifyToken(token, fitting);
  if (!claims) return new CredentialError('go-jose/go-jose: error in cryptographic primitive');
  const given = claims['aud'] ?? [];
  const own = (Array.isArray(given) ? given : [given]) as string[];
  const meant = own.length === 0 ? audiences : own;
  const common = shared(meant, request);
  if (common.length === 0 && audiences.length > 0) {
    const list = (all: readonly string[]) => `[${all.map(goQuote).join(' ')}]`;
    const words = `token audiences ${list(meant)} is invalid for the target audiences ${list(request.audiences)}`;
    return new CredentialError(words);
  }
  return { claims, audiences: common };
}

/** Whether a token's times let it pass, in the words for when they do not. */
export function timeError({ nbf, exp, iat }: Claims, now: number): CredentialError | undefined {
  const seconds = now / 1_000_000;
  const isAfter = (time: unknown) => typeof time === 'number' && seconds + LEEWAY_SECONDS < time;
  if (isAfter(nbf)) return new CredentialError('service account token is not valid yet');
  if (typeof exp === 'number' && seconds - LEEWAY_SECONDS > exp) {
    return new CredentialError('service account token has expired');
  }
  return isAfter(iat) ? new CredentialError('service account token is issued in the future') : undefined;
}

function decoded(part: string): Record<string, unknown> | undefined {
  if (!isBase64(part)) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function isBase64(text: string): boolean {
  return /^[\w-]+$/.test(text) && text.length % 4 !== 1;
}
