import { compareText } from '../../api/go-text.js';
import type { EndpointSlice } from '../../api/types/endpoints.js';
import type { ServicePort } from '../../api/types/service.js';
import type { Backend } from '../node.js';

/** An endpoint as kube-proxy on one node sees it. */
export interface EndpointFacts extends Backend {
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  readonly isLocal: boolean;
  readonly zones: readonly string[];
  readonly nodes: readonly string[];
}

/** Which endpoints a node uses for each traffic policy. */
export interface Categories {
  readonly cluster: readonly EndpointFacts[];
  readonly local: readonly EndpointFacts[];
  /** Whether any are usable anywhere, for a policy that may not reach them from here. */
  readonly hasAny: boolean;
}

/** The endpoints of a service's port in its slices of one family, in the order of their addresses; each address once. */
export function endpointsOf(
  port: ServicePort,
  slices: readonly EndpointSlice[],
  family: string,
  nodeName: string,
): EndpointFacts[] {
  const found = new Map<string, EndpointFacts>();
  for (const slice of slices) {
    if (slice.addressType !== family) continue;
    const target = (slice.ports ?? []).find(({ name }) => (name ?? '') === (port.name ?? ''));
    if (target?.port === undefined || (target.protocol ?? 'TCP') !== (port.protocol ?? 'TCP')) continue;
    for (const { addresses, conditions, nodeName: node, hints } of slice.endpoints ?? []) {
      const [address] = addresses;
      if (address === undefined) continue;
      const terminating = conditions?.terminating ?? false;
      const ready = conditions?.ready ?? true;
      const facts: EndpointFacts = {
        address,
        port: target.port,
        ready,
        serving: conditions?.serving ?? ready,
        terminating,
        isLocal: node === nodeName,
        zones: (hints?.forZones ?? []).map(({ name }) => name),
        nodes: (hints?.forNodes ?? []).map(({ name }) => name),
      };
      const before = found.get(address);
      // While a pod moves between slices it is in both; the one that is ready counts.
      if (!before || (!before.ready && facts.ready)) found.set(address, facts);
    }
  }
  return [...found.values()].sort((one, other) => compareText(one.address, other.address));
}

/**
 * Which of a port's endpoints are used by this node (kube-proxy CategorizeEndpoints): those that are ready and meant for
 * the node or zone; where there are none, those that go and still serve, for each policy by itself.
 */
export function categorize(
  endpoints: readonly EndpointFacts[],
  uses: { readonly cluster: boolean; readonly local: boolean },
  nodeName: string,
  zone: string,
): Categories {
  const leaving = (endpoint: EndpointFacts) => !endpoint.ready && endpoint.serving && endpoint.terminating;
  const usable = (list: readonly EndpointFacts[], among: readonly EndpointFacts[]) =>
    among.length > 0 ? among : list.filter(leaving);
  const cluster = uses.cluster ? usable(endpoints, meantFor(endpoints, nodeName, zone)) : [];
  if (!uses.local) return { cluster, local: [], hasAny: cluster.length > 0 };
  const here = endpoints.filter(({ isLocal }) => isLocal);
  const local = usable(
    here,
    here.filter(({ ready }) => ready),
  );
  return { cluster, local, hasAny: endpoints.some((endpoint) => endpoint.ready || leaving(endpoint)) };
}

/** Hints count when every ready endpoint has one and some are for this node, or else for its zone. */
function meantFor(endpoints: readonly EndpointFacts[], nodeName: string, zone: string): EndpointFacts[] {
  const ready = endpoints.filter((endpoint) => endpoint.ready);
  const forNode = ready.filter(({ nodes }) => nodes.includes(nodeName));
  if (forNode.length > 0 && ready.every(({ nodes }) => nodes.length > 0)) return forNode;
  const forZone = ready.filter(({ zones }) => zones.includes(zone));
  return forZone.length > 0 && ready.every(({ zones }) => zones.length > 0) ? forZone : ready;
}
