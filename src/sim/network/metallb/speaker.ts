import { createHash } from 'node:crypto';
import type { EndpointSlice } from '../../api/types/endpoints.js';
import type { Node } from '../../api/types/node.js';
import type { Service } from '../../api/types/service.js';
import { createClient } from '../../client/create-client.js';
import { EventBroadcaster } from '../../client/event-recorder.js';
import { inClusterConfig } from '../../client/in-cluster.js';
import type { Informer } from '../../client/informer.js';
import { InformerFactory } from '../../client/informer-factory.js';
import { RESOURCES } from '../../client/resource-types.js';
import { connectTransport } from '../../client/transport.js';
import type { Program } from '../../kernel/sys.js';
import { WaitQueue } from '../../kernel/wait.js';
import { programmableNode } from '../host-namespace.js';
import {
  ADVERTISEMENTS,
  type AddressPool,
  type Advertisement,
  anySelects,
  hasAddress,
  isBalanced,
  POOLS,
} from './pools.js';

const EXCLUDED = 'node.kubernetes.io/exclude-from-external-load-balancers';
const SERVICE_LABEL = 'kubernetes.io/service-name';

/** What one speaker knows of the cluster. */
interface Known {
  readonly services: Informer<Service>;
  readonly slices: Informer<EndpointSlice>;
  readonly nodes: Informer<Node>;
  readonly pools: Informer<AddressPool>;
  readonly advertisements: Informer<Advertisement>;
}

/** MetalLB's speaker (v0.15) in layer-2 mode: one node answers for each address in the neighbours' network. */
export const metallbSpeaker: Program = function* metallbSpeaker(sys) {
  yield* sys.write(1, '{"level":"info","msg":"MetalLB speaker starting (commit v0.15.2)","version":"0.15.2"}\n');
  const node = programmableNode(sys);
  if (!node) {
    yield* sys.write(
      1,
      '{"level":"error","msg":"failed to create ARP responder: the network of the host is needed"}\n',
    );
    return 1;
  }
  const own = sys.environment.get('METALLB_NODE_NAME') ?? sys.hostname();
  const client = createClient(connectTransport(sys, inClusterConfig(sys)), { userAgent: 'metallb-speaker/v0.15.2' });
  const informers = new InformerFactory(sys, client);
  const known: Known = {
    services: informers.informer<Service>(RESOURCES.services),
    slices: informers.informer<EndpointSlice>(RESOURCES.endpointSlices),
    nodes: informers.informer<Node>(RESOURCES.nodes),
    pools: informers.informer<AddressPool>(POOLS),
    advertisements: informers.informer<Advertisement>(ADVERTISEMENTS),
  };
  const changed = new WaitQueue();
  const wake = () => changed.wakeAll();
  for (const informer of Object.values(known)) informer.addHandlers({ added: wake, updated: wake, deleted: wake });
  informers.start();
  yield* informers.waitForCaches();
  const recorder = new EventBroadcaster(sys, client).recorder({ component: 'metallb-speaker' });
  try {
    for (;;) {
      const answered = new Map<string, Service>();
      for (const service of known.services.list()) {
        const address = service.status?.loadBalancer?.ingress?.[0]?.ip;
        if (isBalanced(service) && address && announcerOf(service, address, known) === own)
          answered.set(address, service);
      }
      for (const address of [...node.announced]) if (!answered.has(address)) node.announced.delete(address);
      for (const [address, service] of answered) {
        if (node.announced.has(address)) continue;
        node.announced.add(address);
        recorder.event(service, 'Normal', 'nodeAssigned', `announcing from node "${own}" with protocol "layer2"`);
      }
      yield changed;
    }
  } finally {
    // Who does not answer any more is not asked.
    node.announced.clear();
  }
};

/** The node that answers for a service's address: the first by hash of those that may (ShouldAnnounce). */
function announcerOf(service: Service, address: string, known: Known): string | undefined {
  const pool = known.pools.list().find((one) => hasAddress(one, address));
  if (!pool) return undefined;
  const advertised = known.advertisements.list().filter((one) => advertises(one, pool));
  const nodes = known.nodes.list().filter((node) => isSpeaking(node) && advertised.some((one) => chooses(one, node)));
  const names = nodes.map(({ metadata }) => metadata.name ?? '').filter((name) => hasEndpoints(service, name, known));
  const rank = (name: string) => createHash('sha256').update(`${name}#${address}`).digest('hex');
  return names.sort((one, other) => (rank(one) < rank(other) ? -1 : 1))[0];
}

/** Pools are named, or picked by labels; without either all are meant. */
function advertises({ spec }: Advertisement, { metadata }: AddressPool): boolean {
  const { ipAddressPools: names = [], ipAddressPoolSelectors: selectors = [] } = spec ?? {};
  if (names.length === 0 && selectors.length === 0) return true;
  return names.includes(metadata.name ?? '') || anySelects(selectors, metadata.labels);
}

function isSpeaking({ metadata, status }: Node): boolean {
  if (metadata.labels?.[EXCLUDED] !== undefined) return false;
  return status?.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True') ?? false;
}

function chooses({ spec }: Advertisement, { metadata }: Node): boolean {
  const selectors = spec?.nodeSelectors ?? [];
  return selectors.length === 0 || anySelects(selectors, metadata.labels);
}

/** An address is announced where somebody is behind it; with the Local policy, on that very node. */
function hasEndpoints({ metadata, spec }: Service, node: string, { slices }: Known): boolean {
  const own = slices
    .list(metadata.namespace)
    .filter((slice) => slice.metadata.labels?.[SERVICE_LABEL] === metadata.name);
  const ready = own.flatMap(({ endpoints }) =>
    (endpoints ?? []).filter(({ conditions }) => conditions?.ready !== false),
  );
  return spec.externalTrafficPolicy === 'Local' ? ready.some(({ nodeName }) => nodeName === node) : ready.length > 0;
}
