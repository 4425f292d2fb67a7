import { formatTime } from '../../api/time.js';
import type { Ingress, IngressPath } from '../../api/types/networking.js';
import { readCertificates } from '../../client/tls/certificates.js';
import { verifyHostName } from '../../client/tls/verify.js';
import { HOUR, type Micros } from '../../kernel/time.js';
import type { Annotations } from './annotations.js';
import { mergeCanaries } from './canary.js';
import { finishLocations } from './locations.js';
import {
  DEFAULT_SERVER,
  type Location,
  type ParsedIngress,
  type Routing,
  type Server,
  type SslCertificate,
} from './model.js';
import { type ClusterView, createUpstreams, defaultUpstream, upstreamName } from './upstreams.js';

/** A cluster as routing sees it, certificates included. */
export interface RoutingView extends ClusterView {
  now(): Micros;
  /** The certificate of a Secret; a text says why there is none. */
  certificate(namespace: string, secret: string): SslCertificate | string;
}

/** What routing is given beside the ingresses. */
export interface RoutingOptions {
  /** `namespace/name` of the service for what no rule is about; empty: the controller's own page. */
  readonly defaultService: string;
  readonly defaultCertificate: SslCertificate;
  readonly snippet: string;
}

/** Makes servers and backends of ingresses, which come in the order that they were made (getBackendServers). */
export function routingOf(ingresses: readonly ParsedIngress[], view: RoutingView, options: RoutingOptions): Routing {
  const fallback = defaultUpstream(view, options.defaultService);
  const upstreams = createUpstreams(ingresses, view, fallback);
  const servers = createServers(ingresses, upstreams, options);
  for (const { ingress, annotations } of ingresses) {
    if (!annotations.canary) addCertificates(ingress, annotations, servers, view, options);
  }
  for (const one of ingresses) addLocations(one, servers, upstreams);
  mergeCanaries(ingresses, upstreams, servers, (text, where) => view.warn(text, where));
  addStickiness(ingresses, upstreams);
  const known = new Set(servers.keys());
  for (const server of servers.values()) {
    server.aliases = [...new Set(server.aliases)].filter((alias) => !known.has(alias)).sort();
    server.locations = finishLocations(server.locations);
  }
  const byName = <T>(items: Iterable<T>, name: (item: T) => string) =>
    [...items].sort((one, other) => (name(one) < name(other) ? -1 : name(one) > name(other) ? 1 : 0));
  return {
    backends: byName(upstreams.values(), ({ name }) => name),
    servers: byName(servers.values(), ({ hostname }) => hostname),
  };
}

function createServers(
  ingresses: readonly ParsedIngress[],
  upstreams: ReadonlyMap<string, { readonly name: string; readonly service: Location['service'] }>,
  { defaultCertificate }: RoutingOptions,
): Map<string, Server> {
  const root = rootLocation('upstream-default-backend', undefined, undefined);
  root.accessLog = false;
  const servers = new Map<string, Server>([
    [DEFAULT_SERVER, { ...emptyServer(DEFAULT_SERVER, root), certificate: defaultCertificate }],
  ]);
  for (const { ingress, annotations } of ingresses) {
    if (annotations.canary) continue;
    const { defaultBackend, rules = [] } = ingress.spec;
    let name = 'upstream-default-backend';
    if (defaultBackend?.service) {
      name = upstreamName(ingress.metadata.namespace as string, defaultBackend);
      if (root.isDefault && rules.length === 0) catchAll(root, ingress, annotations, upstreams.get(name));
    }
    for (const { host } of rules) {
      const hostname = host || DEFAULT_SERVER;
      if (!servers.has(hostname))
        servers.set(hostname, emptyServer(hostname, rootLocation(name, ingress, annotations)));
    }
  }
  return servers;
}

/** A backend without rules is for all that comes; redirects and rewrites do not apply there. */
function catchAll(
  root: Location,
  ingress: Ingress,
  annotations: Annotations,
  backend: { readonly name: string; readonly service: Location['service'] } | undefined,
): void {
  if (!backend) return;
  root.isDefault = false;
  root.backend = backend.name;
  root.service = backend.service;
  root.ingress = ingress;
  root.accessLog = annotations.accessLog;
  root.annotations = { ...annotations, rewriteTarget: '', redirect: undefined, appRoot: '', useRegex: false };
}

function emptyServer(hostname: string, root: Location): Server & { certificate: SslCertificate | undefined } {
  return { hostname, aliases: [], locations: [root], certificate: undefined, snippet: '' };
}

function rootLocation(backend: string, ingress: Ingress | undefined, annotations: Annotations | undefined): Location {
  return {
    path: '/',
    pathType: 'Prefix',
    ingressPath: '/',
    backend,
    isDefault: true,
    ingress,
    service: undefined,
    annotations,
    accessLog: annotations?.accessLog ?? false,
  };
}

function addLocations(
  { ingress, annotations }: ParsedIngress,
  servers: ReadonlyMap<string, Server>,
  upstreams: ReadonlyMap<
    string,
    { readonly name: string; readonly noServer: boolean; readonly service: Location['service'] }
  >,
): void {
  for (const { host, http } of ingress.spec.rules ?? []) {
    const server = servers.get(host || DEFAULT_SERVER) ?? (servers.get(DEFAULT_SERVER) as Server);
    for (const path of http?.paths ?? []) {
      const upstream = upstreams.get(upstreamName(ingress.metadata.namespace as string, path.backend));
      if (!path.backend.service || !upstream || upstream.noServer) continue;
      addLocation(server, path, { ingress, annotations }, upstream);
    }
  }
}

