import type { Graph, ListenerState, RouteState } from './graph.js';
import { specificity } from './hostnames.js';
import { locationsOf, type NamedMatches } from './location-conf.js';
import { pathRules } from './match-rules.js';
import type { Gateway } from './types.js';

/** Files that a gateway's nginx is given, by path. */
export type ConfigFiles = Readonly<Record<string, string>>;

const SECRETS = '/etc/nginx/secrets';

/** One server of nginx: a port and a name, with the routes that have it. */
interface HostServer {
  readonly port: number;
  readonly hostname: string;
  readonly listener: ListenerState;
  readonly routes: RouteState[];
}

/** What the nginx of a gateway is configured with, worked out of the same state that statuses are (nginx/config of NGF v2.3). */
export function configFiles(
  graph: Graph,
  gateway: Gateway,
  pem: (namespace: string, name: string) => string,
): ConfigFiles {
  const state = graph.gateways.find((one) => one.gateway === gateway);
  const listeners = (state?.listeners ?? []).filter(({ valid }) => valid);
  const servers = serversOf(graph, listeners);
  const matches: NamedMatches = {};
  const extra = { splits: [] as string[], maps: new Map<string, string>() };
  const blocks = servers.map((server, at) => serverBlock(server, at, matches, extra));
  const upstreams = [...graph.upstreams.values()].map(({ name, endpoints }) => upstreamBlock(name, endpoints));
  const ports = new Map(listeners.map(({ listener }) => [listener.port, listener.protocol === 'HTTPS']));
  const text = [
    BASE,
    ...extra.maps.values(),
    ...upstreams,
    upstreamBlock('invalid-backend-ref', ['unix:/var/run/nginx/nginx-500-server.sock']),
    ...extra.splits,
    'js_preload_object matches from /etc/nginx/conf.d/matches.json;',
    ...[...ports].map(([port, ssl]) => defaultServer(port, ssl)),
    ...blocks,
    SOCKETS,
  ].join('\n\n');
  const secrets = listeners.flatMap(({ secret }) =>
    secret ? [[`${SECRETS}/${secretFile(secret)}`, pem(secret.namespace, secret.name)] as const] : [],
  );
  return {
    '/etc/nginx/conf.d/http.conf': `${text}\n`,
    '/etc/nginx/conf.d/matches.json': `${JSON.stringify(matches)}\n`,
    ...Object.fromEntries(secrets),
  };
}

const secretFile = ({ namespace, name }: { namespace: string; name: string }) => `ssl_keypair_${namespace}_${name}.pem`;

function serversOf({ routes }: Graph, listeners: readonly ListenerState[]): HostServer[] {
  const servers = new Map<string, HostServer>();
  const add = (listener: ListenerState, hostname: string, route?: RouteState) => {
    const { port } = listener.listener;
    const key = `${port} ${hostname}`;
    const server = servers.get(key) ?? { port, hostname, listener, routes: [] };
    servers.set(key, server);
    if (route && !server.routes.includes(route)) server.routes.push(route);
  };
  for (const listener of listeners)
    if (listener.listener.protocol === 'HTTPS') add(listener, listener.listener.hostname ?? '');
  for (const route of routes)
    for (const { attached } of route.parents)
      for (const { state, hostnames } of attached) {
        if (!listeners.includes(state)) continue;
        for (const name of hostnames) if (isMostSpecific(listeners, state, name)) add(state, name, route);
      }
  return [...servers.values()].sort(
    (one, other) =>
      one.port - other.port ||
      specificity(other.hostname) - specificity(one.hostname) ||
      (one.hostname < other.hostname ? -1 : 1),
  );
}

/** Of listeners of one port the one whose own name is nearest has a host; the others do not serve it. */
function isMostSpecific(listeners: readonly ListenerState[], state: ListenerState, name: string): boolean {
  const own = state.listener.hostname ?? '';
  return !listeners.some(({ listener }) => {
    const hostname = listener.hostname ?? '';
    if (listener.port !== state.listener.port || specificity(hostname) <= specificity(own)) return false;
    return hostname === name || (hostname.startsWith('*.') && name.endsWith(hostname.slice(1)));
  });
}

function serverBlock(
  { port, hostname, listener, routes }: HostServer,
  at: number,
  matches: NamedMatches,
  extra: { splits: string[]; maps: Map<string, string> },
): string {
  const { secret } = listener;
  const ssl = listener.listener.protocol === 'HTTPS';
  const locations = locationsOf(pathRules(routes), { server: at, port, matches, ...extra });
  const lines = [
    `listen ${port}${ssl ? ' ssl' : ''};`,
    `listen [::]:${port}${ssl ? ' ssl' : ''};`,
    ...(ssl && secret
      ? [
          `ssl_certificate ${SECRETS}/${secretFile(secret)};`,
          `ssl_certificate_key ${SECRETS}/${secretFile(secret)};`,
          'if ($ssl_server_name != $host) {',
          '    return 421;',
          '}',
        ]
      : []),
    `server_name ${hostname === '' ? '~^' : hostname};`,
    ...locations,
  ];
  return `server {\n${lines.map((line) => `    ${line}`).join('\n')}\n}`;
}

/** Who comes by a name that no server has. */
function defaultServer(port: number, ssl: boolean): string {
  if (ssl)
    return `server {\n    listen ${port} ssl default_server;\n    listen [::]:${port} ssl default_server;\n    ssl_reject_handshake on;\n}`;
  return `server {\n    listen ${port} default_server;\n    listen [::]:${port} default_server;\n    default_type text/html;\n    return 404;\n}`;
}

function upstreamBlock(name: string, endpoints: readonly string[]): string {
  const servers = endpoints.length > 0 ? endpoints : ['unix:/var/run/nginx/nginx-503-server.sock'];
  return `upstream ${name} {\n    random two least_conn;\n    zone ${name} 512k;\n${servers.map((server) => `    server ${server};\n`).join('')}}`;
}

const BASE = `http2 on;

# The host that was asked for, as it was written.
map $http_host $gw_api_compliant_host {
    '' $host;
    default $http_host;
}

map $http_upgrade $connection_upgrade {
    default upgrade;
    '' close;
}

# The path that was asked for, without its question.
map $request_uri $request_uri_path {
    "~^(?P<path>[^?]*)(\\?.*)?$" $path;
}

server {
    listen 8081;
    listen [::]:8081;
    location = /readyz {
        access_log off;
        return 200;
    }
}`;

const SOCKETS = `server {
    listen unix:/var/run/nginx/nginx-503-server.sock;
    access_log off;
    return 503;
}

server {
    listen unix:/var/run/nginx/nginx-500-server.sock;
    access_log off;
    return 500;
}`;
