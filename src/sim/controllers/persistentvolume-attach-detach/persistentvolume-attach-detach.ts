import type { Node } from '../../api/types/node.js';
import type { Pod } from '../../api/types/pod.js';
import type { CSIDriver, PersistentVolume, PersistentVolumeClaim, VolumeAttachment } from '../../api/types/storage.js';
import { claimNamesOf } from '../../api/volumes/claims.js';
import { attachmentName } from '../../api/volumes/csi-names.js';
import type { Informer } from '../../client/informer.js';
import { MILLISECOND, MINUTE, type Micros, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Controller, ControllerContext, EventRecorder, WorkQueue } from '../machinery/context.js';
import { Operations } from '../machinery/operations.js';
import { podInformer } from '../machinery/pod-index.js';
import {
  CSI_DRIVERS,
  NODES,
  PERSISTENT_VOLUME_CLAIMS,
  PERSISTENT_VOLUMES,
  VOLUME_ATTACHMENTS,
} from '../machinery/resource-types.js';
import { startWorker } from '../machinery/worker.js';
import { type AttachedVolume, AttachedVolumes } from './attached.js';
import { attach, detach, type Operator } from './attachments.js';
import { attachmentKey, isForManyNodes, type WantedVolume, wantedVolumes } from './desired.js';
import { multiAttachWords } from './multi-attach-words.js';

/** How soon the loop looks again: after something changed, and while something is left to do. */
const SOON: Micros = 100 * MILLISECOND;
const LATER: Micros = SECOND;
/** After so long a volume is taken from a node that is not ready, though it is still mounted there. */
const UNMOUNT_PATIENCE: Micros = 6 * MINUTE;
const OUT_OF_SERVICE = 'node.kubernetes.io/out-of-service';
const ALL = 'all';
const VERIFY = 'verify';
/** So often is looked whether what is attached still is (--attach-detach-reconcile-sync-period). */
const VERIFY_PERIOD: Micros = MINUTE;

/** By which a kubelet leaves attaching to the controller. */
const MANAGED = 'volumes.kubernetes.io/controller-managed-attach-detach';

/** Has volumes of CSI drivers attached to the nodes of their pods, and detached when nobody there wants them. */
export const attachDetachController: Controller = {
  name: 'persistentvolume-attach-detach-controller',
  alias: 'attachdetach',
  start: (context) => new AttachDetachController(context).start(),
};

class AttachDetachController {
  private readonly pods: Informer<Pod>;
  private readonly nodes: Informer<Node>;
  private readonly claims: Informer<PersistentVolumeClaim>;
  private readonly volumes: Informer<PersistentVolume>;
  private readonly drivers: Informer<CSIDriver>;
  private readonly attachments: Informer<VolumeAttachment>;
  private readonly queue: WorkQueue;
  private readonly recorder: EventRecorder;
  private readonly operations: Operations;
  private readonly attached: AttachedVolumes;
  /** Volumes at nodes of which it was said that another node has them. */
  private readonly told = new Set<string>();
  /** Whether it is to be looked whether what is attached still is. */
  private verifying = false;

  constructor(private readonly context: ControllerContext) {
    this.pods = podInformer(context);
    this.nodes = context.informer<Node>(NODES);
    this.claims = context.informer<PersistentVolumeClaim>(PERSISTENT_VOLUME_CLAIMS);
    this.volumes = context.informer<PersistentVolume>(PERSISTENT_VOLUMES);
    this.drivers = context.informer<CSIDriver>(CSI_DRIVERS);
    this.attachments = context.informer<VolumeAttachment>(VOLUME_ATTACHMENTS);
    this.queue = context.queue('attachdetach');
    this.recorder = context.recorder('attachdetach-controller');
    this.operations = new Operations(context.sys);
    this.attached = new AttachedVolumes(context.client, this.nodes);
  }

  start(): void {
    const look = () => this.queue.addAfter(ALL, SOON);
    // A cluster without volumes that are attached gives this controller nothing to do.
    const lookForPod = (pod: Pod) => {
      if (pod.spec.nodeName && claimNamesOf(pod).length > 0) look();
    };
    this.pods.addHandlers({ added: lookForPod, updated: (_, after) => lookForPod(after), deleted: lookForPod });
    const lookForVolume = ({ spec }: PersistentVolume) => {
      if (spec.csi) look();
    };
    this.volumes.addHandlers({ added: lookForVolume, updated: (_, after) => lookForVolume(after) });
    this.claims.addHandlers({
      updated: (before, { status }) => {
        if (before.status?.phase !== status?.phase) look();
      },
    });
    this.attachments.addHandlers({ added: look, updated: look, deleted: look });
    this.nodes.addHandlers({
      updated: () => {
        if (!this.attached.isEmpty()) look();
      },
      deleted: look,
    });
    startWorker(
      this.context,
      this.queue,
      (key) => this.look(key),
      () => this.queue.addAfter(ALL, LATER),
    );
  }

  private *look(key: string): Waiting<void> {
    if (key === VERIFY) {
      this.verifying = false;
      this.verify();
    }
    yield* this.reconcile();
    if (this.verifying || this.attached.isEmpty()) return;
    this.verifying = true;
    this.queue.addAfter(VERIFY, VERIFY_PERIOD);
  }

