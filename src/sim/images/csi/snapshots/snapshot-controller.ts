import { isNotFound, StatusError } from '../../../api/status.js';
import type { Node } from '../../../api/types/node.js';
import type { VolumeSnapshot, VolumeSnapshotClass, VolumeSnapshotContent } from '../../../api/types/snapshots.js';
import type { PersistentVolumeClaim } from '../../../api/types/storage.js';
import type { ApiClient } from '../../../client/client.js';
import { EventBroadcaster } from '../../../client/event-recorder.js';
import { isUnreachable } from '../../../client/go-errors.js';
import type { Informer } from '../../../client/informer.js';
import { InformerFactory } from '../../../client/informer-factory.js';
import { workOff } from '../../../client/work-off.js';
import { KeyQueue } from '../../../client/work-queue.js';
import type { Sys } from '../../../kernel/sys.js';
import type { Waiting } from '../../../kernel/wait.js';
import { STORAGE } from '../../provisioner/storage-types.js';
import { SIDECAR_LIMITS } from '../sidecar.js';
import { Finalizers } from './finalizers.js';
import { newContent } from './new-content.js';
import {
  BEING_DELETED,
  BOUND_FINALIZER,
  CONTENT_FINALIZER,
  contentNameOf,
  keyOf,
  pointsTo,
  SnapshotError,
  SOURCE_FINALIZER,
} from './snapshot-names.js';
import { SnapshotNews } from './snapshot-news.js';
import { defaultClass, type Sources } from './snapshot-source.js';
import { isBehind } from './snapshot-status.js';
import { SNAPSHOT_GROUP, SNAPSHOTS } from './snapshot-types.js';

const MERGE = 'application/merge-patch+json';

/**
 * Gives snapshots their contents, and tells in their statuses how far those are (external-snapshotter v8.6,
 * common-controller). Taking them is the sidecars' work beside each driver.
 */
export class SnapshotController {
  private readonly informers: InformerFactory;
  private readonly snapshots: Informer<VolumeSnapshot>;
  private readonly contents: Informer<VolumeSnapshotContent>;
  private readonly nodes: Informer<Node> | undefined;
  private readonly sources: Sources;
  private readonly queue: KeyQueue;
  private readonly contentQueue: KeyQueue;
  private readonly recorder: ReturnType<EventBroadcaster['recorder']>;
  private readonly finalizers: Finalizers;
  private readonly news: SnapshotNews;

  constructor(
    private readonly sys: Sys,
    private readonly client: ApiClient,
    /** Drivers on each node take the snapshots of their own node (--enable-distributed-snapshotting). */
    isDistributed: boolean,
  ) {
    this.informers = new InformerFactory(sys, client);
    this.snapshots = this.informers.informer<VolumeSnapshot>(SNAPSHOTS.snapshots);
    this.contents = this.informers.informer<VolumeSnapshotContent>(SNAPSHOTS.contents);
    this.nodes = isDistributed ? this.informers.informer<Node>(STORAGE.nodes) : undefined;
    this.sources = {
      client,
      claims: this.informers.informer<PersistentVolumeClaim>(STORAGE.claims),
      classes: this.informers.informer<VolumeSnapshotClass>(SNAPSHOTS.classes),
    };
    this.queue = new KeyQueue(sys, SIDECAR_LIMITS);
    this.contentQueue = new KeyQueue(sys, SIDECAR_LIMITS);
    this.recorder = new EventBroadcaster(sys, client).recorder({ component: 'snapshot-controller' });
    this.news = new SnapshotNews(sys, client, this.recorder);
    this.finalizers = new Finalizers(client, this.sources, this.snapshots);
  }

  /** Follows snapshots and contents for ever, in threads of its own. */
  start(): void {
    const look = (snapshot: VolumeSnapshot) => this.queue.add(keyOf(snapshot));
    const lookAtContent = ({ metadata }: VolumeSnapshotContent) => this.contentQueue.add(metadata.name ?? '');
    this.snapshots.addHandlers({
      added: look,
      updated: (_, after) => look(after),
      deleted: ({ status }) => this.contentQueue.add(status?.boundVolumeSnapshotContentName ?? ''),
    });
    this.contents.addHandlers({
      added: lookAtContent,
      updated: (_, after) => lookAtContent(after),
      deleted: ({ spec: { volumeSnapshotRef: of } }) => this.queue.add(`${of.namespace}/${of.name}`),
    });
    this.informers.start();
    this.sys.thread(() => this.work(this.queue, (key) => this.syncSnapshot(key)));
    this.sys.thread(() => this.work(this.contentQueue, (name) => this.syncContent(name)));
  }

  private *work(queue: KeyQueue, sync: (key: string) => Waiting<void>): Waiting<void> {
    yield* this.informers.waitForCaches();
    yield* workOff(this.sys, queue, sync, isFailure);
  }

