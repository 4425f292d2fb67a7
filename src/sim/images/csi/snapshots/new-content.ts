import { StatusError } from '../../../api/status.js';
import type { Node } from '../../../api/types/node.js';
import type { VolumeSnapshot, VolumeSnapshotContent } from '../../../api/types/snapshots.js';
import type { PersistentVolume } from '../../../api/types/storage.js';
import { referenceOf } from '../../../client/object-reference.js';
import type { Waiting } from '../../../kernel/wait.js';
import { contentNameOf, MANAGED_BY, SnapshotError } from './snapshot-names.js';
import { nodeOf, type Sources, sourceVolume } from './snapshot-source.js';
import { SNAPSHOT_GROUP } from './snapshot-types.js';

/** The content that a snapshot is to be taken by. `nodes` are looked at where each driver takes those of its own. Throws `SnapshotError`. */
export function* newContent(
  sources: Sources,
  snapshot: VolumeSnapshot,
  nodes: readonly Node[] | undefined,
): Waiting<VolumeSnapshotContent> {
  const volume = yield* volumeOf(sources, snapshot);
  const volumeSnapshotClassName = snapshot.spec.volumeSnapshotClassName ?? '';
  const found = sources.classes.get(undefined, volumeSnapshotClassName);
  const { csi, volumeMode } = volume.spec;
  if (!csi) throw new SnapshotError(`cannot find CSI PersistentVolumeSource for volume ${volume.metadata.name}`);
  const node = nodes && nodeOf(nodes, volume);
  const labels = node === undefined ? {} : { labels: { [MANAGED_BY]: node } };
  return {
    apiVersion: `${SNAPSHOT_GROUP}/v1`,
    kind: 'VolumeSnapshotContent',
    metadata: { name: contentNameOf(snapshot), ...labels },
    spec: {
      deletionPolicy: found?.deletionPolicy ?? 'Delete',
      driver: found?.driver ?? '',
      source: { volumeHandle: csi.volumeHandle },
      ...(volumeMode === undefined ? {} : { sourceVolumeMode: volumeMode }),
      volumeSnapshotClassName,
      volumeSnapshotRef: { ...referenceOf(snapshot) },
    },
  };
}

function* volumeOf(sources: Sources, snapshot: VolumeSnapshot): Waiting<PersistentVolume> {
  try {
    return yield* sourceVolume(sources, snapshot);
  } catch (error) {
    if (!(error instanceof SnapshotError) && !(error instanceof StatusError)) throw error;
    const why = JSON.stringify(error.message);
    throw new SnapshotError(`failed to get input parameters to create snapshot ${snapshot.metadata.name}: ${why}`);
  }
}
