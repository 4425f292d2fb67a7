import { formatTime } from '../../api/time.js';
import type { Pod } from '../../api/types/pod.js';
import { CriError } from '../../client/cri-client.js';
import type { Informer } from '../../client/informer.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { WaitQueue } from '../../kernel/wait.js';
import type { Admission, Refusal } from '../admission/admission.js';
import type { KubeletContext } from '../context.js';
import { PendingResizes } from '../resources/pending-resizes.js';
import { qosClass } from '../status/qos.js';
import type { StatusManager } from '../status/status-manager.js';
import type { PodVerdict } from './api-status.js';
import { logDirectory, podDirectory } from './container-config.js';
import { ensureMirror, isMirrorOf, removeMirror } from './mirror.js';
import { removeTree } from './remove-tree.js';
import type { StartParts } from './start-container.js';
import { isMirrorPod, isStaticPod } from './static-annotations.js';
import { PodWorker } from './worker.js';

/** Time between two tries to remove what is left of a pod (housekeeping). */
const HOUSEKEEPING_PERIOD = 2 * SECOND;
const MIRROR_RETRY = 3 * SECOND;

const PREEMPTED: PodVerdict = {
  phase: 'Failed',
  reason: 'Preempting',
  message: 'Preempted in order to admit critical pod',
  condition: {
    type: 'DisruptionTarget',
    status: 'True',
    reason: 'TerminationByKubelet',
    message: 'Pod was preempted by Kubelet to accommodate a critical pod.',
  },
};

/** What is decided about a pod that comes, beside those that are here. */
export interface PodAdmission {
  judge(pod: Pod, others: readonly Pod[]): Admission;
  /** Reads the node from the server once more. */
  freshen(): Waiting<void>;
}

/** All pods of the node: from the API and from the manifest folder, each with its worker. */
export class PodManager {
  private readonly parts: StartParts;
  private readonly context: KubeletContext;
  private readonly api: Informer<Pod>;
  private readonly statuses: StatusManager;
  private readonly nodeUid: () => string | undefined;
  private readonly workers = new Map<string, PodWorker>();
  /** Pods that are over here and only wait for their object to go. */
  private readonly finished = new Map<string, Pod>();
  private statics: readonly Pod[] | undefined;
  /** Static pods by UID that were ended because their manifests went; one that is back by then runs once more. */
  private readonly withdrawn = new Set<string>();
  private readonly mirrorsDirty = new WaitQueue();
  private dirty = false;
  private readonly admission: PodAdmission;
  private readonly resizes: PendingResizes;
  /** Pods that begin later, because others go first or the node is asked for anew. */
  private readonly waiting = new Set<string>();

  constructor(
    parts: StartParts,
    api: Informer<Pod>,
    statuses: StatusManager,
    nodeUid: () => string | undefined,
    admission: PodAdmission,
  ) {
    this.admission = admission;
    this.resizes = new PendingResizes(parts.context, (pod) => {
      const others = this.list().filter(({ metadata }) => metadata.uid !== pod.metadata.uid);
      return admission.judge(pod, others);
    });
    this.parts = parts;
    this.context = parts.context;
    this.api = api;
    this.statuses = statuses;
    this.nodeUid = nodeUid;
    api.addHandlers({
      added: (pod) => this.apiChanged(pod),
      updated: (_before, pod) => this.apiChanged(pod),
      deleted: (pod) => this.apiRemoved(pod),
    });
  }

  /** The running pods by UID, for the server. */
  worker(uid: string): PodWorker | undefined {
    return this.workers.get(uid);
  }

  /** The worker of a pod by name; a static pod's goes by the name of its mirror. */
  find(namespace: string, name: string): PodWorker | undefined {
    for (const worker of this.workers.values())
      if (worker.pod.metadata.name === name && worker.pod.metadata.namespace === namespace) return worker;
    return undefined;
  }

