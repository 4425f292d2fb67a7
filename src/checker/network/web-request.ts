import type { Destination } from '../places.js';
import { destination } from '../places.js';
import { flag, map, type Schema, text } from '../schema/words.js';
import type { CheckContext, Report } from '../subject.js';
import { addressesOf } from './addresses.js';

/** A web request as a check writes it. */
export interface WebRequest {
  /** Everything in one, or `to` with the rest. */
  readonly url?: string;
  readonly to?: Destination;
  /** Asked by https when true. */
  readonly tls?: boolean;
  readonly path?: string;
  /** The Host header, and the name asked for by TLS; what is connected to stays. */
  readonly host?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Redirects are followed. */
  readonly follow?: boolean;
  readonly timeout_seconds?: number;
}

/** The schemas of a request's fields. */
const webRequestFields: Readonly<Record<string, Schema>> = {
  url: text('What is asked for, such as http://web.shop/path; or else to.', { pattern: '^(https?://|\\{\\{)' }),
  to: destination,
  tls: flag('True when it is asked by https; only beside to.'),
  path: text('The path and query, only beside to; / when left out.', { pattern: '^(/|\\{\\{)' }),
  host: text('The Host header and the name that TLS is asked for, wherever the connection goes.'),
  method: text('The method, GET when left out, POST with a body.', { pattern: '^([A-Z]+|\\{\\{.*)$' }),
  headers: {
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Headers that are sent along with the request.',
  },
  body: text('What is sent as the body of the request.'),
  follow: flag('True when redirects are followed; they are not when left out.'),
  timeout_seconds: {
    type: 'integer',
    minimum: 1,
    maximum: 60,
    description: 'How long an answer is waited for; 5 when left out.',
  },
};

/** What is wrong with a request: that it goes nowhere, or to two places. */
export function lintWebRequest(request: WebRequest, path: string, report: Report): void {
  if (request.url === undefined && request.to === undefined) report(path, 'asks nobody: url, or to');
  if (request.url === undefined) return;
  for (const field of ['to', 'tls', 'path'] as const)
    if (request[field] !== undefined) report(`${path}/${field}`, 'stands beside url, which says it already');
}

/** A request to one place. */
export interface Asked {
  readonly url: string;
  /** Where the connection goes instead of the URL's own host: `address:port`. */
  readonly connectTo?: string;
  readonly host?: string;
}

/** Every place that a request goes to: each of several pods. */
export async function placesOf(request: WebRequest, context: CheckContext): Promise<readonly Asked[]> {
  const { url, to, tls = false, path = '/', host } = request;
  if (!to) return [at(new URL(url as string), host)];
  const addresses = await addressesOf(to, context);
  const scheme = tls ? 'https' : 'http';
  return addresses.map((address) =>
    at(new URL(path, `${scheme}://${address.includes(':') ? `[${address}]` : address}:${to.port}`), host),
  );
}

function at(url: URL, host: string | undefined): Asked {
  if (host === undefined) return { url: url.href };
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const named = new URL(url);
  named.hostname = host.replace(/:\d+$/, '');
  return { url: named.href, connectTo: `${url.hostname}:${port}`, host };
}

/** The schema of a request with further fields. */
export const webRequest = (more: Record<string, Schema>, required: readonly string[], description: string): Schema =>
  map({ ...webRequestFields, ...more }, required, description);
