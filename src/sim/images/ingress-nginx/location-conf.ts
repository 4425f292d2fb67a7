import type { Annotations } from './annotations.js';
import { needsRewrite } from './locations.js';
import { DEFAULT_BACKEND, type Location } from './model.js';
import type { ControllerSettings } from './settings.js';

const LUA = '/etc/nginx/lua/nginx';
/** Where basic authentication's files lie. */
const AUTH_FOLDER = '/etc/ingress-controller/auth';

/** A dollar sign that begins no variable. */
const DOLLAR = '${literal_dollar}';

/** Where the certificate authority's challenges are answered: never redirected, never asked for a password. */
const NO_REDIRECT = '/.well-known/acme-challenge';

/** One `location` of nginx.conf with all that its ingress says; `patterns`: as are all of its server's. */
export function locationBlock(location: Location, patterns: boolean, settings: ControllerSettings): string[] {
  const { annotations } = location;
  const denied = annotations?.denied !== undefined;
  const lines = [
    ...ownLines(location, settings),
    ...(denied ? [] : annotations ? askedLines(annotations, location) : []),
    ...(denied
      ? [`# Location denied. Reason: ${JSON.stringify(annotations?.denied)}`, 'return 503;']
      : proxyLines(location, settings)),
  ];
  return [`location ${locationPath(location, patterns)} {`, ...lines.map((line) => `\t${line}`), '}'];
}

