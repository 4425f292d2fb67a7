import { isPodTerminal } from '../../api/pods.js';
import { isNotFound } from '../../api/status.js';
import type { PersistentVolume } from '../../api/types/storage.js';
import { PROVISIONED_BY } from '../../api/volumes/claims.js';
import type { Waiting } from '../../kernel/wait.js';
import { isExpectedFailure, SyncError } from '../machinery/failures.js';
import { PERSISTENT_VOLUMES } from '../machinery/resource-types.js';
import { type Binder, claimKeyOf } from './binder.js';
import { driverFor, isMigrated } from './migrated-plugins.js';
import { canRecycle, recycle } from './recycle.js';
import { saveVolume, setVolumePhase, unbindVolume } from './writes.js';

/** Keeps a volume of a plugin inside Kubernetes until what is behind it is gone. */
const IN_TREE_FINALIZER = 'kubernetes.io/pv-controller';
const EXTERNAL_FINALIZER = 'external-provisioner.volume.kubernetes.io/finalizer';
const HOST_PATH_PLUGIN = 'kubernetes.io/host-path';
/** The only plugins of the controller that can do more than be recycled, and those it knows at all. */
const KNOWN_PLUGINS = [HOST_PATH_PLUGIN, 'kubernetes.io/nfs'];

/** Does with a released volume what its policy says (reclaimVolume). */
export function* reclaim(binder: Binder, volume: PersistentVolume): Waiting<void> {
  if (isMigrated(volume)) return;
  const { name, uid } = volume.metadata;
  const policy = volume.spec.persistentVolumeReclaimPolicy;
  if (policy === 'Recycle') binder.operations.run(`recycle-${name}[${uid}]`, () => recycleVolume(binder, volume));
  else if (policy === 'Delete') binder.operations.run(`delete-${name}[${uid}]`, () => deleteVolume(binder, volume));
  else if (policy !== 'Retain') {
    const message = 'Volume has unrecognized PersistentVolumeReclaimPolicy';
    yield* setVolumePhase(binder, volume, 'Failed', { reason: 'VolumeUnknownReclaimPolicy', message });
  }
}

/** Wipes a volume by a pod and sets it free. Whatever fails leaves it for the next look. */
function* recycleVolume(binder: Binder, volume: PersistentVolume): Waiting<void> {
  const newest = yield* newestOf(binder, volume);
  if (!newest || !isReleased(binder, newest)) return;
  const users = usersOf(binder, newest);
  if (users.length > 0 && !binder.claims.get(claimKeyOf(volume))) {
    const message = `Volume is used by pods: ${users.join(',')}`;
    binder.recorder.event(volume, 'Normal', 'VolumeFailedRecycle', message);
    return;
  }
  const why = canRecycle(newest) ? yield* recycle(binder, newest) : undefined;
  if (!canRecycle(newest) || why !== undefined) {
    const message = why === undefined ? 'No recycler plugin found for the volume!' : `Recycle failed: ${why}`;
    yield* setVolumePhase(binder, newest, 'Failed', { reason: 'VolumeFailedRecycle', message });
    return;
  }
  binder.recorder.event(newest, 'Normal', 'VolumeRecycled', 'Volume recycled');
  try {
    yield* unbindVolume(binder, newest);
  } catch (error) {
    if (!isExpectedFailure(error)) throw error;
  }
}

