import { reasonOf, wholeBody } from '../../client/http-text.js';
import { systemRoots } from '../../client/system-roots.js';
import { connectTransport } from '../../client/transport.js';
import { isErrno } from '../../kernel/errno.js';
import { type HttpResponse, TlsError } from '../../kernel/network.js';
import type { Waiting } from '../../kernel/wait.js';
import { UrlError } from '../../kubectl/errors.js';
import { HelmError } from '../errors.js';
import type { HelmRun } from '../run.js';
import { HELM_VERSION } from '../version.js';

const REDIRECTS_MAX = 10;

/** Who asks, and whom is trusted; what is left out is nobody. */
export interface FetchOptions {
  readonly username?: string;
  readonly password?: string;
  readonly caFile?: string;
  readonly insecure?: boolean;
}

/** What an address gives, redirects followed. Throws HelmError for any answer but 200, UrlError when nobody answers. */
export function* fetchUrl(run: HelmRun, url: string, options: FetchOptions = {}): Waiting<Uint8Array> {
  const answer = yield* follow(run, url, options);
  if (answer.status !== 200)
    throw new HelmError(`failed to fetch ${url} : ${answer.status} ${answer.reason ?? reasonOf(answer.status)}`);
  return yield* wholeBody(answer);
}

function* follow({ sys }: HelmRun, url: string, options: FetchOptions): Waiting<HttpResponse> {
  let at = new URL(url);
  const { host } = at;
  const authorities = options.caFile ? Buffer.from(sys.readFile(options.caFile)).toString('utf8') : systemRoots(sys);
  for (let hops = 0; ; hops += 1) {
    try {
      const tls = { authorities, ...(options.insecure ? { insecure: true } : {}) };
      const transport = connectTransport(sys, { server: at.origin, ...(at.protocol === 'https:' ? { tls } : {}) });
      const answer = yield* transport.request({
        method: 'GET',
        target: at.pathname + at.search,
        headers: {
          host: at.host,
          'user-agent': `Helm/${HELM_VERSION.slice(1)}`,
          ...credentials(options, at.host === host),
        },
      });
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

function credentials({ username, password }: FetchOptions, isSameHost: boolean): Record<string, string> {
  if (!username || !password || !isSameHost) return {};
  return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
}