function locationPath({ path, pathType }: Location, patterns: boolean): string {
  const text = path.replace(/"/g, '\\"');
  if (patterns) return `~* "^${text}"`;
  return pathType === 'Exact' ? `= "${text}"` : `"${text}"`;
}

/** What a request is called in the log, and by what the scripts go. */
function ownLines(location: Location, settings: ControllerSettings): string[] {
  const { ingress, annotations, path } = location;
  const noRedirect = path.startsWith(NO_REDIRECT);
  const backend = serviceOf(location);
  return [
    `set $namespace      "${ingress?.metadata.namespace ?? ''}";`,
    `set $ingress_name   "${ingress?.metadata.name ?? ''}";`,
    `set $service_name   "${backend.name}";`,
    `set $service_port   "${backend.port}";`,
    `set $location_path  "${location.ingressPath.replaceAll('$', () => DOLLAR)}";`,
    `set $force_ssl_redirect "${annotations?.forceSslRedirect === true}";`,
    `set $ssl_redirect "${annotations?.sslRedirect ?? settings.sslRedirect}";`,
    `set $force_no_ssl_redirect "${noRedirect}";`,
    `set $preserve_trailing_slash "${annotations?.preserveTrailingSlash === true}";`,
    'set $use_port_in_redirects "false";',
    `rewrite_by_lua_file ${LUA}/ngx_rewrite.lua;`,
    `header_filter_by_lua_file ${LUA}/ngx_conf_srv_hdr_filter.lua;`,
    `log_by_lua_file ${LUA}/ngx_conf_log_block.lua;`,
    ...(location.accessLog ? [] : ['access_log off;']),
    'port_in_redirect off;',
    `set $proxy_upstream_name "${location.backend}";`,
    'set $proxy_host          $proxy_upstream_name;',
    'set $pass_access_scheme  $scheme;',
    'set $pass_server_port    $server_port;',
    'set $best_http_host      $http_host;',
    'set $pass_port           $pass_server_port;',
    'set $proxy_alternative_upstream_name "";',
  ];
}

function serviceOf({ ingress, ingressPath, service }: Location): { name: string; port: string } {
  const name = service?.metadata.name ?? '';
  if (name === '') return { name, port: '' };
  const paths = (ingress?.spec.rules ?? []).flatMap(({ http }) => http?.paths ?? []);
  const own = paths.find(({ path, backend }) => (path || '/') === ingressPath && backend.service?.name === name);
  const port = own?.backend.service?.port;
  return { name, port: port?.name || String(port?.number ?? '') };
}

/** Who may come, and with what. */
function askedLines({ deny, allow, cors, auth }: Annotations, { ingress }: Location): string[] {
  return [
    ...deny.map((range) => `deny ${range};`),
    ...allow.map((range) => `allow ${range};`),
    ...(allow.length > 0 ? ['deny all;'] : []),
    ...(cors ? corsLines(cors) : []),
    ...(auth
      ? [
          `auth_basic "${auth.realm}";`,
          `auth_basic_user_file ${authFile(ingress?.metadata.namespace ?? '', ingress?.metadata.name ?? '', ingress?.metadata.uid ?? '', auth.secret)};`,
          'proxy_set_header Authorization "";',
        ]
      : []),
  ];
}

/** The file with the passwords of an ingress. */
export function authFile(namespace: string, name: string, uid: string, secret: string): string {
  return `${AUTH_FOLDER}/${namespace}-${name}-${uid}-${secret.split('/')[1] ?? ''}.passwd`;
}

function corsLines({ origins, methods, headers, credentials, maxAge }: NonNullable<Annotations['cors']>): string[] {
  const any = origins === '*';
  const list = origins.split(',').map((origin) => origin.trim());
  const pattern = list.map((one) => one.replaceAll('.', '\\.').replaceAll('*', '[A-Za-z0-9\\-]+')).join('|');
  const allowed = any ? '*' : '$http_origin';
  const own = [
    `more_set_headers 'Access-Control-Allow-Origin: ${allowed}';`,
    ...(credentials ? [`more_set_headers 'Access-Control-Allow-Credentials: true';`] : []),
    `more_set_headers 'Access-Control-Allow-Methods: ${methods}';`,
    `more_set_headers 'Access-Control-Allow-Headers: ${headers}';`,
    `more_set_headers 'Access-Control-Max-Age: ${maxAge}';`,
  ];
  return [
    'set $cors "";',
    ...(any ? ["set $cors 'true';"] : [`if ($http_origin ~* (${pattern})$ ) { set $cors 'true'; }`]),
    "if ($request_method = 'OPTIONS') {",
    '\tset $cors "$cors-options";',
    '}',
    'if ($cors = "true-options") {',
    ...own.map((line) => `\t${line}`),
    "\tmore_set_headers 'Content-Type: text/plain charset=UTF-8';",
    "\tmore_set_headers 'Content-Length: 0';",
    '\treturn 204;',
    '}',
    ...(any ? own : []),
  ];
}

function proxyLines(location: Location, settings: ControllerSettings): string[] {
  const { annotations } = location;
  const bodySize = annotations?.bodySize ?? settings.proxyBodySize;
  const host = annotations?.upstreamVhost ? `"${annotations.upstreamVhost}"` : '$best_http_host';
  const headers: readonly (readonly [string, string])[] = [
    ['Host', host],
    ['Upgrade', '$http_upgrade'],
    ['Connection', '$connection_upgrade'],
    ['X-Request-ID', '$req_id'],
    ['X-Real-IP', '$remote_addr'],
    ['X-Forwarded-For', '$remote_addr'],
    ['X-Forwarded-Host', '$best_http_host'],
    ['X-Forwarded-Port', '$pass_port'],
    ['X-Forwarded-Proto', '$pass_access_scheme'],
    ['X-Forwarded-Scheme', '$pass_access_scheme'],
    ['X-Scheme', '$pass_access_scheme'],
    ['X-Original-Forwarded-For', '$http_x_forwarded_for'],
    ['X-Original-Forwarded-Host', '$http_x_forwarded_host'],
    ['Proxy', '""'],
  ];
  return [
    `client_max_body_size                    ${bodySize};`,
    ...headers.map(([name, value]) => `proxy_set_header ${name.padEnd(25)} ${value};`),
    `proxy_connect_timeout                   ${annotations?.connectTimeout ?? settings.proxyConnectTimeout}s;`,
    `proxy_send_timeout                      ${annotations?.sendTimeout ?? settings.proxySendTimeout}s;`,
    `proxy_read_timeout                      ${annotations?.readTimeout ?? settings.proxyReadTimeout}s;`,
    `proxy_buffering                         ${annotations?.buffering ?? 'off'};`,
    'proxy_buffer_size                       4k;',
    'proxy_buffers                           4 4k;',
    'proxy_max_temp_file_size                1024m;',
    'proxy_request_buffering                 on;',
    'proxy_http_version                      1.1;',
    'proxy_cookie_domain                     off;',
    'proxy_cookie_path                       off;',
    `proxy_next_upstream                     ${annotations?.nextUpstream ?? settings.proxyNextUpstream};`,
    'proxy_next_upstream_timeout             0;',
    `proxy_next_upstream_tries               ${annotations?.nextUpstreamTries ?? settings.proxyNextUpstreamTries};`,
    ...(annotations?.configurationSnippet ? annotations.configurationSnippet.split('\n') : []),
    ...(settings.locationSnippet === '' ? [] : settings.locationSnippet.split('\n')),
    ...(annotations?.redirect ? [`return ${annotations.redirect.code} ${annotations.redirect.url};`] : []),
    ...passLines(location),
    'proxy_redirect                          off;',
  ];
}

function passLines(location: Location): string[] {
  const { annotations, backend } = location;
  const protocol = backend === DEFAULT_BACKEND ? 'HTTP' : (annotations?.backendProtocol ?? 'HTTP');
  const scheme = protocol === 'HTTPS' || protocol === 'GRPCS' ? 'https' : protocol === 'AUTO_HTTP' ? '$scheme' : 'http';
  const pass = `proxy_pass ${scheme}://upstream_balancer;`;
  if (!needsRewrite(location)) return [pass];
  const prefix = annotations?.forwardedPrefix ?? '';
  return [
    `rewrite "(?i)${location.path.replace(/"/g, '\\"')}" ${annotations?.rewriteTarget ?? ''} break;`,
    ...(prefix === '' ? [] : [`proxy_set_header X-Forwarded-Prefix "${prefix}";`]),
    pass,
  ];
}
