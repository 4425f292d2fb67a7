import { deepCopy } from '../../api/object.js';
import { isControlledBy } from '../../api/owner-references.js';
import { isDeleting, isPodTerminal } from '../../api/pods.js';
import type { Pod } from '../../api/types/pod.js';
import type { PersistentVolumeClaim } from '../../api/types/storage.js';
import type { Informer } from '../../client/informer.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Controller, ControllerContext, WorkQueue } from '../machinery/context.js';
import { keyOf, splitKey } from '../machinery/keys.js';
import { podInformer } from '../machinery/pod-index.js';
import { PERSISTENT_VOLUME_CLAIMS, PODS } from '../machinery/resource-types.js';
import { retryWithBackoff, startWorker } from '../machinery/worker.js';

const FINALIZER = 'kubernetes.io/pvc-protection';
const BY_CLAIM = 'claim';

/** Lets a claim that is being deleted go when no pod uses it any more. */
export const pvcProtectionController: Controller = {
  name: 'persistentvolumeclaim-protection-controller',
  alias: 'pvc-protection',
  start: (context) => new PvcProtectionController(context).start(),
};

class PvcProtectionController {
  private readonly claims: Informer<PersistentVolumeClaim>;
  private readonly pods: Informer<Pod>;
  private readonly queue: WorkQueue;

  constructor(private readonly context: ControllerContext) {
    this.claims = context.informer<PersistentVolumeClaim>(PERSISTENT_VOLUME_CLAIMS);
    this.pods = podInformer(context);
    this.queue = context.queue('pvcprotection');
  }

  start(): void {
    const claimChanged = (claim: PersistentVolumeClaim) => {
      if (isProtected(claim) === isDeleting(claim)) this.queue.add(keyOf(claim));
    };
    this.claims.addHandlers({ added: claimChanged, updated: (_, after) => claimChanged(after) });
    this.pods.addIndex(BY_CLAIM, claimKeys);
    this.pods.addHandlers({
      added: (pod) => this.podChanged(pod, false),
      updated: (before, after) => {
        this.podChanged(after, false);
        if (before.metadata.uid !== after.metadata.uid) this.podChanged(before, true);
      },
      deleted: (pod) => this.podChanged(pod, true),
    });
    startWorker(this.context, this.queue, (key) => this.sync(key), retryWithBackoff(this.context, this.queue));
  }

  private *sync(key: string): Waiting<void> {
    const { namespace, name } = splitKey(key);
    const claim = this.claims.get(namespace, name);
    if (!claim || isProtected(claim) !== isDeleting(claim)) return;
    if (isDeleting(claim) && (yield* this.isUsed(claim))) return;
    const copy = deepCopy(claim);
    const others = (claim.metadata.finalizers ?? []).filter((finalizer) => finalizer !== FINALIZER);
    copy.metadata.finalizers = isDeleting(claim) ? others : [...others, FINALIZER];
    yield* this.context.client.update(PERSISTENT_VOLUME_CLAIMS, copy);
  }

  /** The cache may lack a pod that is new, so that nobody's use is believed only after the server was asked. */
  private *isUsed(claim: PersistentVolumeClaim): Waiting<boolean> {
    if (this.pods.byIndex(BY_CLAIM, keyOf(claim)).some((pod) => uses(pod, claim))) return true;
    const { items } = yield* this.context.client.list<Pod>(PODS, { namespace: claim.metadata.namespace });
    return items.some((pod) => uses(pod, claim));
  }

  /** Only a pod that is over, gone or not on a node yet can set a claim free. */
  private podChanged(pod: Pod, gone: boolean): void {
    if (!gone && !isPodTerminal(pod) && pod.spec.nodeName) return;
    for (const key of claimKeys(pod)) this.queue.add(key);
  }
}

function isProtected({ metadata }: PersistentVolumeClaim): boolean {
  return metadata.finalizers?.includes(FINALIZER) ?? false;
}

function uses(pod: Pod, claim: PersistentVolumeClaim): boolean {
  if (!pod.spec.nodeName) return false;
  const isShutDown = isDeleting(pod) && pod.metadata.deletionGracePeriodSeconds === 0;
  return (pod.spec.volumes ?? []).some(
    (volume) =>
      volume.persistentVolumeClaim?.claimName === claim.metadata.name ||
      (volume.ephemeral !== undefined &&
        !isShutDown &&
        `${pod.metadata.name}-${volume.name}` === claim.metadata.name &&
        isControlledBy(claim, pod)),
  );
}

/** The claims that a pod's volumes name. */
function claimKeys({ metadata, spec }: Pod): string[] {
  return (spec.volumes ?? []).flatMap((volume) => {
    const ephemeral = volume.ephemeral ? `${metadata.name}-${volume.name}` : undefined;
    const name = volume.persistentVolumeClaim?.claimName ?? ephemeral;
    return name === undefined ? [] : [`${metadata.namespace ?? ''}/${name}`];
  });
}