  /** A pod by name, also one that is over. */
  findPod(namespace: string, name: string): Pod | undefined {
    const running = this.find(namespace, name)?.pod;
    if (running) return running;
    for (const pod of this.finished.values())
      if (pod.metadata.name === name && pod.metadata.namespace === namespace) return pod;
    return undefined;
  }

  /** Puts a pod out for a cause that its status tells. */
  evict(pod: Pod, graceSeconds: number | undefined, verdict: PodVerdict): void {
    this.workers.get(pod.metadata.uid ?? '')?.evict(graceSeconds, verdict);
  }

  list(): Pod[] {
    return [...this.workers.values()].map(({ pod }) => pod);
  }

  pokeAll(): void {
    for (const worker of this.workers.values()) worker.poke();
  }

  /** The object that a status is written to. */
  target(uid: string): Pod | undefined {
    const pod = this.workers.get(uid)?.pod ?? this.finished.get(uid);
    if (!pod) return undefined;
    const { namespace, name = '' } = pod.metadata;
    const object = this.api.get(namespace, name);
    if (!object) return undefined;
    if (isStaticPod(pod)) return isMirrorPod(object) && isMirrorOf(object, pod) ? object : undefined;
    return object.metadata.uid === uid ? object : undefined;
  }

  /** The manifest folder as it is now. */
  setStatic(pods: readonly Pod[]): void {
    this.statics = pods;
    const wanted = new Set(pods.map(({ metadata }) => metadata.uid));
    for (const worker of this.workers.values())
      if (isStaticPod(worker.pod) && !wanted.has(worker.pod.metadata.uid)) this.withdraw(worker);
    this.startStatic();
    this.mirrorsChanged();
  }

  /** The thread that keeps mirrors in step with static pods. */
  *workMirrors(): Waiting<void> {
    for (;;) {
      if (!this.dirty || !this.api.synced) {
        yield { queues: [this.mirrorsDirty], until: this.context.sys.now() + (this.api.synced ? 60 : 1) * SECOND };
        if (!this.dirty) continue;
        if (!this.api.synced) continue;
      }
      this.dirty = false;
      let failed = false;
      for (const pod of this.statics ?? []) {
        const mirror = this.api.get(pod.metadata.namespace, pod.metadata.name ?? '');
        if (!(yield* ensureMirror(this.context, pod, mirror, this.nodeUid()))) failed = true;
      }
      for (const mirror of this.api.list().filter(isMirrorPod))
        if (!this.isWanted(mirror) && !(yield* removeMirror(this.context, mirror))) failed = true;
      if (!failed) continue;
      this.dirty = true;
      yield* this.context.sys.sleep(MIRROR_RETRY);
    }
  }

  /** Ends what runs here without anybody wanting it, once all sources have spoken. */
  *removeOrphans(): Waiting<void> {
    const { items } = yield* this.context.cri.call('ListPodSandbox', {});
    for (const { id, config } of items) {
      if (this.workers.has(config.uid) || this.finished.has(config.uid)) continue;
      yield* this.context.cri.call('StopPodSandbox', { podSandboxId: id });
      yield* this.context.cri.call('RemovePodSandbox', { podSandboxId: id });
      this.context.volumes.tearDown(config.uid);
      this.context.attachments.forget(config.uid);
    }
  }

  private isWanted(mirror: Pod): boolean {
    const { name, namespace } = mirror.metadata;
    const stillEnding = this.find(namespace ?? '', name ?? '') !== undefined;
    return (
      stillEnding ||
      (this.statics ?? []).some(({ metadata }) => metadata.name === name && metadata.namespace === namespace)
    );
  }

  private mirrorsChanged(): void {
    this.dirty = true;
    this.mirrorsDirty.wakeAll();
  }

  private withdraw(worker: PodWorker): void {
    this.withdrawn.add(worker.pod.metadata.uid ?? '');
    worker.terminate(this.grace(worker.pod));
  }

