import { formatTime } from '../../../api/time.js';
import type { VolumeSnapshotClass, VolumeSnapshotContent } from '../../../api/types/snapshots.js';
import type { ApiClient } from '../../../client/client.js';
import { CsiError, csiCall } from '../../../client/csi-client.js';
import { EventBroadcaster } from '../../../client/event-recorder.js';
import type { Informer } from '../../../client/informer.js';
import { InformerFactory } from '../../../client/informer-factory.js';
import { workOff } from '../../../client/work-off.js';
import { KeyQueue } from '../../../client/work-queue.js';
import { untilSignal } from '../../../kernel/libc/until-signal.js';
import type { Program, Sys } from '../../../kernel/sys.js';
import type { Waiting } from '../../../kernel/wait.js';
import { driverName, flagsOf, isPassingFailure, podClient, SIDECAR_LIMITS, socketPath } from '../sidecar.js';
import { BEING_DELETED, CONTENT_FINALIZER, MANAGED_BY, SnapshotError } from './snapshot-names.js';
import { SNAPSHOT_GROUP, SNAPSHOTS } from './snapshot-types.js';

const MERGE = 'application/merge-patch+json';
const STATUS = { subresource: 'status' };

/** csi-snapshotter v8.6 beside a driver: has snapshots taken and deleted as their contents say. */
export const csiSnapshotter: Program = function* csiSnapshotter(sys) {
  const flags = flagsOf(sys);
  const socket = socketPath(flags.get('csi-address')?.[0] ?? '/run/csi/socket');
  const driver = yield* driverName(sys, socket);
  // Beside a driver on each node it looks after that node's contents alone.
  const isOwnNodeOnly = flags.get('node-deployment')?.[0] === 'true';
  const node = isOwnNodeOnly ? (sys.environment.get('NODE_NAME') ?? '') : undefined;
  new Snapshotter(sys, podClient(sys, 'csi-snapshotter/v8.6.0'), socket, driver, node).start();
  yield* untilSignal(sys, ['INT', 'TERM']);
  return 2;
};

class Snapshotter {
  private readonly informers: InformerFactory;
  private readonly contents: Informer<VolumeSnapshotContent>;
  private readonly classes: Informer<VolumeSnapshotClass>;
  private readonly queue: KeyQueue;
  private readonly recorder: ReturnType<EventBroadcaster['recorder']>;

  constructor(
    private readonly sys: Sys,
    private readonly client: ApiClient,
    private readonly socket: string,
    private readonly driver: string,
    node: string | undefined,
  ) {
    this.informers = new InformerFactory(sys, client);
    const scope = node === undefined ? {} : { labelSelector: `${MANAGED_BY}=${node}` };
    this.contents = this.informers.informer<VolumeSnapshotContent>(SNAPSHOTS.contents, scope);
    this.classes = this.informers.informer<VolumeSnapshotClass>(SNAPSHOTS.classes);
    this.queue = new KeyQueue(sys, SIDECAR_LIMITS);
    this.recorder = new EventBroadcaster(sys, client).recorder({ component: `csi-snapshotter ${driver}` });
  }

  start(): void {
    const look = ({ metadata }: VolumeSnapshotContent) => this.queue.add(metadata.name ?? '');
    this.contents.addHandlers({
      added: look,
      // What it wrote itself of a failure is no cause to try again at once.
      updated: (before, after) => {
        if (before.status?.error?.time === after.status?.error?.time) look(after);
      },
    });
    this.informers.start();
    this.sys.thread(() => this.work());
  }

  private *work(): Waiting<void> {
    yield* this.informers.waitForCaches();
    yield* workOff(this.sys, this.queue, (name) => this.sync(name), isPassing);
  }

  private isOurs({ spec }: VolumeSnapshotContent): boolean {
    if (spec.driver !== this.driver) return false;
    const found = this.classes.get(undefined, spec.volumeSnapshotClassName ?? '');
    return !found || found.driver === this.driver;
  }

  private *sync(name: string): Waiting<void> {
    const content = this.contents.get(undefined, name);
    if (!content || !this.isOurs(content)) return;
    const { metadata, spec, status } = content;
    if (metadata.deletionTimestamp && isToGo(content)) return yield* this.remove(content);
    if (status?.readyToUse || metadata.deletionTimestamp) return;
    if (spec.source.volumeHandle === undefined) yield* this.noting(content, 'check', this.check(content));
    else yield* this.noting(content, 'create', this.create(content));
  }

