import { compareText } from '../../api/go-text.js';
import { nameIsSubdomain } from '../../api/names.js';
import { deepCopy, semanticEqual } from '../../api/object.js';
import { controllerReference, isControlledBy } from '../../api/owner-references.js';
import type { Endpoint, EndpointPort, EndpointSlice } from '../../api/types/endpoints.js';
import type { Node } from '../../api/types/node.js';
import type { Pod } from '../../api/types/pod.js';
import type { Service } from '../../api/types/service.js';
import { endpointKey } from '../machinery/endpoint-key.js';
import { hasEndpoint, isHeadless } from '../machinery/service-pods.js';
import { type AddressType, addressTypesOf, endpointOf, endpointPorts, sharesByZone } from './endpoint.js';
import type { HintEvent, ZoneHints } from './zone-hints.js';

export const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by';
export const CONTROLLER_NAME = 'endpointslice-controller.k8s.io';
export const SERVICE_NAME = 'kubernetes.io/service-name';
const HEADLESS = 'service.kubernetes.io/headless';
const RESERVED_LABELS: readonly string[] = [SERVICE_NAME, MANAGED_BY, HEADLESS];
/** Endpoints one slice holds. */
const ENDPOINTS_PER_SLICE_MAX = 100;

/** What to write so that the slices say what the pods are. */
export interface SliceChanges {
  readonly create: EndpointSlice[];
  readonly update: EndpointSlice[];
  readonly remove: EndpointSlice[];
  /** Pods left out because their node is not known; the sync is tried again. */
  readonly skipped: Pod[];
  /** What is told of hints. */
  readonly events: HintEvent[];
}

/** What is known beside a service and its pods. */
interface Surroundings {
  nodeOf(name: string): Node | undefined;
  readonly hints: ZoneHints;
}

/** Compares a service's slices with its pods, by address family and by the ports pods offer. */
export function planSlices(
  service: Service,
  pods: readonly Pod[],
  existing: readonly EndpointSlice[],
  around: Surroundings,
): SliceChanges {
  const changes: SliceChanges = { create: [], update: [], remove: [], skipped: [], events: [] };
  const types = addressTypesOf(service);
  changes.remove.push(...existing.filter((slice) => !types.includes(slice.addressType as AddressType)));
  for (const type of types) {
    planFamily(
      service,
      pods,
      existing.filter((slice) => slice.addressType === type),
      type,
      around,
      changes,
    );
  }
  return reuseNames(service, changes);
}

interface Wanted {
  readonly ports: EndpointPort[];
  readonly endpoints: Map<string, Endpoint>;
}

/** A slice whose list of endpoints can be added to; it is stored as null while there are none. */
type FilledSlice = EndpointSlice & { endpoints: Endpoint[] };

function planFamily(
  service: Service,
  pods: readonly Pod[],
  existing: readonly EndpointSlice[],
  type: AddressType,
  { nodeOf, hints }: Surroundings,
  changes: SliceChanges,
): void {
  const own: SliceChanges = { create: [], update: [], remove: [], skipped: changes.skipped, events: changes.events };
  const byPorts = new Map<string, EndpointSlice[]>();
  for (const slice of existing) {
    if (!isControlledBy(slice, service)) own.remove.push(slice);
    else push(byPorts, portsKey(slice.ports ?? []), slice);
  }
  const wanted = wantedByPorts(service, pods, type, nodeOf, changes.skipped);
  for (const [key, group] of wanted) planGroup(service, byPorts.get(key) ?? [], group, type, own);
  for (const [key, slices] of byPorts) if (!wanted.has(key)) own.remove.push(...slices);
  if (existing.length === own.remove.length && own.create.length === 0) keepPlaceholder(service, type, own);
  const { name = '', namespace = '' } = service.metadata;
  const key = `${namespace}/${name}`;
  if (sharesByZone(service.metadata)) {
    const changed = new Set([...own.update, ...own.remove].map(({ metadata }) => metadata.name));
    const unchanged = existing.filter(({ metadata }) => !changed.has(metadata.name));
    changes.events.push(...hints.add(key, type, { create: own.create, update: own.update, unchanged }));
  } else changes.events.push(...hints.withdraw(key, type));
  changes.create.push(...own.create);
  changes.update.push(...own.update);
  changes.remove.push(...own.remove);
}

function wantedByPorts(
  service: Service,
  pods: readonly Pod[],
  type: AddressType,
  nodeOf: (name: string) => Node | undefined,
  skipped: Pod[],
): Map<string, Wanted> {
  const wanted = new Map<string, Wanted>();
  for (const pod of pods) {
    if (!hasEndpoint(pod, true)) continue;
    const ports = endpointPorts(service, pod);
    const group = wanted.get(portsKey(ports)) ?? { ports, endpoints: new Map<string, Endpoint>() };
    wanted.set(portsKey(ports), group);
    const node = pod.spec.nodeName ? nodeOf(pod.spec.nodeName) : undefined;
    if (!node && !service.spec.publishNotReadyAddresses) {
      skipped.push(pod);
      continue;
    }
    const endpoint = endpointOf(pod, node, service, type);
    if (endpoint) group.endpoints.set(endpointKey(endpoint), endpoint);
  }
  return wanted;
}

