import type { KeyObject } from 'node:crypto';
import { signClaims } from '../../client/pki/legacy-token.js';
import type { TokenIssuer } from '../parts.js';

/** Signs tokens with the server's key, in its name. */
export function tokenIssuer(key: KeyObject, issuer: string, audiences: readonly string[]): TokenIssuer {
  return (claims) => signClaims(key, { aud: audiences, iss: issuer, ...claims });
}
