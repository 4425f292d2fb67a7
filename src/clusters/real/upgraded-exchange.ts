import { connect } from 'node:net';
import { WebSocket } from 'ws';
import type { FarExchange, FarListener, FarRequest } from '../workstation/far-server.js';
import type { Served } from './far-exchange.js';
import { headersOf, headersTo, nobodyAnswered } from './http-headers.js';

/** The streams of a process as the API server frames them: the first byte of each message says which. */
const PROCESS = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
const PORTS = ['v4.channel.k8s.io'];
/** The message that ends a stream, in v5. */
const END_OF_STREAM = 255;
/** Headers that node writes itself. */
const OF_UPGRADES = new Set(['connection', 'upgrade', 'host', 'content-length', 'content-type']);

/** The streams of a process in a container, through a WebSocket. */
export function processExchange(served: Served, request: FarRequest, hears: FarListener): FarExchange {
  const socket = open(served, request.path, request.headers, PROCESS);
  let over = false;
  const waiting: Buffer[] = [];
  const send = (frame: Buffer): void => {
    if (socket.readyState === WebSocket.OPEN) socket.send(frame);
    else if (socket.readyState === WebSocket.CONNECTING) waiting.push(frame);
  };
  const end = (error?: string): void => {
    if (over) return;
    over = true;
    hears.end(error);
  };
  socket.on('open', () => {
    hears.response({ status: 101, headers: { 'sec-websocket-protocol': socket.protocol } }, true);
    const heeded = waiting.splice(0).filter(([stream]) => stream !== END_OF_STREAM || socket.protocol === PROCESS[0]);
    for (const frame of heeded) socket.send(frame);
  });
  socket.on('message', (data: Buffer) => {
    const [stream = 0] = data;
    if (!over && data.length > 1) hears.chunk(stream, data.subarray(1), stream === 3);
  });
  socket.on('unexpected-response', (_sent, answer) => {
    const pieces: Buffer[] = [];
    answer.on('data', (piece: Buffer) => pieces.push(piece));
    answer.on('end', () => {
      if (over) return;
      const response = { status: answer.statusCode ?? 0, headers: headersOf(answer), body: Buffer.concat(pieces) };
      if (nobodyAnswered(response)) return end(response.body.toString('utf8').trim());
      over = true;
      hears.response(response, false);
    });
    answer.on('error', ({ message }) => end(message));
  });
  socket.on('error', ({ message }) => end(message));
  socket.on('close', (code) => end(code === 1000 || code === 1005 ? undefined : 'unexpected EOF'));
  return {
    frame(stream, bytes, last) {
      if (bytes.length > 0) send(Buffer.concat([Buffer.of(stream), bytes]));
      if (last && (socket.protocol === PROCESS[0] || socket.readyState === WebSocket.CONNECTING))
        send(Buffer.of(END_OF_STREAM, stream));
    },
    disconnect() {
      over = true;
      socket.terminate();
    },
  };
}

/** A connection to a port of a pod, which has a WebSocket of its own; its port is known when its data begins. */
interface Forwarded {
  readonly socket: WebSocket;
  readonly waiting: Buffer[];
}

/** Connections to ports of a pod: the API server is told of the ports when a WebSocket begins, so each has one of its own. */
export function portsExchange(served: Served, request: FarRequest, hears: FarListener): FarExchange {
  const forwarded = new Map<number, Forwarded>();
  hears.response({ status: 101, headers: {} }, true);
  return {
    frame(stream, bytes, last) {
      // Nobody sends on the streams of errors.
      if (stream % 2 === 1) return;
      const known = forwarded.get(stream);
      if (known) send(known, bytes, last);
      else if (bytes.length >= 2) forwarded.set(stream, dial(stream, bytes));
    },
    disconnect() {
      for (const { socket } of forwarded.values()) socket.terminate();
    },
  };

  function dial(stream: number, first: Uint8Array): Forwarded {
    const port = (first[0] as number) + 256 * (first[1] as number);
    const [path = ''] = request.path.split('?');
    const socket = open(served, `${path}?ports=${port}`, request.headers, PORTS);
    const connection: Forwarded = { socket, waiting: [] };
    if (first.length > 2) send(connection, first.subarray(2));
    socket.on('open', () => {
      for (const frame of connection.waiting.splice(0)) socket.send(frame);
    });
    const met = new Set<number>();
    socket.on('message', (data: Buffer) => {
      const [channel = 0] = data;
      // Each channel begins with the number of its port.
      const bytes = met.has(channel) ? data.subarray(1) : data.subarray(3);
      met.add(channel);
      if (bytes.length > 0) hears.chunk(stream + channel, bytes);
    });
    const fail = (message: string): void => hears.chunk(stream + 1, Buffer.from(message));
    socket.on('unexpected-response', (_sent, answer) => {
      fail(`status ${answer.statusCode}`);
      socket.terminate();
    });
    socket.on('error', ({ message }) => fail(message));
    socket.on('close', () => {
      hears.chunk(stream, new Uint8Array(), true);
      hears.chunk(stream + 1, new Uint8Array(), true);
    });
    return connection;
  }

  function send({ socket, waiting }: Forwarded, bytes: Uint8Array, last?: boolean): void {
    const frame = Buffer.concat([Buffer.of(0), bytes]);
    if (bytes.length > 0 && socket.readyState === WebSocket.OPEN) socket.send(frame);
    else if (bytes.length > 0) waiting.push(frame);
    // A WebSocket has no half that ends: with the sender the connection goes.
    if (last) socket.close();
  }
}

function open(
  { socket }: Served,
  path: string,
  headers: Readonly<Record<string, string>>,
  protocols: string[],
): WebSocket {
  const passed = Object.entries(headers).filter(
    ([name]) => !OF_UPGRADES.has(name) && !name.startsWith('sec-websocket'),
  );
  // Not by `ws+unix:`, which reads folders of sockets and paths as parts of one address, with signs of its own.
  return new WebSocket(`ws://localhost${path}`, protocols, {
    createConnection: () => connect(socket),
    headers: headersTo(Object.fromEntries(passed)) as Record<string, string>,
    perMessageDeflate: false,
  });
}
