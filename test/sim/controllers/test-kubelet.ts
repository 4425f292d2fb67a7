import { deepCopy } from '../../../src/sim/api/object.js';
import { isDeleting } from '../../../src/sim/api/pods.js';
import { StatusError } from '../../../src/sim/api/status.js';
import { formatMicroTime, formatTime } from '../../../src/sim/api/time.js';
import type { Lease } from '../../../src/sim/api/types/config.js';
import type { Node } from '../../../src/sim/api/types/node.js';
import type { Pod } from '../../../src/sim/api/types/pod.js';
import type { ApiClient } from '../../../src/sim/client/client.js';
import { InformerFactory } from '../../../src/sim/client/informer-factory.js';
import { KeyQueue } from '../../../src/sim/client/work-queue.js';
import { keyOf, splitKey } from '../../../src/sim/controllers/machinery/keys.js';
import { LEASES, NODES, PODS } from '../../../src/sim/controllers/machinery/resource-types.js';
import { isErrno } from '../../../src/sim/kernel/errno.js';
import type { Sys } from '../../../src/sim/kernel/sys.js';
import { MILLISECOND, SECOND } from '../../../src/sim/kernel/time.js';
import type { Waiting } from '../../../src/sim/kernel/wait.js';

/** Annotation that keeps a test's pods from becoming ready. */
export const NEVER_READY = 'test/never-ready';

/**
 * The least of a scheduler and of kubelets: unbound pods go to the node with the fewest, bound ones run and are ready
 * after half a second, deleted ones are gone after half a second; leases are renewed every ten seconds.
 */
export function runKubelets(sys: Sys, client: ApiClient, silent: ReadonlySet<string>): void {
  const informers = new InformerFactory(sys, client);
  const pods = informers.informer<Pod>(PODS);
  const nodes = informers.informer<Node>(NODES);
  const queue = new KeyQueue(sys);
  const enqueue = (pod: Pod) => queue.add(keyOf(pod));
  pods.addHandlers({ added: enqueue, updated: (_, after) => enqueue(after) });
  informers.start();
  let address = 1;

  function* sync(key: string): Waiting<void> {
    const { namespace, name } = splitKey(key);
    const pod = pods.get(namespace, name);
    if (!pod) return;
    if (!pod.spec.nodeName) return yield* bind(pod);
    if (silent.has(pod.spec.nodeName)) return;
    if (isDeleting(pod)) {
      yield* sys.sleep(500 * MILLISECOND);
      return void (yield* client.delete(PODS, name, namespace, { gracePeriodSeconds: 0 }));
    }
    if (pod.status?.phase && pod.status.phase !== 'Pending') return;
    yield* sys.sleep(500 * MILLISECOND);
    const now = formatTime(sys.now());
    const ready = pod.metadata.annotations?.[NEVER_READY] === undefined ? 'True' : 'False';
    const copy = deepCopy(pod);
    const podIP = `10.244.0.${address++}`;
    const conditions = (pod.status?.conditions ?? []).filter(({ type }) => type !== 'Ready');
    copy.status = {
      ...pod.status,
      phase: 'Running',
      podIP,
      podIPs: [{ ip: podIP }],
      conditions: [...conditions, { type: 'Ready', status: ready, lastTransitionTime: now }],
    };
    yield* client.update(PODS, copy, { subresource: 'status' });
  }

  function* bind(pod: Pod): Waiting<void> {
    const wanted =
      pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms[0];
    const only = wanted?.matchFields?.[0]?.values;
    const count = (node: Node) => pods.list().filter((other) => other.spec.nodeName === node.metadata.name).length;
    const [target] = nodes
      .list()
      .filter((node) => !only || only.includes(node.metadata.name ?? ''))
      .filter((node) => only !== undefined || !node.spec.unschedulable)
      .sort((a, b) => count(a) - count(b));
    if (!target) return;
    const { name = '', namespace = '' } = pod.metadata;
    const binding = {
      apiVersion: 'v1',
      kind: 'Binding',
      metadata: { name, namespace },
      target: { kind: 'Node', name: target.metadata.name },
    };
    yield* client.createSubresource(PODS, name, namespace, 'binding', binding);
  }

  sys.thread(function* () {
    yield* informers.waitForCaches();
    for (;;) {
      const key = yield* queue.get();
      try {
        yield* sync(key);
      } catch (error) {
        if (!(error instanceof StatusError) && !isErrno(error)) throw error;
        queue.addRateLimited(key);
      }
      queue.done(key);
    }
  });
  sys.thread(function* () {
    yield* informers.waitForCaches();
    for (;;) {
      for (const node of nodes.list()) {
        if (!silent.has(node.metadata.name ?? '')) yield* renew(sys, client, node);
      }
      yield* sys.sleep(10 * SECOND);
    }
  });
}

function* renew(sys: Sys, client: ApiClient, node: Node): Waiting<void> {
  const name = node.metadata.name ?? '';
  const renewTime = formatMicroTime(sys.now());
  const metadata = { name, namespace: 'kube-node-lease' };
  try {
    const lease = yield* client.get<Lease>(LEASES, name, 'kube-node-lease');
    yield* client.update<Lease>(LEASES, { ...lease, spec: { ...lease.spec, renewTime } });
  } catch (error) {
    if (isErrno(error)) return;
    if (!(error instanceof StatusError)) throw error;
    const spec = { holderIdentity: name, leaseDurationSeconds: 40, renewTime };
    yield* client.create<Lease>(LEASES, { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata, spec });
  }
}
