/** The wire format of protocol buffers: varints, tags, length-delimited fields. */
import type { Bytes } from '../../kernel/bytes.js';

/** Bytes that are no message. */
export class ProtobufError extends Error {}

/** How a field's value is written. */
export const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Collects a message; fields come in the order they are written. */
export class MessageWriter {
  private readonly parts: Uint8Array[] = [];
  private size = 0;

  /** The message so far. */
  finish(): Bytes {
    const bytes = new Uint8Array(this.size);
    let at = 0;
    for (const part of this.parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }

  /** A whole number; negative ones take ten bytes, as in Go. */
  varint(field: number, value: number | bigint): void {
    this.push(varintBytes((field << 3) | WIRE.varint));
    this.push(varintBytes(value));
  }

  /** A double. */
  double(field: number, value: number): void {
    this.push(varintBytes((field << 3) | WIRE.fixed64));
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setFloat64(0, value, true);
    this.push(bytes);
  }

  /** A string, bytes, or a message inside this one. */
  bytes(field: number, value: Uint8Array | string): void {
    const bytes = typeof value === 'string' ? encoder.encode(value) : value;
    this.push(varintBytes((field << 3) | WIRE.bytes));
    this.push(varintBytes(bytes.length));
    this.push(bytes);
  }

  private push(part: Uint8Array): void {
    this.parts.push(part);
    this.size += part.length;
  }
}

function varintBytes(value: number | bigint): Uint8Array {
  const bytes: number[] = [];
  if (typeof value === 'number' && value >= 0 && value < 2 ** 31) {
    let rest = value;
    while (rest > 127) {
      bytes.push((rest & 127) | 128);
      rest >>>= 7;
    }
    bytes.push(rest);
    return Uint8Array.from(bytes);
  }
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}

/** One field of a message as it was written. */
export interface WireField {
  readonly number: number;
  readonly wire: number;
  /** Of a varint. */
  readonly value: bigint;
  /** Of anything else. */
  readonly bytes: Uint8Array;
}

const NOTHING = new Uint8Array();

/** The fields of a message in their order. Throws ProtobufError. */
export function readFields(bytes: Uint8Array): WireField[] {
  const fields: WireField[] = [];
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at];
      if (byte === undefined) throw new ProtobufError('unexpected EOF');
      at += 1;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return BigInt.asUintN(64, value);
    }
    throw new ProtobufError('proto: integer overflow');
  };
  const take = (length: number): Uint8Array => {
    if (length > bytes.length - at) throw new ProtobufError('unexpected EOF');
    const part = bytes.subarray(at, at + length);
    at += length;
    return part;
  };
  while (at < bytes.length) {
    const tag = Number(varint());
    const number = Math.floor(tag / 8);
    const wire = tag % 8;
    if (number === 0) throw new ProtobufError(`proto: illegal tag ${number} (wire type ${wire})`);
    if (wire === WIRE.varint) fields.push({ number, wire, value: varint(), bytes: NOTHING });
    else if (wire === WIRE.bytes) fields.push({ number, wire, value: 0n, bytes: take(Number(varint())) });
    else if (wire === WIRE.fixed64) fields.push({ number, wire, value: 0n, bytes: take(8) });
    else if (wire === WIRE.fixed32) fields.push({ number, wire, value: 0n, bytes: take(4) });
    else throw new ProtobufError(`proto: illegal wireType ${wire}`);
  }
  return fields;
}

/** A varint as a signed number. */
export function signed(field: WireField): number {
  return Number(BigInt.asIntN(64, field.value));
}

/** A double. */
export function double(field: WireField): number {
  return new DataView(field.bytes.buffer, field.bytes.byteOffset, 8).getFloat64(0, true);
}

/** A string. */
export function text(field: WireField): string {
  return decoder.decode(field.bytes);
}
