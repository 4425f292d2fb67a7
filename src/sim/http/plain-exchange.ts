import type { IncomingMessage, ServerResponse } from 'node:http';
import { BACKLOG_BYTES_MAX, type Backend } from './backend.js';
import { certificateOf, outgoingHeaders, readBody, requestOf } from './incoming.js';
import type { UnreadAnswers } from './unread.js';

/** Go's word for 413; Node has the newer one. */
const TOO_LARGE = 'Request Entity Too Large';

/** All answers of a door, and how long one may take to be read. */
export interface Answers {
  readonly unread: UnreadAnswers;
  readonly milliseconds: number;
}

/** Serves one ordinary request: its answer may be a stream that lasts as long as the client listens. */
export async function serveRequest(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  backend: Backend,
  { unread, milliseconds }: Answers,
): Promise<void> {
  outgoing.on('error', () => outgoing.destroy());
  const body = await readBody(incoming);
  if (body === undefined || outgoing.destroyed || outgoing.headersSent) return;
  const cut = (): void => void outgoing.destroy();
  const forget = unread.add({ bytes: () => outgoing.writableLength, cut });
  let patience: NodeJS.Timeout | undefined;
  const exchange = backend.request(requestOf(incoming, body), certificateOf(incoming), {
    response(response, streaming) {
      if (outgoing.destroyed) return;
      // What is left of a body that was too long is not waited for.
      if (!incoming.complete) outgoing.setHeader('connection', 'close');
      if (response.status === 413) outgoing.statusMessage = TOO_LARGE;
      outgoing.writeHead(response.status, outgoingHeaders(response.headers));
      if (streaming) outgoing.flushHeaders();
      else {
        patience = setTimeout(cut, milliseconds);
        outgoing.end(response.body);
        unread.wrote(response.body?.length ?? 0);
      }
    },
    chunk(_, bytes) {
      if (outgoing.destroyed) return;
      outgoing.write(bytes);
      if (outgoing.writableLength > BACKLOG_BYTES_MAX) cut();
      unread.wrote(bytes.length);
    },
    end(error) {
      if (outgoing.writableEnded || outgoing.destroyed) return;
      // Without a whole answer there is nothing true to say: the client sees the connection break.
      if (error === undefined && outgoing.headersSent) outgoing.end();
      else outgoing.destroy();
    },
  });
  outgoing.on('close', () => {
    clearTimeout(patience);
    forget();
    exchange.disconnect();
  });
}
