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

/** What a message is known to hold; a field that is written otherwise is refused, an unknown one is not looked at. */
export interface KnownMessage {
  /** `ConfigMap`. */
  readonly name: string;
  readonly fields: ReadonlyMap<number, { readonly goName: string; readonly wires: readonly number[] }>;
}

const NOTHING = new Uint8Array();
const GROUP = { start: 3, end: 4 } as const;
const LONGEST = 2n ** 63n;
const NOBODY: KnownMessage = { name: '', fields: new Map() };

/** The fields of a message in their order, in the words of the code that gogo generates. Throws ProtobufError. */
export function readFields(bytes: Uint8Array, known: KnownMessage = NOBODY): WireField[] {
  const reader = new WireReader(bytes);
  const fields: WireField[] = [];
  while (!reader.atEnd) {
    const { number, wire } = reader.tag();
    if (wire === GROUP.end) throw new ProtobufError(`proto: ${known.name}: wiretype end group for non-group`);
    if (number === 0) throw new ProtobufError(`proto: ${known.name}: illegal tag ${number} (wire type ${wire})`);
    const expected = known.fields.get(number);
    if (expected && !expected.wires.includes(wire)) {
      throw new ProtobufError(`proto: wrong wireType = ${wire} for field ${expected.goName}`);
    }
    if (wire === GROUP.start) reader.skipGroup();
    else fields.push(reader.field(number, wire));
  }
  return fields;
}

/** The numbers of a list that is written as one piece. Throws ProtobufError. */
export function readPacked({ number, bytes }: WireField): WireField[] {
  const reader = new WireReader(bytes);
  const fields: WireField[] = [];
  while (!reader.atEnd) fields.push(reader.field(number, WIRE.varint));
  return fields;
}

/** Goes through bytes. */
class WireReader {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get atEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  tag(): { number: number; wire: number } {
    const tag = Number(BigInt.asUintN(35, this.varint()));
    return { number: Math.floor(tag / 8), wire: tag % 8 };
  }

  field(number: number, wire: number): WireField {
    if (wire === WIRE.varint) return { number, wire, value: this.varint(), bytes: NOTHING };
    if (wire === WIRE.bytes) return { number, wire, value: 0n, bytes: this.take(this.length()) };
    if (wire === WIRE.fixed64) return { number, wire, value: 0n, bytes: this.take(8) };
    if (wire === WIRE.fixed32) return { number, wire, value: 0n, bytes: this.take(4) };
    throw new ProtobufError(`proto: illegal wireType ${wire}`);
  }

  /** Goes on behind the end of a group that has begun. */
  skipGroup(): void {
    for (let depth = 1; depth > 0; ) {
      const { number, wire } = this.tag();
      if (wire === GROUP.start) depth += 1;
      else if (wire === GROUP.end) depth -= 1;
      else this.field(number, wire);
    }
  }

  private length(): number {
    const length = this.varint();
    if (length >= LONGEST) throw new ProtobufError('proto: negative length found during unmarshaling');
    return Number(length);
  }

  private varint(): bigint {
    const first = this.byte();
    if (first < 128) return BigInt(first);
    let value = BigInt(first & 127);
    for (let shift = 7n; shift < 64n; shift += 7n) {
      const byte = this.byte();
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return BigInt.asUintN(64, value);
    }
    throw new ProtobufError('proto: integer overflow');
  }

  private byte(): number {
    const byte = this.bytes[this.at];
    if (byte === undefined) throw new ProtobufError('unexpected EOF');
    this.at += 1;
    return byte;
  }

  private take(length: number): Uint8Array {
    if (length > this.bytes.length - this.at) throw new ProtobufError('unexpected EOF');
    const part = this.bytes.subarray(this.at, this.at + length);
    this.at += length;
    return part;
  }
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
