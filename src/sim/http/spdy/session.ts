import { CONTROL, controlFrame, dataFrame, FrameReader, numberAt, type RawFrame } from './frames.js';
import { HeaderReader, HeaderWriter, SpdyError, type SpdyHeaders } from './header-block.js';

/** What a session tells whoever uses its streams. */
export interface SessionEvents {
  /** The client opened a stream. It is accepted, unless this returns false. */
  opened(stream: number, headers: SpdyHeaders): boolean;
  data(stream: number, bytes: Uint8Array): void;
  /** The client sends no more on a stream; `reset`: and wants no more either. */
  finished(stream: number, reset: boolean): void;
  /** The client says goodbye, or sends what is no SPDY. */
  over(): void;
}

const PROTOCOL_ERROR = 1;
const REFUSED_STREAM = 3;
const GO_AWAY_OK = 0;
/** No client here opens more: exec needs five, a forwarded connection two. */
const STREAMS_MAX = 2000;
/** Data of one frame at most, so that streams take turns. */
const DATA_BYTES_MAX = 64 * 1024;

/**
 * The server's side of a SPDY/3.1 connection as Kubernetes' clients speak it (moby/spdystream): streams are opened by
 * clients alone, windows are not kept. It holds no socket: bytes come by `receive` and leave by `send`.
 */
export class SpdySession {
  private readonly frames = new FrameReader();
  private readonly headersIn = new HeaderReader();
  private readonly headersOut = new HeaderWriter();
  /** What may still be sent on. */
  private readonly writable = new Set<number>();
  private readonly readable = new Set<number>();
  private last = 0;
  private closed = false;

  constructor(
    private readonly send: (bytes: Buffer) => void,
    private readonly events: SessionEvents,
  ) {}

  receive(chunk: Uint8Array): void {
    if (this.closed) return;
    try {
      for (const frame of this.frames.read(chunk)) {
        if (this.closed) return;
        this.take(frame);
      }
    } catch (error) {
      if (!(error instanceof SpdyError)) throw error;
      this.close(PROTOCOL_ERROR);
      this.events.over();
    }
  }

  /** Sends on a stream the client opened; on others nothing. */
  data(stream: number, bytes: Uint8Array, fin = false): void {
    if (this.closed || !this.writable.has(stream)) return;
    for (let at = 0; at < bytes.length; at += DATA_BYTES_MAX) {
      const piece = bytes.subarray(at, at + DATA_BYTES_MAX);
      this.send(dataFrame(stream, piece, fin && at + piece.length === bytes.length));
    }
    if (fin && bytes.length === 0) this.send(dataFrame(stream, bytes, true));
    if (fin) this.writable.delete(stream);
  }

  /** Says that no more streams are taken and nothing more is sent. */
  close(status = GO_AWAY_OK): void {
    if (this.closed) return;
    this.send(controlFrame(CONTROL.goAway, [this.last, status]));
    this.closed = true;
  }

  private take(frame: RawFrame): void {
    if (frame.kind === 'data') {
      if (!this.readable.has(frame.stream)) return;
      if (frame.bytes.length > 0) this.events.data(frame.stream, new Uint8Array(frame.bytes));
      if (frame.fin) this.finish(frame.stream, false);
      return;
    }
    switch (frame.type) {
      case CONTROL.synStream:
        return this.open(frame.payload, frame.fin);
      case CONTROL.rstStream:
        return this.finish(numberAt(frame.payload, 0), true);
      case CONTROL.ping:
        // Answered as it came; the whole number, not only a stream's part of it.
        return this.send(controlFrame(CONTROL.ping, [numberAt(frame.payload, 0)]));
      case CONTROL.headers:
        // Both sides' compressors must see every block.
        this.headersIn.read(frame.payload.subarray(4));
        if (frame.fin) this.finish(numberAt(frame.payload, 0), false);
        return;
      case CONTROL.goAway:
        return this.events.over();
      default:
    }
  }

  private open(payload: Buffer, fin: boolean): void {
    const stream = numberAt(payload, 0);
    const headers = this.headersIn.read(payload.subarray(10));
    if (stream <= this.last || stream % 2 === 0) throw new SpdyError(`stream ${stream} cannot be opened`);
    this.last = stream;
    if (this.readable.size >= STREAMS_MAX || !this.events.opened(stream, headers)) {
      this.send(controlFrame(CONTROL.rstStream, [stream, REFUSED_STREAM]));
      return;
    }
    this.readable.add(stream);
    this.writable.add(stream);
    this.send(controlFrame(CONTROL.synReply, [stream], this.headersOut.write({})));
    if (fin) this.finish(stream, false);
  }

  private finish(stream: number, reset: boolean): void {
    const known = this.readable.delete(stream);
    const open = reset && this.writable.delete(stream);
    if (known || open) this.events.finished(stream, reset);
  }
}
