import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** More requests than this do not wait on one connection for the answer before theirs. */
const WAITING_MAX = 100;

interface Line {
  current?: { readonly incoming: IncomingMessage; readonly outgoing: ServerResponse };
  readonly waiting: (() => void)[];
}

/** The requests of each connection in turn, as Go's server takes them: none before the last one's answer is sent. */
export class Turns {
  private readonly lines = new WeakMap<Duplex, Line>();

  /** Serves a request when it is its turn; never when its connection has closed before. */
  take(incoming: IncomingMessage, outgoing: ServerResponse, serve: () => void): void {
    const { socket } = incoming;
    const line = this.lines.get(socket) ?? { waiting: [] };
    this.lines.set(socket, line);
    this.enter(socket, line, () => {
      line.current = { incoming, outgoing };
      outgoing.once('close', () => {
        delete line.current;
        if (!socket.destroyed) line.waiting.shift()?.();
      });
      serve();
    });
  }

  /** Does something when everything before has been answered; at once when the request that is served never gets whole. */
  after(socket: Duplex, work: () => void): void {
    const line = this.lines.get(socket);
    if (!line?.current || this.unfinished(socket)) work();
    else this.enter(socket, line, work);
  }

  /** The answer to the request whose body is still on its way. */
  unfinished(socket: Duplex): ServerResponse | undefined {
    const current = this.lines.get(socket)?.current;
    return current && !current.incoming.complete && !current.outgoing.headersSent ? current.outgoing : undefined;
  }

  /** Whether an answer is on its way. */
  busy(socket: Duplex): boolean {
    return this.lines.get(socket)?.current !== undefined;
  }

  private enter(socket: Duplex, line: Line, work: () => void): void {
    if (!line.current) work();
    else if (line.waiting.length < WAITING_MAX) line.waiting.push(work);
    else socket.destroy();
  }
}
