import type { KubeObject } from '../api/object.js';
import type { Pod } from '../api/types/pod.js';
import type {
  CSIDriver,
  CSINode,
  CSIStorageCapacity,
  PersistentVolume,
  PersistentVolumeClaim,
  StorageClass,
  VolumeAttachment,
} from '../api/types/storage.js';
import { classOfVolume } from '../api/volumes/claims.js';
import type { ApiClient, ResourceType } from '../client/client.js';
import type { Informer } from '../client/informer.js';
import type { InformerFactory } from '../client/informer-factory.js';
import type { Sys } from '../kernel/sys.js';
import type { Waiting } from '../kernel/wait.js';
import {
  CSI_DRIVERS,
  CSI_NODES,
  CSI_STORAGE_CAPACITIES,
  PERSISTENT_VOLUME_CLAIMS,
  PERSISTENT_VOLUMES,
  STORAGE_CLASSES,
  VOLUME_ATTACHMENTS,
} from './resource-types.js';

/** What happened to storage; it may help a pod that waits for its volumes. */
export type StorageEvent =
  | { readonly kind: 'claim changed'; readonly before?: PersistentVolumeClaim; readonly claim: PersistentVolumeClaim }
  | { readonly kind: 'volume changed'; readonly before?: PersistentVolume; readonly volume: PersistentVolume }
  | { readonly kind: 'class changed'; readonly before?: StorageClass; readonly storageClass: StorageClass }
  | { readonly kind: 'csi node changed'; readonly before?: CSINode; readonly csiNode: CSINode }
  | { readonly kind: 'capacity changed'; readonly before?: CSIStorageCapacity; readonly capacity: CSIStorageCapacity }
  | { readonly kind: 'attachment deleted'; readonly attachment: VolumeAttachment };

/** What a pod was promised could not be had. */
export class ReservationError extends Error {}

/** Whether a pod's volumes are any concern of the scheduler's. */
export function usesClaims({ spec }: Pod): boolean {
  return (spec.volumes ?? []).some(({ persistentVolumeClaim, ephemeral }) => persistentVolumeClaim ?? ephemeral);
}

/** An informer's objects with changes laid over them that the server has not told of yet (AssumeCache). */
class Assumed<T extends KubeObject> {
  private readonly over = new Map<string, T>();

  constructor(private readonly informer: Informer<T>) {}

  get(namespace: string | undefined, name: string): T | undefined {
    const known = this.informer.get(namespace, name);
    return known && this.latest(known);
  }

  list(objects: readonly T[]): T[] {
    return objects.map((object) => this.latest(object));
  }

  put(object: T): void {
    this.over.set(object.metadata.uid ?? '', object);
  }

  drop(object: T): void {
    this.over.delete(object.metadata.uid ?? '');
  }

  /** Once the server tells of a newer version, that counts. */
  private latest(known: T): T {
    const assumed = this.over.get(known.metadata.uid ?? '');
    if (!assumed) return known;
    if (Number(known.metadata.resourceVersion) <= Number(assumed.metadata.resourceVersion)) return assumed;
    this.drop(known);
    return known;
  }
}

interface Sources {
  readonly claims: Informer<PersistentVolumeClaim>;
  readonly volumes: Informer<PersistentVolume>;
  readonly classes: Informer<StorageClass>;
  readonly drivers: Informer<CSIDriver>;
  readonly csiNodes: Informer<CSINode>;
  readonly capacities: Informer<CSIStorageCapacity>;
  readonly attachments: Informer<VolumeAttachment>;
  readonly assumedClaims: Assumed<PersistentVolumeClaim>;
  readonly assumedVolumes: Assumed<PersistentVolume>;
}

/** Claims, volumes and their classes as the scheduler knows them. Nothing is watched before a pod has a claim. */
export class StorageView {
  private sources: Sources | undefined;

  constructor(
    readonly sys: Pick<Sys, 'now' | 'sleep'>,
    readonly client: ApiClient,
    private readonly informers: InformerFactory,
    private readonly announce: (event: StorageEvent) => void,
  ) {}

  /** Waits until everything is known. */
  *ready(): Waiting<void> {
    if (this.sources) return;
    this.sources = this.follow();
    yield* this.informers.waitForCaches();
  }

