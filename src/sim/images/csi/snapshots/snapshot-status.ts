import { formatTime } from '../../../api/time.js';
import type { VolumeSnapshot, VolumeSnapshotContent } from '../../../api/types/snapshots.js';
import { inUnits } from '../bytes.js';

type Status = NonNullable<VolumeSnapshot['status']>;

/** Nanoseconds in a microsecond. */
const NANOSECONDS = 1000;

/** What a snapshot's status becomes by what its content says; undefined when it says that already (updateSnapshotStatus). */
export function statusBy(snapshot: VolumeSnapshot, { metadata, status }: VolumeSnapshotContent): Status | undefined {
  const { creationTime, restoreSize, readyToUse = false, error } = status ?? {};
  const before = snapshot.status;
  const after: Status = {
    ...before,
    boundVolumeSnapshotContentName: before?.boundVolumeSnapshotContentName ?? metadata.name ?? '',
    readyToUse,
  };
  if (creationTime !== undefined) after.creationTime ??= formatTime(Math.floor(creationTime / NANOSECONDS));
  if (restoreSize !== undefined && (after.restoreSize === undefined || after.restoreSize === '0'))
    after.restoreSize = inUnits(restoreSize);
  if (error) after.error = error;
  else delete after.error;
  return JSON.stringify(inOrder(before ?? {})) === JSON.stringify(inOrder(after)) ? undefined : after;
}

/** Whether a content has come further than its snapshot tells. */
export function isBehind({ status }: VolumeSnapshot, content: VolumeSnapshotContent): boolean {
  const known = content.status;
  if (!known) return false;
  if (!status?.boundVolumeSnapshotContentName) return true;
  if (known.readyToUse !== undefined && known.readyToUse !== status.readyToUse) return true;
  if (known.creationTime !== undefined && status.creationTime === undefined) return true;
  if (known.error?.message !== status.error?.message) return true;
  return known.restoreSize !== undefined && status.restoreSize === undefined;
}

function inOrder(status: Status): [string, unknown][] {
  return Object.entries(status).sort(([one], [other]) => (one < other ? -1 : 1));
}
