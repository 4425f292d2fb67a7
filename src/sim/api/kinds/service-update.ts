/** What becomes of a service that somebody changes, before it is validated (core/service strategy and storage). */
import { deepEqual } from '../object.js';
import type { Service, ServicePort, ServiceSpec } from '../types/service.js';
import { keepStatus } from './kind.js';
import { isExternallyAccessible, needsHealthCheck, needsNodePort } from './service-rules.js';

/** Keeps the status and what was allocated, as the real server does before its strategy drops what the new type has no use for. */
export function prepareServiceUpdate(service: Service, old: Service): void {
  keepStatus(service, old);
  keepAllocated(service, old);
  keepClusterIPs(service, old);
  dropWhatTypeNoLongerNeeds(service, old);
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
  if (mayHaveNodePorts(old) && !mayHaveNodePorts(spec) && !hasNewNodePort(spec, old)) {
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

function mayHaveNodePorts({ type }: ServiceSpec): boolean {
  return type === 'LoadBalancer' || type === 'NodePort';
}

function hasNewNodePort({ ports = [] }: ServiceSpec, { ports: before = [] }: ServiceSpec): boolean {
  return ports.some(({ nodePort }) => nodePort && !before.some((port) => port.nodePort === nodePort));
}

/** What was allocated stays when the client sent nothing for it; node ports go by the names of their ports. */
function keepAllocated({ spec }: Service, { spec: old }: Service): void {
  if (spec.type !== 'ExternalName' && old.type !== 'ExternalName') {
    if (!spec.clusterIP && old.clusterIP) spec.clusterIP = old.clusterIP;
    if (!spec.clusterIPs?.length && old.clusterIPs?.length) spec.clusterIPs = [...old.clusterIPs];
    if (!spec.ipFamilies?.length && old.ipFamilies?.length) spec.ipFamilies = [...old.ipFamilies];
    if (spec.ipFamilyPolicy === undefined && old.ipFamilyPolicy !== undefined) spec.ipFamilyPolicy = old.ipFamilyPolicy;
  }
  if (needsNodePort(spec) && needsNodePort(old)) keepNodePorts(spec.ports ?? [], old.ports ?? []);
  if (needsHealthCheck(spec) && needsHealthCheck(old) && !spec.healthCheckNodePort && old.healthCheckNodePort) {
    spec.healthCheckNodePort = old.healthCheckNodePort;
  }
}

function keepNodePorts(ports: readonly ServicePort[], before: readonly ServicePort[]): void {
  const used = new Set(ports.map(({ nodePort }) => nodePort));
  const known = new Map(before.map(({ name = '', nodePort }) => [name, nodePort]));
  for (const port of ports) {
    const kept = known.get(port.name ?? '');
    if (!port.nodePort && kept && !used.has(kept)) port.nodePort = kept;
  }
}
