import { createServer, type Server, type Socket } from 'node:net';
import { hangUp } from './refusals.js';

/** The first byte of a TLS record that begins a handshake. */
const TLS_HANDSHAKE = 22;
/** What Go's server says to a client that speaks HTTP where HTTPS is spoken. */
const PLAIN_HTTP = 'HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n';
/** What Go takes for HTTP, by the bytes of a TLS record's head. */
const HTTP = /^(?:GET \/|HEAD |POST |PUT \/|OPTIO)/;
const HEAD_BYTES = 5;

/** The sockets of a door. */
export interface Front {
  readonly server: Server;
  connections(): number;
  /** Ends every connection, upgraded ones among them. */
  closeAll(): void;
}

/**
 * Takes connections and hands those that begin with a TLS handshake on; HTTP without TLS is told so, and anything else,
 * silence among it, is hung up on.
 */
export function createFront(silenceMilliseconds: number, handOver: (socket: Socket) => void): Front {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    const silence = setTimeout(() => socket.destroy(), silenceMilliseconds);
    socket.once('close', () => clearTimeout(silence));
    let head = Buffer.alloc(0);
    const begin = (chunk: Buffer): void => {
      head = Buffer.concat([head, chunk]);
      if (head[0] !== TLS_HANDSHAKE && head.length < HEAD_BYTES) return;
      clearTimeout(silence);
      socket.off('data', begin);
      if (head[0] === TLS_HANDSHAKE) {
        socket.pause();
        socket.unshift(head);
        handOver(socket);
      } else if (HTTP.test(head.toString('latin1', 0, HEAD_BYTES))) hangUp(socket, PLAIN_HTTP);
      else socket.destroy();
    };
    socket.on('data', begin);
  });
  return {
    server,
    connections: () => sockets.size,
    closeAll() {
      for (const socket of sockets) socket.destroy();
    },
  };
}
