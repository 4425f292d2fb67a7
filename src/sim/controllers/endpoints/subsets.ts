import { compareText } from '../../api/go-text.js';
import { isPodReady } from '../../api/pods.js';
import type { EndpointAddress, EndpointSubset } from '../../api/types/endpoints.js';
import type { Pod } from '../../api/types/pod.js';
import type { Service } from '../../api/types/service.js';
import { inPortOrder } from '../machinery/port-order.js';
import { endpointHostname, findPort, hasEndpoint, isHeadless, isIpv6 } from '../machinery/service-pods.js';

type SubsetPort = NonNullable<EndpointSubset['ports']>[number];

/** Addresses an Endpoints object holds; more are left to the slices. */
const ADDRESSES_MAX = 1000;

interface Group {
  readonly port: SubsetPort | undefined;
  readonly addresses: Map<string, { address: EndpointAddress; ready: boolean }>;
}

/**
 * The subsets of a service's Endpoints: pods that offer the same ports stand together, ready ones apart from the others
 * (endpoints RepackSubsets).
 */
export function endpointSubsets(service: Service, pods: readonly Pod[]): EndpointSubset[] {
  const includeUnready = service.spec.publishNotReadyAddresses === true;
  const byPort = new Map<string, Group>();
  for (const pod of pods) {
    if (!hasEndpoint(pod, includeUnready)) continue;
    const address = endpointAddress(service, pod);
    if (!address) continue;
    for (const port of offeredPorts(service, pod)) {
      const key = JSON.stringify(port ?? null);
      const group = byPort.get(key) ?? { port, addresses: new Map() };
      group.addresses.set(address.ip, { address, ready: includeUnready || isPodReady(pod) });
      byPort.set(key, group);
    }
  }
  return packByAddresses([...byPort.values()]);
}

/** Cuts addresses beyond the limit, not ready ones first; tells whether any were cut. */
export function truncateSubsets(subsets: EndpointSubset[]): boolean {
  let room = ADDRESSES_MAX;
  let truncated = false;
  for (const field of ['addresses', 'notReadyAddresses'] as const) {
    for (const subset of subsets) {
      const list = subset[field];
      if (!list) continue;
      if (list.length > room) {
        subset[field] = list.slice(0, room);
        truncated = true;
      }
      room -= Math.min(room, list.length);
    }
  }
  return truncated;
}

function endpointAddress(service: Service, pod: Pod): EndpointAddress | undefined {
  const wantIpv6 = service.spec.ipFamilies?.[0] === 'IPv6';
  const addresses = pod.status?.podIPs ?? (pod.status?.podIP ? [{ ip: pod.status.podIP }] : []);
  const ip = addresses.find((address) => isIpv6(address.ip) === wantIpv6)?.ip;
  if (ip === undefined) return undefined;
  const hostname = endpointHostname(pod, service);
  const { namespace, name, uid } = pod.metadata;
  return {
    ip,
    ...(hostname === undefined ? {} : { hostname }),
    ...(pod.spec.nodeName === undefined ? {} : { nodeName: pod.spec.nodeName }),
    targetRef: {
      kind: 'Pod',
      ...(namespace === undefined ? {} : { namespace }),
      ...(name === undefined ? {} : { name }),
      ...(uid === undefined ? {} : { uid }),
    },
  };
}

/** The ports a pod offers to the service; one `undefined` stands for a headless service without ports. */
function offeredPorts(service: Service, pod: Pod): (SubsetPort | undefined)[] {
  const ports = service.spec.ports ?? [];
  if (ports.length === 0) return isHeadless(service) ? [undefined] : [];
  return ports.flatMap((port): SubsetPort[] => {
    const number = findPort(pod, port);
    if (number === undefined) return [];
    return [
      {
        ...(port.name ? { name: port.name } : {}),
        port: number,
        protocol: port.protocol ?? 'TCP',
        ...(port.appProtocol === undefined ? {} : { appProtocol: port.appProtocol }),
      },
    ];
  });
}

function packByAddresses(groups: readonly Group[]): EndpointSubset[] {
  const packed = new Map<string, { ports: SubsetPort[]; addresses: Group['addresses'] }>();
  for (const { port, addresses } of groups) {
    const key = JSON.stringify([...addresses].map(([ip, { ready }]) => `${ip}/${ready}`).sort(compareText));
    const pack = packed.get(key) ?? { ports: [], addresses };
    if (port) pack.ports.push(port);
    packed.set(key, pack);
  }
  return [...packed.values()].map(({ ports, addresses }) => {
    const sorted = [...addresses.values()].sort((a, b) => compareText(a.address.ip, b.address.ip));
    const ready = sorted.filter((entry) => entry.ready).map((entry) => entry.address);
    const notReady = sorted.filter((entry) => !entry.ready).map((entry) => entry.address);
    return {
      ...(ready.length > 0 ? { addresses: ready } : {}),
      ...(notReady.length > 0 ? { notReadyAddresses: notReady } : {}),
      ...(ports.length > 0 ? { ports: inPortOrder(ports) } : {}),
    };
  });
}
