import { createServer } from 'node:https';
import type { Server } from 'node:net';
import type { Backend } from './backend.js';
import { doorCertificate } from './certificate.js';
import { createFront } from './front.js';
import { BAD_HOST, isLoopbackHost, refuseHost } from './loopback-host.js';
import { serveRequest } from './plain-exchange.js';
import { createWebSockets, serveUpgrade } from './upgraded-exchange.js';

export type { Backend, Exchange, Reply } from './backend.js';

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

const LOOPBACK = '127.0.0.1';
/** Longer than Go's clients keep an idle connection (90 s), so that none is closed under a request. */
const KEEP_ALIVE_MILLISECONDS = 120_000;
/** How long a client may take to send its headers (the real server's ReadHeaderTimeout), and its whole request. */
const HEADERS_MILLISECONDS = 32_000;
const REQUEST_MILLISECONDS = 60_000;
/** What Go's server says to what is no HTTP. */
const BAD_REQUEST =
  'HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n400 Bad Request';

/** Opens an HTTPS server on loopback whose requests go to the backend. Throws EADDRINUSE and what else listening can end in. */
export async function openDoor(port: number, backend: Backend, { secret, now }: DoorOptions): Promise<Door> {
  const { certificate, key, authorities } = doorCertificate(secret, now);
  const https = createServer({
    cert: certificate,
    key,
    requestCert: true,
    rejectUnauthorized: false,
    keepAliveTimeout: KEEP_ALIVE_MILLISECONDS,
    headersTimeout: HEADERS_MILLISECONDS,
    requestTimeout: REQUEST_MILLISECONDS,
  });
  const sockets = createWebSockets();
  https.on('request', (incoming, outgoing) => {
    if (isLoopbackHost(incoming.headers.host)) void serveRequest(incoming, outgoing, backend);
    else refuseHost(incoming, outgoing);
  });
  https.on('upgrade', (incoming, socket, head) => {
    // What comes from now on waits for whoever speaks the other protocol.
    socket.off('data', ignore);
    if (isLoopbackHost(incoming.headers.host)) serveUpgrade(incoming, socket, head, sockets, backend);
    else socket.end(BAD_HOST);
  });
  // Node's parser, when it reads a socket by itself, takes what comes while it is paused (the last answer is not yet on
  // its way) for an error. Somebody else who listens makes it read through the stream, which waits.
  https.on('secureConnection', (socket) => socket.on('data', ignore));
  https.on('tlsClientError', (_, socket) => socket.destroy());
  https.on('clientError', (_, socket) => {
    if (socket.writable) socket.end(BAD_REQUEST);
    else socket.destroy();
  });
  const front = createFront((socket) => void https.emit('connection', socket));
  await listen(front.server, port);
  const address = front.server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    authorities,
    close: () =>
      new Promise((resolve) => {
        front.server.close(() => resolve());
        front.closeAll();
      }),
  };
}

function ignore(): void {}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
