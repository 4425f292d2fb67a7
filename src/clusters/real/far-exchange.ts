import { type Agent, request as ask, type IncomingMessage } from 'node:http';
import type { FarExchange, FarListener, FarRequest } from '../workstation/far-server.js';
import { headersOf, headersTo, nobodyAnswered } from './http-headers.js';

/** Where the API of a cluster is served without asking who one is. */
export interface Served {
  /** The path of a socket. */
  readonly socket: string;
  readonly agent: Agent;
}

/** One request that is answered as HTTP answers: at once, or piece by piece. */
export function plainExchange({ socket, agent }: Served, request: FarRequest, hears: FarListener): FarExchange {
  const { method, path, headers, body } = request;
  let over = false;
  const end = (error?: string): void => {
    if (over) return;
    over = true;
    hears.end(error);
  };
  const length = body === undefined ? {} : { 'content-length': `${body.byteLength}` };
  const sent = ask({
    agent,
    socketPath: socket,
    method,
    path,
    headers: { host: 'localhost', ...headersTo(headers), ...length },
  });
  sent.on('response', (answer) => {
    if (!over) hear(answer);
  });
  sent.on('error', ({ message }) => end(message));
  sent.end(body);
  return {
    frame() {},
    disconnect() {
      over = true;
      sent.destroy();
    },
  };

  function hear(answer: IncomingMessage): void {
    answer.on('error', ({ message }) => end(message === 'aborted' ? 'unexpected EOF' : message));
    const response = { status: answer.statusCode ?? 0, headers: headersOf(answer) };
    if (nobodyAnswered(response)) {
      let text = '';
      answer.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
      });
      answer.on('end', () => end(text.trim() || `status ${response.status}`));
      return;
    }
    hears.response(response, true);
    answer.on('data', (piece: Buffer) => over || hears.chunk(0, piece));
    answer.on('end', () => end());
  }
}
