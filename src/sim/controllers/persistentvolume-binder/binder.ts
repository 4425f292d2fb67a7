import type { Pod } from '../../api/types/pod.js';
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../../api/types/storage.js';
import type { Informer } from '../../client/informer.js';
import type { ControllerContext, EventRecorder, WorkQueue } from '../machinery/context.js';
import type { Operations } from '../machinery/operations.js';
import type { VersionedStore } from './versioned-store.js';

/** What the parts of the binder share. */
export interface Binder {
  readonly context: ControllerContext;
  readonly recorder: EventRecorder;
  readonly claims: VersionedStore<PersistentVolumeClaim>;
  readonly volumes: VersionedStore<PersistentVolume>;
  readonly cachedClaims: Informer<PersistentVolumeClaim>;
  readonly cachedVolumes: Informer<PersistentVolume>;
  readonly classes: Informer<StorageClass>;
  readonly claimQueue: WorkQueue;
  readonly operations: Operations;
  /** Pods that use the claim of a key (`namespace/name`). */
  podsUsing(claimKey: string): readonly Pod[];
}

/** The key of the claim that a volume is bound to. */
export function claimKeyOf({ spec }: PersistentVolume): string {
  return `${spec.claimRef?.namespace}/${spec.claimRef?.name}`;
}
