import { matchesSelector, type Selector, selectorFromObject } from '../../api/labels.js';
import { deepCopy, deepEqual } from '../../api/object.js';
import { controllerOf, isControlledBy } from '../../api/owner-references.js';
import { isDeleting, isPodActive, isPodReady, isPodTerminal } from '../../api/pods.js';
import { isNotFound } from '../../api/status.js';
import type { Pod } from '../../api/types/pod.js';
import type { ReplicaSet, ReplicaSetStatus } from '../../api/types/workloads.js';
import type { Informer } from '../../client/informer.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { claim } from '../machinery/claim.js';
import type { Controller, ControllerContext, EventRecorder, WorkQueue } from '../machinery/context.js';
import { Expectations } from '../machinery/expectations.js';
import { aggregate, isExpectedFailure, isNamespaceTerminating } from '../machinery/failures.js';
import { keyOf, splitKey } from '../machinery/keys.js';
import { PodControl } from '../machinery/pod-control.js';
import { orphanPods, podInformer, podsControlledBy } from '../machinery/pod-index.js';
import { PODS, REPLICA_SETS } from '../machinery/resource-types.js';
import { slowStart } from '../machinery/slow-start.js';
import { retryWithBackoff, startWorker } from '../machinery/worker.js';
import { podsToDelete } from './deletion-order.js';
import { replicaSetStatus, sameReplicaSetStatus } from './status.js';

/** Pods one sync makes or deletes at most. */
const BURST_REPLICAS = 500;
/** Times a status write is repeated on the newest version before giving up until the next sync. */
const STATUS_UPDATE_RETRIES = 1;
const BY_CONTROLLER = 'controllerUid';

/** Keeps as many pods as each replica set asks for. */
export const replicaSetController: Controller = {
  name: 'replicaset-controller',
  alias: 'replicaset',
  start: (context) => new ReplicaSetController(context).start(),
};

class ReplicaSetController {
  private readonly sets: Informer<ReplicaSet>;
  private readonly pods: Informer<Pod>;
  private readonly queue: WorkQueue;
  private readonly recorder: EventRecorder;
  private readonly podControl: PodControl;
  private readonly expectations: Expectations;

  constructor(private readonly context: ControllerContext) {
    this.sets = context.informer<ReplicaSet>(REPLICA_SETS);
    this.pods = podInformer(context);
    this.queue = context.queue('replicaset');
    this.recorder = context.recorder('replicaset-controller');
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
    this.pods.addHandlers({
      added: (pod) => this.podAdded(pod),
      updated: (before, after) => this.podUpdated(before, after),
      deleted: (pod) => this.podDeleted(pod),
    });
    startWorker(this.context, this.queue, (key) => this.sync(key), retryWithBackoff(this.context, this.queue));
  }

  private *sync(key: string): Waiting<void> {
    const { namespace, name } = splitKey(key);
    const set = this.sets.get(namespace, name);
    if (!set) {
      this.expectations.forget(key);
      return;
    }
    const selector = selectorFromObject(set.spec.selector);
    const mayWrite = this.expectations.satisfied(key);
    const active = yield* this.claimPods(set, selector);
    const terminating = podsControlledBy(this.pods, set).filter((pod) => isDeleting(pod) && !isPodTerminal(pod));
    const failure = mayWrite && !isDeleting(set) ? yield* this.manageReplicas(set, key, active) : undefined;
    const status = replicaSetStatus(set, active, terminating, failure, this.context.sys.now());
    yield* this.writeStatus(set, status);
    if (failure) throw failure;
    this.checkAvailabilityLater(set, key, status);
  }

  private claimPods(set: ReplicaSet, selector: Selector): Waiting<Pod[]> {
    const { namespace } = set.metadata;
    const candidates = [...podsControlledBy(this.pods, set), ...orphanPods(this.pods, namespace, selector)];
    return claim({
      client: this.context.client,
      owner: set,
      ownerType: REPLICA_SETS,
      selector,
      type: PODS,
      candidates: candidates.filter(isPodActive),
    });
  }

  /** Makes or deletes pods; what failed first, if anything did. */
  private *manageReplicas(set: ReplicaSet, key: string, active: readonly Pod[]): Waiting<Error | undefined> {
    const surplus = active.length - (set.spec.replicas ?? 1);
    if (surplus < 0) return yield* this.createPods(set, key, Math.min(-surplus, BURST_REPLICAS));
    if (surplus > 0) return yield* this.deletePods(set, key, active, Math.min(surplus, BURST_REPLICAS));
    return undefined;
  }

