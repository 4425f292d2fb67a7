import { goQuote } from '../../api/go-text.js';
import { reasonOf, wholeBody } from '../../client/http-text.js';
import { systemRoots } from '../../client/system-roots.js';
import { decodeText } from '../../kernel/bytes.js';
import type { Waiting } from '../../kernel/wait.js';
import { getFollowing } from '../../kubectl/resource/get-following.js';
import { HelmError } from '../errors.js';
import type { HelmRun } from '../run.js';
import { parseUrl } from '../template/formats/go-url.js';
import { HELM_VERSION } from '../version.js';

/** Who asks, and whom is trusted; what is left out is nobody. */
export interface FetchOptions {
  readonly username?: string;
  readonly password?: string;
  readonly caFile?: string;
  readonly insecure?: boolean;
}

/** What an address gives, redirects followed. Throws HelmError for any answer but 200, UrlError when nobody answers. */
export function* fetchUrl(run: HelmRun, url: string, options: FetchOptions = {}): Waiting<Uint8Array> {
  if (!URL.canParse(url)) throw new HelmError(unreadable(url));
  const { host } = new URL(url);
  const answer = yield* getFollowing(run.sys, url, {
    authorities: options.caFile ? decodeText(run.sys.readFile(options.caFile)) : systemRoots(run.sys),
    ...(options.insecure ? { insecure: true } : {}),
    headers: (at) => ({ 'user-agent': `Helm/${HELM_VERSION.slice(1)}`, ...credentials(options, at.host === host) }),
  });
  if (answer.status !== 200)
    throw new HelmError(`failed to fetch ${url} : ${answer.status} ${answer.reason ?? reasonOf(answer.status)}`);
  return yield* wholeBody(answer);
}

/** What Go has against an address that nobody can be asked by. */
function unreadable(url: string): string {
  const read = parseUrl(url);
  return typeof read === 'string' ? read : `Get ${goQuote(url)}: http: no Host in request URL`;
}

function credentials({ username, password }: FetchOptions, isSameHost: boolean): Record<string, string> {
  if (!username || !password || !isSameHost) return {};
  return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
}
