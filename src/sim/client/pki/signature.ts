import { type KeyObject, sign as signWith } from 'node:crypto';
import type { Bytes } from '../../kernel/bytes.js';
import { CURVES } from './curves.js';
import { integer, objectId, sequence } from './der.js';
import { bytesOf, sign } from './ecdsa.js';

/** What a signature is made over, as certificates name it. */
export type SignatureDigest = 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512';

const RSA = '1.2.840.113549.1.1';
const ECDSA = '1.2.840.10045.4';
const ED25519 = sequence(objectId('1.3.101.112'));
const ALGORITHMS: Readonly<Record<SignatureDigest, readonly [rsa: string, ecdsa: string]>> = {
  sha1: [`${RSA}.5`, `${ECDSA}.1`],
  sha224: [`${RSA}.14`, `${ECDSA}.3.1`],
  sha256: [`${RSA}.11`, `${ECDSA}.3.2`],
  sha384: [`${RSA}.12`, `${ECDSA}.3.3`],
  sha512: [`${RSA}.13`, `${ECDSA}.3.4`],
};
const NULL = Uint8Array.of(0x05, 0x00);

/** Whether a name is a digest that certificates are signed over. */
export function isSignatureDigest(name: string): name is SignatureDigest {
  return Object.hasOwn(ALGORITHMS, name);
}

/** The AlgorithmIdentifier (DER) of what `signatureOf` makes with a private key: RSA, elliptic curves or Ed25519. */
export function signatureAlgorithm(key: KeyObject, digest: SignatureDigest = 'sha256'): Bytes {
  const [rsa, ecdsa] = ALGORITHMS[digest];
  if (key.asymmetricKeyType === 'rsa') return sequence(objectId(rsa), NULL);
  return key.asymmetricKeyType === 'ec' ? sequence(objectId(ecdsa)) : ED25519;
}

/**
 * The signature of a private key below a body, the same each time: node's ECDSA draws, ours goes by RFC 6979. `digest`:
 * any that node knows; Ed25519 has its own. Throws where the key's curve is none of `CURVES`.
 */
export function signatureOf(key: KeyObject, body: Bytes, digest = 'sha256'): Bytes {
  if (key.asymmetricKeyType === 'rsa') return new Uint8Array(signWith(digest, body, key));
  if (key.asymmetricKeyType !== 'ec') return new Uint8Array(signWith(null, body, key));
  const { d = '', crv = '' } = key.export({ format: 'jwk' });
  const curve = CURVES[crv];
  if (!curve) throw new RangeError(`no curve ${crv}`);
  const { r, s } = sign(body, Buffer.from(d, 'base64url'), curve, digest);
  return sequence(integer(bytesOf(r, curve.bytes)), integer(bytesOf(s, curve.bytes)));
}
