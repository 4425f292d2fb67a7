import { type KeyObject, sign as signWith } from 'node:crypto';
import type { Bytes } from '../../kernel/bytes.js';
import { integer, objectId, sequence } from './der.js';
import { bytesOf, sign } from './ecdsa.js';

const RSA_WITH_SHA256 = sequence(objectId('1.2.840.113549.1.1.11'), Uint8Array.of(0x05, 0x00));
const ECDSA_WITH_SHA256 = sequence(objectId('1.2.840.10045.4.3.2'));
const ED25519 = sequence(objectId('1.3.101.112'));

/** The AlgorithmIdentifier (DER) of what `signatureOf` makes with a private key: RSA, P-256 or Ed25519. */
export function signatureAlgorithm(key: KeyObject): Bytes {
  if (key.asymmetricKeyType === 'rsa') return RSA_WITH_SHA256;
  return key.asymmetricKeyType === 'ec' ? ECDSA_WITH_SHA256 : ED25519;
}

/** The signature of a private key below a body, the same each time: node's ECDSA draws, ours goes by RFC 6979. */
export function signatureOf(key: KeyObject, body: Bytes): Bytes {
  if (key.asymmetricKeyType === 'rsa') return new Uint8Array(signWith('sha256', body, key));
  if (key.asymmetricKeyType !== 'ec') return new Uint8Array(signWith(null, body, key));
  const { d = '' } = key.export({ format: 'jwk' });
  const { r, s } = sign(body, Buffer.from(d, 'base64url'));
  return sequence(integer(bytesOf(r)), integer(bytesOf(s)));
}
