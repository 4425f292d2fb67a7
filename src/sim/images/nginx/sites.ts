import type { Directive } from './config.js';
import { NginxConfigError } from './config.js';

/** How requests for a path are answered. */
export interface Location {
  readonly match: 'prefix' | 'exact' | 'regular';
  readonly path: string;
  readonly pattern: RegExp | undefined;
  readonly root: string;
  readonly alias: string | undefined;
  readonly index: readonly string[];
  readonly tryFiles: readonly string[] | undefined;
  readonly autoindex: boolean;
  readonly returns: { readonly status: number; readonly text: string } | undefined;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** One `server` block. */
export interface Site {
  readonly ports: readonly number[];
  readonly names: readonly string[];
  readonly isDefault: boolean;
  readonly base: Location;
  readonly locations: readonly Location[];
  readonly errorPages: ReadonlyMap<number, string>;
}

/** Directives that this server takes; some of them change nothing here. */
const KNOWN = new Set(
  (
    'user worker_processes error_log pid events worker_connections http include default_type log_format access_log sendfile ' +
    'tcp_nopush tcp_nodelay keepalive_timeout gzip gzip_types server listen server_name location root alias index return ' +
    'try_files error_page types autoindex add_header charset client_max_body_size server_tokens internal daemon load_module ' +
    'upstream proxy_pass proxy_set_header rewrite set if map expires stub_status allow deny ssl_certificate ' +
    'ssl_certificate_key ssl_protocols ssl_ciphers http2 resolver limit_except worker_rlimit_nofile multi_accept use ' +
    'client_body_temp_path proxy_temp_path fastcgi_temp_path uwsgi_temp_path scgi_temp_path proxy_http_version proxy_read_timeout'
  ).split(' '),
);
const LEAVES_ONLY_IN_TYPES = new Set(['types', 'map', 'upstream']);

/** Checks directives and gathers the sites. Throws `NginxConfigError`. */
export function readSites(directives: readonly Directive[]): Site[] {
  check(directives);
  const http = directives.filter(({ name }) => name === 'http').flatMap(({ block }) => block ?? []);
  return http.filter(({ name }) => name === 'server').map((server) => readSite(server, http));
}

function check(directives: readonly Directive[]): void {
  for (const { name, words, block, file, line } of directives) {
    if (!KNOWN.has(name)) throw new NginxConfigError(`unknown directive "${name}" in ${file}:${line}`);
    if (name === 'root' && words.length !== 1)
      throw new NginxConfigError(`invalid number of arguments in "root" directive in ${file}:${line}`);
    if (name === 'server' && block === undefined)
      throw new NginxConfigError(`directive "server" has no opening "{" in ${file}:${line}`);
    if (block && !LEAVES_ONLY_IN_TYPES.has(name)) check(block);
  }
}

function readSite(server: Directive, http: readonly Directive[]): Site {
  const own = server.block ?? [];
  const listens = own.filter(({ name }) => name === 'listen');
  const ports = listens.map((listen) => portOf(listen));
  const base = readLocation(own, 'prefix', '/', undefined, [own, http]);
  return {
    ports: ports.length > 0 ? [...new Set(ports)] : [80],
    names: own.filter(({ name }) => name === 'server_name').flatMap(({ words }) => words),
    isDefault: listens.some(({ words }) => words.includes('default_server')),
    base,
    locations: own.filter(({ name }) => name === 'location').map((location) => locationOf(location, [own, http])),
    errorPages: errorPages(own),
  };
}

function portOf({ words, file, line }: Directive): number {
  const [address = ''] = words;
  const port = /(?:^|[:\]])(\d+)$/.exec(address)?.[1] ?? (/^\d+$/.test(address) ? address : '80');
  const number = Number(port);
  if (number < 1 || number > 65_535)
    throw new NginxConfigError(`invalid port in "${address}" of the "listen" directive in ${file}:${line}`);
  return number;
}

function locationOf({ words, block = [] }: Directive, outer: readonly (readonly Directive[])[]): Location {
  const [first = '/', second] = words;
  if (second === undefined) return readLocation(block, 'prefix', first, undefined, [block, ...outer]);
  if (first === '=') return readLocation(block, 'exact', second, undefined, [block, ...outer]);
  if (first === '~' || first === '~*') {
    const pattern = new RegExp(second, first === '~*' ? 'i' : '');
    return readLocation(block, 'regular', second, pattern, [block, ...outer]);
  }
  return readLocation(block, 'prefix', second, undefined, [block, ...outer]);
}

function readLocation(
  own: readonly Directive[],
  match: Location['match'],
  path: string,
  pattern: RegExp | undefined,
  scopes: readonly (readonly Directive[])[],
): Location {
  const find = (name: string) => {
    for (const scope of scopes) {
      const found = scope.find((directive) => directive.name === name);
      if (found) return found.words;
    }
    return undefined;
  };
  const returned = own.find(({ name }) => name === 'return')?.words;
  return {
    match,
    path,
    pattern,
    root: find('root')?.[0] ?? '/etc/nginx/html',
    alias: own.find(({ name }) => name === 'alias')?.words[0],
    index: find('index') ?? ['index.html'],
    tryFiles: find('try_files'),
    autoindex: find('autoindex')?.[0] === 'on',
    returns: returned
      ? { status: Number(returned[0]) || 302, text: returned[1] ?? (Number(returned[0]) ? '' : (returned[0] ?? '')) }
      : undefined,
    headers: own
      .filter(({ name }) => name === 'add_header')
      .map(({ words }) => [words[0] ?? '', words[1] ?? ''] as const),
  };
}

function errorPages(own: readonly Directive[]): ReadonlyMap<number, string> {
  const pages = new Map<number, string>();
  for (const { words } of own.filter(({ name }) => name === 'error_page'))
    for (const code of words.slice(0, -1)) pages.set(Number(code), words.at(-1) ?? '');
  return pages;
}

/** The site for a port and a host name: one with that name, else the default, else the first. */
export function chooseSite(sites: readonly Site[], port: number, host: string): Site | undefined {
  const listening = sites.filter(({ ports }) => ports.includes(port));
  return (
    listening.find(({ names }) => names.includes(host)) ?? listening.find(({ isDefault }) => isDefault) ?? listening[0]
  );
}

/** The location for a path: exact, else the first regular expression that fits, else the longest prefix. */
export function chooseLocation({ locations, base }: Site, path: string): Location {
  const exact = locations.find((location) => location.match === 'exact' && location.path === path);
  if (exact) return exact;
  const regular = locations.find(({ pattern }) => pattern?.test(path));
  if (regular) return regular;
  const prefixes = locations.filter((location) => location.match === 'prefix' && path.startsWith(location.path));
  return prefixes.sort((one, other) => other.path.length - one.path.length)[0] ?? base;
}
