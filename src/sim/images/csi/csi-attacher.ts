import { isNotFound } from '../../api/status.js';
import { formatTime } from '../../api/time.js';
import type { CSINode, PersistentVolume, VolumeAttachment } from '../../api/types/storage.js';
import type { ApiClient } from '../../client/client.js';
import { CsiError, csiCall } from '../../client/csi-client.js';
import type { Informer } from '../../client/informer.js';
import { InformerFactory } from '../../client/informer-factory.js';
import { workOff } from '../../client/work-off.js';
import { KeyQueue } from '../../client/work-queue.js';
import { untilSignal } from '../../kernel/libc/until-signal.js';
import type { Program, Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { say } from '../go/log.js';
import { STORAGE } from '../provisioner/storage-types.js';
import { driverName, flagsOf, isPassingFailure, podClient, SIDECAR_LIMITS, socketPath } from './sidecar.js';

/** How long what failed waits: doubling (--retry-interval-start, --retry-interval-max). */
const NODE_ID = 'csi.alpha.kubernetes.io/node-id';
const MERGE = 'application/merge-patch+json';

/** external-attacher v4.12: has volumes attached and detached as VolumeAttachments say. */
export const csiAttacher: Program = function* csiAttacher(sys) {
  const socket = socketPath(flagsOf(sys).get('csi-address')?.[0] ?? '/run/csi/socket');
  const driver = yield* driverName(sys, socket);
  const { publishes } = yield* csiCall(sys, socket, 'ControllerGetCapabilities', {});
  if (!publishes) say(sys, 2, 'CSI driver does not support ControllerPublishUnpublish, using trivial handler');
  new Attacher(sys, podClient(sys, 'csi-attacher/v4.12.0'), socket, driver, publishes).start();
  yield* untilSignal(sys, ['INT', 'TERM']);
  return 2;
};

class Attacher {
  private readonly attachments: Informer<VolumeAttachment>;
  private readonly volumes: Informer<PersistentVolume>;
  private readonly csiNodes: Informer<CSINode>;
  private readonly informers: InformerFactory;
  private readonly queue: KeyQueue;
  private readonly volumeQueue: KeyQueue;
  private readonly finalizer: string;

  constructor(
    private readonly sys: Sys,
    private readonly client: ApiClient,
    private readonly socket: string,
    private readonly driver: string,
    /** Drivers that need not be told are not: their volumes are attached by saying so. */
    private readonly publishes: boolean,
  ) {
    this.informers = new InformerFactory(sys, client);
    this.attachments = this.informers.informer<VolumeAttachment>(STORAGE.attachments);
    this.volumes = this.informers.informer<PersistentVolume>(STORAGE.volumes);
    this.csiNodes = this.informers.informer<CSINode>(STORAGE.csiNodes);
    this.queue = new KeyQueue(sys, SIDECAR_LIMITS);
    this.volumeQueue = new KeyQueue(sys, SIDECAR_LIMITS);
    this.finalizer = `external-attacher/${driver.replace(/[^a-zA-Z0-9-]/g, '-').replace(/-$/, '-X')}`;
  }

  start(): void {
    const look = ({ metadata: { name = '' } }: VolumeAttachment) => this.queue.add(name);
    this.attachments.addHandlers({
      added: look,
      // What it wrote itself of a failure is no cause to try again at once.
      updated: (before, after) => {
        if (!differOnlyInErrors(before, after)) look(after);
      },
      deleted: ({ spec }) => this.volumeQueue.add(spec.source.persistentVolumeName ?? ''),
    });
    const lookAtVolume = ({ metadata }: PersistentVolume) => {
      if (metadata.deletionTimestamp) this.volumeQueue.add(metadata.name ?? '');
    };
    this.volumes.addHandlers({ added: lookAtVolume, updated: (_, after) => lookAtVolume(after) });
    this.informers.start();
    this.sys.thread(() => this.work(this.queue, (name) => this.syncAttachment(name)));
    if (this.publishes) this.sys.thread(() => this.work(this.volumeQueue, (name) => this.letVolumeGo(name)));
  }

  private *work(queue: KeyQueue, sync: (name: string) => Waiting<void>): Waiting<void> {
    yield* this.informers.waitForCaches();
    yield* workOff(this.sys, queue, sync, isFailure);
  }

  private *syncAttachment(name: string): Waiting<void> {
    const attachment = this.attachments.get(undefined, name);
    if (attachment?.spec.attacher !== this.driver) return;
    const { metadata, status } = attachment;
    if (!this.publishes) {
      if (!status?.attached) yield* this.markAttached(name, {});
    } else if (metadata.deletionTimestamp) {
      if (metadata.finalizers?.includes(this.finalizer)) yield* this.noting(name, 'detach', this.detach(attachment));
    } else if (!status?.attached) yield* this.noting(name, 'attach', this.attach(attachment));
  }

  /** Writes down in a VolumeAttachment why a step failed, and fails as it did. */
  private *noting(name: string, step: 'attach' | 'detach', work: Waiting<void>): Waiting<void> {
    try {
      yield* work;
    } catch (error) {
      if (!isFailure(error)) throw error;
      const failure = { message: error.message, time: formatTime(this.sys.now()) };
      const code = step === 'attach' && error instanceof CsiError ? { errorCode: error.code } : {};
      const status = { [`${step}Error`]: { ...failure, ...code } };
      yield* this.client.patch(STORAGE.attachments, name, undefined, MERGE, { status }, { subresource: 'status' });
      throw error;
    }
  }

  private *attach(attachment: VolumeAttachment): Waiting<void> {
    const { metadata, spec } = attachment;
    const volume = this.volumeOf(attachment);
    if (volume.metadata.deletionTimestamp)
      throw new AttachError(`PersistentVolume "${volume.metadata.name}" is marked for deletion`);
    yield* this.keepVolume(volume);
    const { csi } = volume.spec;
    if (!csi) throw new AttachError('pv spec contained non-csi source that was not migrated');
    const nodeId = this.nodeId(spec.nodeName, undefined);
    const finalizers = metadata.finalizers ?? [];
    const name = metadata.name ?? '';
    if (!finalizers.includes(this.finalizer) || metadata.annotations?.[NODE_ID] !== nodeId) {
      const kept = [...finalizers.filter((one) => one !== this.finalizer), this.finalizer];
      const patch = { metadata: { finalizers: kept, annotations: { [NODE_ID]: nodeId } } };
      yield* this.client.patch(STORAGE.attachments, name, undefined, MERGE, patch);
    }
    const call = { volumeId: csi.volumeHandle, nodeId, readOnly: csi.readOnly ?? false };
    const { publishContext } = yield* csiCall(this.sys, this.socket, 'ControllerPublishVolume', call);
    yield* this.markAttached(name, publishContext);
  }

  private *markAttached(name: string, metadata: Readonly<Record<string, string>>): Waiting<void> {
    const attachmentMetadata = Object.keys(metadata).length > 0 ? { attachmentMetadata: metadata } : {};
    const status = { attached: true, attachError: null, ...attachmentMetadata };
    yield* this.client.patch(STORAGE.attachments, name, undefined, MERGE, { status }, { subresource: 'status' });
  }

  private *detach(attachment: VolumeAttachment): Waiting<void> {
    const { csi } = this.volumeOf(attachment).spec;
    if (!csi) throw new AttachError('pv spec contained non-csi source that was not migrated');
    const { metadata, spec } = attachment;
    const nodeId = this.nodeId(spec.nodeName, metadata.annotations?.[NODE_ID]);
    const call = { volumeId: csi.volumeHandle, nodeId };
    yield* csiCall(this.sys, this.socket, 'ControllerUnpublishVolume', call);
    const others = (metadata.finalizers ?? []).filter((one) => one !== this.finalizer);
    const patch = { metadata: { finalizers: others.length > 0 ? others : null } };
    yield* this.client.patch(STORAGE.attachments, metadata.name ?? '', undefined, MERGE, patch);
  }

  private volumeOf({ spec }: VolumeAttachment): PersistentVolume {
    const name = spec.source.persistentVolumeName ?? '';
    const volume = this.volumes.get(undefined, name);
    if (!volume) throw new AttachError(`persistentvolume "${name}" not found`);
    return volume;
  }

  /** What the driver calls a node, as its CSINode says; else as was written down when it was attached. */
  private nodeId(node: string, noted: string | undefined): string {
    const csiNode = this.csiNodes.get(undefined, node);
    const found = csiNode?.spec.drivers?.find(({ name }) => name === this.driver)?.nodeID;
    if (found !== undefined) return found;
    if (noted !== undefined) return noted;
    if (!csiNode) throw new AttachError(`csinode.storage.k8s.io "${node}" not found`);
    throw new AttachError(`CSINode ${node} does not contain driver ${this.driver}`);
  }

  /** A volume stays as long as it is attached somewhere. */
  private *keepVolume({ metadata }: PersistentVolume): Waiting<void> {
    const finalizers = metadata.finalizers ?? [];
    if (finalizers.includes(this.finalizer)) return;
    const patch = { metadata: { finalizers: [...finalizers, this.finalizer] } };
    yield* this.client.patch(STORAGE.volumes, metadata.name ?? '', undefined, MERGE, patch);
  }

  private *letVolumeGo(name: string): Waiting<void> {
    const volume = this.volumes.get(undefined, name);
    const finalizers = volume?.metadata.finalizers ?? [];
    if (!volume?.metadata.deletionTimestamp || !finalizers.includes(this.finalizer)) return;
    if (this.attachments.list().some(({ spec }) => spec.source.persistentVolumeName === name)) return;
    const others = finalizers.filter((one) => one !== this.finalizer);
    const patch = { metadata: { finalizers: others.length > 0 ? others : null } };
    try {
      yield* this.client.patch(STORAGE.volumes, name, undefined, MERGE, patch);
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
}

/** Something that cannot be attached or detached, in the attacher's own words. */
class AttachError extends Error {}

function isFailure(error: unknown): error is Error {
  return error instanceof AttachError || isPassingFailure(error);
}

function differOnlyInErrors(before: VolumeAttachment, after: VolumeAttachment): boolean {
  const errors = [before, after].some(({ status }) => status?.attachError ?? status?.detachError);
  return errors && withoutErrors(before) === withoutErrors(after);
}

function withoutErrors({ metadata, spec, status }: VolumeAttachment): string {
  const { resourceVersion: _, managedFields: __, ...kept } = metadata;
  const { attachError: ___, detachError: ____, ...said } = status ?? { attached: false };
  return JSON.stringify([kept, spec, said]);
}
