import type { Bytes } from '../../kernel/bytes.js';
import type { HttpResponse } from '../../kernel/network.js';
import type { Micros } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';

/** One request of the server to somebody else: a webhook, a converter, an aggregated server. */
export interface OutgoingCall {
  readonly method: string;
  /** As errors name it: `https://svc.ns.svc:443/path?timeout=10s`. */
  readonly url: string;
  /** Where it really goes, where that is another place than the URL says: a Service's address. */
  readonly dial?: { readonly host: string; readonly port: number };
  /** PEM of the authorities that are trusted; empty or undefined trusts the host's own, of which there are none. */
  readonly authorities?: string | undefined;
  readonly insecure?: boolean;
  /** Whom the certificate must be for; the URL's host without it. */
  readonly serverName?: string;
  /** What the server shows of itself, PEM. */
  readonly certificate?: string;
  readonly key?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Bytes;
  /** When the answer must be there. */
  readonly deadline?: Micros | undefined;
}

/**
 * The server's way to others over HTTPS. Throws `Error` in Go's words as net/http's client gives them, without the
 * `Post "https://…": ` before them: `dial tcp 10.96.0.5:443: connect: connection refused`, `context deadline exceeded`.
 */
export interface OutgoingAccess {
  request(call: OutgoingCall): Waiting<HttpResponse>;
}
