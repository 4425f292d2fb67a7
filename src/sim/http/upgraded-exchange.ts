import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { HttpResponse } from '../kernel/network.js';
import type { Backend } from './backend.js';
import { certificateOf, outgoingHeaders, requestOf } from './incoming.js';
import { bridgeWebSocket, PROTOCOLS } from './websocket.js';

const MESSAGE_BYTES_MAX = 4 * 1024 * 1024;

type Response = Omit<HttpResponse, 'stream' | 'upgrade'>;

/** What accepts upgrades to WebSockets. */
export function createWebSockets(): WebSocketServer {
  return new WebSocketServer({
    noServer: true,
    maxPayload: MESSAGE_BYTES_MAX,
    handleProtocols: (offered) => PROTOCOLS.find((protocol) => offered.has(protocol)) ?? false,
  });
}

/**
 * Serves a request that wants another protocol. WebSockets are spoken when the server agrees; a request for anything
 * else (SPDY) goes to the server as an ordinary one and is refused there.
 */
export function serveUpgrade(
  incoming: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  sockets: WebSocketServer,
  backend: Backend,
): void {
  socket.on('error', () => socket.destroy());
  let accepted: ReturnType<typeof bridgeWebSocket> | undefined;
  let ended = false;
  const waiting: [number, Uint8Array][] = [];
  const exchange = backend.request(requestOf(incoming, undefined), certificateOf(incoming), {
    response(response, streaming) {
      if (!streaming || response.status !== 101) {
        answer(socket, response, streaming);
        return;
      }
      sockets.handleUpgrade(incoming, socket, head, (client) => {
        accepted = bridgeWebSocket(client, exchange);
        for (const [stream, bytes] of waiting) accepted.chunk(stream, bytes);
        if (ended) accepted.end();
      });
    },
    chunk(stream, bytes) {
      if (accepted) accepted.chunk(stream, bytes);
      else waiting.push([stream, bytes]);
    },
    end() {
      ended = true;
      if (accepted) accepted.end();
      else socket.end();
    },
  });
  socket.on('close', () => exchange.disconnect());
}

/** Answers an upgrade with an ordinary response: the server said no. */
function answer(socket: Duplex, { status, headers, body }: Response, streaming: boolean): void {
  const all = { ...headers, 'content-length': String(streaming ? 0 : (body?.length ?? 0)), connection: 'close' };
  const lines = Object.entries(outgoingHeaders(all)).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n`, 'latin1');
  if (body && !streaming) socket.write(body);
  socket.end();
}
