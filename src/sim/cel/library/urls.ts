/** Addresses of the web. */

import { declared, member, overload } from '../declare.js';
import type { Library } from '../environment.js';
import { escapedPath, hostname, parseUrl, port, queryValues, type Url } from '../parsers/url.js';
import { ArrayList, EntryMap } from '../run/collections.js';
import { BOOL, type CelType, listType, mapType, STRING, structType } from '../types.js';
import { CelError, Opaque, type Value } from '../values.js';

const URL_TYPE = structType('kubernetes.URL');

class UrlValue extends Opaque {
  readonly type: CelType = URL_TYPE;

  constructor(readonly url: Url) {
    super();
  }

  equals(other: Value): boolean {
    return other instanceof UrlValue && other.url.whole === this.url.whole;
  }
}

function url(text: string): Value {
  const found = parseUrl(text);
  if (!(found instanceof CelError)) return new UrlValue(found);
  return new CelError(`URL parse error during conversion from string: ${found.message}`);
}

function query({ url: found }: UrlValue): Value {
  return new EntryMap([...queryValues(found)].map(([name, values]) => [name, new ArrayList(values)] as const));
}

/** URLs and their parts. */
export const URLS: Library = {
  getEscapedPath: declared(
    member('url_get_escaped_path', [URL_TYPE], STRING, ({ url: found }: UrlValue) => escapedPath(found)),
  ),
  getHost: declared(member('url_get_host', [URL_TYPE], STRING, ({ url: found }: UrlValue) => found.host)),
  getHostname: declared(member('url_get_hostname', [URL_TYPE], STRING, ({ url: found }: UrlValue) => hostname(found))),
  getPort: declared(member('url_get_port', [URL_TYPE], STRING, ({ url: found }: UrlValue) => port(found))),
  getQuery: declared(member('url_get_query', [URL_TYPE], mapType(STRING, listType(STRING)), query)),
  getScheme: declared(member('url_get_scheme', [URL_TYPE], STRING, ({ url: found }: UrlValue) => found.scheme)),
  isURL: declared(overload('is_url_string', [STRING], BOOL, (text: string) => !(parseUrl(text) instanceof CelError))),
  url: declared(overload('string_to_url', [STRING], URL_TYPE, url)),
};
