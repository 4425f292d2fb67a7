/** How a value is encrypted with one key, byte for byte as the real server's providers do it. */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { xsalsa20poly1305 } from '@noble/ciphers/salsa.js';
import { type Bytes, concatBytes, encodeText } from '../../kernel/bytes.js';

/** A value that cannot be read; the message is the provider's. */
export class TransformError extends Error {}

/** Draws bytes that nobody can foresee. */
export type RandomBytes = (count: number) => Bytes;

/** One way to encrypt. `path` is the value's key in etcd, which some ways bind the value to. */
export interface Cipher {
  seal(plain: Bytes, path: string, random: RandomBytes): Bytes;
  /** Throws TransformError. */
  open(sealed: Bytes, path: string): Bytes;
}

const BLOCK = 16;
const GCM_NONCE = 12;
const GCM_TAG = 16;
const BOX_NONCE = 24;
const BOX_TAG = 16;

/** AES in CBC mode with PKCS #7 padding; the initialization vector goes first. */
export function aesCbc(key: Bytes): Cipher {
  const name = `aes-${key.length * 8}-cbc`;
  return {
    seal(plain, _path, random) {
      const vector = random(BLOCK);
      const cipher = createCipheriv(name, key, vector);
      return concatBytes([vector, cipher.update(plain), cipher.final()]);
    },
    open(sealed) {
      if (sealed.length < BLOCK) throw tooShort();
      const text = sealed.subarray(BLOCK);
      if (text.length % BLOCK !== 0) throw new TransformError('the stored data is not a multiple of the block size');
      const cipher = createDecipheriv(name, key, sealed.subarray(0, BLOCK)).setAutoPadding(false);
      return unpadded(concatBytes([cipher.update(text), cipher.final()]));
    },
  };
}

function unpadded(bytes: Bytes): Bytes {
  const last = bytes.at(-1) ?? 0;
  if (last === 0 || last > bytes.length) {
    throw new TransformError('invalid PKCS7 data (empty or not padded)');
  }
  const size = bytes.length - last;
  if (bytes.subarray(size).some((byte) => byte !== last)) throw new TransformError('invalid padding on input');
  return bytes.subarray(0, size);
}

/** AES in GCM mode; the nonce goes first, and the value is bound to its key in etcd. */
export function aesGcm(key: Bytes): Cipher {
  const name = `aes-${key.length * 8}-gcm` as 'aes-256-gcm';
  return {
    seal(plain, path, random) {
      const nonce = random(GCM_NONCE);
      const cipher = createCipheriv(name, key, nonce).setAAD(encodeText(path));
      const text = concatBytes([cipher.update(plain), cipher.final()]);
      return concatBytes([nonce, text, cipher.getAuthTag()]);
    },
    open(sealed, path) {
      if (sealed.length < GCM_NONCE) throw tooShort();
      const failed = new TransformError('cipher: message authentication failed');
      if (sealed.length < GCM_NONCE + GCM_TAG) throw failed;
      const cipher = createDecipheriv(name, key, sealed.subarray(0, GCM_NONCE));
      cipher.setAAD(encodeText(path)).setAuthTag(sealed.subarray(-GCM_TAG));
      const plain = cipher.update(sealed.subarray(GCM_NONCE, -GCM_TAG));
      try {
        cipher.final();
      } catch {
        throw failed;
      }
      return new Uint8Array(plain);
    },
  };
}

/** XSalsa20 and Poly1305, as NaCl's secretbox puts them together; the nonce goes first. */
export function secretbox(key: Bytes): Cipher {
  return {
    seal(plain, _path, random) {
      const nonce = random(BOX_NONCE);
      return concatBytes([nonce, xsalsa20poly1305(key, nonce).encrypt(plain)]);
    },
    open(sealed) {
      if (sealed.length < BOX_NONCE + BOX_TAG) throw tooShort();
      try {
        return xsalsa20poly1305(key, sealed.subarray(0, BOX_NONCE)).decrypt(sealed.subarray(BOX_NONCE));
      } catch {
        // The server's words for a box that does not open.
        throw new TransformError('output array was not large enough for encryption');
      }
    },
  };
}

function tooShort(): TransformError {
  return new TransformError('the stored data was shorter than the required size');
}
