import { failure, notFound, StatusError } from '../../api/status.js';
import type { EndpointAddress, Endpoints } from '../../api/types/endpoints.js';
import type { Pod } from '../../api/types/pod.js';
import type { Store } from '../../store/store.js';
import type { RequestContext } from '../request/context.js';
import { objectOf } from '../storage/stored-object.js';

interface ServicePort {
  readonly name?: string;
  readonly port: number;
}

/** How a Service and its port were named, and the whole of it as it was written. */
interface Named {
  readonly name: string;
  readonly port: string;
  readonly whole: string;
}

/**
 * One of the addresses behind a port of a Service, which is given by name or number, or left out for the one without a
 * name, as the Endpoints of that name have it; only addresses of pods that are there count (core/service ResourceLocation).
 * Throws 404 and 503.
 */
export function serviceEndpoint(
  { parts, info }: RequestContext,
  store: Store,
  { name, port, whole }: Named,
): { address: string; port: number } {
  const { namespace } = info;
  const portName = /^[+-]?\d+$/.test(port) ? nameOfPort(store, namespace, name, Number(port)) : port;
  const { subsets = [] } = read<Endpoints>(store, 'services/endpoints', namespace, name);
  if (subsets.length === 0) throw none(name);
  for (const { addresses = [], ports = [] } of fromAnywhere(subsets, parts.random.below(subsets.length))) {
    if (addresses.length === 0) continue;
    for (const found of ports.filter((one) => (one.name ?? '') === portName)) {
      const choices: EndpointAddress[] = fromAnywhere(addresses, parts.random.below(addresses.length));
      const chosen = choices.find((address) => isOfPod(store, namespace, address));
      if (chosen) return { address: chosen.ip, port: found.port };
    }
  }
  throw none(whole);
}

/** A list from somewhere in its midst, round to where it began. */
function fromAnywhere<T>(items: readonly T[], start: number): T[] {
  return [...items.slice(start), ...items.slice(0, start)];
}

function nameOfPort(store: Store, namespace: string, name: string, number: number): string {
  const { spec } = read<{ spec: { ports?: readonly ServicePort[] } }>(store, 'services/specs', namespace, name);
  const found = spec.ports?.find(({ port }) => port === number);
  if (!found) throw unavailable(`no service port ${number} found for service ${JSON.stringify(name)}`);
  return found.name ?? '';
}

function isOfPod(store: Store, namespace: string, { ip, targetRef }: EndpointAddress): boolean {
  if (!targetRef || targetRef.namespace !== namespace) return false;
  const entry = store.get(`/registry/pods/${namespace}/${targetRef.name}`);
  const { podIPs = [] } = (entry && (objectOf(entry) as Pod).status) ?? {};
  return podIPs.some((address) => address.ip === ip);
}

/** What is missing is a Service in the server's words, whichever it was. */
function read<T>(store: Store, prefix: string, namespace: string, name: string): T {
  const entry = store.get(`/registry/${prefix}/${namespace}/${name}`);
  if (!entry) throw new StatusError(notFound({ group: '', resource: 'services' }, name));
  return objectOf(entry) as unknown as T;
}

function none(of: string): StatusError {
  return unavailable(`no endpoints available for service ${JSON.stringify(of)}`);
}

/** 503. */
export function unavailable(message: string): StatusError {
  return new StatusError(failure(503, 'ServiceUnavailable', message));
}
