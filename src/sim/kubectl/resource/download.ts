import { reasonOf, wholeBody } from '../../client/http-text.js';
import { systemRoots } from '../../client/system-roots.js';
import { connectTransport } from '../../client/transport.js';
import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import { type HttpResponse, TlsError } from '../../kernel/network.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { CommandError, UrlError } from '../errors.js';
import type { Session } from '../session.js';

const ATTEMPTS = 3;
const REDIRECTS_MAX = 10;

/**
 * The text behind an address (readHttpWithRetries of cli-runtime): what could not be reached and what answered 5xx is
 * asked three times, a second apart. Throws `UrlError` in net/http's words, `CommandError` for any answer but 200.
 */
export function* downloadManifest(session: Session, url: string): Waiting<string> {
  let failed: unknown;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (attempt > 0) yield* session.sys.sleep(SECOND);
    try {
      const answer = yield* getFollowing(session, url);
      if (answer.status === 200) return decodeText(yield* wholeBody(answer));
      const status = `${answer.status} ${answer.reason ?? reasonOf(answer.status)}`;
      failed = new CommandError(
        `unable to read URL ${JSON.stringify(url)}, server reported ${status}, status code=${answer.status}`,
      );
      if (answer.status < 500) break;
    } catch (error) {
      if (!(error instanceof UrlError)) throw error;
      failed = error;
    }
  }
  throw failed;
}

function* getFollowing({ sys }: Session, url: string): Waiting<HttpResponse> {
  let at = new URL(url);
  const authorities = systemRoots(sys);
  for (let hops = 0; ; hops += 1) {
    try {
      const transport = connectTransport(sys, { server: at.origin, tls: { authorities } });
      const headers = { host: at.host, 'user-agent': 'Go-http-client/1.1' };
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
