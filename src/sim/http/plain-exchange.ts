import type { IncomingMessage, ServerResponse } from 'node:http';
import { BACKLOG_BYTES_MAX, type Backend } from './backend.js';
import { certificateOf, outgoingHeaders, readBody, requestOf } from './incoming.js';

/** Serves one ordinary request: its answer may be a stream that lasts as long as the client listens. */
export async function serveRequest(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  backend: Backend,
): Promise<void> {
  outgoing.on('error', () => outgoing.destroy());
  const body = await readBody(incoming);
  if (body === undefined || outgoing.destroyed) return;
  const exchange = backend.request(requestOf(incoming, body), certificateOf(incoming), {
    response(response, streaming) {
      if (outgoing.destroyed) return;
      // What is left of a body that was too long is not waited for.
      if (!incoming.complete) outgoing.setHeader('connection', 'close');
      outgoing.writeHead(response.status, outgoingHeaders(response.headers));
      if (streaming) outgoing.flushHeaders();
      else outgoing.end(response.body);
    },
    chunk(_, bytes) {
      if (outgoing.destroyed) return;
      outgoing.write(bytes);
      if (outgoing.writableLength > BACKLOG_BYTES_MAX) outgoing.destroy();
    },
    end(error) {
      if (outgoing.writableEnded || outgoing.destroyed) return;
      // Without a whole answer there is nothing true to say: the client sees the connection break.
      if (error === undefined && outgoing.headersSent) outgoing.end();
      else outgoing.destroy();
    },
  });
  outgoing.on('close', () => exchange.disconnect());
}