/** Deletes what is behind a volume, and then the volume; what somebody outside made, somebody outside deletes. */
function* deleteVolume(binder: Binder, volume: PersistentVolume): Waiting<void> {
  const deleter = deleterOf(volume);
  if ('failure' in deleter) {
    yield* setVolumePhase(binder, volume, 'Failed', { reason: 'VolumeFailedDelete', message: deleter.failure });
    return;
  }
  if (deleter.isExternal) return;
  const newest = yield* newestOf(binder, volume);
  if (!newest || !isReleased(binder, newest)) return;
  const path = volume.spec.hostPath?.path ?? '';
  if (!/\/tmp\/.+/.test(path)) {
    const message = `host_path deleter only supports /tmp/.+ but received provided ${path}`;
    yield* setVolumePhase(binder, volume, 'Failed', { reason: 'VolumeFailedDelete', message });
    throw new SyncError(message);
  }
  // The deleter works on the files of the controller manager's own container: a node's folder stays as it is.
  const finalizers = newest.metadata.finalizers ?? [];
  if (finalizers.includes(IN_TREE_FINALIZER)) {
    const others = finalizers.filter((finalizer) => finalizer !== IN_TREE_FINALIZER);
    yield* saveVolume(binder, { ...newest, metadata: { ...newest.metadata, finalizers: others } });
  }
  try {
    yield* binder.context.client.delete(PERSISTENT_VOLUMES, volume.metadata.name ?? '');
  } catch (error) {
    if (!isExpectedFailure(error)) throw error;
  }
}

/** Who deletes what is behind a volume (findDeletablePlugin). */
function deleterOf(volume: PersistentVolume): { readonly isExternal: boolean } | { readonly failure: string } {
  const provisioner = volume.metadata.annotations?.[PROVISIONED_BY];
  if (provisioner) {
    if (provisioner === HOST_PATH_PLUGIN) return { isExternal: false };
    if (!provisioner.startsWith('kubernetes.io/')) return { isExternal: true };
    const isKnown = KNOWN_PLUGINS.includes(provisioner);
    return {
      failure: isKnown ? 'no deletable volume plugin matched' : `no volume plugin matched name: ${provisioner}`,
    };
  }
  if (isMigrated(volume) || volume.spec.csi) return { isExternal: true };
  if (volume.spec.hostPath) return { isExternal: false };
  const why = volume.spec.nfs ? 'no deletable volume plugin matched' : 'no volume plugin matched';
  return { failure: `error getting deleter volume plugin for volume "${volume.metadata.name}": ${why}` };
}

/** The finalizers a volume should have by its maker and its policy; undefined when it has them (modifyDeletionFinalizers). */
export function wantedFinalizers({ metadata, spec }: PersistentVolume): string[] | undefined {
  const provisioner = metadata.annotations?.[PROVISIONED_BY];
  const has = metadata.finalizers ?? [];
  if (provisioner === undefined) return undefined;
  let wanted = has;
  const without = (finalizer: string) => wanted.filter((other) => other !== finalizer);
  if (driverFor(provisioner) !== undefined) wanted = without(IN_TREE_FINALIZER);
  else if (provisioner.startsWith('kubernetes.io/')) {
    const policy = spec.persistentVolumeReclaimPolicy;
    if (policy !== 'Delete') wanted = without(IN_TREE_FINALIZER);
    else if (!has.includes(IN_TREE_FINALIZER)) wanted = [...has, IN_TREE_FINALIZER];
    wanted = without(EXTERNAL_FINALIZER);
  }
  return wanted.length === has.length && wanted.every((one, at) => one === has[at]) ? undefined : wanted;
}

function* newestOf({ context }: Binder, { metadata }: PersistentVolume): Waiting<PersistentVolume | undefined> {
  try {
    return yield* context.client.get<PersistentVolume>(PERSISTENT_VOLUMES, metadata.name ?? '');
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** Whether a volume's claim is gone or has another volume. */
function isReleased(binder: Binder, volume: PersistentVolume): boolean {
  const { claimRef } = volume.spec;
  if (!claimRef?.uid) return false;
  const claim = binder.claims.get(claimKeyOf(volume));
  if (claim?.metadata.uid !== claimRef.uid) return true;
  return Boolean(claim.spec.volumeName) && claim.spec.volumeName !== volume.metadata.name;
}

function usersOf(binder: Binder, volume: PersistentVolume): string[] {
  const pods = binder.podsUsing(claimKeyOf(volume)).filter((pod) => !isPodTerminal(pod));
  return pods.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`).sort();
}
