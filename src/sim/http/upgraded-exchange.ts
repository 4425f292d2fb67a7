import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { HttpResponse } from '../kernel/network.js';
import { BACKLOG_BYTES_MAX, type Backend, type Bridge, type Exchange } from './backend.js';
import { certificateOf, outgoingHeaders, requestOf } from './incoming.js';
import { hangUp } from './refusals.js';
import {
  type Carried,
  carriedBy,
  chooseSpdy,
  chooseWebSocket,
  namesIn,
  SPDY,
  STREAM_PROTOCOL_HEADER,
  TUNNEL,
} from './streams/protocols.js';
import { spdyPorts } from './streams/spdy-ports.js';
import { type SpdyBridge, spdyProcess } from './streams/spdy-process.js';
import { asBuffer } from './streams/websocket-channels.js';
import { bridgePorts } from './streams/websocket-ports.js';
import { bridgeProcess } from './streams/websocket-process.js';
import { bridgeReader, chooseReader, readBy } from './streams/websocket-reader.js';

const MESSAGE_BYTES_MAX = 4 * 1024 * 1024;

type Response = Omit<HttpResponse, 'stream' | 'upgrade'>;

/** What accepts upgrades to WebSockets. */
export function createWebSockets(): WebSocketServer {
  return new WebSocketServer({
    noServer: true,
    maxPayload: MESSAGE_BYTES_MAX,
    handleProtocols: (offered, incoming) => {
      const chosen = choose(incoming, [...offered]);
      return typeof chosen === 'string' && chosen !== '' && chosen;
    },
  });
}

/** The protocol of a WebSocket, `''` for none; a status is a refusal. */
function choose({ url = '/', headers }: IncomingMessage, offered: readonly string[]): string | number {
  const read = readBy(url);
  if (read) return chooseReader(read, offered, headers.origin);
  return chooseWebSocket(carriedBy(url), offered) ?? 403;
}

/** Serves a request that wants to speak WebSockets or SPDY, which is done when the server agrees. */
export function serveUpgrade(
  incoming: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  sockets: WebSocketServer,
  backend: Backend,
): void {
  let bridge: Bridge | undefined;
  let ended = false;
  const waiting: [number, Uint8Array, boolean][] = [];
  const accept = (made: Bridge): void => {
    bridge = made;
    for (const one of waiting) made.chunk(...one);
    if (ended) made.end();
  };
  const exchange = backend.request(requestOf(incoming, undefined), certificateOf(incoming), {
    response(response, streaming) {
      if (isRead(incoming, response)) acceptReader(incoming, socket, head, sockets, exchange, response, accept);
      else if (!streaming || response.status !== 101) {
        answer(socket, response, streaming);
        exchange.disconnect();
      } else if (incoming.headers.upgrade?.toLowerCase() === 'websocket')
        acceptWebSocket(incoming, socket, head, sockets, exchange, accept);
      else acceptSpdy(incoming, socket, head, exchange, accept);
    },
    chunk(stream, bytes, end = false) {
      if (bridge) bridge.chunk(stream, bytes, end);
      else waiting.push([stream, bytes, end]);
    },
    end() {
      ended = true;
      if (bridge) bridge.end();
      else hangUp(socket);
    },
  });
  socket.on('close', () => exchange.disconnect());
}

function acceptWebSocket(
  incoming: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  sockets: WebSocketServer,
  exchange: Exchange,
  accept: (bridge: Bridge) => void,
): void {
  const carried = carriedBy(incoming.url ?? '/');
  shakeHands(incoming, socket, head, sockets, exchange, (client) => {
    const query = queryOf(incoming);
    if (client.protocol === TUNNEL) accept(tunnel(client, exchange));
    else if (carried === 'ports') accept(bridgePorts(client, exchange, portsIn(query)));
    else accept(bridgeProcess(client, exchange, query));
  });
}

/** Opens the WebSocket when a protocol fits, or refuses it. */
function shakeHands(
  incoming: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  sockets: WebSocketServer,
  exchange: Exchange,
  opened: (client: WebSocket) => void,
): void {
  const chosen = choose(incoming, namesIn(incoming.headers['sec-websocket-protocol']));
  if (typeof chosen === 'number') {
    answer(socket, { status: chosen, headers: {} }, false);
    exchange.disconnect();
    return;
  }
  sockets.handleUpgrade(incoming, socket, head, (client) => {
    client.on('close', () => exchange.disconnect());
    client.on('error', () => client.terminate());
    opened(client);
  });
}

