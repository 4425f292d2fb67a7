import { createHash } from 'node:crypto';
import { formatTime } from '../../api/time.js';
import { SECOND } from '../../kernel/time.js';
import { logDate } from '../web/http-date.js';
import type { Exchange, ValueMap } from './exchange.js';
import { pcre } from './pcre.js';
import { covers } from './ranges.js';

type Value = (exchange: Exchange) => string;

/** nginx's variables by name, as far as an exchange knows them. */
const VARIABLES: Readonly<Record<string, Value>> = {
  args: ({ query }) => query,
  body_bytes_sent: ({ sent }) => String(sent),
  bytes_sent: ({ sent }) => String(sent),
  connection: ({ number }) => String(number),
  content_length: ({ request }) => request.headers['content-length'] ?? '',
  content_type: ({ request }) => request.headers['content-type'] ?? '',
  document_root: ({ root }) => root,
  document_uri: ({ uri }) => uri,
  host: ({ host, site }) => host || (site.names[0] ?? ''),
  hostname: ({ context }) => context.sys.hostname(),
  https: ({ listen }) => (listen.ssl ? 'on' : ''),
  is_args: ({ query }) => (query === '' ? '' : '?'),
  msec: ({ context }) => (context.sys.now() / SECOND).toFixed(3),
  nginx_version: ({ context }) => context.server.replace(/^nginx\//, ''),
  pid: ({ context }) => String(context.sys.pid),
  proxy_add_x_forwarded_for: ({ request, client }) =>
    [request.headers['x-forwarded-for'], client.address].filter(Boolean).join(', '),
  proxy_host: ({ proxy }) => proxy?.host ?? '',
  proxy_port: ({ proxy }) => proxy?.port ?? '',
  query_string: ({ query }) => query,
  remote_addr: ({ client }) => client.address,
  remote_port: ({ client }) => String(client.port),
  remote_user: ({ user }) => user,
  request: ({ line }) => line,
  request_body: ({ request }) => Buffer.from(request.body ?? []).toString('utf8'),
  request_completion: () => 'OK',
  request_filename: ({ root, uri }) => `${root}${uri}`,
  request_id: ({ id }) => id,
  request_length: ({ request, line }) => String(line.length + 4 + Object.entries(request.headers).join('').length),
  request_method: ({ request }) => request.method,
  request_time: ({ context, started }) => ((context.sys.now() - started) / SECOND).toFixed(3),
  request_uri: ({ request }) => request.target,
  scheme: ({ listen }) => (listen.ssl ? 'https' : 'http'),
  server_addr: ({ context }) => context.sys.network().addresses()[0] ?? '127.0.0.1',
  server_name: ({ site }) => site.names[0] ?? '',
  server_port: ({ listen }) => String(listen.port),
  server_protocol: () => 'HTTP/1.1',
  ssl_server_name: ({ serverName }) => serverName,
  ssl_protocol: ({ listen }) => (listen.ssl ? 'TLSv1.3' : ''),
  status: ({ status }) => String(status),
  time_iso8601: ({ context }) => formatTime(context.sys.now()).replace(/(?:\.\d+)?Z$/, '+00:00'),
  time_local: ({ context }) => logDate(context.sys.now()),
  upstream_addr: ({ upstream }) => upstream.address,
  upstream_connect_time: ({ upstream }) => (upstream.address === '' ? '' : '0.000'),
  upstream_response_time: ({ upstream }) => (upstream.address === '' ? '' : '0.000'),
  upstream_response_length: ({ upstream }) => upstream.length,
  upstream_status: ({ upstream }) => upstream.status,
  uri: ({ uri }) => uri,
};

const FAMILIES: readonly (readonly [prefix: string, (exchange: Exchange, rest: string) => string])[] = [
  ['arg_', ({ query }, rest) => new URLSearchParams(query).get(rest) ?? ''],
  ['cookie_', ({ request }, rest) => cookieOf(request.headers['cookie'] ?? '', rest)],
  ['http_', ({ request }, rest) => request.headers[rest.replaceAll('_', '-')] ?? ''],
  ['sent_http_', () => ''],
  ['ssl_', () => ''],
  ['upstream_http_', () => ''],
];

function cookieOf(header: string, name: string): string {
  const pairs = header.split(/;\s*/).map((pair) => pair.split('='));
  return pairs.find(([key]) => key === name)?.[1] ?? '';
}

/** Whether nginx has a variable of this name by itself. */
export function isBuiltIn(name: string): boolean {
  return name in VARIABLES || /^\d$/.test(name) || FAMILIES.some(([prefix]) => name.startsWith(prefix));
}

/** The names of variables in a text. */
export function variablesIn(text: string): string[] {
  return [...text.matchAll(/\$(?:\{(\w+)\}|(\w+))/g)].map(([, braced, plain]) => braced ?? plain ?? '');
}

/** A text with its variables replaced. */
export function expand(exchange: Exchange, text: string): string {
  if (!text.includes('$')) return text;
  return text.replace(
    /\$(?:\{(\w+)\}|([a-zA-Z_]\w*|\d))/g,
    (_, braced: string | undefined, plain: string | undefined) => variableOf(exchange, braced ?? plain ?? ''),
  );
}

/** The value of one variable; empty when nobody has set it. */
export function variableOf(exchange: Exchange, name: string): string {
  const set = exchange.variables.get(name);
  if (set !== undefined) return set;
  if (/^\d$/.test(name)) return exchange.captures.list[Number(name)] ?? '';
  const own = VARIABLES[name];
  if (own) return own(exchange);
  const map = exchange.context.maps.get(name);
  if (map) return mapped(exchange, map);
  const named = exchange.captures.groups[name];
  if (named !== undefined) return named;
  const family = FAMILIES.find(([prefix]) => name.startsWith(prefix));
  return family ? family[1](exchange, name.slice(family[0].length)) : '';
}

/** Some of the values, each as often as its part of a hundred says (split_clients); the same for the same text. */
function split(exchange: Exchange, { source, rows }: ValueMap): string {
  const hash = createHash('md5').update(expand(exchange, source)).digest().readUInt32LE(0);
  let end = 0;
  for (const [share = '', value = ''] of rows) {
    if (share === '*') return expand(exchange, value);
    end += (Number(share.replace('%', '')) / 100) * 2 ** 32;
    if (hash < end) return expand(exchange, value);
  }
  return '';
}

function placed(exchange: Exchange, { source, rows }: ValueMap): string {
  const value = expand(exchange, source);
  const row = rows.find(([range = '']) => range !== 'default' && covers(range, value));
  return (row ?? rows.find(([key]) => key === 'default'))?.[1] ?? '';
}

function mapped(exchange: Exchange, map: ValueMap): string {
  if (map.kind === 'split_clients') return split(exchange, map);
  if (map.kind === 'geo') return placed(exchange, map);
  const { source, rows } = map;
  const value = expand(exchange, source);
  const plain = rows.find(([key]) => key === value || key?.toLowerCase() === value.toLowerCase());
  const pattern = rows.find(
    ([key = '']) => key.startsWith('~') && pcre(key.replace(/^~\*?/, ''), key.startsWith('~*')).test(value),
  );
  const row = plain ?? pattern ?? rows.find(([key]) => key === 'default');
  return expand(exchange, row?.[1] ?? '');
}
