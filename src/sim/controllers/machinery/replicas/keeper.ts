import type { Selector } from '../../../api/labels.js';
import { controllerOf } from '../../../api/owner-references.js';
import { isDeleting, isPodActive, isPodTerminal } from '../../../api/pods.js';
import type { Pod } from '../../../api/types/pod.js';
import type { ReplicaSetStatus } from '../../../api/types/workloads.js';
import type { ResourceType } from '../../../client/client.js';
import type { Informer } from '../../../client/informer.js';
import type { Waiting } from '../../../kernel/wait.js';
import { nextAvailability } from '../availability.js';
import { claim } from '../claim.js';
import type { ControllerContext, EventRecorder, WorkQueue } from '../context.js';
import { Expectations } from '../expectations.js';
import { keyOf, splitKey } from '../keys.js';
import { followPods } from '../owned-pods.js';
import { PodControl } from '../pod-control.js';
import { orphanPods, podInformer, podsControlledBy } from '../pod-index.js';
import { PODS } from '../resource-types.js';
import { retryWithBackoff, startWorker } from '../worker.js';
import { writeStatus } from '../write-status.js';
import { podsToDelete } from './deletion-order.js';
import { type ReplicaOwner, replicaSetStatus, sameReplicaSetStatus } from './status.js';

/** Pods one sync makes or deletes at most. */
const BURST_REPLICAS = 500;
const BY_CONTROLLER = 'controllerUid';

/** In what the two kinds differ that ask for a number of equal pods. */
export interface ReplicaKind<T extends ReplicaOwner> {
  readonly type: ResourceType;
  /** What events name as their source. */
  readonly component: string;
  /** What sets have that a deployment looks at: pods that are going. */
  readonly countsTerminating: boolean;
  selectorOf(owner: T): Selector;
}

/** Keeps as many pods as each replica set, or replication controller, asks for. */
export class ReplicaKeeper<T extends ReplicaOwner> {
  private readonly sets: Informer<T>;
  private readonly pods: Informer<Pod>;
  private readonly queue: WorkQueue;
  private readonly recorder: EventRecorder;
  private readonly podControl: PodControl;
  private readonly expectations: Expectations;

  constructor(
    private readonly context: ControllerContext,
    private readonly kind: ReplicaKind<T>,
  ) {
    this.sets = context.informer<T>(kind.type);
    this.pods = podInformer(context);
    this.queue = context.queue(kind.type.resource);
    this.recorder = context.recorder(kind.component);
    this.podControl = new PodControl(context.client, this.recorder);
    this.expectations = new Expectations(() => context.sys.now());
  }

  start(): void {
    this.sets.addIndex(BY_CONTROLLER, (set) => [controllerOf(set)?.uid ?? '']);
    this.sets.addHandlers({
      added: (set) => this.enqueue(set),
      updated: (before, after) => {
        if (before.metadata.uid !== after.metadata.uid) this.expectations.forget(keyOf(before));
        this.enqueue(after);
      },
      deleted: (set) => {
        this.expectations.forget(keyOf(set));
        this.enqueue(set);
      },
    });
    const { sets: owners, pods, queue, expectations } = this;
    const selectorOf = (set: T) => this.kind.selectorOf(set);
    followPods({ kind: this.kind.type.kind, owners, pods, queue, expectations, selectorOf });
    startWorker(this.context, this.queue, (key) => this.sync(key), retryWithBackoff(this.context, this.queue));
  }

  private *sync(key: string): Waiting<void> {
    const { namespace, name } = splitKey(key);
    const set = this.sets.get(namespace, name);
    if (!set) {
      this.expectations.forget(key);
      return;
    }
    const selector = this.kind.selectorOf(set);
    const mayWrite = this.expectations.satisfied(key);
    const active = yield* this.claimPods(set, selector);
    const failure = mayWrite && !isDeleting(set) ? yield* this.manageReplicas(set, key, active) : undefined;
    const status = replicaSetStatus(set, active, this.terminating(set), failure, this.context.sys.now());
    yield* this.writeStatus(set, status);
    if (failure) throw failure;
    this.checkAvailabilityLater(set, key, status, active);
  }

  private terminating(set: T): readonly Pod[] | undefined {
    if (!this.kind.countsTerminating) return undefined;
    return podsControlledBy(this.pods, set).filter((pod) => isDeleting(pod) && !isPodTerminal(pod));
  }

  private claimPods(set: T, selector: Selector): Waiting<Pod[]> {
    const { namespace } = set.metadata;
    const candidates = [...podsControlledBy(this.pods, set), ...orphanPods(this.pods, namespace, selector)];
    return claim({
      client: this.context.client,
      owner: set,
      ownerType: this.kind.type,
      selector,
      type: PODS,
      candidates: candidates.filter(isPodActive),
    });
  }

  /** Makes or deletes pods; what failed first, if anything did. */
  private *manageReplicas(set: T, key: string, active: readonly Pod[]): Waiting<Error | undefined> {
    const surplus = active.length - (set.spec.replicas ?? 1);
    if (surplus < 0) return yield* this.createPods(set, key, Math.min(-surplus, BURST_REPLICAS));
    if (surplus > 0) return yield* this.deletePods(set, key, active, Math.min(surplus, BURST_REPLICAS));
    return undefined;
  }

  private *createPods(set: T, key: string, count: number): Waiting<Error | undefined> {
    const template = set.spec.template ?? { spec: { containers: [] } };
    this.expectations.expect(key, count, []);
    return yield* this.podControl.createExpected(count, () => template, set, this.expectations, key);
  }

  private *deletePods(set: T, key: string, active: readonly Pod[], count: number): Waiting<Error | undefined> {
    const chosen = podsToDelete(active, this.siblingsOnNodes(set), count, this.context.sys.now());
    this.expectations.expect(key, 0, chosen.map(keyOf));
    const failures = yield* this.podControl.deleteExpected(chosen, set, this.expectations, key);
    return failures[0];
  }

  /** How many active pods of this set's deployment, older sets included, each node runs. */
  private siblingsOnNodes(set: T): ReadonlyMap<string, number> {
    const owner = controllerOf(set);
    const sets = owner ? this.sets.byIndex(BY_CONTROLLER, owner.uid) : [set];
    const counts = new Map<string, number>();
    for (const pod of sets.flatMap((related) => podsControlledBy(this.pods, related))) {
      const node = pod.spec.nodeName ?? '';
      if (isPodActive(pod)) counts.set(node, (counts.get(node) ?? 0) + 1);
    }
    return counts;
  }

  private *writeStatus(set: T, status: ReplicaSetStatus): Waiting<void> {
    if (sameReplicaSetStatus(set, status)) return;
    yield* writeStatus(this.context.client, this.kind.type, set, (current) => ({ ...current, status }));
  }

  private checkAvailabilityLater(set: T, key: string, status: ReplicaSetStatus, active: readonly Pod[]): void {
    const seconds = set.spec.minReadySeconds ?? 0;
    if (seconds === 0 || status.readyReplicas === status.availableReplicas) return;
    this.queue.addAfter(key, nextAvailability(active, seconds, this.context.sys.now()));
  }

  private enqueue(set: T): void {
    this.queue.add(keyOf(set));
  }
}