  private *syncContent(name: string): Waiting<void> {
    const content = this.contents.get(undefined, name);
    const of = content?.spec.volumeSnapshotRef;
    // One that is reserved for a snapshot is bound when that comes.
    if (!content || !of?.uid) return;
    const { deletionTimestamp, finalizers = [] } = content.metadata;
    if (!deletionTimestamp && !finalizers.includes(CONTENT_FINALIZER)) {
      const patch = { metadata: { finalizers: [...finalizers, CONTENT_FINALIZER] } };
      yield* this.client.patch(SNAPSHOTS.contents, name, undefined, MERGE, patch);
      return;
    }
    const snapshot = this.snapshots.get(of.namespace, of.name ?? '');
    if (!snapshot || snapshot.metadata.uid !== of.uid) return;
    if (isBehind(snapshot, content)) this.queue.add(keyOf(snapshot));
    if (snapshot.metadata.deletionTimestamp) yield* this.markDeleted(content);
  }

  private *syncSnapshot(key: string): Waiting<void> {
    const [namespace, name = ''] = key.split('/');
    if (!this.snapshots.get(namespace, name)) return;
    let snapshot: VolumeSnapshot;
    try {
      // What was written a moment ago has not been heard of yet.
      snapshot = yield* this.client.get<VolumeSnapshot>(SNAPSHOTS.snapshots, name, namespace);
    } catch (error) {
      if (isNotFound(error)) return;
      throw error;
    }
    snapshot = yield* this.withClass(snapshot);
    yield* this.finalizers.releaseClaim(snapshot, false);
    if (snapshot.metadata.deletionTimestamp) return yield* this.remove(snapshot);
    const content = yield* this.contentOf(snapshot);
    snapshot = yield* this.finalizers.keep(snapshot, content);
    if (snapshot.status?.readyToUse && snapshot.status.boundVolumeSnapshotContentName)
      return yield* this.checkReady(snapshot, content);
    yield* snapshot.spec.source.volumeSnapshotContentName === undefined
      ? this.take(snapshot, content)
      : this.bind(snapshot, content);
  }

  /** A snapshot with its class; one that names none is given its driver's default. Throws `SnapshotError`. */
  private *withClass(snapshot: VolumeSnapshot): Waiting<VolumeSnapshot> {
    const { volumeSnapshotClassName: name, source } = snapshot.spec;
    if (name !== undefined) {
      if (this.sources.classes.get(undefined, name) || snapshot.metadata.deletionTimestamp) return snapshot;
      const why = `volumesnapshotclass.${SNAPSHOT_GROUP} "${name}" not found`;
      yield* this.news.fail(
        snapshot,
        false,
        'GetSnapshotClassFailed',
        `Failed to get snapshot class with error ${why}`,
      );
      throw new SnapshotError(why);
    }
    if (source.volumeSnapshotContentName !== undefined) return snapshot;
    try {
      const { metadata } = yield* defaultClass(this.sources, snapshot);
      const patch = { spec: { volumeSnapshotClassName: metadata.name } };
      const { namespace, name: own = '' } = snapshot.metadata;
      return yield* this.client.patch<VolumeSnapshot>(SNAPSHOTS.snapshots, own, namespace, MERGE, patch);
    } catch (error) {
      if (!(error instanceof SnapshotError) && !(error instanceof StatusError)) throw error;
      if (snapshot.metadata.deletionTimestamp) return snapshot;
      const why = `Failed to set default snapshot class with error ${error.message}`;
      yield* this.news.fail(snapshot, false, 'SetDefaultSnapshotClassFailed', why);
      throw error;
    }
  }

  /** A snapshot's content, if there is one. Throws `SnapshotError` for one that is of another kind, or another's. */
  private *contentOf(snapshot: VolumeSnapshot): Waiting<VolumeSnapshotContent | undefined> {
    const given = snapshot.spec.source.volumeSnapshotContentName;
    const name = given ?? contentNameOf(snapshot);
    const content = this.contents.get(undefined, name);
    if (!content) return undefined;
    const isGiven = content.spec.source.snapshotHandle !== undefined;
    const [is, expected] = isGiven ? ['pre', 'dynamically'] : ['dynamically', 'pre'];
    if (isGiven !== (given !== undefined)) {
      const words = (how: string | undefined) => (how === 'pre' ? 'pre-provisioned' : 'dynamically provisioned');
      const subject = given === undefined ? `VolumeSnapshotContent ${name}` : 'VolumeSnapshotContent';
      const why = `${subject} is ${words(is)} while expecting a ${words(expected)} one`;
      yield* this.news.fail(snapshot, true, 'SnapshotContentMismatch', why);
      throw new SnapshotError(why);
    }
    const { uid, ...of } = content.spec.volumeSnapshotRef;
    const { name: own, namespace } = snapshot.metadata;
    const isOurs = of.name === own && of.namespace === namespace;
    if (isOurs && (uid === snapshot.metadata.uid || (given !== undefined && !uid))) return content;
    const why = `VolumeSnapshotContent [${name}] is bound to a different snapshot`;
    yield* this.news.fail(snapshot, true, 'SnapshotContentMisbound', why);
    throw new SnapshotError(why);
  }