/** Whether an answer is to be read over a WebSocket: a watch or a log, which the server serves without knowing of it. */
function isRead({ url = '/', headers }: IncomingMessage, { status }: Response): boolean {
  return status === 200 && headers.upgrade?.toLowerCase() === 'websocket' && readBy(url) !== undefined;
}

function acceptReader(
  incoming: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  sockets: WebSocketServer,
  exchange: Exchange,
  { headers, body }: Response,
  accept: (bridge: Bridge) => void,
): void {
  shakeHands(incoming, socket, head, sockets, exchange, (client) => {
    const bridge = bridgeReader(client, readBy(incoming.url ?? '/') ?? 'bytes', headers['content-type'] ?? '');
    accept(bridge);
    if (body === undefined) return;
    bridge.chunk(0, body, true);
    bridge.end();
  });
}

/** SPDY's bytes as a WebSocket's messages. */
function tunnel(client: WebSocket, exchange: Exchange): Bridge {
  const send = (bytes: Buffer): void => {
    if (client.readyState !== client.OPEN) return;
    client.send(bytes);
    if (client.bufferedAmount > BACKLOG_BYTES_MAX) client.terminate();
  };
  const bridge = spdyPorts(exchange, send, () => client.close());
  client.on('message', (data: RawData) => bridge.receive(asBuffer(data)));
  return bridge;
}

function acceptSpdy(
  incoming: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  exchange: Exchange,
  accept: (bridge: Bridge) => void,
): void {
  const carried = carriedBy(incoming.url ?? '/');
  const protocol = negotiate(incoming, socket, carried);
  if (protocol === undefined) return;
  const named = protocol === '' ? '' : `X-Stream-Protocol-Version: ${protocol}\r\n`;
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n${named}\r\n`);
  const send = (bytes: Buffer): void => {
    if (!socket.writable) return;
    socket.write(bytes);
    if (socket.writableLength > BACKLOG_BYTES_MAX) socket.destroy();
  };
  const over = (): void => hangUp(socket);
  const bridge: SpdyBridge =
    carried === 'ports'
      ? spdyPorts(exchange, send, over)
      : spdyProcess({ protocol, query: queryOf(incoming) }, exchange, send, over);
  socket.on('close', () => bridge.gone?.());
  accept(bridge);
  if (head.length > 0) bridge.receive(head);
  socket.on('data', (chunk: Buffer) => bridge.receive(chunk));
  // Half a connection is none: the client that says goodbye hears nothing more.
  socket.on('end', () => socket.destroy());
}

/** The protocol of SPDY's streams; undefined when there is none for both, which is said to the client (httpstream.Handshake). */
function negotiate({ headers }: IncomingMessage, socket: Duplex, carried: Carried): string | undefined {
  const given = headers[STREAM_PROTOCOL_HEADER];
  const offered = namesIn(Array.isArray(given) ? given.join(',') : given);
  const protocol = chooseSpdy(carried, offered);
  if (protocol !== undefined) return protocol;
  const known = SPDY[carried];
  const words = `unable to upgrade: unable to negotiate protocol: client supports [${offered.join(' ')}], server accepts [${known.join(' ')}]\n`;
  const refusal = {
    'content-type': 'text/plain; charset=utf-8',
    'x-accepted-stream-protocol-versions': known.join(', '),
  };
  answer(socket, { status: 403, headers: refusal, body: Buffer.from(words) }, false);
  return undefined;
}

/** Kubelet's names of the streams, by which it is asked through its node's proxy. */
const KUBELET_NAMES: Readonly<Record<string, string>> = {
  input: 'stdin',
  output: 'stdout',
  error: 'stderr',
  port: 'ports',
};

function queryOf({ url = '/' }: IncomingMessage): URLSearchParams {
  const query = new URLSearchParams(url.split('?')[1] ?? '');
  const kubelet = /^\/api\/v1\/nodes\/[^/]+\/proxy\//.test(url);
  return kubelet ? renamed(query) : query;
}

function renamed(query: URLSearchParams): URLSearchParams {
  const result = new URLSearchParams();
  for (const [name, value] of query) result.append(KUBELET_NAMES[name] ?? name, value);
  return result;
}

function portsIn(query: URLSearchParams): number[] {
  return query
    .getAll('ports')
    .flatMap((text) => text.split(','))
    .map(Number);
}

/** Answers an upgrade with an ordinary response: the server said no. */
function answer(socket: Duplex, { status, headers, body }: Response, streaming: boolean): void {
  const all = { ...headers, 'content-length': String(streaming ? 0 : (body?.length ?? 0)), connection: 'close' };
  const lines = Object.entries(outgoingHeaders(all)).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n`, 'latin1');
  if (body && !streaming) socket.write(body);
  hangUp(socket);
}
