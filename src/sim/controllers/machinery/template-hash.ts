import { compareText } from '../../api/go-text.js';
import type { PodTemplateSpec } from '../../api/types/pod.js';

/** Letters and digits that make no words and are not mistaken for each other (apimachinery util/rand). */
const SAFE_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/**
 * The hash of a pod template that names replica sets and revisions: FNV-1a over a dump of the template, safe-encoded.
 * Equal templates have equal hashes; `collisionCount` gives another name when two differ and still collide.
 */
export function templateHash(template: PodTemplateSpec, collisionCount?: number): string {
  const dump = canonical(template) + (collisionCount === undefined ? '' : String(collisionCount));
  return safeEncode(String(fnv32a(dump)));
}

/** FNV-1a, 32 bits, over the UTF-8 bytes of a text. */
export function fnv32a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text, 'utf8')) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/** FNV-1, 32 bits, over the UTF-8 bytes of a text. */
export function fnv32(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text, 'utf8')) hash = Math.imul(hash, 0x01000193) ^ byte;
  return hash >>> 0;
}

/** Each byte as a letter of the safe alphabet. */
export function safeEncode(text: string): string {
  return [...Buffer.from(text, 'utf8')].map((byte) => SAFE_ALPHABET[byte % SAFE_ALPHABET.length]).join('');
}

/** A text that is the same for the same content, whatever the order of keys. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, item]) => item !== undefined && item !== null);
  entries.sort(([a], [b]) => compareText(a, b));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
}
