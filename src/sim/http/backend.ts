import type { HttpRequest, HttpResponse } from '../kernel/network.js';

/** What comes back for one request; every function may be called once but `chunk`. */
export interface Reply {
  response(response: Omit<HttpResponse, 'stream' | 'upgrade'>, streaming: boolean): void;
  /** `end`: nothing more comes on this stream of an upgraded connection. */
  chunk(stream: number, bytes: Uint8Array, end?: boolean): void;
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

/** An upgraded connection as its client speaks it: it takes what comes from the machine. */
export interface Bridge {
  chunk(stream: number, bytes: Uint8Array, end: boolean): void;
  /** Nothing more comes on any stream. */
  end(): void;
}

/**
 * A client this far behind is disconnected rather than waited for: the machine cannot be slowed down. It writes in
 * bursts, so that a client that reads may be many megabytes behind for a moment.
 */
export const BACKLOG_BYTES_MAX = 32 * 1024 * 1024;
