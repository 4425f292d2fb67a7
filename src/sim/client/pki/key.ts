import { createHmac } from 'node:crypto';
import { type Bytes, concatBytes } from '../../kernel/bytes.js';
import { integer, sequence } from './der.js';
import { bytesOf, isSecret, publicPoint, sign } from './ecdsa.js';
import { writePem } from './pem.js';

/** A P-256 key. */
export interface KeyPair {
  /** 32 bytes. */
  readonly secret: Bytes;
  /** 65 bytes, uncompressed. */
  readonly point: Bytes;
}

/** Derives a key: the same secret and name always give the same, and without the secret nobody can tell which. */
export function deriveKey(secret: string, name: string): KeyPair {
  for (let attempt = 0; ; attempt += 1) {
    const candidate = createHmac('sha256', secret).update(`key ${attempt} ${name}`).digest();
    if (!isSecret(candidate)) continue;
    return { secret: new Uint8Array(candidate), point: publicPoint(candidate) };
  }
}

/** An ECDSA signature over SHA-256, deterministic (RFC 6979), as DER. */
export function signDer(key: KeyPair, message: Bytes): Bytes {
  const { r, s } = sign(message, key.secret);
  return sequence(integer(bytesOf(r)), integer(bytesOf(s)));
}

/** The same as 64 bytes, as JSON web tokens carry it. */
export function signCompact(key: KeyPair, message: Bytes): Bytes {
  const { r, s } = sign(message, key.secret);
  return concatBytes([bytesOf(r), bytesOf(s)]);
}

/** The private key as `EC PRIVATE KEY` (SEC 1), as kubeadm writes ECDSA keys. */
export function privateKeyPem(key: KeyPair): string {
  const head = [0x30, 0x77, 0x02, 0x01, 0x01, 0x04, 0x20];
  const curve = [0xa0, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0xa1, 0x44, 0x03, 0x42, 0x00];
  return writePem('EC PRIVATE KEY', Uint8Array.from([...head, ...key.secret, ...curve, ...key.point]));
}

/** The public key as `PUBLIC KEY`. */
export function publicKeyPem(key: KeyPair): string {
  return writePem('PUBLIC KEY', publicKeyDer(key));
}

/** The public key's SubjectPublicKeyInfo. */
export function publicKeyDer(key: KeyPair): Bytes {
  const head = [0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
  const curve = [0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00];
  return Uint8Array.from([...head, ...curve, ...key.point]);
}
