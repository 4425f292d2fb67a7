import type { VolumeSnapshot, VolumeSnapshotContent } from '../../../api/types/snapshots.js';

/** Finalizers and annotations of external-snapshotter. */
export const CONTENT_FINALIZER = 'snapshot.storage.kubernetes.io/volumesnapshotcontent-bound-protection';
export const BOUND_FINALIZER = 'snapshot.storage.kubernetes.io/volumesnapshot-bound-protection';
export const SOURCE_FINALIZER = 'snapshot.storage.kubernetes.io/volumesnapshot-as-source-protection';
export const CLAIM_FINALIZER = 'snapshot.storage.kubernetes.io/pvc-as-source-protection';
export const BEING_DELETED = 'snapshot.storage.kubernetes.io/volumesnapshot-being-deleted';
export const DEFAULT_CLASS = 'snapshot.storage.kubernetes.io/is-default-class';
export const MANAGED_BY = 'snapshot.storage.kubernetes.io/managed-by';

/** Something that stands in the way of a snapshot; it is tried again. */
export class SnapshotError extends Error {}

/** `namespace/name`. */
export function keyOf({ metadata }: Pick<VolumeSnapshot, 'metadata'>): string {
  return `${metadata.namespace}/${metadata.name}`;
}

/** What the content of a snapshot that is taken is called. */
export function contentNameOf({ metadata }: VolumeSnapshot): string {
  return `snapcontent-${metadata.uid}`;
}

/** Whether a content points back to a snapshot. */
export function pointsTo({ spec }: VolumeSnapshotContent, { metadata }: VolumeSnapshot): boolean {
  const { name, namespace, uid } = spec.volumeSnapshotRef;
  return name === metadata.name && namespace === metadata.namespace && uid === metadata.uid;
}
