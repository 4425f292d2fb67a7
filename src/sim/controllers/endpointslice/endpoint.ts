import { isDeleting, isPodReady } from '../../api/pods.js';
import type { Endpoint, EndpointPort } from '../../api/types/endpoints.js';
import type { Node } from '../../api/types/node.js';
import type { Pod } from '../../api/types/pod.js';
import type { Service } from '../../api/types/service.js';
import { endpointHostname, findPort, isIpv6 } from '../machinery/service-pods.js';

export type AddressType = 'IPv4' | 'IPv6';

const NEAR = ['PreferClose', 'PreferSameZone', 'PreferSameNode'];

const TOPOLOGY_MODES = ['service.kubernetes.io/topology-aware-hints', 'service.kubernetes.io/topology-mode'];

/** Whether a service's endpoints are shared out among zones by their CPUs. */
export function sharesByZone({ annotations = {} }: Service['metadata']): boolean {
  const mode = TOPOLOGY_MODES.map((name) => annotations[name]).find((value) => value !== undefined);
  return mode === 'Auto' || mode === 'auto';
}

/** The families a service's slices are made for; a headless service that names none gets both. */
export function addressTypesOf(service: Service): AddressType[] {
  const families = (service.spec.ipFamilies ?? []).filter(
    (family): family is AddressType => family === 'IPv4' || family === 'IPv6',
  );
  if (families.length > 0) return families;
  const { clusterIP } = service.spec;
  if (clusterIP && clusterIP !== 'None') return [isIpv6(clusterIP) ? 'IPv6' : 'IPv4'];
  return ['IPv4', 'IPv6'];
}

/** A pod as an endpoint of a service; undefined when it has no address of the family. */
export function endpointOf(
  pod: Pod,
  node: Node | undefined,
  service: Service,
  type: AddressType,
): Endpoint | undefined {
  const addresses = (pod.status?.podIPs ?? (pod.status?.podIP ? [{ ip: pod.status.podIP }] : []))
    .map(({ ip }) => ip)
    .filter((ip) => isIpv6(ip) === (type === 'IPv6'));
  if (addresses.length === 0) return undefined;
  const serving = isPodReady(pod);
  const terminating = isDeleting(pod);
  const ready = service.spec.publishNotReadyAddresses === true || (serving && !terminating);
  const zone = node?.metadata.labels?.['topology.kubernetes.io/zone'];
  const hostname = endpointHostname(pod, service);
  const hints = ready ? hintsOf(service, zone, pod.spec.nodeName) : undefined;
  const { namespace, name, uid } = pod.metadata;
  return {
    addresses,
    conditions: { ready, serving, terminating },
    ...(hints ? { hints } : {}),
    ...(hostname === undefined ? {} : { hostname }),
    targetRef: {
      kind: 'Pod',
      ...(namespace === undefined ? {} : { namespace }),
      ...(name === undefined ? {} : { name }),
      ...(uid === undefined ? {} : { uid }),
    },
    ...(pod.spec.nodeName ? { nodeName: pod.spec.nodeName } : {}),
    ...(zone ? { zone } : {}),
  };
}

/** Who is to use an endpoint of a service that wants its traffic kept near (trafficdist preferCloseHeuristic). */
function hintsOf(
  { metadata, spec }: Service,
  zone: string | undefined,
  nodeName: string | undefined,
): Endpoint['hints'] | undefined {
  if (!NEAR.includes(spec.trafficDistribution ?? '') || sharesByZone(metadata)) return undefined;
  const forNode = spec.trafficDistribution === 'PreferSameNode' && nodeName ? nodeName : undefined;
  if (!zone && !forNode) return undefined;
  return {
    ...(zone ? { forZones: [{ name: zone }] } : {}),
    ...(forNode ? { forNodes: [{ name: forNode }] } : {}),
  };
}

/** The service's ports as the pod offers them; a named port a pod does not have is left out. */
export function endpointPorts(service: Service, pod: Pod): EndpointPort[] {
  return (service.spec.ports ?? []).flatMap((port): EndpointPort[] => {
    const number = findPort(pod, port);
    if (number === undefined) return [];
    const appProtocol = port.appProtocol === undefined ? {} : { appProtocol: port.appProtocol };
    return [{ name: port.name ?? '', port: number, protocol: port.protocol ?? 'TCP', ...appProtocol }];
  });
}
