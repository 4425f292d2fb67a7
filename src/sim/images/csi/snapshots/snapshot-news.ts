import { formatTime } from '../../../api/time.js';
import type { VolumeSnapshot, VolumeSnapshotContent } from '../../../api/types/snapshots.js';
import type { ApiClient } from '../../../client/client.js';
import type { EventBroadcaster } from '../../../client/event-recorder.js';
import type { Sys } from '../../../kernel/sys.js';
import type { Waiting } from '../../../kernel/wait.js';
import { keyOf } from './snapshot-names.js';
import { statusBy } from './snapshot-status.js';
import { SNAPSHOTS } from './snapshot-types.js';

const MERGE = 'application/merge-patch+json';

/** Tells of snapshots, in their statuses and in events. */
export class SnapshotNews {
  constructor(
    private readonly sys: Sys,
    private readonly client: ApiClient,
    private readonly recorder: ReturnType<EventBroadcaster['recorder']>,
  ) {}

  /** Writes into a snapshot's status what its content says, and tells of its being taken and ready. */
  *tell(snapshot: VolumeSnapshot, content: VolumeSnapshotContent): Waiting<void> {
    const status = statusBy(snapshot, content);
    if (!status) return;
    const key = keyOf(snapshot);
    if (status.creationTime !== undefined && snapshot.status?.creationTime === undefined) {
      const message = `Snapshot ${key} was successfully created by the CSI driver.`;
      this.recorder.event(snapshot, 'Normal', 'SnapshotCreated', message);
    }
    if (status.readyToUse && !snapshot.status?.readyToUse)
      this.recorder.event(snapshot, 'Normal', 'SnapshotReady', `Snapshot ${key} is ready to use.`);
    yield* this.client.update(SNAPSHOTS.snapshots, { ...snapshot, status }, { subresource: 'status' });
  }

  /** Writes a failure into a snapshot's status and tells of it, once for as long as it is the same. */
  *fail(snapshot: VolumeSnapshot, isUnready: boolean, reason: string, message: string): Waiting<void> {
    if (snapshot.status?.error?.message === message) return;
    const error = { message, time: formatTime(this.sys.now()) };
    const status = { ...snapshot.status, error, ...(isUnready ? { readyToUse: false } : {}) };
    const { name = '', namespace } = snapshot.metadata;
    this.recorder.event(snapshot, 'Warning', reason, message);
    const options = { subresource: 'status' };
    yield* this.client.patch(SNAPSHOTS.snapshots, name, namespace, MERGE, { status }, options);
  }
}
