import { createHash, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { bytesOf, sign as signDeterministic } from '../../client/pki/ecdsa.js';
import { concatBytes, encodeText } from '../../kernel/bytes.js';
import type { TokenIssuer } from '../parts.js';

/** Signs tokens with the server's key: RSA, or P-256, both so that the same claims give the same token. */
export function tokenIssuer(key: KeyObject, issuer: string, audiences: readonly string[]): TokenIssuer {
  const der = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const kid = createHash('sha256').update(der).digest('base64url');
  const elliptic = key.asymmetricKeyType === 'ec';
  const part = (value: object) => Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');
  return (claims) => {
    const header = part({ alg: elliptic ? 'ES256' : 'RS256', kid });
    const signed = `${header}.${part({ aud: audiences, iss: issuer, ...claims })}`;
    const signature = elliptic ? signElliptic(key, signed) : sign('sha256', encodeText(signed), key);
    return `${signed}.${Buffer.from(signature).toString('base64url')}`;
  };
}

/** ECDSA with a nonce made from key and message (RFC 6979); node:crypto would draw a random one. */
function signElliptic(key: KeyObject, text: string): Uint8Array {
  const { d = '' } = key.export({ format: 'jwk' });
  const signature = signDeterministic(encodeText(text), Buffer.from(d, 'base64url'));
  return concatBytes([bytesOf(signature.r), bytesOf(signature.s)]);
}
