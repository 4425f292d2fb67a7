import { createECDH, createHash, createHmac } from 'node:crypto';
import type { Bytes } from '../../kernel/bytes.js';

/** A curve by OpenSSL's name, the order of its base point, and how many bytes a secret has. */
export interface Curve {
  readonly name: string;
  readonly order: bigint;
  readonly bytes: number;
}

export const P256: Curve = {
  name: 'prime256v1',
  order: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  bytes: 32,
};

/** The two numbers of a signature. */
export interface Signature {
  readonly r: bigint;
  readonly s: bigint;
}

/** Whether bytes are a secret key: a number from one to the order. */
export function isSecret(bytes: Bytes, { order }: Curve = P256): boolean {
  const number = numberOf(bytes);
  return number > 0n && number < order;
}

/**
 * The point of a secret, uncompressed; OpenSSL multiplies many times faster than JavaScript, and to the same result.
 * OpenSSL's own signatures are random and will not do, but a signature is one such multiplication and little else.
 */
export function publicPoint(secret: Bytes, { name }: Curve = P256): Bytes {
  const curve = createECDH(name);
  curve.setPrivateKey(secret);
  return new Uint8Array(curve.getPublicKey());
}

/** Signs a message's digest with ECDSA, deterministic as RFC 6979 says. */
export function sign(message: Bytes, secret: Bytes, curve: Curve = P256, digest = 'sha256'): Signature {
  const { order, bytes } = curve;
  const hash = leftBits(createHash(digest).update(message).digest(), order) % order;
  for (const nonce of nonces(secret, bytesOf(hash, bytes), curve, digest)) {
    const r = numberOf(publicPoint(nonce, curve).subarray(1, bytes + 1)) % order;
    const s = (inverse(numberOf(nonce), order) * ((hash + r * numberOf(secret)) % order)) % order;
    if (r !== 0n && s !== 0n) return { r, s };
  }
  throw new Error('there is always another nonce');
}

/** As many bits from the left as the order has (RFC 6979, bits2int). */
function leftBits(bytes: Bytes, order: bigint): bigint {
  const spare = bytes.length * 8 - order.toString(2).length;
  return spare > 0 ? numberOf(bytes) >> BigInt(spare) : numberOf(bytes);
}

/** RFC 6979, 3.2: nonces from the key and the hash; the first does nearly always. */
function* nonces(secret: Bytes, hash: Bytes, curve: Curve, digest: string): Generator<Bytes> {
  const hmac = (key: Bytes, ...parts: Bytes[]): Bytes => {
    const mac = createHmac(digest, key);
    for (const part of parts) mac.update(part);
    return mac.digest();
  };
  const zero = Uint8Array.of(0);
  const length = createHash(digest).digest().length;
  let value: Bytes = new Uint8Array(length).fill(1);
  let key: Bytes = new Uint8Array(length);
  for (const mark of [zero, Uint8Array.of(1)]) {
    key = hmac(key, value, mark, secret, hash);
    value = hmac(key, value);
  }
  for (;;) {
    const drawn: Bytes[] = [];
    for (let count = 0; count < curve.bytes; count += length) {
      value = hmac(key, value);
      drawn.push(value);
    }
    const nonce = bytesOf(leftBits(Buffer.concat(drawn), curve.order), curve.bytes);
    if (isSecret(nonce, curve)) yield nonce;
    key = hmac(key, value, zero);
    value = hmac(key, value);
  }
}

/** The inverse modulo the order, by Euclid. */
function inverse(number: bigint, order: bigint): bigint {
  let [high, low] = [order, number];
  let [before, now] = [0n, 1n];
  while (low > 1n) {
    const quotient = high / low;
    [high, low] = [low, high - quotient * low];
    [before, now] = [now, before - quotient * now];
  }
  return now < 0n ? now + order : now;
}

/** So many bytes of a number, high ones first. */
export function bytesOf(number: bigint, count = P256.bytes): Bytes {
  return new Uint8Array(Buffer.from(number.toString(16).padStart(2 * count, '0'), 'hex'));
}

function numberOf(bytes: Bytes): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}