  private *checkReady(snapshot: VolumeSnapshot, content: VolumeSnapshotContent | undefined): Waiting<void> {
    if (!content) yield* this.news.fail(snapshot, true, 'SnapshotContentMissing', 'VolumeSnapshotContent is missing');
    else if (!pointsTo(content, snapshot)) {
      const why = 'VolumeSnapshotContent is not bound to the VolumeSnapshot correctly';
      yield* this.news.fail(snapshot, true, 'SnapshotMisbound', why);
    }
  }

  /** Binds a snapshot to the content that it names. */
  private *bind(snapshot: VolumeSnapshot, content: VolumeSnapshotContent | undefined): Waiting<void> {
    if (!content) {
      yield* this.news.fail(snapshot, true, 'SnapshotContentMissing', 'VolumeSnapshotContent is missing');
      const name = snapshot.spec.source.volumeSnapshotContentName;
      throw new SnapshotError(`snapshot ${keyOf(snapshot)} requests an non-existing content ${name}`);
    }
    let bound = content;
    const { volumeSnapshotRef: of, volumeSnapshotClassName } = content.spec;
    if (!of.uid || volumeSnapshotClassName === undefined) {
      const name = snapshot.spec.volumeSnapshotClassName;
      const withName = name === undefined ? {} : { volumeSnapshotClassName: name };
      if (!of.uid || name !== undefined) {
        const patch = { spec: { volumeSnapshotRef: { uid: snapshot.metadata.uid }, ...withName } };
        bound = yield* this.client.patch(SNAPSHOTS.contents, content.metadata.name ?? '', undefined, MERGE, patch);
      }
    }
    yield* this.news.tell(snapshot, bound);
  }

  /** Has a snapshot taken: its content is made, and the sidecar of its driver sees to the rest. */
  private *take(snapshot: VolumeSnapshot, content: VolumeSnapshotContent | undefined): Waiting<void> {
    if (content) return yield* this.news.tell(snapshot, content);
    let made: VolumeSnapshotContent;
    try {
      yield* this.finalizers.holdClaim(snapshot);
      const content = yield* newContent(this.sources, snapshot, this.nodes?.list());
      made = yield* this.client.create(SNAPSHOTS.contents, content);
      const message = `Waiting for a snapshot ${keyOf(snapshot)} to be created by the CSI driver.`;
      this.recorder.event(snapshot, 'Normal', 'CreatingSnapshot', message);
    } catch (error) {
      if (!(error instanceof SnapshotError) && !(error instanceof StatusError)) throw error;
      const why = `Failed to create snapshot content with error ${error.message}`;
      yield* this.news.fail(snapshot, true, 'SnapshotContentCreationFailed', why);
      throw error;
    }
    yield* this.news.tell(snapshot, made);
  }

  private *remove(snapshot: VolumeSnapshot): Waiting<void> {
    const { finalizers = [] } = snapshot.metadata;
    if (!finalizers.some((name) => name === SOURCE_FINALIZER || name === BOUND_FINALIZER)) return;
    const name = snapshot.status?.boundVolumeSnapshotContentName ?? contentNameOf(snapshot);
    const found = this.contents.get(undefined, name);
    const content = found && pointsTo(found, snapshot) ? found : undefined;
    if (content && this.finalizers.isRestored(snapshot)) {
      const words = 'Snapshot is being used to restore a PVC';
      this.recorder.event(snapshot, 'Warning', 'SnapshotDeletePending', words);
      throw new SnapshotError(words);
    }
    if (content) yield* this.markDeleted(content);
    const goesToo = content?.spec.deletionPolicy === 'Delete';
    if (content && goesToo && !content.metadata.deletionTimestamp) yield* this.client.delete(SNAPSHOTS.contents, name);
    yield* this.finalizers.letGo(snapshot, !goesToo);
  }

  /** Lets the sidecar know that the snapshot is to go, so that it may take the content's finalizer away. */
  private *markDeleted({ metadata }: VolumeSnapshotContent): Waiting<void> {
    if (metadata.annotations?.[BEING_DELETED] !== undefined) return;
    const patch = { metadata: { annotations: { [BEING_DELETED]: 'yes' } } };
    yield* this.client.patch(SNAPSHOTS.contents, metadata.name ?? '', undefined, MERGE, patch);
  }
}

function isFailure(error: unknown): boolean {
  return error instanceof SnapshotError || error instanceof StatusError || isUnreachable(error);
}
