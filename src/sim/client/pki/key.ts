import { createECDH, createHmac } from 'node:crypto';
import { p256 } from '@noble/curves/nist.js';
import type { Bytes } from '../../kernel/bytes.js';
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
    if (!p256.utils.isValidSecretKey(candidate)) continue;
    return { secret: new Uint8Array(candidate), point: publicPoint(candidate) };
  }
}

/** The point of a secret; OpenSSL multiplies many times faster than JavaScript, and to the same result. */
function publicPoint(secret: Bytes): Bytes {
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(secret);
  return new Uint8Array(curve.getPublicKey());
}

/** An ECDSA signature over SHA-256, deterministic (RFC 6979), as DER. */
export function signDer(key: KeyPair, message: Bytes): Bytes {
  return p256.sign(message, key.secret, { format: 'der', lowS: false });
}

/** The same as 64 bytes, as JSON web tokens carry it. */
export function signCompact(key: KeyPair, message: Bytes): Bytes {
  return p256.sign(message, key.secret, { format: 'compact', lowS: false });
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
