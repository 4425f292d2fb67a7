import type { Random } from '../../kernel/random.js';

/** Characters of generated suffixes: no vowels and no look-alikes (apimachinery util/rand). */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
/** A generated name has at most 63 characters, five of them random. */
const BASE_LENGTH_MAX = 58;

/** Random characters as generateName and kube-api-access volumes have. */
export function randomSuffix(random: Random, length: number): string {
  let text = '';
  for (let index = 0; index < length; index += 1) text += ALPHABET[random.below(ALPHABET.length)];
  return text;
}

/** A name made from metadata.generateName. */
export function generateName(random: Random, base: string): string {
  return `${base.slice(0, BASE_LENGTH_MAX)}${randomSuffix(random, 5)}`;
}

/** A version-4 UUID. */
export function randomUid(random: Random): string {
  const bytes = random.bytes(16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = Buffer.from(bytes).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
