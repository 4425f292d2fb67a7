import type { HttpRequest, HttpResponse } from '../kernel/network.js';

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

/** A client this far behind is disconnected rather than waited for. */
export const BACKLOG_BYTES_MAX = 1024 * 1024;
