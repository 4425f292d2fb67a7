/** core/v1 Service. */
import type { Micros } from '../../kernel/time.js';
import { ageOf } from '../duration.js';
import { compareText, goQuote } from '../go-text.js';
import { formatLabels } from '../labels.js';
import type { Service } from '../types/service.js';
import {
  type ApiKind,
  column,
  defineKind,
  fieldLabelNotSupported,
  keepAllButStatus,
  metadataFields,
  type Row,
  withStatus,
} from './kind.js';
import { validateMetaUpdate } from './meta.js';
import {
  isExternallyAccessible,
  isHeadless,
  validateLoadBalancerStatus,
  validateServiceCreate,
  validateServiceUpdate,
} from './service-rules.js';
import { prepareServiceUpdate } from './service-update.js';

const AFFINITY_SECONDS = 10_800;

/** The strategy of services. Addresses and ports are taken from their pools by the server, not here. */
export const serviceKind: ApiKind = defineKind({
  group: '',
  version: 'v1',
  kind: 'Service',
  plural: 'services',
  namespaced: true,
  shortNames: ['svc'],
  categories: ['all'],
  storagePrefix: 'services/specs',
  subresourceFacts: withStatus({
    name: 'proxy',
    verbs: ['create', 'delete', 'get', 'patch', 'update'],
    body: { group: '', version: 'v1', kind: 'ServiceProxyOptions' },
  }),
  createOnUpdate: true,
  returnsDeleted: true,
  applyDefaults: (object) => applyDefaults(object as Service),
  prepareCreate: (object) => {
    object['status'] = { loadBalancer: {} };
    const { spec } = object as Service;
    if (spec.clusterIP && !spec.clusterIPs?.length) spec.clusterIPs = [spec.clusterIP];
  },
  validateCreate: (object) => validateServiceCreate(object as Service),
  prepareUpdate: (object, old) => prepareServiceUpdate(object as Service, old as Service),
  validateUpdate: (object, old) => validateServiceUpdate(object as Service, old as Service),
  prepareStatus: keepAllButStatus,
  validateStatus: (object, old) => [
    ...validateMetaUpdate(object, old),
    ...validateLoadBalancerStatus(object as Service),
  ],
  warnings: (object) => serviceWarnings(object as Service),
  selectableFields: (object) => {
    const { spec } = object as Service;
    return { ...metadataFields(object), 'spec.clusterIP': spec.clusterIP ?? '', 'spec.type': spec.type ?? '' };
  },
  fieldLabels: ['metadata.namespace', 'metadata.name', 'spec.clusterIP', 'spec.type'],
  fieldLabelError: fieldLabelNotSupported,
  printer: {
    columns: [
      column('Name'),
      column('Type', 'string', 0, 'core.v1.ServiceSpec.type'),
      column('Cluster-IP', 'string', 0, 'core.v1.ServiceSpec.clusterIP'),
      column('External-IP', 'string', 0, 'core.v1.ServiceSpec.externalIPs'),
      column('Port(s)', 'string', 0, 'core.v1.ServiceSpec.ports'),
      column('Age'),
      column('Selector', 'string', 1, 'core.v1.ServiceSpec.selector'),
    ],
    rows: (object, now) => [serviceRow(object as Service, now)],
  },
});

function applyDefaults({ spec, status }: Service): void {
  spec.sessionAffinity ||= 'None';
  if (spec.sessionAffinity === 'None') delete spec.sessionAffinityConfig;
  if (spec.sessionAffinity === 'ClientIP' && spec.sessionAffinityConfig?.clientIP?.timeoutSeconds === undefined) {
    spec.sessionAffinityConfig = { clientIP: { timeoutSeconds: AFFINITY_SECONDS } };
  }
  spec.type ||= 'ClusterIP';
  for (const port of spec.ports ?? []) {
    port.protocol ||= 'TCP';
    port.targetPort ||= port.port;
  }
  if (isExternallyAccessible(spec)) spec.externalTrafficPolicy ||= 'Cluster';
  if (['ClusterIP', 'LoadBalancer', 'NodePort'].includes(spec.type)) spec.internalTrafficPolicy ??= 'Cluster';
  if (spec.type !== 'LoadBalancer') return;
  spec.allocateLoadBalancerNodePorts ??= true;
  for (const ingress of status?.loadBalancer?.ingress ?? []) if (ingress.ip) ingress.ipMode ??= 'VIP';
}

function serviceWarnings({ spec, metadata }: Service): string[] {
  const warnings: string[] = [];
  if (metadata.annotations?.['service.kubernetes.io/topology-aware-hints'] !== undefined) {
    warnings.push(
      'annotation service.kubernetes.io/topology-aware-hints is deprecated, please use service.kubernetes.io/topology-mode instead',
    );
  }
  const external = (spec.externalIPs ?? []).length > 0;
  if (isHeadless(spec)) {
    if (spec.loadBalancerIP) warnings.push('spec.loadBalancerIP is ignored for headless services');
    if (external) warnings.push('spec.externalIPs is ignored for headless services');
    if (spec.sessionAffinity !== 'None') warnings.push('spec.SessionAffinity is ignored for headless services');
  } else if (external && spec.type !== 'ExternalName') {
    warnings.push('spec.externalIPs is deprecated and may no longer be implemented in some clusters');
  }
  if (spec.type === 'ExternalName' && external) {
    warnings.push('spec.externalIPs is ignored when spec.type is "ExternalName"');
  }
  if (spec.type !== 'ExternalName' && spec.externalName) {
    warnings.push('spec.externalName is ignored when spec.type is not "ExternalName"');
  }
  if (spec.trafficDistribution === 'PreferClose') {
    warnings.push(
      `spec.trafficDistribution: ${goQuote('PreferClose')} is deprecated; use ${goQuote('PreferSameZone')}`,
    );
  }
  return warnings;
}

function serviceRow(service: Service, now: Micros): Row {
  const { metadata, spec } = service;
  const ports = (spec.ports ?? []).map(({ port, nodePort, protocol }) =>
    nodePort ? `${port}:${nodePort}/${protocol}` : `${port}/${protocol}`,
  );
  return {
    cells: [
      metadata.name,
      spec.type ?? '',
      spec.clusterIPs?.[0] ?? '<none>',
      externalAddress(service),
      ports.join(',') || '<none>',
      ageOf(metadata.creationTimestamp, now),
      formatLabels(spec.selector),
    ],
  };
}

/** Where a service is reached from outside, as tables show it. */
function externalAddress({ spec, status }: Service): string {
  const own = spec.externalIPs ?? [];
  if (spec.type === 'ClusterIP' || spec.type === 'NodePort') return own.join(',') || '<none>';
  if (spec.type === 'ExternalName') return spec.externalName ?? '';
  if (spec.type !== 'LoadBalancer') return '<unknown>';
  const ingress = status?.loadBalancer?.ingress ?? [];
  const given = [...new Set(ingress.map(({ ip, hostname }) => ip || hostname || '').filter(Boolean))].sort(compareText);
  return [...given, ...own].join(',') || '<pending>';
}
