import { decodeText, encodeText } from '../../kernel/bytes.js';
import type { HttpResponse } from '../../kernel/network.js';

/** Attributes of HTML whose value is an address. */
const ADDRESSES =
  /(<[a-zA-Z][^<>]*?\s(?:action|background|cite|classid|codebase|data|formaction|href|icon|longdesc|manifest|poster|profile|src|usemap)\s*=\s*)(["'])\/(?!\/)/g;

/** An answer whose addresses at its server's root lead through the proxy: redirects, and links in pages. */
export function prefixed(response: HttpResponse, prefix: string): HttpResponse {
  const { location, 'content-type': type = '' } = response.headers;
  const headers: Record<string, string> = { ...response.headers };
  if (location?.startsWith('/') && !location.startsWith(`${prefix}/`)) headers['location'] = `${prefix}${location}`;
  if (!response.body || !type.startsWith('text/html')) return { ...response, headers };
  const before = decodeText(response.body);
  const after = before.replace(ADDRESSES, `$1$2${prefix.replaceAll('$', '$$$$')}/`);
  if (after === before) return { ...response, headers };
  const body = encodeText(after);
  return { ...response, headers: { ...headers, 'content-length': String(body.length) }, body };
}
