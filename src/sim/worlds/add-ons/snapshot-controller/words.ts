/** What the fields of snapshots' kinds are for, in the notation of `readWords`; in words of our own. */
export const SNAPSHOT_WORDS = `
VolumeSnapshot A user's request for a snapshot of a volume, or for one that is there already.
 spec What is wanted of the snapshot.
  source Where the snapshot comes from. Cannot be changed.
   persistentVolumeClaimName Name of the PersistentVolumeClaim, in the same namespace, whose volume a snapshot is taken of.
   volumeSnapshotContentName Name of a VolumeSnapshotContent that stands for a snapshot which is there already.
  volumeSnapshotClassName Name of the VolumeSnapshotClass. When left out, the default class of the volume's driver is taken.
 status What is known of the snapshot.
  boundVolumeSnapshotContentName Name of the VolumeSnapshotContent that the snapshot is bound to. The two belong together only when each names the other.
  creationTime When the storage took the snapshot.
  error What last went wrong with it.
   message What went wrong. Nothing secret may stand here.
   time When it went wrong.
  readyToUse Whether a volume can be made of the snapshot.
  restoreSize How large a volume that is made of it has to be at least.
  volumeGroupSnapshotName Name of the VolumeGroupSnapshot that it was taken with, if it was.
VolumeSnapshotContent A snapshot as the storage has it; the cluster's side of a VolumeSnapshot.
 spec What is wanted of the snapshot.
  deletionPolicy Whether the storage's snapshot goes with this object (Delete) or stays (Retain), when the VolumeSnapshot is deleted.
  driver Name of the CSI driver that took the snapshot.
  source What the snapshot is of. Cannot be changed.
   snapshotHandle The driver's name of a snapshot that is there already.
   volumeHandle The driver's name of the volume that a snapshot is taken of.
  sourceVolumeMode Whether the volume it was taken of is a Filesystem or a Block.
  volumeSnapshotClassName Name of the VolumeSnapshotClass that it was made by.
  volumeSnapshotRef The VolumeSnapshot that this is bound to. Name and namespace have to be there.
   apiVersion Group and version of that object.
   fieldPath Field of that object that is meant.
   kind Kind of that object.
   name Name of that object.
   namespace Namespace of that object.
   resourceVersion Version of that object that is meant.
   uid UID of that object.
 status What is known of the snapshot.
  creationTime When the storage took the snapshot, in nanoseconds since 1970.
  error What last went wrong with it.
   message What went wrong. Nothing secret may stand here.
   time When it went wrong.
  readyToUse Whether a volume can be made of the snapshot.
  restoreSize How many bytes a volume that is made of it needs at least.
  snapshotHandle The driver's name of the snapshot.
  volumeGroupSnapshotHandle The driver's name of the group that it was taken with, if it was.
VolumeSnapshotClass Settings by which a driver takes snapshots, as a StorageClass has them for volumes.
 deletionPolicy Whether the storage's snapshot goes (Delete) or stays (Retain) when its VolumeSnapshot is deleted.
 driver Name of the CSI driver that takes the snapshots.
 parameters Settings for the driver, which alone knows what they mean.`;
