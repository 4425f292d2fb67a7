import type { HttpResponse } from '../../kernel/network.js';
import { httpDate } from '../web/http-date.js';
import type { Exchange } from './exchange.js';
import { allWordsOf, type Location, wordsOf } from './sites.js';
import { expand } from './variables.js';

/** The titles of nginx's own pages, by status. */
const TITLES: Readonly<Record<number, string>> = {
  301: '301 Moved Permanently',
  302: '302 Found',
  303: '303 See Other',
  307: '307 Temporary Redirect',
  308: '308 Permanent Redirect',
  400: '400 Bad Request',
  401: '401 Authorization Required',
  402: '402 Payment Required',
  403: '403 Forbidden',
  404: '404 Not Found',
  405: '405 Not Allowed',
  406: '406 Not Acceptable',
  408: '408 Request Time-out',
  409: '409 Conflict',
  410: '410 Gone',
  411: '411 Length Required',
  412: '412 Precondition Failed',
  413: '413 Request Entity Too Large',
  414: '414 Request-URI Too Large',
  415: '415 Unsupported Media Type',
  416: '416 Requested Range Not Satisfiable',
  421: '421 Misdirected Request',
  429: '429 Too Many Requests',
  500: '500 Internal Server Error',
  501: '501 Not Implemented',
  502: '502 Bad Gateway',
  503: '503 Service Temporarily Unavailable',
  504: '504 Gateway Time-out',
  505: '505 HTTP Version Not Supported',
  507: '507 Insufficient Storage',
};

/** What the server calls itself: without its version when `server_tokens` are off. */
function serverName({ context }: Exchange, location: Location): string {
  return wordsOf(location, 'server_tokens')?.[0] === 'off' ? 'nginx' : context.server;
}

/** nginx's own page for a status; no body when it has none. */
export function errorPage(exchange: Exchange, location: Location, status: number, extra: Headers = {}): HttpResponse {
  const title = TITLES[status];
  const name = serverName(exchange, location);
  const text =
    title === undefined
      ? ''
      : `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>${name}</center>\r\n</body>\r\n</html>\r\n`;
  return withBody(
    exchange,
    location,
    status,
    Buffer.from(text, 'utf8'),
    title === undefined ? undefined : 'text/html',
    extra,
  );
}

/** Where nginx' status line says something else than most servers' do. */
const REASONS: Readonly<Record<number, string>> = {
  302: 'Moved Temporarily',
  405: 'Not Allowed',
  408: 'Request Time-out',
  413: 'Request Entity Too Large',
  414: 'Request-URI Too Large',
  416: 'Requested Range Not Satisfiable',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
};

type Headers = Readonly<Record<string, string>>;

/** Statuses that `add_header` is for when it does not say `always`. */
const ADDED_TO = new Set([200, 201, 204, 206, 301, 302, 303, 304, 307, 308]);

/** After these nginx keeps no connection. */
const CLOSING = new Set([400, 413, 414, 500, 501]);

/** An answer with nginx's own headers around it, in nginx's order. */
export function withBody(
  exchange: Exchange,
  location: Location,
  status: number,
  body: Uint8Array,
  type: string | undefined,
  extra: Headers = {},
): HttpResponse {
  const { 'last-modified': modified, [OWN_LOCATION]: own, ...late } = extra;
  const bodiless = status === 204 || status === 304;
  exchange.status = status;
  const charset = wordsOf(location, 'charset')?.[0];
  const typed = charset && charset !== 'off' && type?.startsWith('text/') ? `${type}; charset=${charset}` : type;
  const headers: Record<string, string> = {
    server: serverName(exchange, location),
    date: httpDate(exchange.context.sys.now()),
    ...(bodiless || typed === undefined ? {} : { 'content-type': typed }),
    ...(bodiless ? {} : { 'content-length': String(body.length) }),
    ...(modified === undefined ? {} : { 'last-modified': modified }),
    ...(own === undefined ? {} : { location: own }),
    connection: CLOSING.has(status) ? 'close' : 'keep-alive',
    ...late,
    ...(ADDED_TO.has(status) ? expires(exchange, location) : {}),
  };
  for (const [name = '', value = '', always] of allWordsOf(location, 'add_header')) {
    const text = expand(exchange, value);
    if (text !== '' && (always === 'always' || ADDED_TO.has(status))) headers[name.toLowerCase()] = text;
  }
  moreHeaders(exchange, location, headers);
  const reason = REASONS[status];
  return { status, ...(reason === undefined ? {} : { reason }), headers, ...(bodiless ? {} : { body }) };
}

/** What headers-more and scripts alter about the headers of any answer, last of all. */
function moreHeaders(exchange: Exchange, location: Location, headers: Record<string, string>): void {
  const script = wordsOf(location, 'header_filter_by_lua_file')?.[0];
  if (script !== undefined) Object.assign(headers, exchange.context.scripts.headers?.(script, exchange));
  for (const words of allWordsOf(location, 'more_set_headers'))
    for (const word of words) {
      const [, name = '', value = ''] = /^([^:]+):\s*(.*)$/s.exec(word) ?? [];
      headers[name.toLowerCase()] = expand(exchange, value);
    }
  for (const words of allWordsOf(location, 'more_clear_headers'))
    for (const word of words) delete headers[word.toLowerCase()];
}

const SPANS: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  M: 2_592_000,
  y: 31_536_000,
};

function expires({ context }: Exchange, location: Location): Readonly<Record<string, string>> {
  const [word = 'off'] = wordsOf(location, 'expires') ?? [];
  if (word === 'off') return {};
  if (word === 'max') return { expires: 'Thu, 31 Dec 2037 23:55:55 GMT', 'cache-control': 'max-age=315360000' };
  if (word === 'epoch') return { expires: 'Thu, 01 Jan 1970 00:00:01 GMT', 'cache-control': 'no-cache' };
  const [, sign, number, unit = 's'] = /^(-?)(\d+)([smhdwMy]?)$/.exec(word) ?? [];
  const seconds = Number(number ?? 0) * (SPANS[unit || 's'] ?? 1) * (sign === '-' ? -1 : 1);
  const at = httpDate(context.sys.now() + seconds * 1_000_000);
  return { expires: at, 'cache-control': seconds < 0 ? 'no-cache' : `max-age=${seconds}` };
}

/** The place of a redirect on this server comes before other headers; it travels under this name. */
export const OWN_LOCATION = ':location';

/** A redirect: to a path it leads to the host that was asked for, with this server's own port. */
export function redirect(exchange: Exchange, location: Location, status: number, target: string): HttpResponse {
  const { listen, host, site } = exchange;
  if (!target.startsWith('/')) return errorPage(exchange, location, status, { location: target });
  const scheme = listen.ssl ? 'https' : 'http';
  const port = listen.port === (listen.ssl ? 443 : 80) ? '' : `:${listen.port}`;
  const place = `${scheme}://${host || (site.names[0] ?? '')}${port}${target}`;
  return errorPage(exchange, location, status, { [OWN_LOCATION]: place });
}
