import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../../api/types/storage.js';
import { claimNamesOf } from '../../api/volumes/claims.js';
import type { Informer } from '../../client/informer.js';
import type { Micros } from '../../kernel/time.js';
import { SECOND } from '../../kernel/time.js';
import { type Waiting, WaitQueue } from '../../kernel/wait.js';
import type { Controller, ControllerContext, WorkQueue } from '../machinery/context.js';
import { keyOf, splitKey } from '../machinery/keys.js';
import { Operations } from '../machinery/operations.js';
import { podInformer } from '../machinery/pod-index.js';
import { PERSISTENT_VOLUME_CLAIMS, PERSISTENT_VOLUMES, STORAGE_CLASSES } from '../machinery/resource-types.js';
import { type OnFailure, startWorker } from '../machinery/worker.js';
import { type Binder, claimKeyOf } from './binder.js';
import { syncClaim } from './sync-claim.js';
import { syncVolume } from './sync-volume.js';
import { VersionedStore } from './versioned-store.js';

/** How often all claims and volumes are looked at again (--pvclaimbinder-sync-period). */
const RESYNC: Micros = 15 * SECOND;
const BY_CLAIM = 'claimsOfBinder';

/** Binds claims and volumes, and reclaims volumes whose claims are gone. */
export const persistentVolumeBinderController: Controller = {
  name: 'persistentvolume-binder-controller',
  alias: 'persistentvolume-binder',
  start: (context) => new PersistentVolumeBinder(context).start(),
};

class PersistentVolumeBinder {
  private readonly binder: Binder;
  private readonly volumeQueue: WorkQueue;
  private readonly came = new WaitQueue();

  constructor(private readonly context: ControllerContext) {
    const pods = podInformer(context);
    pods.addIndex(BY_CLAIM, (pod) => claimNamesOf(pod).map((name) => `${pod.metadata.namespace}/${name}`));
    this.volumeQueue = context.queue('volumes');
    this.binder = {
      context,
      recorder: context.recorder('persistentvolume-controller'),
      claims: new VersionedStore(),
      volumes: new VersionedStore(),
      cachedClaims: context.informer<PersistentVolumeClaim>(PERSISTENT_VOLUME_CLAIMS),
      cachedVolumes: context.informer<PersistentVolume>(PERSISTENT_VOLUMES),
      classes: context.informer<StorageClass>(STORAGE_CLASSES),
      claimQueue: context.queue('claims'),
      operations: new Operations(context.sys),
      podsUsing: (key) => pods.byIndex(BY_CLAIM, key),
    };
  }

  start(): void {
    const { cachedClaims, cachedVolumes, claimQueue } = this.binder;
    this.follow(cachedVolumes, this.volumeQueue);
    this.follow(cachedClaims, claimQueue);
    const { sys } = this.context;
    sys.thread(() => this.resync());
    startWorker(this.context, this.volumeQueue, (key) => this.syncVolumeKey(key), this.retry(this.volumeQueue));
    startWorker(this.context, claimQueue, (key) => this.syncClaimKey(key), this.retry(claimQueue));
  }

  private follow(informer: Informer<PersistentVolume | PersistentVolumeClaim>, queue: WorkQueue): void {
    const add = (object: PersistentVolume | PersistentVolumeClaim) => queue.add(keyOf(object));
    informer.addHandlers({
      added: (object) => {
        add(object);
        this.came.wakeAll();
      },
      updated: (_, after) => add(after),
      deleted: add,
    });
  }

  /** Conflicts are usual and told to nobody. */
  private retry(queue: WorkQueue): OnFailure {
    return (key) => queue.addRateLimited(key);
  }

  private *syncVolumeKey(key: string): Waiting<void> {
    const { volumes, cachedVolumes, claimQueue } = this.binder;
    const volume = cachedVolumes.get(undefined, key);
    if (volume) {
      if (volumes.put(volume)) yield* syncVolume(this.binder, volume);
      return;
    }
    const gone = volumes.get(key);
    volumes.delete(key);
    // A claim that has lost its volume is to know at once.
    if (gone?.spec.claimRef) claimQueue.add(claimKeyOf(gone));
  }

  private *syncClaimKey(key: string): Waiting<void> {
    const { claims, cachedClaims } = this.binder;
    const { namespace, name } = splitKey(key);
    const claim = cachedClaims.get(namespace, name);
    if (claim) {
      if (claims.put(claim)) yield* syncClaim(this.binder, claim);
      return;
    }
    const gone = claims.get(key);
    claims.delete(key);
    if (gone?.spec.volumeName) this.volumeQueue.add(gone.spec.volumeName);
  }

  /** Fills the stores, then looks at everything every now and then, for as long as there is something. */
  private *resync(): Waiting<void> {
    const { sys } = this.context;
    const { claims, volumes, cachedClaims, cachedVolumes, claimQueue } = this.binder;
    yield* this.context.waitForCaches();
    for (const volume of cachedVolumes.list()) volumes.put(volume);
    for (const claim of cachedClaims.list()) claims.put(claim);
    const began = sys.now();
    for (;;) {
      for (const claim of cachedClaims.list()) claimQueue.add(keyOf(claim));
      for (const volume of cachedVolumes.list()) this.volumeQueue.add(keyOf(volume));
      while (cachedClaims.list().length + cachedVolumes.list().length === 0) yield this.came;
      yield* sys.sleep(RESYNC - ((sys.now() - began) % RESYNC));
    }
  }
}
