import { createServer, type Server, type Socket } from 'node:net';

/** The first byte of a TLS record that begins a handshake. */
const TLS_HANDSHAKE = 22;
/** A connection on which nothing comes at all is hung up on. */
const SILENCE_MILLISECONDS = 32_000;
/** What Go's server says to a client that speaks HTTP where HTTPS is spoken. */
const PLAIN_HTTP = 'HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n';
const METHOD = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|CONNECT|TRACE) /;

/**
 * Takes connections and hands those that begin with a TLS handshake on; HTTP without TLS is told so, and anything else
 * is hung up on. `closeAll` ends every connection, upgraded ones among them.
 */
export function createFront(handOver: (socket: Socket) => void): { server: Server; closeAll(): void } {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.setTimeout(SILENCE_MILLISECONDS, () => socket.destroy());
    socket.once('data', (first: Buffer) => {
      socket.setTimeout(0);
      socket.removeAllListeners('timeout');
      if (first[0] === TLS_HANDSHAKE) {
        socket.pause();
        socket.unshift(first);
        handOver(socket);
      } else if (METHOD.test(first.toString('latin1'))) socket.end(PLAIN_HTTP);
      else socket.destroy();
    });
  });
  return {
    server,
    closeAll() {
      for (const socket of sockets) socket.destroy();
    },
  };
}
