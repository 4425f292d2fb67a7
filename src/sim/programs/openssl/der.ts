import type { Bytes } from '../../kernel/bytes.js';

/** A value of ASN.1 as DER has it. */
export interface DerValue {
  readonly tag: number;
  readonly content: Bytes;
}

/** Reads the values that stand one after the other; throws `RangeError` on what is no DER. */
export function readValues(bytes: Bytes): DerValue[] {
  const values: DerValue[] = [];
  for (let at = 0; at < bytes.length; ) {
    const tag = byteAt(bytes, at);
    const first = byteAt(bytes, at + 1);
    const more = first < 0x80 ? 0 : first & 0x7f;
    let length = first < 0x80 ? first : 0;
    for (let index = 0; index < more; index += 1) length = length * 256 + byteAt(bytes, at + 2 + index);
    const start = at + 2 + more;
    if (start + length > bytes.length) throw new RangeError('cut short');
    values.push({ tag, content: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return values;
}

/** The values inside a sequence, a set or a tagged value. */
export function inside(value: DerValue | undefined): DerValue[] {
  return value ? readValues(value.content) : [];
}

/** Bytes in hexadecimal with colons between. */
export function hexPairs(bytes: Bytes): string[] {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'));
}

function byteAt(bytes: Bytes, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) throw new RangeError('cut short');
  return byte;
}