  /** A claim as it is on the server. */
  storedClaim(namespace: string | undefined, name: string): PersistentVolumeClaim | undefined {
    return this.known.claims.get(namespace, name);
  }

  /** A claim with what was promised to it. */
  claim(namespace: string | undefined, name: string): PersistentVolumeClaim | undefined {
    return this.known.assumedClaims.get(namespace, name);
  }

  storedVolume(name: string): PersistentVolume | undefined {
    return this.known.volumes.get(undefined, name);
  }

  volume(name: string): PersistentVolume | undefined {
    return this.known.assumedVolumes.get(undefined, name);
  }

  volumesOf(className: string): PersistentVolume[] {
    const { assumedVolumes, volumes } = this.known;
    return assumedVolumes.list(volumes.byIndex(BY_CLASS, className));
  }

  storageClass(name: string): StorageClass | undefined {
    return this.known.classes.get(undefined, name);
  }

  driver(name: string): CSIDriver | undefined {
    return this.known.drivers.get(undefined, name);
  }

  csiNode(name: string): CSINode | undefined {
    return this.known.csiNodes.get(undefined, name);
  }

  capacities(): readonly CSIStorageCapacity[] {
    return this.known.capacities.list();
  }

  attachmentsOn(node: string): readonly VolumeAttachment[] {
    return this.known.attachments.byIndex(BY_NODE, node);
  }

  assumeVolume(volume: PersistentVolume): void {
    this.known.assumedVolumes.put(volume);
  }

  assumeClaim(claim: PersistentVolumeClaim): void {
    this.known.assumedClaims.put(claim);
  }

  restoreVolume(volume: PersistentVolume): void {
    this.known.assumedVolumes.drop(volume);
  }

  restoreClaim(claim: PersistentVolumeClaim): void {
    this.known.assumedClaims.drop(claim);
  }

  private get known(): Sources {
    if (!this.sources) throw new Error('storage was not waited for');
    return this.sources;
  }

  private follow(): Sources {
    const informer = <T extends KubeObject>(type: ResourceType) => this.informers.informer<T>(type);
    const claims = informer<PersistentVolumeClaim>(PERSISTENT_VOLUME_CLAIMS);
    const volumes = informer<PersistentVolume>(PERSISTENT_VOLUMES);
    const attachments = informer<VolumeAttachment>(VOLUME_ATTACHMENTS);
    const sources: Sources = {
      claims,
      volumes,
      classes: informer<StorageClass>(STORAGE_CLASSES),
      drivers: informer<CSIDriver>(CSI_DRIVERS),
      csiNodes: informer<CSINode>(CSI_NODES),
      capacities: informer<CSIStorageCapacity>(CSI_STORAGE_CAPACITIES),
      attachments,
      assumedClaims: new Assumed(claims),
      assumedVolumes: new Assumed(volumes),
    };
    volumes.addIndex(BY_CLASS, (volume) => [classOfVolume(volume)]);
    attachments.addIndex(BY_NODE, ({ spec }) => [spec.nodeName]);
    this.tell(sources);
    return sources;
  }

  private tell({ claims, volumes, classes, csiNodes, capacities, attachments }: Sources): void {
    const { announce } = this;
    claims.addHandlers({
      added: (claim) => announce({ kind: 'claim changed', claim }),
      updated: (before, claim) => announce({ kind: 'claim changed', before, claim }),
    });
    volumes.addHandlers({
      added: (volume) => announce({ kind: 'volume changed', volume }),
      updated: (before, volume) => announce({ kind: 'volume changed', before, volume }),
    });
    classes.addHandlers({
      added: (storageClass) => announce({ kind: 'class changed', storageClass }),
      updated: (before, storageClass) => announce({ kind: 'class changed', before, storageClass }),
    });
    csiNodes.addHandlers({
      added: (csiNode) => announce({ kind: 'csi node changed', csiNode }),
      updated: (before, csiNode) => announce({ kind: 'csi node changed', before, csiNode }),
    });
    capacities.addHandlers({
      added: (capacity) => announce({ kind: 'capacity changed', capacity }),
      updated: (before, capacity) => announce({ kind: 'capacity changed', before, capacity }),
    });
    attachments.addHandlers({ deleted: (attachment) => announce({ kind: 'attachment deleted', attachment }) });
  }
}

const BY_CLASS = 'class';
const BY_NODE = 'node';
