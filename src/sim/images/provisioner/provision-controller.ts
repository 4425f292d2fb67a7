import { isAlreadyExists, isNotFound, StatusError } from '../../api/status.js';
import type { Node } from '../../api/types/node.js';
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../../api/types/storage.js';
import {
  BETA_STORAGE_PROVISIONER,
  classOfClaim,
  delaysBinding,
  PROVISIONED_BY,
  SELECTED_NODE,
  STORAGE_PROVISIONER,
} from '../../api/volumes/claims.js';
import type { ApiClient } from '../../client/client.js';
import { EventBroadcaster } from '../../client/event-recorder.js';
import { isUnreachable } from '../../client/go-errors.js';
import type { Informer } from '../../client/informer.js';
import { InformerFactory } from '../../client/informer-factory.js';
import { referenceOf } from '../../client/object-reference.js';
import { workOff } from '../../client/work-off.js';
import { KeyQueue } from '../../client/work-queue.js';
import type { Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { STORAGE } from './storage-types.js';

/** How long a claim or a volume that failed waits: doubling. */
const LIMITS = { base: 15 * SECOND, max: 1000 * SECOND, rate: 10, burst: 100 };

/** What a volume is to be made for. */
export interface ProvisionRequest {
  readonly name: string;
  readonly claim: PersistentVolumeClaim;
  readonly storageClass: StorageClass;
  /** The node the scheduler chose; undefined for classes that do not wait for one. */
  readonly node: Node | undefined;
}

/** Something that could not be made or deleted, in its maker's words. */
export class ProvisionError extends Error {
  constructor(
    message: string,
    /** Another node might do better: the scheduler is to choose again. */
    readonly reschedule = false,
  ) {
    super(message);
  }
}

/** A claim that is somebody else's to fill: it is told so, and not tried again. */
export class IgnoredClaim extends Error {}

/** Who makes volumes and deletes them. Both throw `ProvisionError`. */
export interface Provisioner {
  readonly name: string;
  /** Whether block devices can be made. */
  readonly makesBlocks?: boolean;
  /** Keeps volumes until what is behind them is gone. */
  readonly finalizer?: string;
  /** Whether a claim, or a volume, is its own, where several share the work; all are when left out. */
  takes?(claim: PersistentVolumeClaim): boolean;
  deletes?(volume: PersistentVolume): boolean;
  provision(request: ProvisionRequest): Waiting<PersistentVolume>;
  remove(volume: PersistentVolume): Waiting<void>;
}

/** Has volumes made for the claims that wait for one provisioner (sig-storage-lib-external-provisioner v11). */
export class ProvisionController {
  private readonly claims: Informer<PersistentVolumeClaim>;
  private readonly volumes: Informer<PersistentVolume>;
  private readonly classes: Informer<StorageClass>;
  private readonly informers: InformerFactory;
  private readonly claimQueue: KeyQueue;
  private readonly volumeQueue: KeyQueue;
  private readonly recorder: ReturnType<EventBroadcaster['recorder']>;

  constructor(
    private readonly sys: Sys,
    private readonly client: ApiClient,
    private readonly provisioner: Provisioner,
  ) {
    this.informers = new InformerFactory(sys, client);
    this.claims = this.informers.informer<PersistentVolumeClaim>(STORAGE.claims);
    this.volumes = this.informers.informer<PersistentVolume>(STORAGE.volumes);
    this.classes = this.informers.informer<StorageClass>(STORAGE.classes);
    this.claimQueue = new KeyQueue(sys, LIMITS);
    this.volumeQueue = new KeyQueue(sys, LIMITS);
    const id = sys.random().fork(`provisioner ${provisioner.name}`).bytes(16);
    const component = `${provisioner.name}_${sys.hostname()}_${uuidOf(Buffer.from(id).toString('hex'))}`;
    this.recorder = new EventBroadcaster(sys, client).recorder({ component });
  }

  /** Follows claims and volumes for ever, in threads of its own. */
  start(): void {
    const claim = (one: PersistentVolumeClaim) => this.claimQueue.add(`${one.metadata.namespace}/${one.metadata.name}`);
    const volume = (one: PersistentVolume) => this.volumeQueue.add(one.metadata.name ?? '');
    this.claims.addHandlers({ added: claim, updated: (_, after) => claim(after) });
    this.volumes.addHandlers({ added: volume, updated: (_, after) => volume(after) });
    this.informers.start();
    this.sys.thread(() => this.work(this.claimQueue, (key) => this.syncClaim(key)));
    this.sys.thread(() => this.work(this.volumeQueue, (key) => this.syncVolume(key)));
  }

  private *work(queue: KeyQueue, sync: (key: string) => Waiting<void>): Waiting<void> {
    yield* this.informers.waitForCaches();
    yield* workOff(this.sys, queue, sync, isFailure);
  }

  private *syncClaim(key: string): Waiting<void> {
    const [namespace = '', name = ''] = key.split('/');
    const claim = this.claims.get(namespace, name);
    if (!claim || !this.isOurs(claim)) return;
    const storageClass = this.classes.get(undefined, classOfClaim(claim));
    if (!storageClass || storageClass.provisioner !== this.provisioner.name) return;
    if (delaysBinding(storageClass) && !claim.metadata.annotations?.[SELECTED_NODE]) return;
    if (this.provisioner.takes?.(claim) === false) return;
    const volumeName = `pvc-${claim.metadata.uid}`;
    if (this.volumes.get(undefined, volumeName)) return;
    yield* this.provision(claim, storageClass, volumeName);
  }

  private isOurs({ metadata, spec }: PersistentVolumeClaim): boolean {
    if (spec.volumeName || metadata.deletionTimestamp) return false;
    const { annotations = {} } = metadata;
    return (annotations[STORAGE_PROVISIONER] ?? annotations[BETA_STORAGE_PROVISIONER]) === this.provisioner.name;
  }

  private *provision(claim: PersistentVolumeClaim, storageClass: StorageClass, name: string): Waiting<void> {
    if (claim.spec.volumeMode === 'Block' && !this.provisioner.makesBlocks) {
      const why = `${this.provisioner.name} does not support block volume provisioning`;
      this.recorder.event(claim, 'Warning', 'ProvisioningFailed', why);
      throw new ProvisionError(why);
    }
    const node = yield* this.selectedNode(claim);
    const { namespace, name: claimName } = claim.metadata;
    const message = `External provisioner is provisioning volume for claim "${namespace}/${claimName}"`;
    this.recorder.event(claim, 'Normal', 'Provisioning', message);
    let volume: PersistentVolume;
    try {
      volume = yield* this.provisioner.provision({ name, claim, storageClass, node });
    } catch (error) {
      if (error instanceof IgnoredClaim) return this.recorder.event(claim, 'Normal', 'Provisioning', error.message);
      if (!(error instanceof ProvisionError) && !(error instanceof StatusError)) throw error;
      const why = `failed to provision volume with StorageClass "${classOfClaim(claim)}": ${error.message}`;
      this.recorder.event(claim, 'Warning', 'ProvisioningFailed', why);
      if (error instanceof ProvisionError && error.reschedule) yield* this.reschedule(claim);
      throw error;
    }
    yield* this.save(volume, claim);
    const done = `Successfully provisioned volume ${name}`;
    this.recorder.event(claim, 'Normal', 'ProvisioningSucceeded', done);
  }

  private *selectedNode(claim: PersistentVolumeClaim): Waiting<Node | undefined> {
    const name = claim.metadata.annotations?.[SELECTED_NODE];
    if (!name) return undefined;
    try {
      return yield* this.client.get<Node>(STORAGE.nodes, name);
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      const why = `failed to get target node: ${error.message}`;
      this.recorder.event(claim, 'Warning', 'ProvisioningFailed', why);
      if (isNotFound(error)) yield* this.reschedule(claim);
      throw new ProvisionError(why);
    }
  }

  /** The scheduler may choose another node once none is written. */
  private *reschedule({ metadata, ...claim }: PersistentVolumeClaim): Waiting<void> {
    const { [SELECTED_NODE]: chosen, ...annotations } = metadata.annotations ?? {};
    if (chosen === undefined) return;
    yield* this.client.update(STORAGE.claims, { ...claim, metadata: { ...metadata, annotations } });
  }

  private *save({ metadata, spec, ...volume }: PersistentVolume, claim: PersistentVolumeClaim): Waiting<void> {
    const annotations = { ...metadata.annotations, [PROVISIONED_BY]: this.provisioner.name };
    const { finalizer } = this.provisioner;
    const finalizers = finalizer && spec.persistentVolumeReclaimPolicy === 'Delete' ? { finalizers: [finalizer] } : {};
    const claimRef = { ...referenceOf(claim) };
    const object: PersistentVolume = {
      ...volume,
      metadata: { ...metadata, annotations, ...finalizers },
      spec: { ...spec, claimRef, storageClassName: classOfClaim(claim) },
    };
    try {
      yield* this.client.create(STORAGE.volumes, object);
    } catch (error) {
      if (!isAlreadyExists(error)) throw error;
    }
  }

  private *syncVolume(name: string): Waiting<void> {
    const volume = this.volumes.get(undefined, name);
    if (!volume || !this.shouldDelete(volume) || this.provisioner.deletes?.(volume) === false) return;
    try {
      yield* this.provisioner.remove(volume);
    } catch (error) {
      if (!(error instanceof ProvisionError)) throw error;
      this.recorder.event(volume, 'Warning', 'VolumeFailedDelete', error.message);
      throw error;
    }
    yield* this.forget(volume);
  }

  private shouldDelete({ metadata, spec, status }: PersistentVolume): boolean {
    const { finalizer, name } = this.provisioner;
    if (metadata.annotations?.[PROVISIONED_BY] !== name || status?.phase !== 'Released') return false;
    if (spec.persistentVolumeReclaimPolicy !== 'Delete') return false;
    if (!metadata.deletionTimestamp) return true;
    return finalizer !== undefined && (metadata.finalizers?.includes(finalizer) ?? false);
  }

  private *forget({ metadata }: PersistentVolume): Waiting<void> {
    const name = metadata.name ?? '';
    try {
      yield* this.client.delete(STORAGE.volumes, name);
      const { finalizer } = this.provisioner;
      if (finalizer === undefined) return;
      const newest = yield* this.client.get<PersistentVolume>(STORAGE.volumes, name);
      const others = (newest.metadata.finalizers ?? []).filter((one) => one !== finalizer);
      yield* this.client.update(STORAGE.volumes, { ...newest, metadata: { ...newest.metadata, finalizers: others } });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
}

function uuidOf(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}

function isFailure(error: unknown): boolean {
  return error instanceof ProvisionError || error instanceof StatusError || isUnreachable(error);
}