  private *createPods(set: ReplicaSet, key: string, count: number): Waiting<Error | undefined> {
    const template = set.spec.template ?? { spec: { containers: [] } };
    this.expectations.expect(key, count, []);
    const create = function* (this: ReplicaSetController): Waiting<void> {
      try {
        yield* this.podControl.create(template, set);
      } catch (error) {
        if (!isNamespaceTerminating(error)) throw error;
      }
    }.bind(this);
    const { successes, failure } = yield* slowStart(count, create);
    this.expectations.creationObserved(key, count - successes);
    return failure;
  }

  private *deletePods(set: ReplicaSet, key: string, active: readonly Pod[], count: number): Waiting<Error | undefined> {
    const chosen = podsToDelete(active, this.siblingsOnNodes(set), count, this.context.sys.now());
    this.expectations.expect(key, 0, chosen.map(keyOf));
    const failures: Error[] = [];
    for (const pod of chosen) {
      try {
        yield* this.podControl.delete(pod.metadata.name ?? '', set);
      } catch (error) {
        if (!isExpectedFailure(error)) throw error;
        this.expectations.deletionObserved(key, keyOf(pod));
        if (!isNotFound(error)) failures.push(error);
      }
    }
    return aggregate(failures.slice(0, 1));
  }

  /** How many active pods of this set's deployment, older sets included, each node runs. */
  private siblingsOnNodes(set: ReplicaSet): ReadonlyMap<string, number> {
    const owner = controllerOf(set);
    const sets = owner ? this.sets.byIndex(BY_CONTROLLER, owner.uid) : [set];
    const counts = new Map<string, number>();
    for (const pod of sets.flatMap((related) => podsControlledBy(this.pods, related))) {
      const node = pod.spec.nodeName ?? '';
      if (isPodActive(pod)) counts.set(node, (counts.get(node) ?? 0) + 1);
    }
    return counts;
  }

  private *writeStatus(set: ReplicaSet, status: ReplicaSetStatus): Waiting<void> {
    if (sameReplicaSetStatus(set, status)) return;
    let current = set;
    for (let attempt = 0; ; attempt += 1) {
      try {
        yield* this.context.client.update(REPLICA_SETS, { ...deepCopy(current), status }, { subresource: 'status' });
        return;
      } catch (error) {
        if (!isExpectedFailure(error) || attempt >= STATUS_UPDATE_RETRIES) throw error;
      }
      current = yield* this.context.client.get<ReplicaSet>(
        REPLICA_SETS,
        set.metadata.name ?? '',
        set.metadata.namespace,
      );
    }
  }

  private checkAvailabilityLater(set: ReplicaSet, key: string, status: ReplicaSetStatus): void {
    const seconds = set.spec.minReadySeconds ?? 0;
    if (seconds > 0 && status.readyReplicas !== status.availableReplicas) this.queue.addAfter(key, seconds * SECOND);
  }

  private enqueue(set: ReplicaSet): void {
    this.queue.add(keyOf(set));
  }

  private podAdded(pod: Pod): void {
    if (isDeleting(pod)) return this.podDeleted(pod);
    const set = this.setOf(pod);
    if (set) {
      this.expectations.creationObserved(keyOf(set));
      this.enqueue(set);
    } else if (!controllerOf(pod)) this.enqueueMatching(pod);
  }

  private podUpdated(before: Pod, after: Pod): void {
    const relabelled = !deepEqual(before.metadata.labels, after.metadata.labels);
    if (isDeleting(after)) {
      this.podDeleted(after);
      return;
    }
    const disowned = !deepEqual(controllerOf(before), controllerOf(after));
    const former = this.setOf(before);
    if (disowned && former) this.enqueue(former);
    const set = this.setOf(after);
    if (set) {
      this.enqueue(set);
      const seconds = set.spec.minReadySeconds ?? 0;
      if (seconds > 0 && !isPodReady(before) && isPodReady(after)) this.queue.addAfter(keyOf(set), seconds * SECOND);
    } else if (!controllerOf(after) && (relabelled || disowned)) this.enqueueMatching(after);
  }

  private podDeleted(pod: Pod): void {
    const set = this.setOf(pod);
    if (!set) return;
    this.expectations.deletionObserved(keyOf(set), keyOf(pod));
    this.enqueue(set);
  }

  /** The replica set that controls a pod, when it is still the one the pod names. */
  private setOf(pod: Pod): ReplicaSet | undefined {
    const controller = controllerOf(pod);
    if (controller?.kind !== 'ReplicaSet') return undefined;
    const set = this.sets.get(pod.metadata.namespace, controller.name);
    return set && isControlledBy(pod, set) ? set : undefined;
  }

  /** An orphan concerns every set that might adopt it. */
  private enqueueMatching(pod: Pod): void {
    for (const set of this.sets.list(pod.metadata.namespace)) {
      const selector = selectorFromObject(set.spec.selector);
      if (selector?.length && matchesSelector(selector, pod.metadata.labels)) this.enqueue(set);
    }
  }
}
