import { connectTransport } from '../../client/transport.js';
import { isErrno } from '../../kernel/errno.js';
import { type HttpResponse, TlsError } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { UrlError } from '../errors.js';

const REDIRECTS_MAX = 10;

/** Whom a client trusts, and what it says to each address on its way. */
export interface Asker {
  /** PEM. */
  readonly authorities: string;
  readonly insecure?: boolean;
  headers(at: URL): Readonly<Record<string, string>>;
}

/** The answer to GET, redirects followed as net/http's client does. Throws `UrlError` in its words. */
export function* getFollowing(sys: Sys, url: string, asker: Asker): Waiting<HttpResponse> {
  const tls = { authorities: asker.authorities, ...(asker.insecure ? { insecure: true } : {}) };
  let at = new URL(url);
  for (let hops = 0; ; hops += 1) {
    try {
      const transport = connectTransport(sys, { server: at.origin, ...(at.protocol === 'https:' ? { tls } : {}) });
      const headers = { host: at.host, ...asker.headers(at) };
      const answer = yield* transport.request({ method: 'GET', target: at.pathname + at.search, headers });
      const { location } = answer.headers;
      if (answer.status < 301 || answer.status > 308 || location === undefined) return answer;
      at = new URL(location, at);
    } catch (error) {
      if (!isErrno(error) && !(error instanceof TlsError)) throw error;
      throw new UrlError('GET', at.href, error);
    }
    if (hops === REDIRECTS_MAX) throw new UrlError('GET', at.href, new Error('stopped after 10 redirects'));
  }
}
