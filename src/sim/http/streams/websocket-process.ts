import type { WebSocket } from 'ws';
import type { Bridge, Exchange } from '../backend.js';
import { errorText, tellsStatus } from './error-text.js';
import { CLOSING } from './protocols.js';
import { channelsOf } from './websocket-channels.js';

/** Numbers of a process's streams. */
const STREAM = { stdin: 0, stdout: 1, stderr: 2, error: 3 } as const;
/** The stream on which v5 says that another one is closed. */
const CLOSE_STREAM = 255;
const NORMAL_CLOSURE = 1000;

/** Joins a WebSocket to a process: each message is a stream's number and its bytes. `query` is the request's. */
export function bridgeProcess(client: WebSocket, exchange: Exchange, query: URLSearchParams): Bridge {
  const channels = channelsOf(client, (stream, bytes) => {
    if (client.protocol === CLOSING && stream === CLOSE_STREAM) exchange.frame(bytes[0] ?? 0, new Uint8Array(0), true);
    else exchange.frame(stream, bytes);
  });
  // An empty message on the first stream that can be written tells the client that the connection stands.
  const asked = (name: string): boolean => ['1', 'true'].includes(query.get(name) ?? '');
  channels.send(asked('stdout') ? STREAM.stdout : asked('stderr') ? STREAM.stderr : STREAM.error, new Uint8Array(0));
  const plain = !tellsStatus(client.protocol);
  return {
    chunk(stream, bytes) {
      if (stream !== STREAM.error || !plain) return channels.send(stream, bytes);
      const text = errorText(bytes);
      if (text.length > 0) channels.send(stream, text);
    },
    end: () => client.close(NORMAL_CLOSURE),
  };
}
