import { semanticEqual } from '../../api/object.js';
import type { Node } from '../../api/types/node.js';
import type { PersistentVolume, VolumeAttachment } from '../../api/types/storage.js';
import { csiVolumeName } from '../../api/volumes/csi-names.js';
import type { ApiClient } from '../../client/client.js';
import type { Informer } from '../../client/informer.js';
import type { Micros } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { NODES } from '../machinery/resource-types.js';
import { attachmentKey } from './desired.js';

/** A volume that is at a node, or may be there. */
export interface AttachedVolume {
  readonly name: string;
  readonly node: string;
  readonly volume: PersistentVolume;
  /** Its VolumeAttachment said so; else an attempt failed, and nobody knows how far it came. */
  isSure: boolean;
  /** Whether the node's status is to name it. */
  reported: boolean;
  unwantedSince: Micros | undefined;
}

/** What is attached where, as far as it is known (actual_state_of_world), and how nodes' statuses come to tell it. */
export class AttachedVolumes {
  private readonly volumes = new Map<string, AttachedVolume>();
  private adopted = false;

  constructor(
    private readonly client: ApiClient,
    private readonly nodes: Informer<Node>,
  ) {}

  isEmpty(): boolean {
    return this.volumes.size === 0;
  }

  list(): AttachedVolume[] {
    return [...this.volumes.values()];
  }

  get(name: string, node: string): AttachedVolume | undefined {
    return this.volumes.get(attachmentKey(name, node));
  }

  nodesOf(name: string): string[] {
    return this.list().flatMap((volume) => (volume.name === name ? [volume.node] : []));
  }

  mark(name: string, node: string, volume: PersistentVolume, isSure: boolean): void {
    const unwantedSince = this.get(name, node)?.unwantedSince;
    this.volumes.set(attachmentKey(name, node), { name, node, volume, isSure, reported: isSure, unwantedSince });
  }

  remove(name: string, node: string): void {
    this.volumes.delete(attachmentKey(name, node));
  }

  /** What an earlier manager had attached is known by its VolumeAttachments, once. */
  adopt(attachments: readonly VolumeAttachment[], volumeNamed: (name: string) => PersistentVolume | undefined): void {
    if (this.adopted) return;
    this.adopted = true;
    for (const { spec, status } of attachments) {
      const volume = volumeNamed(spec.source.persistentVolumeName ?? '');
      if (volume?.spec.csi) this.mark(csiVolumeName(volume.spec.csi), spec.nodeName, volume, status?.attached === true);
    }
  }

  /** Writes what is attached into the statuses of all nodes that say something else. */
  *report(): Waiting<void> {
    const names = new Set(this.list().map(({ node }) => node));
    for (const { metadata, status } of this.nodes.list())
      if (names.has(metadata.name ?? '') || status?.volumesAttached?.length) yield* this.reportOf(metadata.name ?? '');
  }

  *reportOf(name: string): Waiting<void> {
    const node = this.nodes.get(undefined, name);
    if (!node) return;
    const here = this.list().filter((volume) => volume.node === name && volume.reported);
    const volumesAttached = here.map((volume) => ({ name: volume.name, devicePath: '' }));
    if (semanticEqual(node.status?.volumesAttached ?? [], volumesAttached)) return;
    const patch = { status: { volumesAttached } };
    const type = 'application/strategic-merge-patch+json';
    yield* this.client.patch(NODES, name, undefined, type, patch, { subresource: 'status' });
  }
}
