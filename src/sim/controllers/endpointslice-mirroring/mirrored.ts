import { compareText } from '../../api/go-text.js';
import { parseIP } from '../../api/kinds/ip-rules.js';
import { nameIsSubdomain } from '../../api/names.js';
import { deepCopy, semanticEqual } from '../../api/object.js';
import { controllerReference } from '../../api/owner-references.js';
import type { Endpoint, EndpointAddress, EndpointPort, EndpointSlice, Endpoints } from '../../api/types/endpoints.js';
import { endpointKey } from '../machinery/endpoint-key.js';
import { inPortOrder } from '../machinery/port-order.js';
import { isIpv6 } from '../machinery/service-pods.js';

export const MIRRORING_CONTROLLER = 'endpointslicemirroring-controller.k8s.io';
export const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by';
export const SERVICE_NAME = 'kubernetes.io/service-name';
/** Addresses of one subset that are mirrored (--mirroring-max-endpoints-per-subset). */
const ENDPOINTS_MAX = 1000;
const OWN_LABELS = [MANAGED_BY, SERVICE_NAME];
/** Annotations that stay with the Endpoints. */
const OWN_ANNOTATIONS = [
  'endpoints.kubernetes.io/last-change-trigger-time',
  'kubectl.kubernetes.io/last-applied-configuration',
];

/** What to write so that slices say what an Endpoints object says. */
export interface MirrorChanges {
  readonly create: EndpointSlice[];
  readonly update: EndpointSlice[];
  readonly remove: EndpointSlice[];
  /** Addresses that are none. */
  readonly invalid: number;
  /** Addresses left out for want of room. */
  readonly skipped: number;
}

interface Group {
  readonly type: 'IPv4' | 'IPv6';
  readonly ports: EndpointPort[];
  readonly endpoints: Map<string, Endpoint>;
}

/** Compares an Endpoints object with the slices that mirror it: one slice for each family and set of ports. */
export function planMirror(endpoints: Endpoints, existing: readonly EndpointSlice[]): MirrorChanges {
  const changes = { create: [] as EndpointSlice[], update: [] as EndpointSlice[], remove: [] as EndpointSlice[] };
  const { groups, invalid, skipped } = groupsOf(endpoints);
  const byKey = new Map<string, EndpointSlice[]>();
  for (const slice of existing) {
    const key = groupKey(slice.addressType, slice.ports ?? []);
    byKey.set(key, [...(byKey.get(key) ?? []), slice]);
  }
  for (const [key, group] of groups) {
    const [first, ...others] = byKey.get(key) ?? [];
    changes.remove.push(...others);
    if (first && isMirror(first, endpoints, group)) continue;
    const wanted = mirror(endpoints, group, first);
    if (first) changes.update.push(wanted);
    else changes.create.push(wanted);
  }
  for (const [key, slices] of byKey) if (!groups.has(key)) changes.remove.push(...slices);
  return { ...recycled(changes), invalid, skipped };
}

/** A slice that is to be made takes the name of one of its family that is to go. */
function recycled({ create, update, remove }: Pick<MirrorChanges, 'create' | 'update' | 'remove'>) {
  const made: EndpointSlice[] = [];
  for (const slice of create) {
    const at = remove.findIndex((old) => old.addressType === slice.addressType);
    const [old] = at < 0 ? [] : remove.splice(at, 1);
    if (!old) made.push(slice);
    else {
      const { generateName: _, ...metadata } = slice.metadata;
      update.push({ ...slice, metadata: { ...deepCopy(old.metadata), ...metadata } });
    }
  }
  return { create: made, update, remove };
}

function groupsOf(endpoints: Endpoints): { groups: Map<string, Group>; invalid: number; skipped: number } {
  const groups = new Map<string, Group>();
  let invalid = 0;
  let skipped = 0;
  for (const { addresses = [], notReadyAddresses = [], ports = [] } of endpoints.subsets ?? []) {
    const own = inPortOrder(ports).map(({ name = '', port, protocol = 'TCP', appProtocol }) => ({
      name,
      port,
      protocol,
      ...(appProtocol === undefined ? {} : { appProtocol }),
    }));
    let added = 0;
    const add = (address: EndpointAddress, ready: boolean): void => {
      if (added >= ENDPOINTS_MAX) skipped += 1;
      else if (!parseIP(address.ip)) invalid += 1;
      else {
        added += 1;
        const type = isIpv6(address.ip) ? 'IPv6' : 'IPv4';
        const key = groupKey(type, own);
        const group = groups.get(key) ?? { type, ports: own, endpoints: new Map<string, Endpoint>() };
        groups.set(key, group);
        const endpoint = endpointOf(address, ready);
        group.endpoints.set(endpointKey(endpoint), endpoint);
      }
    };
    for (const address of addresses) add(address, true);
    for (const address of notReadyAddresses) add(address, false);
  }
  return { groups, invalid, skipped };
}

function endpointOf({ ip, hostname, nodeName, targetRef }: EndpointAddress, ready: boolean): Endpoint {
  return {
    addresses: [ip],
    conditions: { ready },
    ...(hostname ? { hostname } : {}),
    ...(nodeName === undefined ? {} : { nodeName }),
    ...(targetRef ? { targetRef } : {}),
  };
}

function isMirror(slice: EndpointSlice, endpoints: Endpoints, { endpoints: wanted }: Group): boolean {
  const held = slice.endpoints ?? [];
  if (held.length !== wanted.size) return false;
  if (!held.every((endpoint) => semanticEqual(endpoint, wanted.get(endpointKey(endpoint))))) return false;
  return (
    semanticEqual(endpoints.metadata.labels, without(slice.metadata.labels, OWN_LABELS)) &&
    semanticEqual(without(endpoints.metadata.annotations, OWN_ANNOTATIONS), slice.metadata.annotations)
  );
}

function mirror(endpoints: Endpoints, group: Group, before: EndpointSlice | undefined): EndpointSlice {
  const { name = '', namespace = '', labels, annotations } = endpoints.metadata;
  const prefix = nameIsSubdomain(`${name}-`, true).length === 0 ? `${name}-` : name;
  const reference = controllerReference({ ...endpoints, apiVersion: 'v1', kind: 'Endpoints' });
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      ...(before?.metadata.name === undefined ? { generateName: prefix } : { name: before.metadata.name }),
      namespace,
      labels: { ...labels, [SERVICE_NAME]: name, [MANAGED_BY]: MIRRORING_CONTROLLER },
      annotations: without(annotations, OWN_ANNOTATIONS),
      ownerReferences: [reference],
    },
    addressType: group.type,
    endpoints: [...group.endpoints.values()],
    ports: group.ports,
  };
}

function without(map: Readonly<Record<string, string>> | undefined, keys: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(map ?? {}).filter(([key]) => !keys.includes(key)));
}

function groupKey(type: string, ports: readonly EndpointPort[]): string {
  const keys = ports.map(({ name = '', protocol = '', port = 0, appProtocol = '' }) =>
    JSON.stringify([name, protocol, port, appProtocol]),
  );
  return `${type}-${keys.sort(compareText).join()}`;
}
