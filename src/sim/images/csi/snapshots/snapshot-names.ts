import type { VolumeSnapshot, VolumeSnapshotContent } from '../../../api/types/snapshots.js';

/** A content's: it goes only when the sidecar of its driver lets it. */
export const CONTENT_FINALIZER = 'snapshot.storage.kubernetes.io/volumesnapshotcontent-bound-protection';
/** A snapshot's whose content goes with it: that has to be gone first. */
export const BOUND_FINALIZER = 'snapshot.storage.kubernetes.io/volumesnapshot-bound-protection';
/** A snapshot's, so that claims can be made of it meanwhile. */
export const SOURCE_FINALIZER = 'snapshot.storage.kubernetes.io/volumesnapshot-as-source-protection';
/** A claim's of which a snapshot is being taken. */
export const CLAIM_FINALIZER = 'snapshot.storage.kubernetes.io/pvc-as-source-protection';
/** Annotation of a content whose snapshot is to go. */
export const BEING_DELETED = 'snapshot.storage.kubernetes.io/volumesnapshot-being-deleted';
/** Annotation of the class that counts when a snapshot names none. */
export const DEFAULT_CLASS = 'snapshot.storage.kubernetes.io/is-default-class';
/** Label of a content: the node whose sidecar sees to it, where drivers look after their own nodes. */
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