/** One path of one type counts once; only a location nobody asked for gives way. */
function addLocation(
  server: Server,
  { path, pathType }: IngressPath,
  { ingress, annotations }: ParsedIngress,
  { name, service }: { readonly name: string; readonly service: Location['service'] },
): void {
  const wanted = path || '/';
  const type = pathType === 'Exact' ? 'Exact' : pathType === 'ImplementationSpecific' ? pathType : 'Prefix';
  const there = server.locations.find((location) => location.path === wanted);
  const own = { backend: name, isDefault: false, ingress, service, annotations, accessLog: annotations.accessLog };
  if (there && nginxType(there.pathType) === nginxType(type)) {
    if (there.isDefault) Object.assign(there, own, { pathType: there.pathType });
    return;
  }
  server.locations.push({ path: wanted, pathType: nginxType(type), ingressPath: wanted, ...own });
}

/** nginx has no third type: what the implementation is to decide is a prefix. */
function nginxType(pathType: string): string {
  return pathType === 'ImplementationSpecific' ? 'Prefix' : pathType;
}

function addCertificates(
  ingress: Ingress,
  annotations: Annotations,
  servers: Map<string, Server>,
  view: RoutingView,
  { defaultCertificate }: RoutingOptions,
): void {
  for (const { host } of ingress.spec.rules ?? []) {
    const server = servers.get(host || DEFAULT_SERVER);
    if (!server) continue;
    if (annotations.serverAlias.length > 0) server.aliases.push(...annotations.serverAlias);
    if (server.snippet === '') server.snippet = annotations.serverSnippet;
    if (server.certificate || (ingress.spec.tls ?? []).length === 0) continue;
    server.certificate = certificateFor(server.hostname, ingress, view) ?? defaultCertificate;
  }
}

/** The certificate of a host, or undefined where the controller's own has to do. */
function certificateFor(host: string, ingress: Ingress, view: RoutingView): SslCertificate | undefined {
  const namespace = ingress.metadata.namespace as string;
  const secret = secretFor(host, ingress, view);
  if (secret === '') return undefined;
  const key = JSON.stringify(`${namespace}/${secret}`);
  const found = view.certificate(namespace, secret);
  if (typeof found === 'string') {
    view.warn(`Error getting SSL certificate ${key}: ${found}. Using default certificate`, 'controller.go:1468');
    return undefined;
  }
  const [leaf] = readCertificates(found.certificate);
  if (!leaf) return undefined;
  const misnamed = verifyHostName(leaf, host);
  if (misnamed !== undefined) {
    const words = `Unexpected error validating SSL certificate ${key} for server ${JSON.stringify(host)}: x509: ${misnamed}`;
    view.warn(words, 'controller.go:1482');
    view.warn(
      'Validating certificate against DNS names. This will be deprecated in a future version',
      'controller.go:1483',
    );
    if (!namesHost(leaf.commonName, host)) {
      const failed = `SSL certificate ${key} does not contain a Common Name or Subject Alternative Name for server ${JSON.stringify(host)}: x509: ${misnamed}`;
      view.warn(failed, 'controller.go:1488');
      view.warn('Using default certificate', 'controller.go:1489');
      return undefined;
    }
  }
  const server = JSON.stringify(host);
  const until = `${formatTime(leaf.notAfter).replace('T', ' ').replace('Z', '')} +0000 UTC`;
  if (leaf.notAfter < view.now())
    view.warn(`SSL certificate for server ${server} expired (${until})`, 'controller.go:1499');
  else if (leaf.notAfter < view.now() + 240 * HOUR)
    view.warn(`SSL certificate for server ${server} is about to expire (${until})`, 'controller.go:1501');
  return found;
}

function namesHost(commonName: string, host: string): boolean {
  if (commonName.startsWith('*.')) return host.slice(host.indexOf('.')) === commonName.slice(1);
  return commonName.toLowerCase() === host.toLowerCase();
}

/** The Secret whose hosts name this one; where none does, the first whose certificate is for it. */
function secretFor(host: string, ingress: Ingress, view: RoutingView): string {
  const blocks = ingress.spec.tls ?? [];
  const named = blocks.find(({ hosts = [] }) => hosts.some((one) => one.toLowerCase() === host.toLowerCase()));
  if (named) return named.secretName ?? '';
  const fitting = blocks.find(({ secretName }) => {
    if (!secretName) return false;
    const found = view.certificate(ingress.metadata.namespace as string, secretName);
    const [leaf] = typeof found === 'string' ? [] : readCertificates(found.certificate);
    return leaf !== undefined && verifyHostName(leaf, host) === undefined;
  });
  return fitting?.secretName ?? '';
}

function addStickiness(ingresses: readonly ParsedIngress[], upstreams: ReadonlyMap<string, { sticky: unknown }>): void {
  for (const { ingress, annotations } of ingresses) {
    if (annotations.affinity !== 'cookie') continue;
    for (const { http } of ingress.spec.rules ?? [])
      for (const { backend } of http?.paths ?? []) {
        const upstream = upstreams.get(upstreamName(ingress.metadata.namespace as string, backend));
        if (upstream)
          upstream.sticky = {
            cookie: annotations.cookieName,
            path: annotations.cookiePath,
            maxAge: annotations.cookieMaxAge,
          };
      }
  }
}
