import type { RawData, WebSocket } from 'ws';
import { BACKLOG_BYTES_MAX } from '../backend.js';

/** Messages there and back: a stream's number, and bytes. */
export interface Channels {
  send(stream: number, bytes: Uint8Array): void;
}

/**
 * Reads a WebSocket's messages as channels: the first byte is the stream's number; in the base64 protocols a digit,
 * and what follows is base64. A client that does not read is disconnected.
 */
export function channelsOf(client: WebSocket, received: (stream: number, bytes: Uint8Array) => void): Channels {
  const text = client.protocol.includes('base64');
  client.on('message', (data: RawData) => {
    const bytes = asBuffer(data);
    const [first] = bytes;
    if (first === undefined) return;
    if (!text) received(first, new Uint8Array(bytes.subarray(1)));
    else received(first - ZERO, new Uint8Array(Buffer.from(bytes.toString('latin1', 1), 'base64')));
  });
  return {
    send(stream, bytes) {
      if (client.readyState !== client.OPEN) return;
      if (text) client.send(`${stream}${Buffer.from(bytes).toString('base64')}`);
      else client.send(Buffer.concat([Buffer.of(stream), bytes]));
      if (client.bufferedAmount > BACKLOG_BYTES_MAX) client.terminate();
    },
  };
}

const ZERO = 48;

/** The bytes of a message, however they came. */
export function asBuffer(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}