  private startStatic(): void {
    for (const pod of this.statics ?? []) {
      const { uid = '', namespace = '', name = '' } = pod.metadata;
      // A changed manifest's new pod waits until the old one is gone.
      if (!this.workers.has(uid) && !this.finished.has(uid) && !this.find(namespace, name)) this.start(pod);
    }
  }

  private apiChanged(pod: Pod): void {
    if (isMirrorPod(pod)) {
      const own = this.find(pod.metadata.namespace ?? '', pod.metadata.name ?? '');
      if (own?.pod.metadata.uid) this.statuses.touch(own.pod.metadata.uid);
      this.mirrorsChanged();
      return;
    }
    const { uid = '' } = pod.metadata;
    const worker = this.workers.get(uid);
    if (worker) {
      const changed =
        worker.pod.metadata.generation !== pod.metadata.generation ||
        worker.pod.metadata.deletionTimestamp !== pod.metadata.deletionTimestamp ||
        !isSame(worker.pod.metadata.labels, pod.metadata.labels) ||
        !isSame(worker.pod.metadata.annotations, pod.metadata.annotations) ||
        gatesChanged(worker.pod, pod);
      worker.pod = worker.resize.apply(pod);
      if (changed) {
        this.resizes.changed(pod, worker);
        worker.poke();
      }
    } else if (this.finished.has(uid)) this.finished.set(uid, pod);
    else if (pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed') this.adoptFinished(pod);
    else if (this.waiting.has(uid)) return;
    else this.start(pod);
    this.endIfDeleted(pod);
  }

  private endIfDeleted(pod: Pod): void {
    const { uid = '', deletionTimestamp, deletionGracePeriodSeconds } = pod.metadata;
    if (!deletionTimestamp) return;
    this.workers.get(uid)?.terminate(deletionGracePeriodSeconds ?? this.grace(pod));
    this.statuses.touch(uid);
  }

  /** A pod that was over before this kubelet started. */
  private adoptFinished(pod: Pod): void {
    const { uid = '' } = pod.metadata;
    this.finished.set(uid, pod);
    this.statuses.set(uid, pod.status ?? {}, true);
  }

  private apiRemoved(pod: Pod): void {
    const { uid = '' } = pod.metadata;
    if (isMirrorPod(pod)) {
      this.mirrorsChanged();
      return;
    }
    this.workers.get(uid)?.remove();
    if (this.finished.has(uid)) this.cleanUp(pod);
    this.context.objects.keepFor(this.api.list());
  }

  private grace(pod: Pod): number {
    return pod.spec.terminationGracePeriodSeconds ?? 30;
  }

  private start(pod: Pod): void {
    const admission = this.admission.judge(pod, this.list());
    if ('refused' in admission && admission.perhapsStale && !isStaticPod(pod)) return this.startOnFreshNode(pod);
    this.follow(pod, admission);
  }

  private follow(pod: Pod, admission: Admission): void {
    if ('refused' in admission) return this.reject(pod, admission.refused);
    if (admission.victims.length > 0) return this.startAfter(pod, admission.victims);
    this.run(pod);
  }

  /** The scheduler may have seen a label or taint before this kubelet: the node is read again before a pod is refused. */
  private startOnFreshNode(pod: Pod): void {
    const { uid = '' } = pod.metadata;
    this.waiting.add(uid);
    this.context.sys.thread(
      function* (this: PodManager): Waiting<void> {
        yield* this.admission.freshen();
        this.waiting.delete(uid);
        const now = this.api.get(pod.metadata.namespace, pod.metadata.name ?? '');
        if (now?.metadata.uid !== uid) return;
        this.follow(now, this.admission.judge(now, this.list()));
        this.endIfDeleted(now);
      }.bind(this),
    );
  }

  /** A critical pod begins when those that make room for it are gone. */
  private startAfter(pod: Pod, victims: readonly Pod[]): void {
    for (const victim of victims) {
      this.context.recorder.event(victim, 'Warning', PREEMPTED.reason, PREEMPTED.message);
      this.evict(victim, undefined, PREEMPTED);
    }
    const uids = victims.map(({ metadata }) => metadata.uid ?? '');
    const { sys } = this.context;
    this.waiting.add(pod.metadata.uid ?? '');
    sys.thread(
      function* (this: PodManager): Waiting<void> {
        while (uids.some((uid) => this.workers.has(uid))) yield* sys.sleep(SECOND / 10);
        this.waiting.delete(pod.metadata.uid ?? '');
        this.run(pod);
      }.bind(this),
    );
  }

  /** Says why a pod does not run here, for good (kubelet rejectPod). */
  private reject(pod: Pod, { reason, message }: Refusal): void {
    const { uid = '' } = pod.metadata;
    this.context.recorder.event(pod, 'Warning', reason, message);
    this.finished.set(uid, pod);
    const status = {
      ...(pod.metadata.generation === undefined ? {} : { observedGeneration: pod.metadata.generation }),
      phase: 'Failed',
      reason,
      message: `Pod was rejected: ${message}`,
      qosClass: qosClass(pod.spec),
      startTime: pod.status?.startTime ?? formatTime(this.context.sys.now()),
    };
    this.statuses.set(uid, status, true);
  }

  private run(pod: Pod): void {
    const worker = new PodWorker(this.parts, pod, {
      status: (of, status, finished) => this.statuses.set(of.metadata.uid ?? '', status, finished),
      gone: (of) => this.gone(of),
    });
    this.workers.set(pod.metadata.uid ?? '', worker);
    this.context.sys.thread(() => worker.work());
  }

  private gone(pod: Pod): void {
    const { uid = '', namespace, name = '' } = pod.metadata;
    this.workers.delete(uid);
    this.resizes.gone(uid);
    this.finished.set(uid, pod);
    if (isStaticPod(pod)) {
      const wasWithdrawn = this.withdrawn.delete(uid);
      if (!(this.statics ?? []).some((other) => other.metadata.uid === uid)) this.cleanUp(pod);
      // Under the same UID its old containers count: the new ones are their next attempts (restartRequested).
      else if (wasWithdrawn) this.finished.delete(uid);
      this.startStatic();
      this.mirrorsChanged();
    } else if (this.api.get(namespace, name)?.metadata.uid !== uid) this.cleanUp(pod);
  }

  /** Removes all that is left of a pod: containers, logs, its folder. */
  private cleanUp(pod: Pod): void {
    const { uid = '' } = pod.metadata;
    this.finished.delete(uid);
    this.statuses.forget(uid);
    const { cri, sys } = this.context;
    sys.thread(function* () {
      while (!(yield* removeSandboxes(cri, uid))) yield* sys.sleep(HOUSEKEEPING_PERIOD);
      removeTree(sys, podDirectory(pod));
      removeTree(sys, logDirectory(pod));
    });
  }
}

/** Whether somebody gave another word on what a pod's readiness waits for. */
function gatesChanged(before: Pod, after: Pod): boolean {
  const word = ({ status }: Pod, wanted: string) => status?.conditions?.find(({ type }) => type === wanted)?.status;
  const gates = after.spec.readinessGates ?? [];
  return gates.some(({ conditionType }) => word(before, conditionType) !== word(after, conditionType));
}

/** Removes what the runtime has of a pod; false when it does not answer. */
function* removeSandboxes(cri: KubeletContext['cri'], podUid: string): Waiting<boolean> {
  try {
    const { items } = yield* cri.call('ListPodSandbox', { podUid });
    for (const { id } of items) yield* cri.call('RemovePodSandbox', { podSandboxId: id });
    return true;
  } catch (error) {
    if (error instanceof CriError) return false;
    throw error;
  }
}

/** Whether two sets of labels or annotations are alike. */
function isSame(one: Readonly<Record<string, string>> = {}, other: Readonly<Record<string, string>> = {}): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}