  /** Forgets what is attached by an attachment that is not there any more, or says it is not: it is attached anew. */
  private verify(): void {
    for (const { name, node, volume, isSure } of this.attached.list()) {
      const { csi } = volume.spec;
      if (!csi || !isSure || this.operations.isRunning(this.operationOf(volume, name, node))) continue;
      const attachment = this.attachments.get(undefined, attachmentName(csi, node));
      if (!attachment?.status?.attached) this.attached.remove(name, node);
    }
  }

  /** One turn of the loop: detaches first, so that pods that moved find their volumes free. */
  private *reconcile(): Waiting<void> {
    this.attached.adopt(this.attachments.list(), (name) => this.volumes.get(undefined, name));
    const wanted = wantedVolumes(this.podsWithClaims(), {
      claim: (namespace, name) => this.claims.get(namespace, name),
      volume: (name) => this.volumes.get(undefined, name),
      attaches: (driver) => this.drivers.get(undefined, driver)?.spec.attachRequired !== false,
      isManaged: (node) => this.nodes.get(undefined, node)?.metadata.annotations?.[MANAGED] !== undefined,
    });
    let left = false;
    for (const volume of this.attached.list()) {
      if (wanted.has(attachmentKey(volume.name, volume.node))) continue;
      left = true;
      yield* this.letGo(volume);
    }
    for (const key of [...this.told]) if (!wanted.has(key)) this.told.delete(key);
    for (const one of wanted.values()) left = this.want(one) || left;
    yield* this.attached.report();
    if (left) this.queue.addAfter(ALL, LATER);
  }

  private podsWithClaims(): Pod[] {
    return this.pods.list().filter((pod) => pod.spec.nodeName && claimNamesOf(pod).length > 0);
  }

  /** Detaches a volume unless its node still has it mounted; one that is not ready is waited for, but not for ever. */
  private *letGo(volume: AttachedVolume): Waiting<void> {
    if (this.operations.isRunning(this.operationOf(volume.volume, volume.name, volume.node))) return;
    const now = this.context.sys.now();
    volume.unwantedSince ??= now;
    const node = this.nodes.get(undefined, volume.node);
    const isLate = now - volume.unwantedSince > UNMOUNT_PATIENCE;
    const isReady =
      node?.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
    const isOut = node?.spec.taints?.some(({ key }) => key === OUT_OF_SERVICE) ?? false;
    const isMounted = node?.status?.volumesInUse?.includes(volume.name) ?? false;
    if (isMounted && !(isLate && !isReady) && !isOut) return;
    volume.reported = false;
    yield* this.attached.reportOf(volume.node);
    const verify = !isLate && !isOut;
    this.operations.run(this.operationOf(volume.volume, volume.name, volume.node), () =>
      detach(this.operator(), volume, verify),
    );
  }

  /** Begins to attach a volume that is wanted; tells whether something is left to do. */
  private want(wanted: WantedVolume): boolean {
    const { name, node, volume } = wanted;
    const known = this.attached.get(name, node);
    const operation = this.operationOf(volume, name, node);
    if (this.operations.isRunning(operation)) return true;
    if (known?.isSure) {
      known.unwantedSince = undefined;
      known.reported = true;
      return false;
    }
    const elsewhere = isForManyNodes(volume) ? [] : this.attached.nodesOf(name).filter((other) => other !== node);
    if (elsewhere.length > 0) {
      this.tellOfOthers(wanted, elsewhere);
      return true;
    }
    this.operations.run(operation, () => attach(this.operator(), wanted));
    return true;
  }

  private tellOfOthers(wanted: WantedVolume, nodes: readonly string[]): void {
    const key = attachmentKey(wanted.name, wanted.node);
    if (this.told.has(key)) return;
    this.told.add(key);
    const users = this.podsWithClaims().filter(
      (pod) => nodes.includes(pod.spec.nodeName ?? '') && this.uses(pod, wanted.volume),
    );
    for (const pod of wanted.pods) {
      const message = `Multi-Attach error for volume "${wanted.volume.metadata.name}" ${multiAttachWords(pod, users)}`;
      this.recorder.event(pod, 'Warning', 'FailedAttachVolume', message);
    }
  }

  private uses(pod: Pod, { metadata, spec }: PersistentVolume): boolean {
    if (pod.metadata.namespace !== spec.claimRef?.namespace) return false;
    const claims = claimNamesOf(pod).map((name) => this.claims.get(pod.metadata.namespace, name));
    return claims.some((claim) => claim?.spec.volumeName === metadata.name);
  }

  /** A volume for one node has one operation at a time; one for many has one for each. */
  private operationOf(volume: PersistentVolume, name: string, node: string): string {
    return isForManyNodes(volume) ? attachmentKey(name, node) : name;
  }

  private operator(): Operator {
    const { sys, client, log } = this.context;
    return {
      sys,
      client,
      log,
      recorder: this.recorder,
      attached: this.attached,
      attachment: (name) => this.attachments.get(undefined, name),
      done: () => this.queue.add(ALL),
    };
  }
}
