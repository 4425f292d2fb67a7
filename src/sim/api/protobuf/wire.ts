/** The wire format of protocol buffers: varints, tags, length-delimited fields. */
import { WIRE } from './wire-types.js';

export { WIRE } from './wire-types.js';
export { MessageWriter } from './writer.js';

/** Bytes that are no message. */
export class ProtobufError extends Error {}

const decoder = new TextDecoder();

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
