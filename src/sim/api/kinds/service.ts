/** core/v1 Service. */
import type { Micros } from '../../kernel/time.js';
import { ageOf } from '../duration.js';
import { compareText, goQuote } from '../go-text.js';
import { formatLabels } from '../labels.js';
import { deepEqual } from '../object.js';
import type { Service } from '../types/service.js';
import {
  type ApiKind,
  column,
  defineKind,
  fieldLabelNotSupported,
  keepAllButStatus,
  keepStatus,
  metadataFields,
  type Row,
  withStatus,
} from './kind.js';
import { validateMetaUpdate } from './meta.js';
import {
  isExternallyAccessible,
  isHeadless,
  needsHealthCheck,
  needsNodePort,
  validateLoadBalancerStatus,
  validateServiceCreate,
  validateServiceUpdate,
} from './service-rules.js';

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
  prepareUpdate: (object, old) => prepareUpdate(object as Service, old as Service),
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

function prepareUpdate(service: Service, old: Service): void {
  keepStatus(service, old);
  keepClusterIPs(service, old);
  dropWhatTypeNoLongerNeeds(service, old);
  keepAllocated(service, old);
}

/** clusterIP and clusterIPs follow each other when a client changes only one of them. */
function keepClusterIPs({ spec }: Service, { spec: old }: Service): void {
  const before = old.clusterIPs ?? [];
  if (before.length > 0 && !spec.clusterIPs?.length && old.clusterIP === spec.clusterIP) spec.clusterIPs = [...before];
  if ((old.clusterIP ?? '') === (spec.clusterIP ?? '') || !deepEqual(before, spec.clusterIPs ?? [])) return;
  if (spec.clusterIP) spec.clusterIPs = [spec.clusterIP];
  else delete spec.clusterIPs;
}

/** Values the server once filled in go when the new type has no use for them and nobody changed them. */
function dropWhatTypeNoLongerNeeds(service: Service, { spec: old }: Service): void {
  const { spec } = service;
  if (old.type !== 'ExternalName' && spec.type === 'ExternalName') {
    if (deepEqual(old.clusterIPs, spec.clusterIPs) && old.clusterIP === spec.clusterIP) {
      delete spec.clusterIP;
      delete spec.clusterIPs;
    }
    if (deepEqual(old.ipFamilies, spec.ipFamilies)) delete spec.ipFamilies;
    if (old.ipFamilyPolicy === spec.ipFamilyPolicy) delete spec.ipFamilyPolicy;
  }
  const ports = (list: Service['spec']['ports']) => (list ?? []).map(({ nodePort = 0 }) => nodePort);
  if (needsNodePort(old) && !needsNodePort(spec) && deepEqual(ports(old.ports), ports(spec.ports))) {
    for (const port of spec.ports ?? []) delete port.nodePort;
  }
  if (needsHealthCheck(old) && !needsHealthCheck(spec) && old.healthCheckNodePort === spec.healthCheckNodePort) {
    delete spec.healthCheckNodePort;
  }
  if (old.type === 'LoadBalancer' && spec.type !== 'LoadBalancer') {
    if (old.allocateLoadBalancerNodePorts === spec.allocateLoadBalancerNodePorts) {
      delete spec.allocateLoadBalancerNodePorts;
    }
    if (old.loadBalancerClass === spec.loadBalancerClass) delete spec.loadBalancerClass;
  }
  const policy = old.externalTrafficPolicy === spec.externalTrafficPolicy;
  if (isExternallyAccessible(old) && !isExternallyAccessible(spec) && policy) delete spec.externalTrafficPolicy;
  if (spec.type !== 'LoadBalancer' && service.status) service.status = { ...service.status, loadBalancer: {} };
}

/** What was allocated stays when the client sent nothing for it. */
function keepAllocated({ spec }: Service, { spec: old }: Service): void {
  if (spec.type !== 'ExternalName' && old.type !== 'ExternalName') {
    if (!spec.clusterIP && old.clusterIP) spec.clusterIP = old.clusterIP;
    if (!spec.clusterIPs?.length && old.clusterIPs?.length && spec.clusterIP === old.clusterIP)
      spec.clusterIPs = [...old.clusterIPs];
    if (!spec.ipFamilies?.length && old.ipFamilies?.length) spec.ipFamilies = [...old.ipFamilies];
    if (spec.ipFamilyPolicy === undefined && old.ipFamilyPolicy !== undefined) spec.ipFamilyPolicy = old.ipFamilyPolicy;
  }
  if (needsNodePort(spec) && needsNodePort(old)) {
    const used = new Set((spec.ports ?? []).map(({ nodePort }) => nodePort));
    for (const port of spec.ports ?? []) {
      if (port.nodePort) continue;
      const before = (old.ports ?? []).find((item) => item.port === port.port && item.protocol === port.protocol);
      if (!before?.nodePort || used.has(before.nodePort)) continue;
      port.nodePort = before.nodePort;
      used.add(before.nodePort);
    }
  }
  if (needsHealthCheck(spec) && needsHealthCheck(old) && !spec.healthCheckNodePort && old.healthCheckNodePort) {
    spec.healthCheckNodePort = old.healthCheckNodePort;
  }
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
