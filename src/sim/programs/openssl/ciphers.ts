/** Ciphers of `openssl enc`, and how a password becomes a key. */
import { createCipheriv, createDecipheriv, createHash, pbkdf2Sync } from 'node:crypto';
import type { Bytes } from '../../kernel/bytes.js';

export interface Cipher {
  /** Node's name. */
  readonly name: string;
  /** In bytes. */
  readonly key: number;
  readonly vector: number;
}

const BLOCK = 16;
/** What PBKDF2 does unless told otherwise. */
export const ROUNDS = 10_000;

/** A cipher by its name; undefined for what is none of these. */
export function cipherOf(name: string): Cipher | undefined {
  const wanted = name.toLowerCase().replace(/^aes(\d+)$/, 'aes-$1-cbc');
  const [, bits, mode] = /^aes-(128|192|256)-(cbc|cfb|ctr|ecb|ofb)$/.exec(wanted) ?? [];
  if (bits === undefined) return undefined;
  return { name: wanted, key: Number(bits) / 8, vector: mode === 'ecb' ? 0 : BLOCK };
}

/** A key and what comes before the first block. */
export interface Secrets {
  readonly key: Bytes;
  readonly vector: Bytes;
}

/** PBKDF2, or without `rounds` one round of the way that OpenSSL had before (EVP_BytesToKey). */
export function derive(
  { key, vector }: Cipher,
  password: Bytes,
  salt: Bytes,
  digest: string,
  rounds: number | undefined,
): Secrets {
  const length = key + vector;
  const bytes =
    rounds === undefined
      ? bytesToKey(password, salt, digest, length)
      : pbkdf2Sync(password, salt, rounds, length, digest);
  return { key: bytes.subarray(0, key), vector: bytes.subarray(key) };
}

function bytesToKey(password: Bytes, salt: Bytes, digest: string, length: number): Buffer {
  let made = Buffer.alloc(0);
  let last = Buffer.alloc(0);
  while (made.length < length) {
    last = createHash(digest).update(last).update(password).update(salt).digest();
    made = Buffer.concat([made, last]);
  }
  return made.subarray(0, length);
}

export function encrypt({ name }: Cipher, { key, vector }: Secrets, bytes: Bytes): Bytes {
  const cipher = createCipheriv(name, key, vector);
  return Buffer.concat([cipher.update(bytes), cipher.final()]);
}

/** What can be read; undefined behind it where the end is wrong. */
export function decrypt({ name }: Cipher, { key, vector }: Secrets, bytes: Bytes): { text: Bytes; isWhole: boolean } {
  const cipher = createDecipheriv(name, key, vector);
  const text = cipher.update(bytes);
  try {
    return { text: Buffer.concat([text, cipher.final()]), isWhole: true };
  } catch {
    // The padding is not what it should be: another key, or other bytes.
    return { text, isWhole: false };
  }
}
