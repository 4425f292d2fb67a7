import { isNotFound } from '../../api/status.js';
import type { Node } from '../../api/types/node.js';
import type { CSIDriver, CSIPersistentVolumeSource, VolumeAttachment } from '../../api/types/storage.js';
import { attachmentName, csiVolumeName } from '../../api/volumes/csi-names.js';
import type { ApiClient, ResourceType } from '../../client/client.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { attachmentsOnDisk } from './volume-data.js';

const storage = (resource: string, kind: string): ResourceType => ({
  group: 'storage.k8s.io',
  version: 'v1',
  resource,
  kind,
  namespaced: false,
});
const CSI_DRIVERS = storage('csidrivers', 'CSIDriver');
const VOLUME_ATTACHMENTS = storage('volumeattachments', 'VolumeAttachment');

/**
 * Which volumes the pods of a node want attached, and how far that is (kubelet's volume manager): a volume is in use from
 * the moment a pod wants it until it is unmounted, and is mounted only when the node's status, which has told that it is
 * in use, says that it is attached.
 */
export class NodeAttachments {
  /** The pods, by UID, that use each volume. */
  private readonly users = new Map<string, Set<string>>();
  /** What an earlier kubelet left mounted, by pods' UIDs: it counts where the node's status told of it. */
  private readonly found: Map<string, Set<string>>;
  private reported: ReadonlySet<string> = new Set();
  private attached: ReadonlySet<string> = new Set();

  constructor(
    sys: Sys,
    private readonly client: ApiClient,
    private readonly nodeName: string,
    /** Lets a pod look at its volumes again. */
    private readonly poke: (podUid: string) => void,
  ) {
    this.found = attachmentsOnDisk(sys);
  }

  /**
   * Wants a volume for a pod; tells whether it may be mounted now. Throws an Error with what is wrong with its
   * VolumeAttachment (csiAttacher.WaitForAttach).
   */
  *ask(podUid: string, csi: CSIPersistentVolumeSource): Waiting<boolean> {
    if (!(yield* this.isAttachable(csi.driver))) return true;
    const name = csiVolumeName(csi);
    this.users.set(name, (this.users.get(name) ?? new Set()).add(podUid));
    if (!this.reported.has(name) || !this.attached.has(name)) return false;
    const id = attachmentName(csi, this.nodeName);
    let attachment: VolumeAttachment;
    try {
      attachment = yield* this.client.get<VolumeAttachment>(VOLUME_ATTACHMENTS, id);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      throw new Error(`volume ${csi.volumeHandle} has GET error for volume attachment ${id}: ${error.message}`);
    }
    const { metadata, status } = attachment;
    if (metadata.deletionTimestamp) throw new Error('volume attachment is being deleted');
    if (status?.attached) return true;
    const why = `volume ${csi.volumeHandle} is not attached for volume attachment ${id}`;
    throw new Error(status?.attachError?.message ?? why);
  }

  /** A pod's volumes are unmounted. */
  forget(podUid: string): void {
    this.found.delete(podUid);
    for (const [name, users] of this.users) {
      users.delete(podUid);
      if (users.size === 0) this.users.delete(name);
    }
  }

  /** What a node's status is to name; `before` is what it names now. */
  inUse(before: readonly string[]): string[] {
    const found = [...this.found.values()].flatMap((names) => [...names]);
    return [...new Set([...this.users.keys(), ...found.filter((name) => before.includes(name))])].sort();
  }

  /** The node's status was written, or need not be (markVolumesFromNode). */
  told({ status }: Node): void {
    this.reported = new Set(status?.volumesInUse);
    this.look(status?.volumesAttached);
  }

  /** The node was heard of by a watch. */
  heard({ status }: Node): void {
    this.look(status?.volumesAttached);
  }

  /** Lets those look again that waited for what is attached now. */
  private look(volumes: readonly { readonly name: string }[] = []): void {
    this.attached = new Set(volumes.map(({ name }) => name));
    for (const [name, users] of this.users)
      if (this.reported.has(name) && this.attached.has(name)) for (const podUid of users) this.poke(podUid);
  }

  /** Volumes of a driver that nobody described are attached. */
  private *isAttachable(driver: string): Waiting<boolean> {
    try {
      const { spec } = yield* this.client.get<CSIDriver>(CSI_DRIVERS, driver);
      return spec.attachRequired !== false;
    } catch (error) {
      if (isNotFound(error)) return true;
      throw error;
    }
  }
}
