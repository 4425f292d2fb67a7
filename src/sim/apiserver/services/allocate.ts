import { type FieldError, invalid } from '../../api/field-error.js';
import { needsHealthCheck, needsNodePort, validateClusterIPs } from '../../api/kinds/service-rules.js';
import type { KubeObject } from '../../api/object.js';
import { internalError, invalidObject, StatusError } from '../../api/status.js';
import type { ServicePort, ServiceSpec } from '../../api/types/service.js';
import type { Store } from '../../store/store.js';
import type { ServerParts } from '../parts.js';
import { objectOf } from '../storage/stored-object.js';
import { type AddressBlock, addressNumber, addressText, isUsable, readBlock } from './ip-range.js';

const SERVICES = '/registry/services/specs/';

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
  const others = otherServices(store, object);
  if (spec.type !== 'ExternalName') allocateAddress(parts, object, spec, others);
  else if (!old) delete spec.clusterIPs;
  if (needsNodePort(spec)) allocateNodePorts(parts, object, spec, others);
  if (needsHealthCheck(spec)) allocateHealthPort(parts, object, spec, others);
}

function otherServices(store: Store, object: KubeObject): ServiceSpec[] {
  const own = `${SERVICES}${object.metadata.namespace}/${object.metadata.name}`;
  const entries = store.range({ prefix: SERVICES }).entries.filter((entry) => entry.key !== own);
  return entries.map((entry) => (objectOf(entry)['spec'] ?? {}) as ServiceSpec);
}

function refuse(object: KubeObject, ...errors: readonly FieldError[]): StatusError {
  return new StatusError(invalidObject('', 'Service', object.metadata.name ?? '', errors));
}

function allocateAddress(
  parts: ServerParts,
  object: KubeObject,
  spec: ServiceSpec,
  others: readonly ServiceSpec[],
): void {
  if (spec.clusterIP && !spec.clusterIPs?.length) spec.clusterIPs = [spec.clusterIP];
  chooseFamilies(object, spec);
  if (spec.clusterIP === 'None') return;
  const block = readBlock(parts.serviceRange);
  const taken = new Set(others.flatMap((other) => other.clusterIPs ?? (other.clusterIP ? [other.clusterIP] : [])));
  if (spec.clusterIP) {
    checkAddress(object, spec, block, parts.serviceRange, taken);
    spec.clusterIPs ??= [spec.clusterIP];
    return;
  }
  const address = drawAddress(parts, block, taken);
  if (address === undefined) {
    throw refuse(object, invalid('spec.clusterIPs', spec.clusterIPs ?? null, 'failed to allocate IP: range is full'));
  }
  spec.clusterIP = address;
  spec.clusterIPs = [address];
}

/** Families and policy of who does not say. Without a selector, a headless service is for both. Throws 422. */
function chooseFamilies(object: KubeObject, spec: ServiceSpec): void {
  const forBoth = spec.clusterIP === 'None' && Object.keys(spec.selector ?? {}).length === 0;
  spec.ipFamilyPolicy ??= forBoth ? 'RequireDualStack' : 'SingleStack';
  const wrong = validateClusterIPs(spec);
  if (wrong.length > 0) throw refuse(object, ...wrong);
  if (forBoth) {
    const [first = 'IPv4', ...others] = spec.ipFamilies ?? [];
    const wantsOther = others.length === 0 && spec.ipFamilyPolicy !== 'SingleStack';
    spec.ipFamilies = wantsOther ? [first, first === 'IPv4' ? 'IPv6' : 'IPv4'] : [first, ...others];
    return;
  }
  const errors: FieldError[] = [];
  if (spec.ipFamilyPolicy === 'RequireDualStack') {
    const words = 'this cluster is not configured for dual-stack services';
    errors.push(invalid('spec.ipFamilyPolicy', spec.ipFamilyPolicy, words));
  }
  (spec.ipFamilies ?? []).forEach((family, index) => {
    if (family !== 'IPv4') errors.push(invalid(`spec.ipFamilies[${index}]`, family, 'not configured on this cluster'));
  });
  if (errors.length > 0) throw refuse(object, ...errors);
  if (!spec.ipFamilies?.length) spec.ipFamilies = ['IPv4'];
}

