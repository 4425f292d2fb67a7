import type { Node } from '../../../api/types/node.js';
import type { VolumeSnapshot, VolumeSnapshotClass } from '../../../api/types/snapshots.js';
import type { PersistentVolume, PersistentVolumeClaim } from '../../../api/types/storage.js';
import { isReachableFrom } from '../../../api/volumes/matching.js';
import type { ApiClient } from '../../../client/client.js';
import type { Informer } from '../../../client/informer.js';
import type { Waiting } from '../../../kernel/wait.js';
import { STORAGE } from '../../provisioner/storage-types.js';
import { DEFAULT_CLASS, keyOf, SnapshotError } from './snapshot-names.js';

/** What of a cluster has to be known to take a snapshot. */
export interface Sources {
  readonly client: ApiClient;
  readonly claims: Informer<PersistentVolumeClaim>;
  readonly classes: Informer<VolumeSnapshotClass>;
}

/** The claim that a snapshot is taken of. Throws `SnapshotError`. */
export function sourceClaim({ claims }: Sources, snapshot: VolumeSnapshot): PersistentVolumeClaim {
  const name = snapshot.spec.source.persistentVolumeClaimName;
  if (name === undefined) throw new SnapshotError('the snapshot source PVC name is not specified');
  if (name === '') throw new SnapshotError(`the PVC name is not specified in snapshot ${keyOf(snapshot)}`);
  const claim = claims.get(snapshot.metadata.namespace, name);
  if (claim) return claim;
  throw new SnapshotError(
    `failed to retrieve PVC ${name} from the lister: "persistentvolumeclaim \\"${name}\\" not found"`,
  );
}

/** The volume that a snapshot is taken of. Throws `SnapshotError`. */
export function* sourceVolume(sources: Sources, snapshot: VolumeSnapshot): Waiting<PersistentVolume> {
  const claim = sourceClaim(sources, snapshot);
  const { name, namespace, uid } = claim.metadata;
  if (claim.status?.phase !== 'Bound')
    throw new SnapshotError(`the PVC ${name} is not yet bound to a PV, will not attempt to take a snapshot`);
  const volume = yield* sources.client.get<PersistentVolume>(STORAGE.volumes, claim.spec.volumeName ?? '');
  const { claimRef } = volume.spec;
  const isBound = claimRef?.name === name && claimRef?.namespace === namespace;
  if (!isBound || (claimRef?.uid && claimRef.uid !== uid))
    throw new SnapshotError('claim in dataSource not bound or invalid');
  return volume;
}

/** The class a snapshot names, or the one that its driver has as default. Throws `SnapshotError`. */
export function* defaultClass(sources: Sources, snapshot: VolumeSnapshot): Waiting<VolumeSnapshotClass> {
  const { csi } = (yield* sourceVolume(sources, snapshot)).spec;
  if (!csi) throw new SnapshotError(`snapshotting non-CSI volumes is not supported, snapshot:${keyOf(snapshot)}`);
  const found = sources.classes
    .list()
    .filter(({ metadata, driver }) => metadata.annotations?.[DEFAULT_CLASS] === 'true' && driver === csi.driver);
  const [only] = found;
  if (!only) throw new SnapshotError('cannot find default snapshot class');
  if (found.length > 1) throw new SnapshotError(`${found.length} default snapshot classes were found`);
  return only;
}

/** The node whose driver has a volume, where drivers look after their own nodes (getManagedByNode). */
export function nodeOf(nodes: readonly Node[], volume: PersistentVolume): string | undefined {
  if (!volume.spec.nodeAffinity) return undefined;
  return nodes.find((node) => isReachableFrom(volume, node))?.metadata.name;
}
