import type { RawData, WebSocket } from 'ws';
import { BACKLOG_BYTES_MAX, type Exchange } from './backend.js';

/** What kubectl offers for exec and attach; newest first. */
export const PROTOCOLS: readonly string[] = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];

/** The stream on which v5 says that another one is closed. */
const CLOSE_STREAM = 255;
const NORMAL_CLOSURE = 1000;

/** Joins a WebSocket to an exchange: each message is a stream's number and its bytes. */
export function bridgeWebSocket(
  client: WebSocket,
  exchange: Exchange,
): { chunk(stream: number, bytes: Uint8Array): void; end(): void } {
  const canCloseStreams = client.protocol === PROTOCOLS[0];
  client.on('message', (data: RawData) => {
    const bytes = asBuffer(data);
    const [stream] = bytes;
    if (stream === undefined) return;
    if (canCloseStreams && stream === CLOSE_STREAM) exchange.frame(bytes[1] ?? 0, new Uint8Array(0), true);
    else exchange.frame(stream, new Uint8Array(bytes.subarray(1)));
  });
  client.on('close', () => exchange.disconnect());
  client.on('error', () => client.terminate());
  return {
    chunk(stream, bytes) {
      if (client.readyState !== client.OPEN) return;
      client.send(Buffer.concat([Buffer.of(stream), bytes]));
      if (client.bufferedAmount > BACKLOG_BYTES_MAX) client.terminate();
    },
    end: () => client.close(NORMAL_CLOSURE),
  };
}

function asBuffer(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}
