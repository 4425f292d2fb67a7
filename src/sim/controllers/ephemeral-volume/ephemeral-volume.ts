import type { ObjectMeta } from '../../api/object.js';
import { controllerReference } from '../../api/owner-references.js';
import { isDeleting } from '../../api/pods.js';
import type { Pod } from '../../api/types/pod.js';
import type { PersistentVolumeClaim, PersistentVolumeClaimSpec } from '../../api/types/storage.js';
import type { Volume } from '../../api/types/volume.js';
import { claimNameOf, notMadeFor } from '../../api/volumes/claims.js';
import type { Informer } from '../../client/informer.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Controller, ControllerContext, EventRecorder, WorkQueue } from '../machinery/context.js';
import { isExpectedFailure, SyncError } from '../machinery/failures.js';
import { keyOf, splitKey } from '../machinery/keys.js';
import { podInformer } from '../machinery/pod-index.js';
import { PERSISTENT_VOLUME_CLAIMS } from '../machinery/resource-types.js';
import { retryWithBackoff, startWorker } from '../machinery/worker.js';

const BY_EPHEMERAL_CLAIM = 'ephemeralClaim';

/** Makes the claims of pods' generic ephemeral volumes; they belong to the pods and go with them. */
export const ephemeralVolumeController: Controller = {
  name: 'ephemeral-volume-controller',
  alias: 'ephemeral-volume',
  start: (context) => new EphemeralVolumeController(context).start(),
};

class EphemeralVolumeController {
  private readonly pods: Informer<Pod>;
  private readonly claims: Informer<PersistentVolumeClaim>;
  private readonly queue: WorkQueue;
  private readonly recorder: EventRecorder;

  constructor(private readonly context: ControllerContext) {
    this.pods = podInformer(context);
    this.claims = context.informer<PersistentVolumeClaim>(PERSISTENT_VOLUME_CLAIMS);
    this.queue = context.queue('ephemeral_volume');
    this.recorder = context.recorder('ephemeral_volume');
  }

  start(): void {
    this.pods.addIndex(BY_EPHEMERAL_CLAIM, (pod) =>
      ephemeralVolumes(pod).map((volume) => `${pod.metadata.namespace}/${claimNameOf(pod, volume)}`),
    );
    const podCame = (pod: Pod) => {
      if (ephemeralVolumes(pod).length > 0 && !isDeleting(pod)) this.queue.add(keyOf(pod));
    };
    this.pods.addHandlers({ added: podCame });
    // A claim that somebody deleted is made again while its pod is there.
    this.claims.addHandlers({
      deleted: (claim) => {
        for (const pod of this.pods.byIndex(BY_EPHEMERAL_CLAIM, keyOf(claim))) podCame(pod);
      },
    });
    startWorker(this.context, this.queue, (key) => this.sync(key), retryWithBackoff(this.context, this.queue));
  }

  private *sync(key: string): Waiting<void> {
    const { namespace, name } = splitKey(key);
    const pod = this.pods.get(namespace, name);
    if (!pod || isDeleting(pod)) return;
    for (const volume of ephemeralVolumes(pod)) {
      const why = yield* this.whyNot(pod, volume);
      if (why === undefined) continue;
      const message = `ephemeral volume ${volume.name}: ${why}`;
      this.recorder.event(pod, 'Warning', 'FailedBinding', message);
      throw new SyncError(`pod ${key}, ${message}`);
    }
  }

  /** Makes the claim of one volume unless it is there. Gives what is in the way. */
  private *whyNot(pod: Pod, volume: Volume): Waiting<string | undefined> {
    const name = claimNameOf(pod, volume) ?? '';
    const existing = this.claims.get(pod.metadata.namespace, name);
    if (existing) return notMadeFor(pod, existing);
    const { metadata, spec } = templateOf(volume);
    const claim: PersistentVolumeClaim = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        name,
        ...(pod.metadata.namespace === undefined ? {} : { namespace: pod.metadata.namespace }),
        ...(metadata?.annotations ? { annotations: metadata.annotations } : {}),
        ...(metadata?.labels ? { labels: metadata.labels } : {}),
        ownerReferences: [controllerReference(pod)],
      },
      spec,
    };
    try {
      yield* this.context.client.create(PERSISTENT_VOLUME_CLAIMS, claim);
      return undefined;
    } catch (error) {
      if (!isExpectedFailure(error)) throw error;
      return `create PVC ${name}: ${error.message}`;
    }
  }
}

function templateOf({ ephemeral }: Volume): { metadata?: ObjectMeta; spec: PersistentVolumeClaimSpec } {
  return { spec: {}, ...ephemeral?.volumeClaimTemplate };
}

function ephemeralVolumes({ spec }: Pod): Volume[] {
  return (spec.volumes ?? []).filter(({ ephemeral }) => ephemeral !== undefined);
}
