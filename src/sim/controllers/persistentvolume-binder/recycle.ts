import { quantityValue } from '../../api/quantity.js';
import { isAlreadyExists, isNotFound } from '../../api/status.js';
import type { Event } from '../../api/types/event.js';
import type { Pod } from '../../api/types/pod.js';
import type { PersistentVolume } from '../../api/types/storage.js';
import { sizeOf } from '../../api/volumes/matching.js';
import type { ResourceType, Watch } from '../../client/client.js';
import type { Waiting } from '../../kernel/wait.js';
import { isExpectedFailure } from '../machinery/failures.js';
import { PODS } from '../machinery/resource-types.js';
import type { Binder } from './binder.js';

const EVENTS: ResourceType = { group: '', version: 'v1', resource: 'events', kind: 'Event', namespaced: true };
const NAMESPACE = 'default';
const IMAGE = 'registry.k8s.io/build-image/debian-base:bookworm-v1.0.6';
const SCRUB = 'test -e /scrub && find /scrub -mindepth 1 -delete && test -z "$(ls -A /scrub)" || exit 1';
const GI = 2 ** 30;
/** How long a recycler may take: the least, and so much for each GiB. */
const TIMES = { hostPath: { least: 60, each: 30 }, nfs: { least: 300, each: 30 } };

/** Whether a volume is of a kind that can be wiped. */
export function canRecycle({ spec }: PersistentVolume): boolean {
  return Boolean(spec.hostPath ?? spec.nfs);
}

/** Wipes a volume by a pod, telling on the volume what happens to that. Gives why it could not be done (recyclerclient). */
export function* recycle(binder: Binder, volume: PersistentVolume): Waiting<string | undefined> {
  const { client } = binder.context;
  const pod = recyclerPod(volume);
  const { name = '' } = pod.metadata;
  const fieldSelector = (path: string) => ({ namespace: NAMESPACE, fieldSelector: `${path}=${name}` });
  const pods = yield* client.watch<Pod>(PODS, fieldSelector('metadata.name'));
  const events = yield* client.watch<Event>(EVENTS, fieldSelector('involvedObject.name'));
  try {
    yield* client.create<Pod>(PODS, pod);
    binder.context.sys.thread(() => retell(binder, volume, events));
    const why = yield* outcomeOf(pods);
    const problem = yield* remove(binder, name);
    if (why !== undefined) return `failed to recycle volume: ${why}`;
    return problem === undefined ? undefined : `failed to delete recycler pod: ${problem}`;
  } catch (error) {
    if (!isExpectedFailure(error)) throw error;
    if (!isAlreadyExists(error)) return `unexpected error creating recycler pod:  ${error.message}`;
    const problem = yield* remove(binder, name);
    return problem === undefined
      ? 'old recycler pod found, will retry later'
      : `failed to delete old recycler pod ${NAMESPACE}/${name}: ${problem}`;
  } finally {
    pods.cancel();
    events.cancel();
  }
}

/** Waits until the pod is over; gives why it failed. */
function* outcomeOf(watch: Watch<Pod>): Waiting<string | undefined> {
  for (;;) {
    const event = yield* watch.events.receive();
    if (event === 'end' || event.type === 'ERROR') return 'recycler pod watcher failed';
    if (event.type === 'DELETED') return 'recycler pod was deleted';
    const { phase, message } = event.object.status ?? {};
    if (phase === 'Succeeded') return undefined;
    if (phase === 'Failed') return message || 'pod failed, pod.Status.Message unknown';
  }
}

/** What is told of the pod is told of the volume. */
function* retell(binder: Binder, volume: PersistentVolume, watch: Watch<Event>): Waiting<void> {
  for (;;) {
    const event = yield* watch.events.receive();
    if (event === 'end') return;
    if (event.type !== 'ADDED') continue;
    const type = event.object.type === 'Warning' ? 'Warning' : 'Normal';
    binder.recorder.event(volume, type, 'RecyclerPod', `Recycler pod: ${event.object.message}`);
  }
}

function* remove({ context }: Binder, name: string): Waiting<string | undefined> {
  try {
    yield* context.client.delete(PODS, name, NAMESPACE);
  } catch (error) {
    if (!isExpectedFailure(error)) throw error;
    if (!isNotFound(error)) return error.message;
  }
  return undefined;
}

/** The pod that empties a volume (NewPersistentVolumeRecyclerPodTemplate). */
function recyclerPod({ metadata, spec }: PersistentVolume): Pod {
  const { hostPath, nfs, capacity } = spec;
  const { least, each } = hostPath ? TIMES.hostPath : TIMES.nfs;
  const volume = hostPath ? { hostPath: { path: hostPath.path } } : nfs ? { nfs } : {};
  const size = Math.floor(quantityValue(sizeOf(capacity)) / GI);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `recycler-for-${metadata.name}`, namespace: NAMESPACE },
    spec: {
      activeDeadlineSeconds: Math.max(least, size * each),
      restartPolicy: 'Never',
      volumes: [{ name: 'vol', ...volume }],
      containers: [
        {
          name: 'pv-recycler',
          image: IMAGE,
          command: ['/bin/sh'],
          args: ['-c', SCRUB],
          volumeMounts: [{ name: 'vol', mountPath: '/scrub' }],
        },
      ],
    },
  } as Pod;
}
