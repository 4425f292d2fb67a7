import { SpdyError } from './header-block.js';

/** A frame as it came: of data, or of control with its type. */
export type RawFrame =
  | { readonly kind: 'data'; readonly stream: number; readonly fin: boolean; readonly bytes: Buffer }
  | { readonly kind: 'control'; readonly type: number; readonly fin: boolean; readonly payload: Buffer };

/** Types of control frames (SPDY/3.1, 2.6). */
export const CONTROL = {
  synStream: 1,
  synReply: 2,
  rstStream: 3,
  settings: 4,
  ping: 6,
  goAway: 7,
  headers: 8,
} as const;

const HEAD_BYTES = 8;
const VERSION = 3;
const CONTROL_BIT = 0x8000;
const FIN = 1;
/** Longer ones are not waited for. */
const FRAME_BYTES_MAX = 4 * 1024 * 1024;
const STREAM_MASK = 0x7fff_ffff;

/** Cuts what arrives in pieces into frames. */
export class FrameReader {
  private rest: Buffer = Buffer.alloc(0);

  /** The frames that are whole now. Throws `SpdyError` for what is no SPDY/3.1. */
  *read(chunk: Uint8Array): Generator<RawFrame> {
    this.rest = this.rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.rest, chunk]);
    while (this.rest.length >= HEAD_BYTES) {
      const length = this.rest.readUIntBE(5, 3);
      if (length > FRAME_BYTES_MAX) throw new SpdyError(`a frame of ${length} bytes is too long`);
      if (this.rest.length < HEAD_BYTES + length) return;
      const frame = this.rest.subarray(0, HEAD_BYTES + length);
      this.rest = this.rest.subarray(HEAD_BYTES + length);
      yield readFrame(frame);
    }
  }
}

function readFrame(frame: Buffer): RawFrame {
  const word = frame.readUInt16BE(0);
  const fin = ((frame[4] ?? 0) & FIN) !== 0;
  const payload = frame.subarray(HEAD_BYTES);
  if ((word & CONTROL_BIT) === 0)
    return { kind: 'data', stream: frame.readUInt32BE(0) & STREAM_MASK, fin, bytes: payload };
  if ((word & ~CONTROL_BIT) !== VERSION) throw new SpdyError(`version ${word & ~CONTROL_BIT} is not spoken here`);
  return { kind: 'control', type: frame.readUInt16BE(2), fin, payload };
}

/** A frame of data. */
export function dataFrame(stream: number, bytes: Uint8Array, fin = false): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt32BE(stream & STREAM_MASK, 0);
  head[4] = fin ? FIN : 0;
  head.writeUIntBE(bytes.length, 5, 3);
  return Buffer.concat([head, bytes]);
}

/** A control frame whose payload is numbers of four bytes and then bytes. */
export function controlFrame(type: number, numbers: readonly number[], more: Uint8Array = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(HEAD_BYTES + numbers.length * 4);
  head.writeUInt16BE(CONTROL_BIT | VERSION, 0);
  head.writeUInt16BE(type, 2);
  head.writeUIntBE(numbers.length * 4 + more.length, 5, 3);
  numbers.forEach((number, index) => {
    head.writeUInt32BE(number >>> 0, HEAD_BYTES + index * 4);
  });
  return Buffer.concat([head, more]);
}

/** A number of four bytes in a control frame. Throws `SpdyError` when the frame is too short for it. */
export function numberAt(payload: Buffer, offset: number): number {
  if (payload.length < offset + 4) throw new SpdyError('a control frame is cut short');
  return payload.readUInt32BE(offset) & STREAM_MASK;
}
