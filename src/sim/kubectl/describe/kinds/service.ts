import { formatLabels } from '../../../api/labels.js';
import type { EndpointSlice } from '../../../api/types/endpoints.js';
import type { LoadBalancerIngress, Service, ServicePort } from '../../../api/types/service.js';
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

/** Describes a service with its endpoints. */
export function* describeService(w: DescribeWriter, request: DescribeRequest<Service>): Waiting<void> {
  const { session, object } = request;
  const { metadata, spec, status } = object;
  const { items } = yield* session
    .rest()
    .list<EndpointSlice>(SLICES, metadata.namespace, { labelSelector: `kubernetes.io/service-name=${metadata.name}` });
  w.field('Name', metadata.name);
  w.field('Namespace', metadata.namespace);
  w.labels('Labels', metadata.labels);
  w.annotations('Annotations', metadata.annotations);
  w.field('Selector', formatLabels(spec.selector ?? {}));
  w.field('Type', spec.type ?? '');
  if (spec.ipFamilyPolicy) w.field('IP Family Policy', spec.ipFamilyPolicy);
  w.field('IP Families', spec.ipFamilies?.join(',') || '<none>');
  w.field('IP', spec.clusterIP ?? '');
  w.field('IPs', spec.clusterIPs?.join(',') || '<none>');
  if (spec.externalIPs?.length) w.field('External IPs', spec.externalIPs.join(','));
  if (spec.loadBalancerIP) w.field('Desired LoadBalancer IP', spec.loadBalancerIP);
  if (spec.externalName) w.field('External Name', spec.externalName);
  const ingress = status?.loadBalancer?.ingress ?? [];
  if (ingress.length > 0) w.field('LoadBalancer Ingress', ingress.map(ingressText).join(', '));
  for (const port of spec.ports ?? []) describePort(w, port, items);
  w.field('Session Affinity', spec.sessionAffinity ?? '');
  if (spec.externalTrafficPolicy) w.field('External Traffic Policy', spec.externalTrafficPolicy);
  if (spec.internalTrafficPolicy) w.field('Internal Traffic Policy', spec.internalTrafficPolicy);
  if (spec.healthCheckNodePort) w.field('HealthCheck NodePort', spec.healthCheckNodePort);
  if (spec.loadBalancerSourceRanges?.length)
    w.field('LoadBalancer Source Ranges', spec.loadBalancerSourceRanges.join(','));
  if (spec.trafficDistribution) w.field('Traffic Distribution', spec.trafficDistribution);
  yield* describeEvents(w, request);
}

function ingressText({ ip, ipMode, hostname = '' }: LoadBalancerIngress): string {
  if (!ip) return hostname;
  return ipMode ? `${ip} (${ipMode})` : ip;
}

function describePort(w: DescribeWriter, port: ServicePort, slices: readonly EndpointSlice[]): void {
  const name = port.name || '<unset>';
  const protocol = port.protocol ?? '';
  w.write(0, `Port:\t${name}\t${port.port}/${protocol}\n`);
  w.field('TargetPort', `${port.targetPort ?? 0}/${protocol}`);
  if (port.appProtocol) w.field('AppProtocol', port.appProtocol);
  if (port.nodePort) w.write(0, `NodePort:\t${name}\t${port.nodePort}/${protocol}\n`);
  w.field('Endpoints', endpointsText(slices, port.name ?? ''));
}
