import { createHash, createPrivateKey, type KeyObject } from 'node:crypto';
import type { Random } from '../../kernel/random.js';
import { PRIMES } from './primes.js';

const EXPONENT = 65537n;

/**
 * An RSA key of so many bits, the same for the same chance: one of 16,384 of each size, because to find primes costs a
 * tenth of a second and to take known ones nothing. They guard a simulation only. Undefined for a size that is not kept.
 */
export function makeRsaKey(bits: number, random: Random): KeyObject | undefined {
  const known = Object.hasOwn(PRIMES, bits / 2) ? PRIMES[bits / 2] : undefined;
  if (!known) return undefined;
  const [p, q] = (['p', 'q'] as const).map((which) => {
    const gaps = known[which].split(' ');
    return primeAt(bits / 2, which, gaps, random.below(gaps.length));
  }) as [bigint, bigint];
  return p > q ? keyOf(p, q) : keyOf(q, p);
}

/** The prime after so many others of its row. Its two highest bits are set, so that the product of two is as long as both together. */
function primeAt(bits: number, which: 'p' | 'q', gaps: readonly string[], index: number): bigint {
  const offset = gaps.slice(0, index + 1).reduce((sum, gap) => sum + Number.parseInt(gap, 36), 0);
  return rowStart(bits, which) + BigInt(2 * offset);
}

/** Where a row of primes begins: any odd number of the length. */
function rowStart(bits: number, which: 'p' | 'q'): bigint {
  const parts = Array.from({ length: bits / 256 }, (_, at) =>
    createHash('sha256').update(`${which} ${bits} ${at}`).digest('hex'),
  );
  const number = BigInt(`0x${parts.join('')}`) | (3n << BigInt(bits - 2));
  return ((number >> 32n) << 32n) | 1n;
}

function keyOf(p: bigint, q: bigint): KeyObject {
  const d = inverse(EXPONENT, (p - 1n) * (q - 1n));
  const part = (value: bigint): string => {
    const hex = value.toString(16);
    return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex').toString('base64url');
  };
  const jwk = {
    kty: 'RSA',
    n: part(p * q),
    e: part(EXPONENT),
    d: part(d),
    p: part(p),
    q: part(q),
    dp: part(d % (p - 1n)),
    dq: part(d % (q - 1n)),
    qi: part(inverse(q, p)),
  };
  return createPrivateKey({ key: jwk, format: 'jwk' });
}

/** Euclid's algorithm; the two have no common divisor. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [modulus, value % modulus, 0n, 1n];
  while (b !== 0n) {
    const times = a / b;
    [a, b, x, y] = [b, a - times * b, y, x - times * y];
  }
  return x < 0n ? x + modulus : x;
}
