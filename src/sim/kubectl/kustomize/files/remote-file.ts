import { goQuote } from '../../../api/go-text.js';
import { KustomizeError } from '../error.js';

/** Whether a path is fetched over HTTP. */
export function isRemoteFile(path: string): boolean {
  return /^https?:/i.test(path);
}

/** No host of this world serves files: an address refuses, a name is not found. */
export function notFetched(url: string): KustomizeError {
  const [, host = '', port] = /^https?:\/\/(\[[^\]]*\]|[^/:?]*)(?::(\d+))?/i.exec(url) ?? [];
  const why = /^[\d.]+$|^\[/.test(host)
    ? `dial tcp ${host}:${port ?? (url.startsWith('https') ? 443 : 80)}: connect: connection refused`
    : `dial tcp: lookup ${host}: no such host`;
  return new KustomizeError(`Get ${goQuote(url)}: ${why}`);
}
