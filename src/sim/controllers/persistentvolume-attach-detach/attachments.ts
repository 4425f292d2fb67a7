import { isAlreadyExists, isNotFound } from '../../api/status.js';
import type { Node } from '../../api/types/node.js';
import type { CSIPersistentVolumeSource, VolumeAttachment } from '../../api/types/storage.js';
import { attachmentName } from '../../api/volumes/csi-names.js';
import type { ApiClient } from '../../client/client.js';
import { MILLISECOND, MINUTE, type Micros, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { ControllerContext, EventRecorder, Log } from '../machinery/context.js';
import { isExpectedFailure, SyncError } from '../machinery/failures.js';
import { NODES, VOLUME_ATTACHMENTS } from '../machinery/resource-types.js';
import type { AttachedVolume, AttachedVolumes } from './attached.js';
import type { WantedVolume } from './desired.js';

/** How long an attacher has, and how often it is looked at what it did: ever more seldom. */
const PATIENCE: Micros = 2 * MINUTE;
const LOOK_FIRST: Micros = 500 * MILLISECOND;
const LOOK_MAX: Micros = 7 * SECOND;
const LOOK_FACTOR = 1.05;

/** What attaching and detaching needs. */
export interface Operator {
  readonly sys: ControllerContext['sys'];
  readonly client: ApiClient;
  readonly log: Log;
  readonly recorder: EventRecorder;
  readonly attached: AttachedVolumes;
  attachment(name: string): VolumeAttachment | undefined;
  /** Something came to an end: the loop is to look again. */
  done(): void;
}

/** Asks by a VolumeAttachment that a volume be attached, waits for its attacher, and tells the pods how it went. */
export function* attach(operator: Operator, { name, node, volume, pods }: WantedVolume): Waiting<void> {
  const { attached, recorder, done } = operator;
  const tell = (type: 'Normal' | 'Warning', reason: string, words: string) => {
    for (const pod of pods) recorder.event(pod, type, reason, words);
  };
  const about = `for volume "${volume.metadata.name}"`;
  const csi = volume.spec.csi as CSIPersistentVolumeSource;
  try {
    const id = attachmentName(csi, node);
    if (!operator.attachment(id)) yield* ask(operator.client, id, csi.driver, volume.metadata.name ?? '', node);
    yield* waitUntil(operator, csi, 'attach', () => isAttached(operator.attachment(id)));
    attached.mark(name, node, volume, true);
    tell('Normal', 'SuccessfulAttachVolume', `AttachVolume.Attach succeeded ${about} `);
  } catch (error) {
    if (!isExpectedFailure(error)) throw error;
    attached.mark(name, node, volume, false);
    tell('Warning', 'FailedAttachVolume', `AttachVolume.Attach failed ${about} : ${error.message}`);
    throw error;
  } finally {
    done();
  }
}

/** Takes a volume's VolumeAttachment away and waits until its attacher lets it go. */
export function* detach(operator: Operator, volume: AttachedVolume, verify: boolean): Waiting<void> {
  const { client, attached, log, done } = operator;
  const csi = volume.volume.spec.csi as CSIPersistentVolumeSource;
  const id = attachmentName(csi, volume.node);
  try {
    if (verify) yield* verifySafe(client, volume);
    yield* takeAway(client, id);
    yield* waitUntil(operator, csi, 'detach', () => isGone(operator.attachment(id)));
    attached.remove(volume.name, volume.node);
  } catch (error) {
    if (!isExpectedFailure(error)) throw error;
    volume.isSure = false;
    volume.reported = true;
    log.error(error, 'DetachVolume.Detach failed', { volumeName: volume.name, node: volume.node });
    throw error;
  } finally {
    done();
  }
}

function* ask(
  client: ApiClient,
  name: string,
  attacher: string,
  persistentVolumeName: string,
  nodeName: string,
): Waiting<void> {
  const attachment: VolumeAttachment = {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'VolumeAttachment',
    metadata: { name },
    spec: { attacher, nodeName, source: { persistentVolumeName } },
  };
  try {
    yield* client.create(VOLUME_ATTACHMENTS, attachment);
  } catch (error) {
    if (isAlreadyExists(error)) return;
    if (!isExpectedFailure(error)) throw error;
    throw new SyncError(`kubernetes.io/csi: attacher.Attach failed: ${error.message}`);
  }
}

function* takeAway(client: ApiClient, id: string): Waiting<void> {
  try {
    yield* client.delete(VOLUME_ATTACHMENTS, id);
  } catch (error) {
    if (isNotFound(error)) return;
    if (!isExpectedFailure(error)) throw error;
    const words = `detacher.Detach failed to delete VolumeAttachment [${id}]: ${error.message}`;
    throw new SyncError(`kubernetes.io/csi: ${words}`);
  }
}

/** What the node itself says now counts, not what was heard of it. */
function* verifySafe(client: ApiClient, { name, node }: AttachedVolume): Waiting<void> {
  try {
    const { status } = yield* client.get<Node>(NODES, node);
    if (status?.volumesInUse?.includes(name))
      throw new SyncError('volume is still in use by node, according to Node status');
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}

function isAttached(attachment: VolumeAttachment | undefined): boolean {
  if (!attachment) return false;
  if (attachment.metadata.deletionTimestamp) throw new SyncError('volume attachment is being deleted');
  if (attachment.status?.attached) return true;
  const why = attachment.status?.attachError?.message;
  if (attachment.status?.attachError) throw new SyncError(why ?? '');
  return false;
}

function isGone(attachment: VolumeAttachment | undefined): boolean {
  if (!attachment) return true;
  if (attachment.status?.detachError) throw new SyncError(attachment.status.detachError.message ?? '');
  return false;
}

/** Looks now and then whether it is so. Throws `SyncError` when the attacher tells of a failure, or takes too long. */
function* waitUntil(
  { sys }: Operator,
  { driver, volumeHandle }: CSIPersistentVolumeSource,
  operation: 'attach' | 'detach',
  isSo: () => boolean,
): Waiting<void> {
  const end = sys.now() + PATIENCE;
  for (let span = LOOK_FIRST; ; span = Math.min(Math.round(span * LOOK_FACTOR), LOOK_MAX)) {
    yield* sys.sleep(Math.min(span, end - sys.now()));
    if (isSo()) return;
    if (sys.now() >= end) {
      const who = operation === 'attach' ? driver : 'unknown';
      throw new SyncError(
        `timed out waiting for external-attacher of ${who} CSI driver to ${operation} volume ${volumeHandle}`,
      );
    }
  }
}
