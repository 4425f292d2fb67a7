import type { EndpointSlice } from '../api/types/endpoints.js';
import type { Service, ServicePort } from '../api/types/service.js';
import type { Protocol } from '../kernel/network.js';
import type { Backend, ServiceRules, ServiceVerdict } from './node.js';

/** One port of one service as a node's kernel knows it. */
interface PortRule {
  readonly all: readonly Backend[];
  readonly onNode: readonly Backend[];
  readonly internalLocal: boolean;
  readonly externalLocal: boolean;
  readonly affinitySeconds: number | undefined;
}

/**
 * The rules kube-proxy derives from services and their slices for one node. A service's rules are replaced as a whole
 * when it or one of its slices changed.
 */
export class ServiceTable implements ServiceRules {
  private readonly nodeName: string;
  private readonly byAddress = new Map<string, PortRule>();
  private readonly byNodePort = new Map<string, PortRule>();
  private readonly keysOf = new Map<string, { addresses: string[]; nodePorts: string[] }>();

  constructor(nodeName: string) {
    this.nodeName = nodeName;
  }

  lookup(address: string, port: number, protocol: Protocol): ServiceVerdict | undefined {
    const rule = this.byAddress.get(`${address} ${port} ${protocol}`);
    return rule && verdict(rule, rule.internalLocal);
  }

  lookupNodePort(port: number, protocol: Protocol): ServiceVerdict | undefined {
    const rule = this.byNodePort.get(`${port} ${protocol}`);
    return rule && verdict(rule, rule.externalLocal);
  }

  /** Takes in a service with its slices; `undefined` for one that is gone. */
  set(key: string, service: Service | undefined, slices: readonly EndpointSlice[]): void {
    this.remove(key);
    if (!service || service.spec.type === 'ExternalName') return;
    const keys = { addresses: [] as string[], nodePorts: [] as string[] };
    for (const port of service.spec.ports ?? []) {
      const rule = this.ruleOf(service, port, slices);
      const protocol = (port.protocol ?? 'TCP').toLowerCase();
      for (const address of virtualAddresses(service)) {
        keys.addresses.push(`${address} ${port.port} ${protocol}`);
        this.byAddress.set(`${address} ${port.port} ${protocol}`, rule);
      }
      if (port.nodePort) {
        keys.nodePorts.push(`${port.nodePort} ${protocol}`);
        this.byNodePort.set(`${port.nodePort} ${protocol}`, rule);
      }
    }
    this.keysOf.set(key, keys);
  }

  private remove(key: string): void {
    const keys = this.keysOf.get(key);
    for (const name of keys?.addresses ?? []) this.byAddress.delete(name);
    for (const name of keys?.nodePorts ?? []) this.byNodePort.delete(name);
    this.keysOf.delete(key);
  }

  private ruleOf(service: Service, port: ServicePort, slices: readonly EndpointSlice[]): PortRule {
    const all = backendsOf(port, slices);
    const { spec } = service;
    const affine = spec.sessionAffinity === 'ClientIP';
    return {
      all: all.map(({ backend }) => backend),
      onNode: all.filter(({ node }) => node === this.nodeName).map(({ backend }) => backend),
      internalLocal: spec.internalTrafficPolicy === 'Local',
      externalLocal: spec.externalTrafficPolicy === 'Local',
      affinitySeconds: affine ? (spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? 10_800) : undefined,
    };
  }
}

function verdict(rule: PortRule, localOnly: boolean): ServiceVerdict {
  const backends = localOnly ? rule.onNode : rule.all;
  if (backends.length === 0) return 'reject';
  return rule.affinitySeconds === undefined ? { backends } : { backends, affinitySeconds: rule.affinitySeconds };
}

function virtualAddresses({ spec, status }: Service): string[] {
  const cluster = (spec.clusterIPs ?? (spec.clusterIP ? [spec.clusterIP] : [])).filter(
    (address) => address !== 'None' && address !== '',
  );
  const balancer = (status?.loadBalancer?.ingress ?? []).flatMap(({ ip }) => ip ?? []);
  return [...cluster, ...(spec.externalIPs ?? []), ...balancer];
}

/** Ready endpoints; when there are none, those that are going but still serve (kube-proxy's fallback). */
function backendsOf(
  port: ServicePort,
  slices: readonly EndpointSlice[],
): { backend: Backend; node: string | undefined }[] {
  const ready: { backend: Backend; node: string | undefined }[] = [];
  const leaving: typeof ready = [];
  for (const slice of slices) {
    const target = (slice.ports ?? []).find(
      ({ name, protocol }) => (name ?? '') === (port.name ?? '') && (protocol ?? 'TCP') === (port.protocol ?? 'TCP'),
    );
    if (target?.port === undefined || slice.addressType !== 'IPv4') continue;
    for (const { addresses, conditions, nodeName } of slice.endpoints ?? []) {
      const address = addresses[0];
      if (address === undefined) continue;
      const entry = { backend: { address, port: target.port }, node: nodeName };
      if (conditions?.ready !== false && conditions?.terminating !== true) ready.push(entry);
      else if (conditions?.serving && conditions.terminating) leaving.push(entry);
    }
  }
  return ready.length > 0 ? ready : leaving;
}
