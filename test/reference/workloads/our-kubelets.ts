import { deepCopy, type JsonObject, type KubeObject } from '../../../src/sim/api/object.js';
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
import type { Sys } from '../../../src/sim/kernel/sys.js';
import { MILLISECOND, SECOND } from '../../../src/sim/kernel/time.js';
import type { Waiting } from '../../../src/sim/kernel/wait.js';
import { EXIT_CODE } from './stages.js';

const INDEX = 'batch.kubernetes.io/job-completion-index';
/** How long KWOK takes for a step, about. */
const STEP = 20 * MILLISECOND;

/** Plays kubelets to our cluster as KWOK does to the real one by the stages of stages.ts. */
export function playKubelets(sys: Sys, client: ApiClient): void {
  const informers = new InformerFactory(sys, client);
  const pods = informers.informer<Pod>(PODS);
  const nodes = informers.informer<Node>(NODES);
  const queue = new KeyQueue(sys);
  let addresses = 0;
  const enqueue = (pod: Pod) => queue.add(keyOf(pod));
  pods.addHandlers({ added: enqueue, updated: (_, after) => enqueue(after) });
  nodes.addHandlers({ added: (node) => sys.thread(() => quietly(() => becomeReady(sys, client, node))) });
  informers.start();
  const isPlayed = (name: string | undefined): boolean =>
    name !== undefined && nodes.get(undefined, name)?.metadata.annotations?.['played'] === 'yes';

  function* sync(key: string): Waiting<void> {
    const { namespace, name } = splitKey(key);
    const pod = pods.get(namespace, name);
    if (!pod || !isPlayed(pod.spec.nodeName)) return;
    yield* sys.sleep(STEP);
    if (isDeleting(pod)) return void (yield* client.delete(PODS, name, namespace, { gracePeriodSeconds: 0 }));
    if (pod.status?.phase !== 'Pending') return;
    const status = played(pod, formatTime(sys.now()));
    if (!status) return;
    addresses += 1;
    const podIP = `10.244.${addresses >> 8}.${addresses & 255}`;
    const copy = deepCopy(pod) as unknown as KubeObject;
    const given = (copy['status'] as { conditions?: { type: string }[] }).conditions ?? [];
    const types = new Set((status['conditions'] as { type: string }[]).map(({ type }) => type));
    const kept = given.filter(({ type }) => !types.has(type));
    copy['status'] = {
      ...(copy['status'] as JsonObject),
      ...status,
      podIP,
      podIPs: [{ ip: podIP }],
      conditions: [...kept, ...(status['conditions'] as object[])],
    };
    yield* client.update(PODS, copy, { subresource: 'status' });
  }

  sys.thread(function* () {
    yield* informers.waitForCaches();
    for (;;) {
      const key = yield* queue.get();
      yield* quietly(() => sync(key));
      queue.done(key);
    }
  });
  sys.thread(function* () {
    yield* informers.waitForCaches();
    for (;;) {
      for (const { metadata } of nodes.list())
        if (isPlayed(metadata.name)) yield* renew(sys, client, metadata.name as string);
      yield* sys.sleep(10 * SECOND);
    }
  });
}

/** What is refused was overtaken by something newer, which comes by itself. */
function* quietly(step: () => Waiting<void>): Waiting<void> {
  try {
    yield* step();
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
  }
}

function* becomeReady(sys: Sys, client: ApiClient, node: Node): Waiting<void> {
  const now = formatTime(sys.now());
  const ready = {
    type: 'Ready',
    status: 'True',
    reason: 'KubeletReady',
    message: 'kubelet is posting ready status',
    lastHeartbeatTime: now,
    lastTransitionTime: now,
  };
  const type = 'application/strategic-merge-patch+json';
  const patch = { status: { conditions: [ready] } };
  yield* client.patch(NODES, node.metadata.name as string, undefined, type, patch, { subresource: 'status' });
}

function* renew(sys: Sys, client: ApiClient, name: string): Waiting<void> {
  const renewTime = formatMicroTime(sys.now());
  const metadata = { name, namespace: 'kube-node-lease' };
  try {
    const lease = yield* client.get<Lease>(LEASES, name, 'kube-node-lease');
    yield* client.update<Lease>(LEASES, { ...lease, spec: { ...lease.spec, renewTime } });
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    const spec = { holderIdentity: name, leaseDurationSeconds: 40, renewTime };
    yield* client.create<Lease>(LEASES, { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata, spec });
  }
}

/** What a pod's status becomes; undefined for one that is not played. */
function played(pod: Pod, now: string): JsonObject | undefined {
  const play = pod.metadata.annotations?.['play'];
  const ended = (code: number, reason: string) => ({
    terminated: { exitCode: code, reason, startedAt: now, finishedAt: now },
  });
  const success = () => ['Succeeded', false, ended(0, 'Completed'), 'PodCompleted'] as const;
  const failure = () => ['Failed', false, ended(EXIT_CODE, 'Error'), 'PodFailed'] as const;
  const running = { running: { startedAt: now } };
  const outcomes: Record<string, () => Outcome> = {
    '': () => ['Running', true, running, ''],
    unready: () => ['Running', false, running, 'ContainersNotReady'],
    succeed: success,
    fail: failure,
    'fail-index-1': () => (pod.metadata.annotations?.[INDEX] === '1' ? failure() : success()),
  };
  const outcome = outcomes[play ?? '']?.();
  return outcome && statusAfter(pod, outcome, now);
}

type Outcome = readonly [phase: string, ready: boolean, state: object, reason: string];

function statusAfter(pod: Pod, [phase, ready, state, reason]: Outcome, now: string): JsonObject {
  const word = ready ? 'True' : 'False';
  const why = reason === '' ? {} : { reason };
  return {
    phase,
    startTime: now,
    conditions: [
      { type: 'Initialized', status: 'True', lastTransitionTime: now },
      { type: 'Ready', status: word, lastTransitionTime: now, ...why },
      { type: 'ContainersReady', status: word, lastTransitionTime: now, ...why },
    ],
    containerStatuses: pod.spec.containers.map(({ name, image }) => ({
      name,
      image: image ?? '',
      imageID: '',
      ready,
      restartCount: 0,
      state,
    })),
  } as unknown as JsonObject;
}
