import type { WebSocket } from 'ws';
import type { Bridge, Exchange } from '../backend.js';
import { channelsOf } from './websocket-channels.js';

const NORMAL_CLOSURE = 1000;

/**
 * Joins a WebSocket to forwarded ports as kubelet does: two channels a port, data and errors, each beginning with the
 * port's number in two bytes. `ports` are those the request asked for.
 */
export function bridgePorts(client: WebSocket, exchange: Exchange, ports: readonly number[]): Bridge {
  const channels = channelsOf(client, (stream, bytes) => {
    if (stream % 2 === 0 && stream < ports.length * 2) exchange.frame(stream, bytes);
  });
  let open = ports.length;
  ports.forEach((port, index) => {
    const number = new Uint8Array([port & 0xff, port >> 8]);
    channels.send(index * 2, number);
    channels.send(index * 2 + 1, number);
    exchange.frame(index * 2, number);
  });
  return {
    chunk(stream, bytes, end) {
      if (bytes.length > 0) channels.send(stream, bytes);
      if (!end || stream % 2 === 0) return;
      // The error channel's end is the end of its port.
      open -= 1;
      if (open === 0) client.close(NORMAL_CLOSURE);
    },
    end: () => client.close(NORMAL_CLOSURE),
  };
}
