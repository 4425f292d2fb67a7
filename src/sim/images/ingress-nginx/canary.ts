import { type Backend, DEFAULT_BACKEND, DEFAULT_SERVER, type ParsedIngress, type Server } from './model.js';
import { upstreamName } from './upstreams.js';

type Warn = (text: string, where: string) => void;

/** Makes backends of canary ingresses the alternatives of those that others route to (mergeAlternativeBackends). */
export function mergeCanaries(
  ingresses: readonly ParsedIngress[],
  upstreams: Map<string, Backend>,
  servers: ReadonlyMap<string, Server>,
  warn: Warn,
): void {
  const canaries = ingresses.filter(({ annotations }) => annotations.canary);
  if (canaries.length === ingresses.length) return;
  for (const { ingress } of canaries) {
    const namespace = ingress.metadata.namespace as string;
    const place = `${namespace}/${ingress.metadata.name}`;
    if (ingress.spec.defaultBackend?.service) {
      const name = upstreamName(namespace, ingress.spec.defaultBackend);
      mergeInto({ name, host: DEFAULT_SERVER, path: '/', pathType: undefined, place }, upstreams, servers, warn);
    }
    for (const { host, http } of ingress.spec.rules ?? [])
      for (const { path, pathType, backend } of http?.paths ?? [])
        if (backend.service) {
          const name = upstreamName(namespace, backend);
          const type = pathType === 'ImplementationSpecific' ? 'Prefix' : (pathType ?? 'Prefix');
          mergeInto(
            { name, host: host || DEFAULT_SERVER, path: path || '/', pathType: type, place },
            upstreams,
            servers,
            warn,
          );
        }
  }
}

interface Canary {
  readonly name: string;
  readonly host: string;
  readonly path: string;
  readonly pathType: string | undefined;
  readonly place: string;
}

function mergeInto(
  { name, host, path, pathType, place }: Canary,
  upstreams: Map<string, Backend>,
  servers: ReadonlyMap<string, Server>,
  warn: Warn,
): void {
  const alternative = upstreams.get(name);
  if (!alternative) return warn(`alternative backend ${name} has already been removed`, 'controller.go:1671');
  const server = servers.get(host);
  if (!server)
    return warn(
      `cannot merge alternative backend ${name} into hostname ${host} that does not exist`,
      'controller.go:1680',
    );
  let merged = false;
  for (const location of server.locations) {
    const primary = upstreams.get(location.backend);
    if (!primary) continue;
    if (primary === alternative) {
      warn(
        `alternative upstream ${name} in Ingress ${place} is primary upstream in Other Ingress for location ${host}${location.path}!`,
        'controller.go:1696',
      );
      return;
    }
    const fits = location.path === path && (pathType === undefined || location.pathType === pathType);
    if (!fits || primary.name === DEFAULT_BACKEND || primary.noServer || !alternative.noServer) continue;
    if (!primary.alternatives.includes(name)) primary.alternatives.push(name);
    merged = true;
  }
  if (merged) return;
  warn(`unable to find real backend for alternative backend ${name}. Deleting.`, 'controller.go:1710');
  upstreams.delete(name);
}
