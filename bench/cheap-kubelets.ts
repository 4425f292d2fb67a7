import { isDeleting } from '../src/sim/api/pods.js';
import { StatusError } from '../src/sim/api/status.js';
import { formatTime } from '../src/sim/api/time.js';
import type { Pod, PodStatus } from '../src/sim/api/types/pod.js';
import type { ApiClient } from '../src/sim/client/client.js';
import { InformerFactory } from '../src/sim/client/informer-factory.js';
import { KeyQueue } from '../src/sim/client/work-queue.js';
import { keyOf, splitKey } from '../src/sim/controllers/machinery/keys.js';
import { PODS } from '../src/sim/controllers/machinery/resource-types.js';
import type { Sys } from '../src/sim/kernel/sys.js';
import type { Waiting } from '../src/sim/kernel/wait.js';

/** How many pods are seen to at a time. */
const WORKERS = 16;

/** Kubelets of all nodes in one: what is bound runs and is ready at once, what is to go is gone. */
export function runCheapKubelets(sys: Sys, client: ApiClient): void {
  const informers = new InformerFactory(sys, client);
  const pods = informers.informer<Pod>(PODS);
  const queue = new KeyQueue(sys);
  const look = (pod: Pod): void => {
    if (pod.spec.nodeName && (isDeleting(pod) || pod.status?.phase === 'Pending')) queue.add(keyOf(pod));
  };
  pods.addHandlers({ added: look, updated: (_, after) => look(after) });
  informers.start();
  let addresses = 0;

  function* sync(key: string): Waiting<void> {
    const { namespace, name } = splitKey(key);
    const pod = pods.get(namespace, name);
    if (!pod) return;
    if (isDeleting(pod)) return void (yield* client.delete(PODS, name, namespace, { gracePeriodSeconds: 0 }));
    if (pod.status?.phase !== 'Pending') return;
    addresses += 1;
    const status = runningStatus(
      pod,
      `10.${addresses >> 16}.${(addresses >> 8) & 255}.${addresses & 255}`,
      formatTime(sys.now()),
    );
    const type = 'application/strategic-merge-patch+json';
    yield* client.patch(PODS, name, namespace, type, { status }, { subresource: 'status' });
  }

  for (let worker = 0; worker < WORKERS; worker += 1) {
    sys.thread(function* () {
      yield* informers.waitForCaches();
      for (;;) {
        const key = yield* queue.get();
        try {
          yield* sync(key);
        } catch (error) {
          // Somebody was faster; what is newer comes by itself.
          if (!(error instanceof StatusError)) throw error;
        }
        queue.done(key);
      }
    });
  }
}

/** The status that a kubelet gives a pod whose containers run. */
function runningStatus(pod: Pod, podIP: string, now: string): PodStatus {
  const condition = (type: string) => ({ type, status: 'True', lastProbeTime: null, lastTransitionTime: now });
  return {
    phase: 'Running',
    startTime: now,
    podIP,
    podIPs: [{ ip: podIP }],
    conditions: ['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady'].map(condition),
    containerStatuses: pod.spec.containers.map(({ name, image = '' }) => ({
      name,
      image,
      imageID: '',
      ready: true,
      started: true,
      restartCount: 0,
      state: { running: { startedAt: now } },
      lastState: {},
    })),
  } as PodStatus;
}
