import type { Bytes } from '../../kernel/bytes.js';
import { WIRE } from './wire-types.js';

const BYTES_AT_FIRST = 512;
/** Longer texts are left to the encoder of the platform. */
const LOOKED_AT_MAX = 512;
const VARINT_BYTES_MAX = 10;
const SMALL = 2 ** 31;

const encoder = new TextEncoder();

/** Collects a message in one buffer that grows; fields come in the order they are written. */
export class MessageWriter {
  private buffer = new Uint8Array(BYTES_AT_FIRST);
  private at = 0;

  /** The message so far. */
  finish(): Bytes {
    return this.buffer.slice(0, this.at);
  }

  /** A whole number; negative ones take ten bytes, as in Go. */
  varint(field: number, value: number | bigint): void {
    this.reserve(2 * VARINT_BYTES_MAX);
    this.putSmall((field << 3) | WIRE.varint);
    if (typeof value === 'number' && value >= 0 && value < SMALL) this.putSmall(value);
    else this.putLarge(BigInt.asUintN(64, BigInt(value)));
  }

  /** A double. */
  double(field: number, value: number): void {
    this.reserve(VARINT_BYTES_MAX + 8);
    this.putSmall((field << 3) | WIRE.fixed64);
    new DataView(this.buffer.buffer).setFloat64(this.at, value, true);
    this.at += 8;
  }

  /** A string, bytes, or a message inside this one. */
  bytes(field: number, value: Uint8Array | string): void {
    this.reserve(2 * VARINT_BYTES_MAX + value.length);
    this.putSmall((field << 3) | WIRE.bytes);
    if (typeof value === 'string' && this.putAscii(value)) return;
    const bytes = typeof value === 'string' ? encoder.encode(value) : value;
    this.reserve(VARINT_BYTES_MAX + bytes.length);
    this.putSmall(bytes.length);
    this.buffer.set(bytes, this.at);
    this.at += bytes.length;
  }

  /** Begins a message inside this one; what is returned is for `end`. What is written until then belongs to it. */
  begin(field: number): number {
    this.reserve(2 * VARINT_BYTES_MAX);
    this.putSmall((field << 3) | WIRE.bytes);
    // Most lengths are one byte; when this one is not, `end` makes room.
    this.at += 1;
    return this.at;
  }

  /** Ends the message that was begun there. */
  end(start: number): void {
    const end = this.at;
    const length = end - start;
    this.reserve(VARINT_BYTES_MAX);
    this.at = start - 1;
    if (length > 127) {
      const more = length < 1 << 14 ? 1 : length < 1 << 21 ? 2 : length < 1 << 28 ? 3 : 4;
      this.buffer.copyWithin(start + more, start, end);
    }
    this.putSmall(length);
    this.at += length;
  }

  /** A short text of ASCII alone with its length before it; false, and nothing written, for any other. */
  private putAscii(text: string): boolean {
    const { length } = text;
    if (length > LOOKED_AT_MAX) return false;
    const start = this.at;
    this.putSmall(length);
    const { buffer } = this;
    for (let index = 0; index < length; index += 1) {
      const code = text.charCodeAt(index);
      if (code > 127) {
        this.at = start;
        return false;
      }
      buffer[this.at + index] = code;
    }
    this.at += length;
    return true;
  }

  private putSmall(value: number): void {
    let rest = value;
    while (rest > 127) {
      this.buffer[this.at++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.buffer[this.at++] = rest;
  }

  private putLarge(value: bigint): void {
    let rest = value;
    while (rest > 127n) {
      this.buffer[this.at++] = Number(rest & 127n) | 128;
      rest >>= 7n;
    }
    this.buffer[this.at++] = Number(rest);
  }

  private reserve(bytes: number): void {
    const needed = this.at + bytes;
    if (needed <= this.buffer.length) return;
    const grown = new Uint8Array(Math.max(needed, 2 * this.buffer.length));
    grown.set(this.buffer);
    this.buffer = grown;
  }
}
