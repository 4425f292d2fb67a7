import { createHash } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The sixteen characters by which kube-proxy names a chain: the beginning of the SHA-256 in base 32. */
export function chainHash(text: string): string {
  const bytes = createHash('sha256').update(text).digest();
  let bits = 0;
  let held = 0;
  let out = '';
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5 && out.length < 16) {
      out += ALPHABET[(held >> (bits - 5)) & 31];
      bits -= 5;
    }
    held &= (1 << bits) - 1;
    if (out.length === 16) break;
  }
  return out;
}
