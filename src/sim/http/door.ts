import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { WebSocketServer } from 'ws';
import type { HttpRequest, HttpResponse } from '../kernel/network.js';
import { doorCertificate } from './certificate.js';
import { bridgeWebSocket, PROTOCOLS } from './websocket.js';

/** What comes back for one request; every function may be called once but `chunk`. */
export interface Reply {
  response(response: Omit<HttpResponse, 'stream' | 'upgrade'>, streaming: boolean): void;
  chunk(stream: number, bytes: Uint8Array): void;
  end(error?: string): void;
}

/** One request under way. */
export interface Exchange {
  frame(stream: number, bytes: Uint8Array, end?: boolean): void;
  disconnect(): void;
}

/** The API server behind the door, wherever it runs. */
export interface Backend {
  request(request: HttpRequest, certificate: string | undefined, reply: Reply): Exchange;
}

/** What the door's own certificate is made of: fresh random text, and the wall clock in microseconds. */
export interface DoorOptions {
  readonly secret: string;
  readonly now: number;
}

/** The open door. */
export interface Door {
  readonly port: number;
  /** PEM of the authority a client must trust. */
  readonly authorities: string;
  close(): Promise<void>;
}

/** A client this far behind is disconnected rather than waited for. */
const BACKLOG_BYTES_MAX = 1024 * 1024;
const BODY_BYTES_MAX = 3 * 1024 * 1024 + 1;
const LOOPBACK = '127.0.0.1';

/** Opens an HTTPS server on loopback whose requests go to the backend. Throws EADDRINUSE and what else listening can end in. */
export async function openDoor(port: number, backend: Backend, { secret, now }: DoorOptions): Promise<Door> {
  const { certificate, key, authorities } = doorCertificate(secret, now);
  const server = createServer({ cert: certificate, key, requestCert: true, rejectUnauthorized: false });
  server.on('request', (incoming, outgoing) => void serve(incoming, outgoing, backend));
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => PROTOCOLS.find((protocol) => offered.has(protocol)) ?? false,
  });
  server.on('upgrade', (incoming, socket, head) => upgrade(incoming, socket, head, sockets, backend));
  server.on('tlsClientError', (_, socket) => socket.destroy());
  await listen(server, port);
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    authorities,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function serve(incoming: IncomingMessage, outgoing: ServerResponse, backend: Backend): Promise<void> {
  const body = await readBody(incoming);
  if (body === undefined) {
    outgoing.writeHead(413, { 'content-type': 'text/plain' }).end('request body too large\n');
    return;
  }
  const exchange = backend.request(requestOf(incoming, body), certificateOf(incoming), {
    response(response, streaming) {
      outgoing.writeHead(response.status, { ...response.headers });
      if (streaming) outgoing.flushHeaders();
      else outgoing.end(response.body);
    },
    chunk(_, bytes) {
      outgoing.write(bytes);
      if (outgoing.writableLength > BACKLOG_BYTES_MAX) outgoing.destroy();
    },
    end(error) {
      if (outgoing.writableEnded) return;
      if (error !== undefined && !outgoing.headersSent) incoming.socket.destroy();
      else outgoing.end();
    },
  });
  outgoing.on('close', () => exchange.disconnect());
}

function upgrade(
  incoming: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  sockets: WebSocketServer,
  backend: Backend,
): void {
  let accepted: ReturnType<typeof bridgeWebSocket> | undefined;
  const waiting: [number, Uint8Array][] = [];
  const exchange = backend.request(requestOf(incoming, undefined), certificateOf(incoming), {
    response(response, streaming) {
      if (!streaming || response.status !== 101) {
        refuse(socket, response);
        return;
      }
      sockets.handleUpgrade(incoming, socket, head, (client) => {
        accepted = bridgeWebSocket(client, exchange);
        for (const [stream, bytes] of waiting) accepted.chunk(stream, bytes);
      });
    },
    chunk(stream, bytes) {
      if (accepted) accepted.chunk(stream, bytes);
      else waiting.push([stream, bytes]);
    },
    end() {
      if (accepted) accepted.end();
      else socket.end();
    },
  });
  socket.on('close', () => exchange.disconnect());
}

/** Answers an upgrade with an ordinary response: the server said no. */
function refuse(socket: Duplex, { status, headers, body }: Omit<HttpResponse, 'stream' | 'upgrade'>): void {
  const length = body?.length ?? 0;
  const lines = Object.entries({ ...headers, 'content-length': String(length), connection: 'close' }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  socket.write(`HTTP/1.1 ${status} Refused\r\n${lines.join('')}\r\n`);
  if (body) socket.write(body);
  socket.end();
}

function requestOf(incoming: IncomingMessage, body: Uint8Array | undefined): HttpRequest {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  const { method = 'GET', url: target = '/' } = incoming;
  return { method, target, headers, ...(body && body.length > 0 ? { body } : {}) };
}

function certificateOf({ socket }: IncomingMessage): string | undefined {
  const raw = (socket as TLSSocket).getPeerCertificate?.()?.raw;
  if (!raw) return undefined;
  const lines = raw.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

async function readBody(incoming: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += (chunk as Buffer).length;
    if (size > BODY_BYTES_MAX) return undefined;
    chunks.push(chunk as Buffer);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
