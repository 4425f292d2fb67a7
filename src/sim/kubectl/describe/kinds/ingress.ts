import { compareText } from '../../../api/go-text.js';
import { StatusError } from '../../../api/status.js';
import type { EndpointSlice } from '../../../api/types/endpoints.js';
import type { Ingress, IngressBackend } from '../../../api/types/networking.js';
import type { Service } from '../../../api/types/service.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { DescribeRequest } from '../describer.js';
import { endpointsText } from '../endpoints-text.js';
import { describeEvents } from '../events.js';
import type { DescribeWriter } from '../writer.js';

const SLICES = {
  group: 'discovery.k8s.io',
  version: 'v1',
  resource: 'endpointslices',
  kind: 'EndpointSlice',
  namespaced: true,
};
const SERVICES = { group: '', version: 'v1', resource: 'services', kind: 'Service', namespaced: true };

/** Describes an ingress: what leads where, and who is behind it. */
export function* describeIngress(w: DescribeWriter, request: DescribeRequest<Ingress>): Waiting<void> {
  const { metadata, spec, status } = request.object;
  const addresses = (status?.loadBalancer?.ingress ?? []).flatMap(({ ip, hostname }) => ip || hostname || []);
  w.field('Name', metadata.name);
  w.labels('Labels', metadata.labels);
  w.field('Namespace', metadata.namespace);
  w.field('Address', [...new Set(addresses)].sort(compareText).join(','));
  w.field('Ingress Class', spec.ingressClassName ?? '<none>');
  const fallback = spec.defaultBackend ? yield* backendText(request, spec.defaultBackend) : '<default>';
  w.field('Default backend', fallback);
  if (spec.tls?.length) w.write(0, 'TLS:\n');
  for (const { secretName, hosts = [] } of spec.tls ?? [])
    w.write(1, `${secretName ? `${secretName} terminates` : 'SNI routes'} ${hosts.join(',')}\n`);
  w.write(0, 'Rules:\n  Host\tPath\tBackends\n');
  w.write(1, '----\t----\t--------\n');
  const rules = (spec.rules ?? []).filter(({ http }) => http);
  for (const { host, http } of rules) {
    w.write(1, `${host || '*'}\t\n`);
    for (const { path, backend } of http?.paths ?? [])
      w.write(2, `\t${path ?? ''} \t${yield* backendText(request, backend)}\n`);
  }
  if (rules.length === 0) w.write(1, `*\t*\t${fallback}\n`);
  w.annotations('Annotations', metadata.annotations);
  yield* describeEvents(w, request);
}

/** A service with the addresses behind it, or why they cannot be told. */
function* backendText(
  { session, object }: DescribeRequest<Ingress>,
  { service, resource }: IngressBackend,
): Waiting<string> {
  if (!service)
    return resource ? `APIGroup: ${resource.apiGroup ?? '<none>'}, Kind: ${resource.kind}, Name: ${resource.name}` : '';
  const { name, port = {} } = service;
  const shown = `${name}:${port.name || (port.number ?? 0)}`;
  const { namespace } = object.metadata;
  try {
    const rest = session.rest();
    const labelSelector = `kubernetes.io/service-name=${name}`;
    const { items } = yield* rest.list<EndpointSlice>(SLICES, namespace, { labelSelector });
    const { spec } = yield* rest.get<Service>(SERVICES, name, namespace);
    const own = (spec.ports ?? []).findLast((one) =>
      port.number ? port.number === one.port : Boolean(port.name) && port.name === one.name,
    );
    return `${shown} (${endpointsText(items, own?.name ?? '')})`;
  } catch (error) {
    if (error instanceof StatusError) return `${shown} (<error: ${error.message}>)`;
    throw error;
  }
}
