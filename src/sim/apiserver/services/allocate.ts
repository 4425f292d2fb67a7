import { type FieldError, invalid } from '../../api/field-error.js';
import { needsHealthCheck, needsNodePort } from '../../api/kinds/service-rules.js';
import type { KubeObject } from '../../api/object.js';
import { internalError, invalidObject, StatusError } from '../../api/status.js';
import type { ServicePort, ServiceSpec } from '../../api/types/service.js';
import type { Store } from '../../store/store.js';
import type { ServerParts } from '../parts.js';
import { isTakenByObject } from './address-objects.js';
import { chooseFamilies } from './families.js';
import { heldByServices, serviceKey } from './held.js';
import {
  type AddressBlock,
  addressNumber,
  addressText,
  familyOf,
  type IPFamily,
  isUsable,
  usableSize,
} from './ip-range.js';
import { blocksOf, configuredFamilies } from './ranges.js';

/** What is asked for every allocation. */
interface Asked {
  readonly parts: ServerParts;
  readonly store: Store;
  readonly object: KubeObject;
  readonly spec: ServiceSpec;
  readonly isTaken: (port: number) => boolean;
}

/**
 * Gives a Service the addresses and node ports it needs and does not have. What others hold is read from their objects,
 * so nothing has to be given back. Throws 422 in the allocators' words.
 */
export function allocateService(
  parts: ServerParts,
  store: Store,
  object: KubeObject,
  old: KubeObject | undefined,
): void {
  const spec = object['spec'] as ServiceSpec | undefined;
  if (!spec) return;
  const own = serviceKey(object);
  const asked: Asked = { parts, store, object, spec, isTaken: (port) => heldByServices(store).hasPort(port, own) };
  if (spec.type !== 'ExternalName') allocateAddresses(asked, old?.['spec'] as ServiceSpec | undefined);
  else if (!old) delete spec.clusterIPs;
  if (spec.type === 'NodePort' || spec.type === 'LoadBalancer') allocateNodePorts(asked);
  if (needsHealthCheck(spec)) allocateHealthPort(asked);
}

function refuse(object: KubeObject, ...errors: readonly FieldError[]): StatusError {
  return new StatusError(invalidObject('', 'Service', object.metadata.name ?? '', errors));
}

function allocateAddresses(asked: Asked, old: ServiceSpec | undefined): void {
  const { parts, object, spec } = asked;
  if (spec.clusterIP && !spec.clusterIPs?.length) spec.clusterIPs = [spec.clusterIP];
  const before = old?.type === 'ExternalName' ? undefined : old;
  const wrong = chooseFamilies(spec, before, configuredFamilies(parts));
  if (wrong.length > 0) throw refuse(object, ...wrong);
  if (spec.clusterIP === 'None') return;
  const given = [...(spec.clusterIPs ?? [])];
  const addresses = (spec.ipFamilies ?? []).map((family, index) => {
    const address = given[index];
    if (!address) return drawAddress(asked, family as IPFamily);
    if (!before?.clusterIPs?.includes(address)) checkAddress(asked, address);
    return address;
  });
  // Addresses beyond the families are for validation to refuse.
  spec.clusterIPs = [...addresses, ...given.slice(addresses.length)];
  spec.clusterIP = spec.clusterIPs[0] as string;
}

function checkAddress({ parts, store, object, spec }: Asked, address: string): void {
  const number = addressNumber(address);
  // What is no address is for validation to say.
  if (number === undefined) return;
  const fail = (why: string) =>
    refuse(
      object,
      invalid('spec.clusterIPs', spec.clusterIPs ?? [address], `failed to allocate IP ${address}: ${why}`),
    );
  const blocks = blocksOf(parts, store, familyOf(address));
  // Several blocks may be there, and so none is named (MetaAllocator).
  if (!blocks.some((block) => isUsable(block, number)))
    throw fail('the provided network does not match the current range');
  if (isTaken(parts, store, object, address)) throw fail('provided IP is already allocated');
}

function isTaken(parts: ServerParts, store: Store, object: KubeObject, address: string): boolean {
  return (
    heldByServices(store).hasAddress(address, serviceKey(object)) || isTakenByObject(parts, store, address, object)
  );
}

