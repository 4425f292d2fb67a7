import { StatusError } from '../../api/status.js';
import type { Ingress } from '../../api/types/networking.js';
import type { Node } from '../../api/types/node.js';
import type { Pod } from '../../api/types/pod.js';
import type { Service } from '../../api/types/service.js';
import type { ApiClient } from '../../client/client.js';
import type { ComponentLog } from '../../client/component/log.js';
import { RESOURCES } from '../../client/resource-types.js';
import type { Waiting } from '../../kernel/wait.js';
import type { ParsedIngress } from './model.js';
import { INGRESSES } from './store.js';

/** One address by which ingresses are reached. */
export interface Address {
  readonly ip?: string;
  readonly hostname?: string;
}

/** Where the addresses come from: a service, a flag, or the nodes of the controller's own pods. */
export interface AddressSource {
  /** `namespace/name` */
  readonly publishService: string;
  readonly publishAddress: string;
  readonly useInternalAddress: boolean;
  readonly pod: { readonly namespace: string; readonly name: string };
}

/** The addresses at which the controller answers (status.runningAddresses). Throws `StatusError`. */
export function* runningAddresses(client: ApiClient, source: AddressSource): Waiting<Address[]> {
  if (source.publishAddress !== '')
    return source.publishAddress.split(/,\s*/).map((one) => (/^[\d.]+$|:/.test(one) ? { ip: one } : { hostname: one }));
  if (source.publishService !== '') {
    const [namespace = '', name = ''] = source.publishService.split('/');
    return addressesOfService(yield* client.get<Service>(RESOURCES.services, name, namespace));
  }
  return yield* addressesOfNodes(client, source);
}

/** What a service says of itself, by its type. */
function addressesOfService({ spec, status }: Service): Address[] {
  const external = (spec.externalIPs ?? []).map((ip) => ({ ip }));
  if (spec.type === 'ExternalName') return [{ hostname: spec.externalName ?? '' }];
  if (spec.type === 'LoadBalancer') {
    const own = (status?.loadBalancer?.ingress ?? []).map(({ ip, hostname }) => ({
      ...(hostname ? { hostname } : {}),
      ...(ip ? { ip } : {}),
    }));
    return [...own, ...external.filter(({ ip }) => !own.some((one) => one.ip === ip))];
  }
  if (spec.type === 'NodePort' && external.length > 0) return external;
  return [{ ip: spec.clusterIP ?? '' }];
}

function* addressesOfNodes(client: ApiClient, { pod, useInternalAddress }: AddressSource): Waiting<Address[]> {
  const own = yield* client.get<Pod>(RESOURCES.pods, pod.name, pod.namespace);
  const labels = Object.entries(own.metadata.labels ?? {}).map(([key, value]) => `${key}=${value}`);
  const { items } = yield* client.list<Pod>(RESOURCES.pods, {
    namespace: pod.namespace,
    labelSelector: labels.join(','),
  });
  const found = new Map<string, Address>();
  for (const { spec, status } of items) {
    const isReady = status?.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True');
    if (status?.phase !== 'Running' || !isReady || !spec.nodeName) continue;
    const node = yield* client.get<Node>(RESOURCES.nodes, spec.nodeName);
    const all = node.status?.addresses ?? [];
    const outer = useInternalAddress ? [] : all.filter(({ type }) => type === 'ExternalIP');
    const chosen = outer.length > 0 ? outer : all.filter(({ type }) => type === 'InternalIP');
    for (const { address } of chosen) found.set(address, { ip: address });
  }
  return [...found.values()];
}

/** Writes the addresses into every ingress that says otherwise. */
export function* updateStatuses(
  client: ApiClient,
  log: ComponentLog,
  ingresses: readonly ParsedIngress[],
  addresses: readonly Address[],
): Waiting<void> {
  const wanted = sorted(addresses);
  for (const { ingress } of ingresses) {
    const { namespace = '', name = '' } = ingress.metadata;
    try {
      const current = yield* client.get<Ingress>(INGRESSES, name, namespace);
      const before = sorted(current.status?.loadBalancer?.ingress ?? []);
      if (JSON.stringify(before) === JSON.stringify(wanted)) continue;
      const fields = { namespace, ingress: name, currentValue: before, newValue: wanted };
      log.info('updating Ingress status', fields, 'status.go:304');
      const status = { loadBalancer: wanted.length > 0 ? { ingress: wanted.map((one) => ({ ...one })) } : {} };
      yield* client.update(INGRESSES, { ...current, status }, { subresource: 'status' });
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      log.warning(`error updating ingress rule: ${error.message}`, 'status.go:309');
    }
  }
}

function sorted(addresses: readonly Address[]): Address[] {
  const key = ({ hostname = '', ip = '' }: Address) => `${hostname} ${ip}`;
  return [...addresses]
    .map(({ ip, hostname }) => ({ ...(ip ? { ip } : {}), ...(hostname ? { hostname } : {}) }))
    .sort((one, other) => (key(one) < key(other) ? -1 : 1));
}