  /** Writes down in a content why a step failed, tells of it, and fails as it did. */
  private *noting(content: VolumeSnapshotContent, step: 'check' | 'create', work: Waiting<void>): Waiting<void> {
    try {
      yield* work;
    } catch (error) {
      if (!isFailure(error)) throw error;
      const [reason, words] =
        step === 'create' && !content.status
          ? ['SnapshotCreationFailed', 'Failed to create snapshot']
          : ['SnapshotContentCheckandUpdateFailed', 'Failed to check and update snapshot content'];
      const message = `${words}: ${error.message}`;
      if (content.status?.error?.message !== message) {
        const status = { readyToUse: false, error: { message, time: formatTime(this.sys.now()) } };
        this.recorder.event(content, 'Warning', reason, message);
        yield* this.client.patch(SNAPSHOTS.contents, content.metadata.name ?? '', undefined, MERGE, { status }, STATUS);
      }
      throw error;
    }
  }

  private *create({ metadata, spec }: VolumeSnapshotContent): Waiting<void> {
    const { volumeHandle = '' } = spec.source;
    const { name = '' } = metadata;
    const className = spec.volumeSnapshotClassName;
    const found = this.classes.get(undefined, className ?? '');
    if (!found) {
      const why =
        className === undefined
          ? `failed to take snapshot ${name} without a snapshot class`
          : `volumesnapshotclass.${SNAPSHOT_GROUP} "${className}" not found`;
      throw new SnapshotError(
        `failed to get input parameters to create snapshot for content ${name}: ${JSON.stringify(why)}`,
      );
    }
    const call = {
      name: `snapshot-${spec.volumeSnapshotRef.uid}`,
      sourceVolume: volumeHandle,
      parameters: found.parameters ?? {},
    };
    try {
      const taken = yield* csiCall(this.sys, this.socket, 'CreateSnapshot', call);
      yield* this.tell(name, taken);
    } catch (error) {
      if (!(error instanceof CsiError)) throw error;
      throw new SnapshotError(
        `failed to take snapshot of the volume ${volumeHandle}: ${JSON.stringify(error.message)}`,
      );
    }
  }

  private *check({ metadata, spec }: VolumeSnapshotContent): Waiting<void> {
    const { name = '' } = metadata;
    const { snapshotHandle = '' } = spec.source;
    const { snapshots } = yield* csiCall(this.sys, this.socket, 'ListSnapshots', { snapshotId: snapshotHandle });
    const [found] = snapshots;
    if (found) return yield* this.tell(name, found);
    const why = JSON.stringify(`can not find snapshot for snapshotID ${snapshotHandle}`);
    throw new SnapshotError(`failed to list snapshot for content ${name}: ${why}`);
  }

  private *tell(
    name: string,
    taken: { snapshotId: string; bytes: number; created: number; ready: boolean },
  ): Waiting<void> {
    const status = {
      snapshotHandle: taken.snapshotId,
      creationTime: taken.created,
      restoreSize: taken.bytes,
      readyToUse: taken.ready,
      error: null,
    };
    yield* this.client.patch(SNAPSHOTS.contents, name, undefined, MERGE, { status }, STATUS);
  }

  private *remove({ metadata, spec, status }: VolumeSnapshotContent): Waiting<void> {
    const { name = '', finalizers = [] } = metadata;
    const handle = status?.snapshotHandle;
    if (spec.deletionPolicy === 'Delete' && handle !== undefined) {
      try {
        yield* csiCall(this.sys, this.socket, 'DeleteSnapshot', { snapshotId: handle });
      } catch (error) {
        if (!(error instanceof CsiError)) throw error;
        const event = { apiVersion: `${SNAPSHOT_GROUP}/v1`, kind: 'VolumeSnapshotContent', metadata };
        this.recorder.event(event, 'Warning', 'SnapshotDeleteError', 'Failed to delete snapshot');
        throw error;
      }
      const gone = { snapshotHandle: null, readyToUse: null, creationTime: null, restoreSize: null };
      yield* this.client.patch(SNAPSHOTS.contents, name, undefined, MERGE, { status: gone }, STATUS);
    }
    if (!finalizers.includes(CONTENT_FINALIZER)) return;
    const others = finalizers.filter((one) => one !== CONTENT_FINALIZER);
    const patch = { metadata: { finalizers: others.length > 0 ? others : null } };
    yield* this.client.patch(SNAPSHOTS.contents, name, undefined, MERGE, patch);
  }
}

/** A content goes when its snapshot does, or when no snapshot has taken it. */
function isToGo({ metadata, spec }: VolumeSnapshotContent): boolean {
  const isFree = spec.source.snapshotHandle !== undefined && !spec.volumeSnapshotRef.uid;
  return isFree || metadata.annotations?.[BEING_DELETED] !== undefined;
}

function isFailure(error: unknown): error is Error {
  return error instanceof SnapshotError || error instanceof CsiError;
}

function isPassing(error: unknown): boolean {
  return error instanceof SnapshotError || isPassingFailure(error);
}
