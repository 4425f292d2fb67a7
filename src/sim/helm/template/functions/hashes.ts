import { createHash } from 'node:crypto';
import type { FunctionTable } from '../../../api/go-template/builtin-functions.js';
import { bytesOf } from '../../../api/go-template/go-bytes.js';
import { type GoFunction, goFunction } from '../../../api/go-template/go-types.js';

function hash(algorithm: string): GoFunction {
  return goFunction('(string) string', (text: string) => createHash(algorithm).update(bytesOf(text)).digest('hex'));
}

/** Sprig's checksums. */
export const HASH_FUNCTIONS: FunctionTable = {
  adler32sum: goFunction('(string) string', (text: string) => String(adler32(bytesOf(text)))),
  sha1sum: hash('sha1'),
  sha256sum: hash('sha256'),
  sha512sum: hash('sha512'),
};

const ADLER = 65_521;

function adler32(bytes: Uint8Array): number {
  let [low, high] = [1, 0];
  for (const byte of bytes) {
    low = (low + byte) % ADLER;
    high = (high + low) % ADLER;
  }
  return high * 65_536 + low;
}
