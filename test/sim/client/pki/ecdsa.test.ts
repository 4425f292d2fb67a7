import { createHash } from 'node:crypto';
import { p256 } from '@noble/curves/nist.js';
import { expect, it } from 'vitest';
import { bytesOf, sign } from '../../../../src/sim/client/pki/ecdsa.js';
import { deriveKey, signCompact, signDer } from '../../../../src/sim/client/pki/key.js';

// RFC 6979, A.2.5: P-256 with SHA-256.
const SECRET = Buffer.from('c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721', 'hex');
const VECTORS = [
  {
    message: 'sample',
    r: 0xefd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716n,
    s: 0xf7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8n,
  },
  {
    message: 'test',
    r: 0xf1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367n,
    s: 0x019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083n,
  },
];

it.each(VECTORS)('signs "$message" as RFC 6979 does', ({ message, r, s }) => {
  expect(sign(Buffer.from(message), SECRET)).toEqual({ r, s });
});

it('writes signatures as another implementation does, whatever their leading bytes', () => {
  for (let index = 0; index < 60; index += 1) {
    const key = deriveKey('secret', String(index));
    const message = createHash('sha256').update(String(index)).digest();
    const options = { lowS: false } as const;
    const { secret } = key;
    expect(Buffer.from(signDer(key, message))).toEqual(
      Buffer.from(p256.sign(message, secret, { ...options, format: 'der' })),
    );
    expect(Buffer.from(signCompact(key, message))).toEqual(
      Buffer.from(p256.sign(message, secret, { ...options, format: 'compact' })),
    );
  }
  expect(bytesOf(1n)).toHaveLength(32);
});
