import type { EndpointSlice } from '../../api/types/endpoints.js';
import type { IngressBackend } from '../../api/types/networking.js';
import type { Service, ServicePort } from '../../api/types/service.js';
import type { Annotations } from './annotations.js';
import { type Backend, DEFAULT_BACKEND, type Endpoint, type ParsedIngress } from './model.js';

/** What routing is made of beside the ingresses. */
export interface ClusterView {
  service(namespace: string, name: string): Service | undefined;
  slices(namespace: string, service: string): readonly EndpointSlice[];
  warn(text: string, where: string): void;
}

/** `namespace-service-port`. */
export function upstreamName(namespace: string, { service }: IngressBackend): string {
  return `${namespace}-${service?.name ?? ''}-${service?.port?.name || service?.port?.number || 0}`;
}

/** Who answers when no rule fits: the controller's own page, or the service that its flag names. */
export function defaultUpstream(view: ClusterView, service: string): Backend {
  const backend = emptyBackend(DEFAULT_BACKEND);
  const own: Endpoint = { address: '127.0.0.1', port: '8181' };
  backend.endpoints = [own];
  if (service === '') return backend;
  const [namespace = '', name = ''] = service.split('/');
  const found = view.service(namespace, name);
  if (!found) {
    view.warn(
      `Error getting default backend ${JSON.stringify(service)}: no object matching key ${JSON.stringify(service)} in local store`,
      'controller.go:613',
    );
    return backend;
  }
  const [port] = found.spec.ports ?? [];
  const endpoints = port ? endpointsOf(view, found, port) : [];
  if (endpoints.length === 0)
    view.warn(`Service ${JSON.stringify(service)} does not have any active Endpoint`, 'controller.go:625');
  else backend.endpoints = endpoints;
  backend.service = found;
  return backend;
}

function emptyBackend(name: string): Backend {
  return {
    name,
    service: undefined,
    endpoints: [],
    noServer: false,
    traffic: undefined,
    sticky: undefined,
    alternatives: [],
  };
}

/** A backend for every service that some ingress names, by its name; the first ingress to name it decides. */
export function createUpstreams(
  ingresses: readonly ParsedIngress[],
  view: ClusterView,
  fallback: Backend,
): Map<string, Backend> {
  const upstreams = new Map([[DEFAULT_BACKEND, fallback]]);
  for (const { ingress, annotations } of ingresses) {
    const namespace = ingress.metadata.namespace as string;
    const { defaultBackend, rules = [] } = ingress.spec;
    if (defaultBackend?.service) {
      const made = createUpstream(namespace, defaultBackend, annotations, view, 'Error creating upstream');
      upstreams.set(made.name, made);
    }
    for (const { http } of rules)
      for (const { backend } of http?.paths ?? []) {
        if (!backend.service || upstreams.has(upstreamName(namespace, backend))) continue;
        const made = createUpstream(namespace, backend, annotations, view, 'Error obtaining Endpoints for Service');
        upstreams.set(made.name, made);
      }
  }
  return upstreams;
}

function createUpstream(
  namespace: string,
  reference: IngressBackend,
  annotations: Annotations,
  view: ClusterView,
  words: string,
): Backend {
  const backend = emptyBackend(upstreamName(namespace, reference));
  const name = reference.service?.name ?? '';
  const service = view.service(namespace, name);
  if (annotations.canary) {
    backend.noServer = true;
    backend.traffic = { ...annotations.canary };
  }
  if (!service) {
    const key = JSON.stringify(`${namespace}/${name}`);
    const what = words.startsWith('Error creating') ? JSON.stringify(backend.name) : key;
    view.warn(`${words} ${what}: no object matching key ${key} in local store`, 'controller.go:1135');
    return backend;
  }
  backend.service = service;
  backend.endpoints = annotations.serviceUpstream
    ? clusterEndpoint(service, reference)
    : serviceEndpoints(view, service, reference);
  return backend;
}

/** The service's own address in the place of those of its pods. */
function clusterEndpoint({ spec }: Service, { service }: IngressBackend): Endpoint[] {
  const { clusterIP } = spec;
  if (!clusterIP || clusterIP === 'None') return [];
  const port = spec.ports?.find(({ name, port: number }) =>
    service?.port?.name ? name === service.port.name : number === service?.port?.number,
  );
  return port ? [{ address: clusterIP, port: String(port.port) }] : [];
}

function serviceEndpoints(view: ClusterView, service: Service, { service: reference }: IngressBackend): Endpoint[] {
  const wanted = reference?.port?.name || String(reference?.port?.number ?? '');
  const key = JSON.stringify(`${service.metadata.namespace}/${service.metadata.name}`);
  const none = () => view.warn(`Service ${key} does not have any active Endpoint.`, 'controller.go:1241');
  if (service.spec.type === 'ExternalName') {
    const port = service.spec.ports?.find(({ name, port: number, targetPort }) =>
      [name, String(number), String(targetPort ?? '')].includes(wanted),
    );
    const number = port ? String(port.targetPort ?? port.port) : wanted;
    return /^\d+$/.test(number) ? [{ address: service.spec.externalName ?? '', port: number }] : [];
  }
  for (const port of service.spec.ports ?? []) {
    if (![String(port.port), String(port.targetPort ?? ''), port.name].includes(wanted)) continue;
    const endpoints = endpointsOf(view, service, port);
    if (endpoints.length === 0) none();
    return endpoints;
  }
  return [];
}

/** The ready addresses behind one port of a service, each once. */
function endpointsOf(view: ClusterView, service: Service, port: ServicePort): Endpoint[] {
  const { name = '', namespace = '' } = service.metadata;
  const found = new Map<string, Endpoint>();
  for (const { endpoints, ports } of view.slices(namespace, name)) {
    const own = (ports ?? []).find(
      (one) => (one.name ?? '') === (port.name ?? '') && (one.protocol ?? 'TCP') === 'TCP',
    );
    if (own?.port === undefined) continue;
    for (const { addresses, conditions } of endpoints ?? []) {
      if (conditions?.ready === false) continue;
      for (const address of addresses) found.set(`${address}:${own.port}`, { address, port: String(own.port) });
    }
  }
  return [...found.values()];
}
