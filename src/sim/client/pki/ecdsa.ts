import { createECDH, createHash, createHmac } from 'node:crypto';
import type { Bytes } from '../../kernel/bytes.js';

/** The order of P-256's base point. */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** The two numbers of a signature. */
export interface Signature {
  readonly r: bigint;
  readonly s: bigint;
}

/** Whether 32 bytes are a secret key: a number from one to the order. */
export function isSecret(bytes: Bytes): boolean {
  const number = numberOf(bytes);
  return number > 0n && number < ORDER;
}

/**
 * The point of a secret, uncompressed; OpenSSL multiplies many times faster than JavaScript, and to the same result.
 * OpenSSL's own signatures are random and will not do, but a signature is one such multiplication and little else.
 */
export function publicPoint(secret: Bytes): Bytes {
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(secret);
  return new Uint8Array(curve.getPublicKey());
}

/** Signs a message's SHA-256 with ECDSA over P-256, deterministic as RFC 6979 says. */
export function sign(message: Bytes, secret: Bytes): Signature {
  const digest = createHash('sha256').update(message).digest();
  const hash = numberOf(digest) % ORDER;
  for (const nonce of nonces(secret, bytesOf(hash))) {
    const r = numberOf(publicPoint(nonce).subarray(1, 33)) % ORDER;
    const s = (inverse(numberOf(nonce)) * ((hash + r * numberOf(secret)) % ORDER)) % ORDER;
    if (r !== 0n && s !== 0n) return { r, s };
  }
  throw new Error('there is always another nonce');
}

/** RFC 6979, 3.2: nonces from the key and the hash; the first does but once in 2^128. */
function* nonces(secret: Bytes, hash: Bytes): Generator<Bytes> {
  const hmac = (key: Bytes, ...parts: Bytes[]): Bytes => {
    const mac = createHmac('sha256', key);
    for (const part of parts) mac.update(part);
    return mac.digest();
  };
  const zero = Uint8Array.of(0);
  let value: Bytes = new Uint8Array(32).fill(1);
  let key: Bytes = new Uint8Array(32);
  for (const mark of [zero, Uint8Array.of(1)]) {
    key = hmac(key, value, mark, secret, hash);
    value = hmac(key, value);
  }
  for (;;) {
    value = hmac(key, value);
    if (isSecret(value)) yield value;
    key = hmac(key, value, zero);
    value = hmac(key, value);
  }
}

/** The inverse modulo the order, by Euclid. */
function inverse(number: bigint): bigint {
  let [high, low] = [ORDER, number];
  let [before, now] = [0n, 1n];
  while (low > 1n) {
    const quotient = high / low;
    [high, low] = [low, high - quotient * low];
    [before, now] = [now, before - quotient * now];
  }
  return now < 0n ? now + ORDER : now;
}

/** 32 bytes of a number, high ones first. */
export function bytesOf(number: bigint): Bytes {
  return new Uint8Array(Buffer.from(number.toString(16).padStart(64, '0'), 'hex'));
}

function numberOf(bytes: Bytes): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}
