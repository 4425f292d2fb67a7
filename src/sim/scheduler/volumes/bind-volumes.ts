import { deepCopy } from '../../api/object.js';
import type { Node } from '../../api/types/node.js';
import type { PersistentVolume, PersistentVolumeClaim } from '../../api/types/storage.js';
import { BOUND_BY_CONTROLLER, isBoundTo, isFullyBound, SELECTED_NODE } from '../../api/volumes/claims.js';
import { isReachableFrom } from '../../api/volumes/matching.js';
import { referenceOf } from '../../client/object-reference.js';
import { type Micros, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Reservation } from '../plugin.js';
import { PERSISTENT_VOLUME_CLAIMS, PERSISTENT_VOLUMES } from '../resource-types.js';
import { ReservationError, type StorageView } from '../storage-view.js';
import type { PodVolumes } from './find-volumes.js';

/** How often it is looked whether the controller has bound what was asked for, and for how long. */
const POLL: Micros = SECOND;
const TIMEOUT: Micros = 600 * SECOND;

/**
 * Takes a pod's volumes so that no other pod gets them, and has them bound or made before the pod is bound (binder.go:
 * AssumePodVolumes, BindPodVolumes).
 */
export function reserveVolumes(storage: StorageView, node: Node, { bindings, provisions }: PodVolumes): Reservation {
  let volumes = bindings.map(({ volume, claim }) => promised(volume, claim));
  let claims = provisions.map((claim) => selected(claim, node));
  for (const volume of volumes) storage.assumeVolume(volume);
  for (const claim of claims) storage.assumeClaim(claim);
  return {
    release: () => {
      for (const volume of volumes) storage.restoreVolume(volume);
      for (const claim of claims) storage.restoreClaim(claim);
    },
    *prepare() {
      volumes = yield* each(volumes, (volume) => storage.client.update(PERSISTENT_VOLUMES, volume));
      claims = yield* each(claims, (claim) => storage.client.update(PERSISTENT_VOLUME_CLAIMS, claim));
      const deadline = storage.sys.now() + TIMEOUT;
      const pairs = volumes.map((volume, at) => ({ volume, claim: bindings[at]?.claim as PersistentVolumeClaim }));
      for (;;) {
        yield* storage.sys.sleep(POLL);
        const isBound =
          pairs.every(({ volume, claim }) => isBoundAsAsked(storage, volume, claim, node)) &&
          claims.every((claim) => isMadeAsAsked(storage, claim, node));
        if (isBound) return;
        if (storage.sys.now() >= deadline) throw new ReservationError('binding volumes: context deadline exceeded');
      }
    },
  };
}

function* each<T>(objects: readonly T[], write: (object: T) => Waiting<T>): Waiting<T[]> {
  const written: T[] = [];
  for (const object of objects) written.push(yield* write(object));
  return written;
}

/** A volume that is to be a claim's. */
function promised(volume: PersistentVolume, claim: PersistentVolumeClaim): PersistentVolume {
  const copy = deepCopy(volume);
  if (!isBoundTo(volume, claim))
    copy.metadata.annotations = { ...copy.metadata.annotations, [BOUND_BY_CONTROLLER]: 'yes' };
  if (volume.spec.claimRef?.uid !== claim.metadata.uid) copy.spec.claimRef = { ...referenceOf(claim) };
  return copy;
}

/** A claim for which a volume is to be made where the node is. */
function selected(claim: PersistentVolumeClaim, node: Node): PersistentVolumeClaim {
  const annotations = { ...claim.metadata.annotations, [SELECTED_NODE]: node.metadata.name ?? '' };
  return { ...claim, metadata: { ...claim.metadata, annotations } };
}

/** Whether the controller has bound a volume to its claim. Throws `ReservationError` when that was undone. */
function isBoundAsAsked(
  storage: StorageView,
  asked: PersistentVolume,
  { metadata }: PersistentVolumeClaim,
  node: Node,
): boolean {
  const name = asked.metadata.name ?? '';
  const volume = storage.storedVolume(name);
  const claim = storage.storedClaim(metadata.namespace, metadata.name ?? '');
  if (!volume) throw missing(`failed to check binding: could not find v1.PersistentVolume "${name}"`);
  if (!claim) throw missing(`failed to check binding: could not find v1.PersistentVolumeClaim "${keyOf(metadata)}"`);
  if (isOlder(volume, asked)) return false;
  checkReach(volume, node);
  if (!volume.spec.claimRef?.uid) throw missing(`ClaimRef got reset for pv ${JSON.stringify(name)}`);
  return isFullyBound(claim);
}

/** Whether a volume was made for a claim and bound. Throws `ReservationError` when its maker gave up. */
function isMadeAsAsked(storage: StorageView, asked: PersistentVolumeClaim, node: Node): boolean {
  const { namespace, name = '' } = asked.metadata;
  const claim = storage.storedClaim(namespace, name);
  if (!claim) {
    const key = keyOf(asked.metadata);
    throw missing(`failed to check provisioning pvc: could not find v1.PersistentVolumeClaim "${key}"`);
  }
  if (isOlder(claim, asked)) return false;
  const { annotations } = claim.metadata;
  if (!annotations) throw missing(`selectedNode annotation reset for PVC ${JSON.stringify(name)}`);
  if (annotations[SELECTED_NODE] !== node.metadata.name)
    throw missing(`provisioning failed for PVC ${JSON.stringify(name)}`);
  if (claim.spec.volumeName) {
    const volume = storage.storedVolume(claim.spec.volumeName);
    if (!volume) return false;
    checkReach(volume, node);
  }
  return isFullyBound(claim);
}

function checkReach(volume: PersistentVolume, node: Node): void {
  if (isReachableFrom(volume, node)) return;
  const [which, where] = [volume.metadata.name, node.metadata.name].map((name) => JSON.stringify(name));
  throw missing(`pv ${which} node affinity doesn't match node ${where}: no matching NodeSelectorTerms`);
}

const missing = (why: string) => new ReservationError(`binding volumes: ${why}`);

function isOlder(
  known: PersistentVolume | PersistentVolumeClaim,
  written: PersistentVolume | PersistentVolumeClaim,
): boolean {
  return Number(known.metadata.resourceVersion) < Number(written.metadata.resourceVersion);
}

function keyOf({ namespace, name }: PersistentVolumeClaim['metadata']): string {
  return `${namespace}/${name}`;
}
