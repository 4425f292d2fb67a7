import { type IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server as SecureServer } from 'node:https';
import type { Server, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Backend } from './backend.js';
import { doorCertificate } from './certificate.js';
import { createFront } from './front.js';
import { DOOR_LIMITS, type DoorLimits } from './limits.js';
import { BAD_HOST, isLoopbackHost } from './loopback-host.js';
import { serveRequest } from './plain-exchange.js';
import { hangUp, type ParserError, plainRefusal, refusalOf, refused, refuseSlow } from './refusals.js';
import { Turns } from './turns.js';
import { UnreadAnswers } from './unread.js';
import { createWebSockets, serveUpgrade } from './upgraded-exchange.js';

export type { Backend, Exchange, Reply } from './backend.js';

/** What the door's own certificate is made of: fresh random text, and the wall clock in microseconds. */
export interface DoorOptions {
  readonly secret: string;
  readonly now: number;
  readonly limits?: Partial<DoorLimits>;
}

/** The open door. */
export interface Door {
  readonly port: number;
  /** PEM of the authority a client must trust. */
  readonly authorities: string;
  /** How many are open. */
  connections(): number;
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';
/** Longer than Go's clients keep an idle connection (90 s), so that none is closed under a request. */
const KEEP_ALIVE_MILLISECONDS = 120_000;
/** Of a request's line and headers: Go's MaxHeaderBytes and what it adds. */
const HEADER_BYTES_MAX = 1024 * 1024 + 4096;
/** How often it is looked whether a client is too slow, in parts of the time it has. */
const CHECKS = 16;

/** Opens an HTTPS server on loopback whose requests go to the backend. Throws EADDRINUSE and what else listening can end in. */
export async function openDoor(port: number, backend: Backend, options: DoorOptions): Promise<Door> {
  const limits = { ...DOOR_LIMITS, ...options.limits };
  const { certificate, key, authorities } = doorCertificate(options.secret, options.now);
  const https = createServer({
    cert: certificate,
    key,
    requestCert: true,
    rejectUnauthorized: false,
    keepAliveTimeout: KEEP_ALIVE_MILLISECONDS,
    handshakeTimeout: limits.headersMilliseconds,
    headersTimeout: limits.headersMilliseconds,
    requestTimeout: limits.requestMilliseconds,
    connectionsCheckingInterval: limits.headersMilliseconds / CHECKS,
    maxHeaderSize: HEADER_BYTES_MAX,
    // Its absence is refused in Go's words.
    requireHostHeader: false,
  });
  serve(https, backend, limits);
  // It does not listen itself, and without this Node would never look for clients that are too slow.
  https.emit('listening');
  const front = createFront(limits.headersMilliseconds, (socket) => void https.emit('connection', socket));
  await listen(front.server, port);
  const address = front.server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    authorities,
    connections: () => front.connections(),
    close: () =>
      new Promise((resolve) => {
        https.close();
        front.server.close(() => resolve());
        front.closeAll();
      }),
  };
}

/** Gives requests to the backend, each connection's in turn, and refuses the rest as Go's server does. */
function serve(https: SecureServer, backend: Backend, limits: DoorLimits): void {
  const turns = new Turns();
  const answers = { unread: new UnreadAnswers(limits.unreadBytes), milliseconds: limits.answerMilliseconds };
  const sockets = createWebSockets();
  const take = (incoming: IncomingMessage, outgoing: ServerResponse): void =>
    turns.take(incoming, outgoing, () => {
      if (!refused(incoming, outgoing)) void serveRequest(incoming, outgoing, backend, answers);
    });
  https.on('request', take);
  https.on('checkExpectation', (_, outgoing: ServerResponse) => {
    outgoing.writeHead(417, { connection: 'close', 'content-length': 0 }).end();
  });
  https.on('connect', (_, socket: Duplex) => {
    socket.on('error', () => socket.destroy());
    hangUp(socket, plainRefusal('404 Not Found', '404 page not found\n'));
  });
  https.on('upgrade', (incoming, socket, head) => {
    // What comes from now on waits for whoever speaks the other protocol.
    socket.off('data', ignore);
    socket.on('error', () => socket.destroy());
    if (turns.busy(socket)) socket.destroy();
    else if (!isKnown(incoming.headers.upgrade)) take(incoming, stayingWith(incoming, socket as Socket));
    else if (isLoopbackHost(incoming.headers.host)) serveUpgrade(incoming, socket, head, sockets, backend);
    else hangUp(socket, BAD_HOST);
  });
  // Node's parser, when it reads a socket by itself, takes what comes while it is paused (the last answer is not yet on
  // its way) for an error. Somebody else who listens makes it read through the stream, which waits.
  https.on('secureConnection', (socket) => socket.on('data', ignore));
  https.on('tlsClientError', (_, socket) => socket.destroy());
  https.on('clientError', (error: Error & ParserError, socket) => {
    if (error.code !== 'ERR_HTTP_REQUEST_TIMEOUT') return turns.after(socket, () => hangUp(socket, refusalOf(error)));
    const outgoing = turns.unfinished(socket);
    if (outgoing) refuseSlow(outgoing);
    else socket.destroy();
  });
}

/** Whether another protocol is one that may be agreed on; a server that does not know it stays with HTTP. */
function isKnown(protocol = ''): boolean {
  return /^(?:websocket|spdy\/3\.1)$/i.test(protocol);
}

/** An answer in HTTP on a connection that Node has let go of. */
function stayingWith(incoming: IncomingMessage, socket: Socket): ServerResponse {
  const outgoing = new ServerResponse(incoming);
  outgoing.shouldKeepAlive = false;
  outgoing.assignSocket(socket);
  outgoing.on('finish', () => {
    outgoing.emit('close');
    hangUp(socket);
  });
  return outgoing;
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