/** A free address of a family, of the first block that has one. Throws 500 when none has. */
function drawAddress({ parts, store, object }: Asked, family: IPFamily): string {
  for (const block of blocksOf(parts, store, family)) {
    const address = drawFrom(parts, block, (candidate) => isTaken(parts, store, object, candidate));
    if (address !== undefined) return address;
  }
  const why = `failed to allocate a serviceIP for Service "${object.metadata.name}": range is full`;
  throw new StatusError(internalError(why));
}

/** A free address, drawn from the upper part of the block; the lower part is left to those who choose for themselves. */
function drawFrom(parts: ServerParts, block: AddressBlock, taken: (address: string) => boolean): string | undefined {
  const usable = Number(usableSize(block) > 2n ** 32n ? 2n ** 32n : usableSize(block));
  const size = Number(block.size > 2n ** 32n ? 2n ** 32n : block.size);
  const reserved = Math.min(Math.max(16, Math.floor(size / 16)), 256);
  const lower = usable > reserved ? reserved : 0;
  const start = parts.random.below(usable - lower);
  for (let step = 0; step < usable; step += 1) {
    // First the upper part from a random place around, then the lower part.
    const offset = step < usable - lower ? lower + ((start + step) % (usable - lower)) : step - (usable - lower);
    const address = addressText(block, block.base + 1n + BigInt(offset));
    if (!taken(address)) return address;
  }
  return undefined;
}

function allocateNodePorts({ parts, object, spec, isTaken: taken }: Asked): void {
  const own = new Map<number, string>();
  const ports = spec.ports ?? [];
  ports.forEach((port, index) => {
    if (!isChosen(port)) return;
    const why = portProblem(parts, port.nodePort, taken);
    if (why) throw refuse(object, invalid(`spec.ports[${index}].nodePort`, port.nodePort, why));
    own.set(port.nodePort, port.protocol ?? 'TCP');
  });
  // Without allocation only what was chosen is held.
  if (!needsNodePort(spec)) return;
  for (const port of ports) {
    if (isChosen(port)) continue;
    // The same port number for another protocol shares the node port.
    const shared = ports.find((one) => isChosen(one) && one.port === port.port && one.protocol !== port.protocol);
    const drawn = shared?.nodePort ?? drawPort(parts, (candidate) => taken(candidate) || own.has(candidate));
    if (drawn === undefined) throw new StatusError(internalError('failed to allocate a nodePort: range is full'));
    port.nodePort = drawn;
    own.set(drawn, port.protocol ?? 'TCP');
  }
}

/** A port below one is none, and another is drawn. */
function isChosen(port: ServicePort): port is ServicePort & { nodePort: number } {
  return (port.nodePort ?? 0) > 0;
}

function allocateHealthPort({ parts, spec, isTaken: taken }: Asked): void {
  const given = spec.healthCheckNodePort;
  const own = (spec.ports ?? []).map((port) => port.nodePort);
  if (given) {
    const why = portProblem(parts, given, (port) => taken(port) || own.includes(port));
    if (!why) return;
    throw new StatusError(internalError(`failed to allocate requested HealthCheck NodePort ${given}: ${why}`));
  }
  const drawn = drawPort(parts, (candidate) => taken(candidate) || own.includes(candidate));
  if (drawn === undefined) {
    throw new StatusError(internalError('failed to allocate a HealthCheck NodePort 0: range is full'));
  }
  spec.healthCheckNodePort = drawn;
}

/** Why a service cannot have a port it chose (portallocator). */
function portProblem(parts: ServerParts, port: number, taken: (port: number) => boolean): string | undefined {
  const [low, high] = parts.nodePortRange;
  if (port < low || port > high) {
    return `provided port is not in the valid range. The range of valid ports is ${low}-${high}`;
  }
  return taken(port) ? 'provided port is already allocated' : undefined;
}

function drawPort(parts: ServerParts, taken: (port: number) => boolean): number | undefined {
  const [low, high] = parts.nodePortRange;
  const size = high - low + 1;
  const reserved = Math.min(Math.max(16, Math.floor(size / 32)), 128);
  const lower = size > reserved ? reserved : 0;
  const start = parts.random.below(size - lower);
  for (let step = 0; step < size; step += 1) {
    const offset = step < size - lower ? lower + ((start + step) % (size - lower)) : step - (size - lower);
    if (!taken(low + offset)) return low + offset;
  }
  return undefined;
}
