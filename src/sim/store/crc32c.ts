import type { Bytes } from '../kernel/bytes.js';

const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
  return value >>> 0;
});

/** CRC-32 with Castagnoli's polynomial; `start` goes on from an earlier result. */
export function crc32c(bytes: Bytes, start = 0): number {
  let value = ~start >>> 0;
  for (const byte of bytes) value = ((TABLE[(value ^ byte) & 0xff] as number) ^ (value >>> 8)) >>> 0;
  return ~value >>> 0;
}