/** Keeps endpoints where they are, fills slices that change anyway, then others with room, then new ones. */
function planGroup(
  service: Service,
  existing: readonly EndpointSlice[],
  { ports, endpoints }: Wanted,
  type: AddressType,
  changes: SliceChanges,
): void {
  const left = new Map(endpoints);
  const updated: FilledSlice[] = [];
  const unchanged: FilledSlice[] = [];
  for (const slice of existing) {
    const kept: Endpoint[] = [];
    let differs = false;
    for (const endpoint of slice.endpoints ?? []) {
      const now = left.get(endpointKey(endpoint));
      if (!now) continue;
      kept.push(now);
      differs ||= !isSameEndpoint(now, endpoint, sharesByZone(service.metadata));
      left.delete(endpointKey(endpoint));
    }
    const labels = sliceLabels(service);
    const shrunk = kept.length !== (slice.endpoints ?? []).length;
    if (kept.length === 0 && shrunk) changes.remove.push(slice);
    else if (differs || shrunk || !semanticEqual(labels, slice.metadata.labels)) {
      updated.push({ ...deepCopy(slice), metadata: { ...deepCopy(slice.metadata), labels }, endpoints: kept });
    } else unchanged.push({ ...slice, endpoints: kept });
  }
  const take = (slice: FilledSlice) => {
    for (const [key, endpoint] of left) {
      if (slice.endpoints.length >= ENDPOINTS_PER_SLICE_MAX) return;
      slice.endpoints.push(endpoint);
      left.delete(key);
    }
  };
  updated.sort((a, b) => b.endpoints.length - a.endpoints.length).forEach(take);
  while (left.size > 0) {
    const roomy = unchanged
      .filter((slice) => slice.endpoints.length + left.size <= ENDPOINTS_PER_SLICE_MAX)
      .sort((a, b) => b.endpoints.length - a.endpoints.length)[0];
    const target = roomy ? deepCopy(roomy) : newSlice(service, type, ports);
    if (roomy) {
      unchanged.splice(unchanged.indexOf(roomy), 1);
      updated.push(target);
    } else changes.create.push(target);
    take(target);
  }
  changes.update.push(...updated);
}

/** Whether an endpoint is as it should be; hints that are shared out are looked at by themselves. */
function isSameEndpoint(now: Endpoint, before: Endpoint, shared: boolean): boolean {
  if (!shared) return semanticEqual(now, before);
  const { hints: _, ...rest } = before;
  return semanticEqual(now, rest);
}

/** A service without endpoints still has one slice, so that readers can tell "none" from "not yet". */
function keepPlaceholder(service: Service, type: AddressType, changes: SliceChanges): void {
  const placeholder = newSlice(service, type, []);
  const [only] = changes.remove;
  const isPlaceholder = (slice: EndpointSlice) =>
    (slice.endpoints ?? []).length === 0 &&
    (slice.ports ?? []).length === 0 &&
    semanticEqual(slice.metadata.labels, placeholder.metadata.labels) &&
    semanticEqual(slice.metadata.ownerReferences, placeholder.metadata.ownerReferences);
  if (changes.remove.length === 1 && only && isPlaceholder(only)) changes.remove.length = 0;
  else changes.create.push(placeholder);
}

/** A slice that is to be made takes the place of one that is to be deleted, so that readers see no gap. */
function reuseNames(service: Service, changes: SliceChanges): SliceChanges {
  const create: EndpointSlice[] = [];
  const update = [...changes.update];
  const remove = [...changes.remove];
  for (const slice of [...changes.create].reverse()) {
    const at = remove.findIndex((old) => old.addressType === slice.addressType && isControlledBy(old, service));
    const [old] = at < 0 ? [] : remove.splice(at, 1);
    if (!old) create.push(slice);
    else {
      const { generateName: _, ...metadata } = slice.metadata;
      update.push({ ...slice, metadata: { ...deepCopy(old.metadata), ...metadata } });
    }
  }
  return { create, update, remove, skipped: changes.skipped, events: changes.events };
}

function newSlice(service: Service, addressType: AddressType, ports: EndpointPort[]): FilledSlice {
  const { name = '', namespace = '' } = service.metadata;
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      generateName: nameIsSubdomain(`${name}-`, true).length === 0 ? `${name}-` : name,
      namespace,
      labels: sliceLabels(service),
      ownerReferences: [controllerReference(service)],
    },
    addressType,
    endpoints: [],
    ports,
  };
}

function sliceLabels(service: Service): Record<string, string> {
  const own = Object.entries(service.metadata.labels ?? {}).filter(([key]) => !RESERVED_LABELS.includes(key));
  return {
    ...Object.fromEntries(own),
    ...(isHeadless(service) ? { [HEADLESS]: '' } : {}),
    [SERVICE_NAME]: service.metadata.name ?? '',
    [MANAGED_BY]: CONTROLLER_NAME,
  };
}

function portsKey(ports: readonly EndpointPort[]): string {
  const keys = ports.map(({ name = '', protocol = '', port = 0, appProtocol = '' }) =>
    JSON.stringify([name, protocol, port, appProtocol]),
  );
  return keys.sort(compareText).join();
}

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  map.set(key, [...(map.get(key) ?? []), value]);
}
