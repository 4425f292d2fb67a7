import { deepCopy } from '../../api/object.js';
import { StatusError } from '../../api/status.js';
import type { Namespace } from '../../api/types/config.js';
import type { Service } from '../../api/types/service.js';
import { createClient } from '../../client/create-client.js';
import { EventBroadcaster } from '../../client/event-recorder.js';
import { inClusterConfig } from '../../client/in-cluster.js';
import type { Informer } from '../../client/informer.js';
import { InformerFactory } from '../../client/informer-factory.js';
import { RESOURCES } from '../../client/resource-types.js';
import { connectTransport } from '../../client/transport.js';
import { isErrno } from '../../kernel/errno.js';
import type { Program } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { WaitQueue } from '../../kernel/wait.js';
import { parseAddress } from '../addresses.js';
import { type AddressPool, addressesOf, FROM_POOL, hasAddress, isBalanced, POOLS, poolsFor } from './pools.js';

const REQUESTED = ['metallb.io/loadBalancerIPs', 'metallb.universe.tf/loadBalancerIPs'];
const REQUESTED_POOL = ['metallb.io/address-pool', 'metallb.universe.tf/address-pool'];
const RETRY = 5 * SECOND;

/** MetalLB's controller (v0.15): gives services of type LoadBalancer addresses from IPAddressPools. */
export const metallbController: Program = function* metallbController(sys) {
  yield* sys.write(1, '{"level":"info","msg":"MetalLB controller starting (commit v0.15.2)","version":"0.15.2"}\n');
  const client = createClient(connectTransport(sys, inClusterConfig(sys)), { userAgent: 'metallb-controller/v0.15.2' });
  const informers = new InformerFactory(sys, client);
  const services = informers.informer<Service>(RESOURCES.services);
  const pools = informers.informer<AddressPool>(POOLS);
  const namespaces = informers.informer<Namespace>(RESOURCES.namespaces);
  const changed = new WaitQueue();
  const wake = () => changed.wakeAll();
  services.addHandlers({ added: wake, updated: wake, deleted: wake });
  pools.addHandlers({ added: wake, updated: wake, deleted: wake });
  namespaces.addHandlers({ added: wake, updated: wake, deleted: wake });
  informers.start();
  yield* informers.waitForCaches();
  const recorder = new EventBroadcaster(sys, client).recorder({ component: 'metallb-controller' });
  const failed = new Map<string, string>();
  for (;;) {
    const held = holders(services);
    let again = false;
    for (const service of services.list()) {
      const plan = planOf(service, held, pools.list(), namespaces.list());
      const key = `${service.metadata.namespace}/${service.metadata.name}`;
      if (plan.kind === 'keep') failed.delete(key);
      if (plan.kind === 'fail') {
        // What is wrong is told once, until it is something else.
        if (failed.get(key) !== plan.why) {
          recorder.event(service, 'Warning', 'AllocationFailed', `Failed to allocate IP for "${key}": ${plan.why}`);
        }
        failed.set(key, plan.why);
      }
      if (plan.kind === 'fail' && assigned(service))
        again = !(yield* write(client, service, { kind: 'clear' })) || again;
      if (plan.kind !== 'assign' && plan.kind !== 'clear') continue;
      const written = yield* write(client, service, plan);
      again ||= !written;
      if (!written || plan.kind !== 'assign') continue;
      failed.delete(key);
      held.set(plan.address, key);
      recorder.event(service, 'Normal', 'IPAllocated', `Assigned IP ["${plan.address}"]`);
    }
    yield again ? { queues: [changed], until: sys.now() + RETRY } : changed;
  }
};

type Plan =
  | { readonly kind: 'keep' }
  | { readonly kind: 'clear' }
  | { readonly kind: 'fail'; readonly why: string }
  | { readonly kind: 'assign'; readonly address: string; readonly pool: string };

function holders(services: Informer<Service>): Map<string, string> {
  const held = new Map<string, string>();
  for (const service of services.list()) {
    const address = assigned(service);
    if (isBalanced(service) && address) held.set(address, `${service.metadata.namespace}/${service.metadata.name}`);
  }
  return held;
}

function assigned({ status }: Service): string | undefined {
  return status?.loadBalancer?.ingress?.[0]?.ip;
}

/** What is to become of a service's address. */
function planOf(
  service: Service,
  held: ReadonlyMap<string, string>,
  pools: readonly AddressPool[],
  namespaces: readonly Namespace[],
): Plan {
  const { metadata, spec } = service;
  const address = assigned(service);
  if (!isBalanced(service)) {
    return metadata.annotations?.[FROM_POOL] === undefined ? { kind: 'keep' } : { kind: 'clear' };
  }
  const said = (names: readonly string[]) => names.map((name) => metadata.annotations?.[name]).find(Boolean);
  const wanted = (said(REQUESTED) ?? spec.loadBalancerIP)?.split(',')[0];
  const poolName = said(REQUESTED_POOL);
  const key = `${metadata.namespace}/${metadata.name}`;
  if (address !== undefined && (wanted === undefined || wanted === address)) {
    const pool = pools.find((one) => hasAddress(one, address));
    if (pool && (poolName === undefined || poolName === pool.metadata.name)) return { kind: 'keep' };
  }
  const free = (one: string) => (held.get(one) ?? key) === key;
  if (wanted !== undefined) {
    if (parseAddress(wanted) === undefined) return { kind: 'fail', why: `invalid spec.loadBalancerIP "${wanted}"` };
    const pool = pools.find((one) => hasAddress(one, wanted));
    if (!pool) return { kind: 'fail', why: `["${wanted}"] is not allowed in config` };
    if (!free(wanted))
      return { kind: 'fail', why: `can't change sharing key for "${key}", address also in use by ${held.get(wanted)}` };
    return { kind: 'assign', address: wanted, pool: pool.metadata.name ?? '' };
  }
  if (poolName !== undefined && !pools.some(({ metadata: { name } }) => name === poolName)) {
    return { kind: 'fail', why: `unknown pool "${poolName}"` };
  }
  const named = pools.filter(({ metadata: { name } }) => name === poolName);
  for (const pool of poolName === undefined ? poolsFor(service, pools, namespaces) : named) {
    for (const candidate of addressesOf(pool)) {
      if (free(candidate)) return { kind: 'assign', address: candidate, pool: pool.metadata.name ?? '' };
    }
    if (poolName !== undefined)
      return { kind: 'fail', why: `no available IPs in pool "${poolName}" for IPv4 IPFamily` };
  }
  return { kind: 'fail', why: 'no available IPs' };
}

/** Writes an address into a service, or takes it out; false when that is to be tried again. */
function* write(
  client: ReturnType<typeof createClient>,
  service: Service,
  plan: Extract<Plan, { kind: 'assign' | 'clear' }>,
): Waiting<boolean> {
  const changed = deepCopy(service);
  const { [FROM_POOL]: _, ...annotations } = changed.metadata.annotations ?? {};
  changed.metadata.annotations = plan.kind === 'assign' ? { ...annotations, [FROM_POOL]: plan.pool } : annotations;
  try {
    const updated = yield* client.update<Service>(RESOURCES.services, changed);
    if (plan.kind === 'clear' && !isBalanced(updated)) return true;
    const ingress = plan.kind === 'assign' ? [{ ip: plan.address, ipMode: 'VIP' }] : [];
    const told: Service = { ...updated, status: { loadBalancer: { ingress } } };
    yield* client.update<Service>(RESOURCES.services, told, { subresource: 'status' });
    return true;
  } catch (error) {
    if (!(error instanceof StatusError) && !isErrno(error)) throw error;
    return false;
  }
}
