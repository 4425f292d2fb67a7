import { locationBlock } from './location-conf.js';
import { needsPatterns } from './locations.js';
import { DEFAULT_SERVER, type Routing, type Server } from './model.js';
import type { ControllerSettings } from './settings.js';

const LUA = '/etc/nginx/lua/nginx';

/** Where the controller keeps the certificate it shows when there is no other. */
export const FAKE_CERTIFICATE = '/etc/ingress-controller/ssl/default-fake-certificate.pem';

/** What nginx.conf is made of beside the routing. */
export interface ConfParts {
  readonly settings: ControllerSettings;
  readonly workers: string;
  readonly checksum: string;
}

/** The text of /etc/nginx/nginx.conf: the very state that routes, as nginx reads it. */
export function nginxConf({ servers }: Routing, parts: ConfParts): string {
  const lines = [
    `# Configuration checksum: ${parts.checksum}`,
    '',
    '# Written by the controller; changes made here are lost with the next one.',
    ...mainLines(parts),
    'http {',
    ...indent(httpLines(parts)),
    ...servers.flatMap((server) => ['', ...indent(serverLines(server, parts))]),
    '',
    ...indent(INTERNAL_SERVERS),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

const indent = (lines: readonly string[]) => lines.map((line) => (line === '' ? '' : `\t${line}`));

function mainLines({ settings, workers }: ConfParts): string[] {
  return [
    'pid /tmp/nginx/nginx.pid;',
    '',
    'daemon off;',
    '',
    `worker_processes ${workers};`,
    'worker_rlimit_nofile 1047552;',
    'worker_shutdown_timeout 240s ;',
    ...(settings.mainSnippet === '' ? [] : [settings.mainSnippet]),
    '',
    'events {',
    '\tmulti_accept        on;',
    '\tworker_connections  16384;',
    '\tuse                 epoll;',
    '}',
    '',
  ];
}

/** Where http keeps what it is at, and how much of it. */
const LIMITS_OF_HTTP: readonly string[] = [
  'client_body_temp_path /tmp/nginx/client-body;',
  'fastcgi_temp_path /tmp/nginx/fastcgi-temp;',
  'proxy_temp_path /tmp/nginx/proxy-temp;',
  'uwsgi_temp_path /tmp/nginx/uwsgi-temp;',
  'scgi_temp_path /tmp/nginx/scgi-temp;',
  'client_header_buffer_size       1k;',
  'client_header_timeout           60s;',
  'large_client_header_buffers     4 8k;',
  'client_body_buffer_size         8k;',
  'client_body_timeout             60s;',
  'http2_max_concurrent_streams    128;',
  'server_names_hash_max_size      1024;',
  'server_names_hash_bucket_size   32;',
  'map_hash_bucket_size            64;',
  'variables_hash_bucket_size      256;',
  'variables_hash_max_size         2048;',
  'ignore_invalid_headers          on;',
  'limit_req_status                503;',
  'limit_conn_status               503;',
];

/** Variables that locations hand on to their backends. */
const MAPS: readonly string[] = [
  'map $http_upgrade $connection_upgrade {',
  '\tdefault          upgrade;',
  "\t''               '';",
  '}',
  '# A request without an identity gets one.',
  'map $http_x_request_id $req_id {',
  '\tdefault   $http_x_request_id;',
  '\t""        $request_id;',
  '}',
  'geo $literal_dollar {',
  '\tdefault "$";',
  '}',
];

/** The one upstream of all locations; the Lua behind it chooses. */
const BALANCED_UPSTREAM: readonly string[] = [
  '# Which peer is asked is told to the workers while they run.',
  'upstream upstream_balancer {',
  '\tserver 0.0.0.1;',
  `\tbalancer_by_lua_file ${LUA}/ngx_conf_balancer.lua;`,
  '\tkeepalive 320;',
  '\tkeepalive_time 1h;',
  '\tkeepalive_timeout  60s;',
  '\tkeepalive_requests 10000;',
  '}',
];

function httpLines({ settings }: ConfParts): string[] {
  return [
    'lua_package_path "/etc/nginx/lua/?.lua;;";',
    'lua_shared_dict balancer_ewma 10M;',
    'lua_shared_dict certificate_data 20M;',
    'lua_shared_dict certificate_servers 5M;',
    'lua_shared_dict configuration_data 20M;',
    'lua_shared_dict luaconfig 5m;',
    `init_by_lua_file /etc/nginx/lua/ngx_conf_init.lua;`,
    `init_worker_by_lua_file /etc/nginx/lua/ngx_conf_init_worker.lua;`,
    '',
    'aio                 threads;',
    'tcp_nopush          on;',
    'tcp_nodelay         on;',
    'log_subrequest      on;',
    'reset_timedout_connection on;',
    `keepalive_timeout  ${settings.keepAlive}s;`,
    `keepalive_requests ${settings.keepAliveRequests};`,
    ...LIMITS_OF_HTTP,
    'include /etc/nginx/mime.types;',
    'default_type text/html;',
    `server_tokens ${settings.serverTokens ? 'on' : 'off'};`,
    ...(settings.serverTokens ? [] : ['more_clear_headers Server;']),
    'uninitialized_variable_warn off;',
    '',
    `log_format upstreaminfo '${settings.logFormat}';`,
    'map $request_uri $loggable {',
    '\tdefault 1;',
    '}',
    'access_log /var/log/nginx/access.log upstreaminfo  if=$loggable;',
    'error_log  /var/log/nginx/error.log notice;',
    ...MAPS,
    'server_name_in_redirect off;',
    'port_in_redirect        off;',
    `ssl_protocols ${settings.sslProtocols};`,
    'ssl_early_data off;',
    'ssl_session_cache shared:SSL:10m;',
    'ssl_session_timeout 10m;',
    'ssl_session_tickets off;',
    'ssl_buffer_size 4k;',
    'ssl_prefer_server_ciphers on;',
    'ssl_ecdh_curve auto;',
    '# Shown where no host has a certificate of its own.',
    `ssl_certificate     ${FAKE_CERTIFICATE};`,
    `ssl_certificate_key ${FAKE_CERTIFICATE};`,
    'proxy_ssl_session_reuse on;',
    ...(settings.httpSnippet === '' ? [] : [settings.httpSnippet]),
    '',
    ...BALANCED_UPSTREAM,
  ];
}

function serverLines(server: Server, { settings }: ConfParts): string[] {
  const { hostname, aliases, locations } = server;
  const all = hostname === DEFAULT_SERVER ? 'default_server reuseport backlog=4096' : '';
  const names = [serverName(hostname), ...aliases].map((name) => `"${name}"`);
  const patterns = needsPatterns(locations);
  const roots = locations.flatMap(({ annotations }) => annotations?.appRoot || []);
  return [
    `## start server ${hostname}`,
    'server {',
    ...indent([
      `server_name ${names.join(' ')} ;`,
      'http2 on;',
      `listen 80 ${all} ;`,
      `listen [::]:80 ${all} ;`,
      `listen 443 ${all} ssl;`,
      `listen [::]:443 ${all} ssl;`,
      'set $proxy_upstream_name "-";',
      ...(hostname === DEFAULT_SERVER ? [`ssl_reject_handshake ${settings.rejectHandshake ? 'on' : 'off'};`] : []),
      `ssl_certificate_by_lua_file ${LUA}/ngx_conf_certificate.lua;`,
      ...(server.snippet === '' ? [] : server.snippet.split('\n')),
      ...roots.flatMap((root) => ['if ($uri = /) {', `\treturn 302 $scheme://$http_host${root};`, '}']),
      ...locations.flatMap((location) => locationBlock(location, patterns, settings)),
      ...(settings.serverSnippet === '' ? [] : settings.serverSnippet.split('\n')),
    ]),
    '}',
    `## end server ${hostname}`,
  ];
}

/** A wildcard is for one label only, which nginx' own wildcards are not. */
function serverName(hostname: string): string {
  if (!hostname.startsWith('*')) return hostname;
  return `~^(?<subdomain>[\\w-]+)\\.${hostname.replace('*.', '').split('.').join('\\.')}$`;
}

/** The page for what nobody routes, and the door by which the controller speaks to nginx. */
const INTERNAL_SERVERS: readonly string[] = [
  '# default backend',
  'server {',
  '\tlisten 8181 default_server reuseport backlog=4096;',
  '\tlisten [::]:8181 default_server reuseport backlog=4096;',
  '\tset $proxy_upstream_name "internal";',
  '\taccess_log off;',
  '\tlocation / {',
  '\t\treturn 404;',
  '\t}',
  '}',
  '',
  'server {',
  '\tlisten 127.0.0.1:10246;',
  '\tset $proxy_upstream_name "internal";',
  '\tkeepalive_timeout 0;',
  '\tgzip off;',
  '\taccess_log off;',
  '\tlocation /healthz {',
  '\t\treturn 200;',
  '\t}',
  '\tlocation /is-dynamic-lb-initialized {',
  `\t\tcontent_by_lua_file ${LUA}/ngx_conf_is_dynamic_lb_initialized.lua;`,
  '\t}',
  '\tlocation /nginx_status {',
  '\t\tstub_status on;',
  '\t}',
  '\tlocation /configuration {',
  '\t\tclient_max_body_size                    21M;',
  '\t\tclient_body_buffer_size                 21M;',
  '\t\tproxy_buffering                         off;',
  `\t\tcontent_by_lua_file ${LUA}/ngx_conf_configuration.lua;`,
  '\t}',
  '\tlocation / {',
  '\t\treturn 404;',
  '\t}',
  '}',
];