function checkAddress(
  object: KubeObject,
  spec: ServiceSpec,
  block: AddressBlock,
  range: string,
  taken: ReadonlySet<string>,
): void {
  const address = spec.clusterIP as string;
  const number = addressNumber(address);
  // What is no address is for validation to say.
  if (number === undefined) return;
  const fail = (why: string) =>
    refuse(
      object,
      invalid('spec.clusterIPs', spec.clusterIPs ?? [address], `failed to allocate IP ${address}: ${why}`),
    );
  if (!isUsable(block, number)) {
    throw fail(`the provided IP (${address}) is not in the valid range. The range of valid IPs is ${range}`);
  }
  if (taken.has(address)) throw fail('provided IP is already allocated');
}

/** A free address, drawn from the upper part of the block; the lower part is left to those who choose for themselves. */
function drawAddress(parts: ServerParts, block: AddressBlock, taken: ReadonlySet<string>): string | undefined {
  const usable = block.size - 2;
  const reserved = Math.min(Math.max(16, Math.floor(block.size / 16)), 256);
  const lower = usable > reserved ? reserved : 0;
  const start = parts.random.below(usable - lower);
  for (let step = 0; step < usable; step += 1) {
    // First the upper part from a random place around, then the lower part.
    const offset = step < usable - lower ? lower + ((start + step) % (usable - lower)) : step - (usable - lower);
    const address = addressText(block.base + 1 + offset);
    if (!taken.has(address)) return address;
  }
  return undefined;
}

function allocateNodePorts(
  parts: ServerParts,
  object: KubeObject,
  spec: ServiceSpec,
  others: readonly ServiceSpec[],
): void {
  const taken = takenPorts(others);
  const own = new Map<number, string>();
  const ports = spec.ports ?? [];
  ports.forEach((port, index) => {
    if (!isChosen(port)) return;
    checkPort(parts, object, `spec.ports[${index}].nodePort`, port.nodePort, taken);
    own.set(port.nodePort, port.protocol ?? 'TCP');
  });
  for (const port of ports) {
    if (isChosen(port)) continue;
    // The same port number for another protocol shares the node port.
    const shared = ports.find((one) => isChosen(one) && one.port === port.port && one.protocol !== port.protocol);
    const drawn = shared?.nodePort ?? drawPort(parts, (candidate) => taken.has(candidate) || own.has(candidate));
    if (drawn === undefined) throw new StatusError(internalError('failed to allocate a nodePort: range is full'));
    port.nodePort = drawn;
    own.set(drawn, port.protocol ?? 'TCP');
  }
}

/** A port below one is none, and another is drawn. */
function isChosen(port: ServicePort): port is ServicePort & { nodePort: number } {
  return (port.nodePort ?? 0) > 0;
}

function allocateHealthPort(
  parts: ServerParts,
  object: KubeObject,
  spec: ServiceSpec,
  others: readonly ServiceSpec[],
): void {
  const taken = takenPorts(others);
  const given = spec.healthCheckNodePort;
  if (given) {
    checkPort(parts, object, 'spec.healthCheckNodePort', given, taken);
    return;
  }
  const own = (spec.ports ?? []).map((port) => port.nodePort);
  const drawn = drawPort(parts, (candidate) => taken.has(candidate) || own.includes(candidate));
  if (drawn !== undefined) spec.healthCheckNodePort = drawn;
}

function takenPorts(others: readonly ServiceSpec[]): Set<number> {
  const taken = new Set<number>();
  for (const other of others) {
    for (const port of other.ports ?? []) if (port.nodePort) taken.add(port.nodePort);
    if (other.healthCheckNodePort) taken.add(other.healthCheckNodePort);
  }
  return taken;
}

function checkPort(
  parts: ServerParts,
  object: KubeObject,
  path: string,
  port: number,
  taken: ReadonlySet<number>,
): void {
  const [low, high] = parts.nodePortRange;
  if (port < low || port > high) {
    throw refuse(
      object,
      invalid(path, port, `provided port is not in the valid range. The range of valid ports is ${low}-${high}`),
    );
  }
  if (taken.has(port)) throw refuse(object, invalid(path, port, 'provided port is already allocated'));
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
