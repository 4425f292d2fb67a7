import type { ResourceType } from '../../../client/client.js';

export const SNAPSHOT_GROUP = 'snapshot.storage.k8s.io';

const snapshot = (resource: string, kind: string, namespaced = false): ResourceType => ({
  group: SNAPSHOT_GROUP,
  version: 'v1',
  resource,
  kind,
  namespaced,
});

/** The kinds that those who make snapshots read and write. */
export const SNAPSHOTS = {
  classes: snapshot('volumesnapshotclasses', 'VolumeSnapshotClass'),
  contents: snapshot('volumesnapshotcontents', 'VolumeSnapshotContent'),
  snapshots: snapshot('volumesnapshots', 'VolumeSnapshot', true),
} as const satisfies Record<string, ResourceType>;
