import { isNotFound } from '../../api/status.js';
import type { PersistentVolume, PersistentVolumeClaim } from '../../api/types/storage.js';
import { BOUND_BY_CONTROLLER, PROVISIONED_BY } from '../../api/volumes/claims.js';
import { hasModeOf } from '../../api/volumes/matching.js';
import type { Waiting } from '../../kernel/wait.js';
import { keyOf } from '../machinery/keys.js';
import { PERSISTENT_VOLUME_CLAIMS } from '../machinery/resource-types.js';
import { type Binder, claimKeyOf } from './binder.js';
import { migratedAnnotations } from './migrated-plugins.js';
import { reclaim, wantedFinalizers } from './reclaim.js';
import { saveVolume, setVolumePhase, unbindVolume } from './writes.js';

/** Brings one volume to its phase: free, bound, or to be reclaimed (PersistentVolumeController.syncVolume). */
export function* syncVolume(binder: Binder, given: PersistentVolume): Waiting<void> {
  const volume = yield* annealed(binder, given);
  const { claimRef } = volume.spec;
  if (!claimRef?.uid) return void (yield* setVolumePhase(binder, volume, 'Available'));
  const claim = yield* claimOf(binder, volume);
  if (!claim) return yield* release(binder, volume);
  if (!claim.spec.volumeName) tellToBind(binder, volume, claim);
  else if (claim.spec.volumeName === volume.metadata.name) yield* setVolumePhase(binder, volume, 'Bound');
  else yield* giveUp(binder, volume);
}

/** The volume with the finalizers and marks that its maker asks for. */
function* annealed(binder: Binder, volume: PersistentVolume): Waiting<PersistentVolume> {
  const annotations = migratedAnnotations(volume, volume.metadata.annotations?.[PROVISIONED_BY]);
  const finalizers = wantedFinalizers(volume);
  if (!annotations && !finalizers) return volume;
  const metadata = { ...volume.metadata, ...(annotations && { annotations }), ...(finalizers && { finalizers }) };
  return yield* saveVolume(binder, { ...volume, metadata });
}

/** The claim that has the volume; one of its name with another uid is another. The server is asked where it matters. */
function* claimOf(binder: Binder, volume: PersistentVolume): Waiting<PersistentVolumeClaim | undefined> {
  const { namespace = '', name = '', uid } = volume.spec.claimRef ?? {};
  const cached = binder.claims.get(claimKeyOf(volume));
  if (cached?.metadata.uid === uid) return cached;
  if (!cached && isReclaimed(volume)) return undefined;
  const known = cached ? undefined : binder.cachedClaims.get(namespace, name);
  const found = known ?? (yield* askFor(binder, namespace, name));
  return found?.metadata.uid === uid ? found : undefined;
}

function* askFor({ context }: Binder, namespace: string, name: string): Waiting<PersistentVolumeClaim | undefined> {
  try {
    return yield* context.client.get<PersistentVolumeClaim>(PERSISTENT_VOLUME_CLAIMS, name, namespace);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

function isReclaimed({ status }: PersistentVolume): boolean {
  return status?.phase === 'Released' || status?.phase === 'Failed';
}

/** Its claim is gone: what its policy says happens. A failure stays to be seen. */
function* release(binder: Binder, volume: PersistentVolume): Waiting<void> {
  const released = isReclaimed(volume) ? volume : yield* setVolumePhase(binder, volume, 'Released');
  yield* reclaim(binder, released);
}

/** The claim does not know of the volume yet: that is the claim's own affair, unless the two can never be one. */
function tellToBind(binder: Binder, volume: PersistentVolume, claim: PersistentVolumeClaim): void {
  if (hasModeOf(volume, claim)) return binder.claimQueue.add(keyOf(claim));
  const [name, wanted] = [JSON.stringify(volume.metadata.name), JSON.stringify(claim.metadata.name)];
  const because = 'due to incompatible volumeMode.';
  const toVolume = `Cannot bind PersistentVolume to requested PersistentVolumeClaim ${wanted} ${because}`;
  binder.recorder.event(volume, 'Warning', 'VolumeMismatch', toVolume);
  const toClaim = `Cannot bind PersistentVolume ${name} to requested PersistentVolumeClaim ${because}`;
  binder.recorder.event(claim, 'Warning', 'VolumeMismatch', toClaim);
}

/** The claim has another volume: one that was made for it goes, any other is free again. */
function* giveUp(binder: Binder, volume: PersistentVolume): Waiting<void> {
  const annotations = volume.metadata.annotations ?? {};
  const wasMade = annotations[PROVISIONED_BY] !== undefined;
  if (wasMade && volume.spec.persistentVolumeReclaimPolicy === 'Delete') return yield* release(binder, volume);
  const isPromise = annotations[BOUND_BY_CONTROLLER] === undefined;
  // A promise written by hand stays without the uid; the volume is told to be free only when that has to be changed.
  if (!isPromise || volume.spec.claimRef?.uid) yield* unbindVolume(binder, volume);
}
