import type { Bytes } from '../../kernel/bytes.js';

/**
 * Bytes as text without loss: UTF-8 where it is valid, and each byte that is not as a lone surrogate U+DC80 to U+DCFF,
 * so that programs can work on characters and still give back every byte they were given.
 */
export function bytesToText(bytes: Bytes): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  return text.includes('\uFFFD') ? decodeCarefully(bytes) : text;
}

/** The bytes of text made by `bytesToText`; lone surrogates U+DC80 to U+DCFF become the byte they stand for. */
export function textToBytes(text: string): Bytes {
  if (!/[\ud800-\udfff]/.test(text) || !/\p{Surrogate}/u.test(text)) return Buffer.from(text, 'utf8');
  const parts: Buffer[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0xdc80 || code > 0xdcff || isTrailOfPair(text, at)) continue;
    if (at > from) parts.push(Buffer.from(text.slice(from, at), 'utf8'));
    parts.push(Buffer.of(code - 0xdc00));
    from = at + 1;
  }
  if (from < text.length) parts.push(Buffer.from(text.slice(from), 'utf8'));
  return Buffer.concat(parts);
}

/** The character for one byte that is not part of valid UTF-8. */
export function strayByte(byte: number): string {
  return byte < 0x80 ? String.fromCharCode(byte) : String.fromCharCode(0xdc00 + byte);
}

function isTrailOfPair(text: string, at: number): boolean {
  const before = at > 0 ? text.charCodeAt(at - 1) : 0;
  return before >= 0xd800 && before <= 0xdbff;
}

function decodeCarefully(bytes: Bytes): string {
  let text = '';
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length === 0) {
      text += strayByte(bytes[at] as number);
      at += 1;
      continue;
    }
    let end = at;
    while (end < bytes.length) {
      const next = sequenceLength(bytes, end);
      if (next === 0) break;
      end += next;
    }
    text += Buffer.from(bytes.buffer, bytes.byteOffset + at, end - at).toString('utf8');
    at = end;
  }
  return text;
}

/** Length of the valid UTF-8 sequence at `at`, or 0. */
function sequenceLength(bytes: Bytes, at: number): number {
  const lead = bytes[at] as number;
  if (lead < 0x80) return 1;
  const length =
    lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
  if (length === 0 || at + length > bytes.length) return 0;
  for (let index = 1; index < length; index += 1) if (((bytes[at + index] as number) & 0xc0) !== 0x80) return 0;
  const second = bytes[at + 1] as number;
  if (lead === 0xe0 && second < 0xa0) return 0;
  if (lead === 0xed && second > 0x9f) return 0;
  if (lead === 0xf0 && second < 0x90) return 0;
  if (lead === 0xf4 && second > 0x8f) return 0;
  return length;
}
