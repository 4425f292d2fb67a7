import { selectorFromObject } from '../../api/labels.js';
import { deepCopy } from '../../api/object.js';
import { controllerOf } from '../../api/owner-references.js';
import { isConflict } from '../../api/status.js';
import type { Pod } from '../../api/types/pod.js';
import type { PersistentVolumeClaim } from '../../api/types/storage.js';
import type { ControllerRevision, StatefulSet } from '../../api/types/workloads.js';
import type { Informer } from '../../client/informer.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { nextAvailability } from '../machinery/availability.js';
import { claim } from '../machinery/claim.js';
import { OwnWrites, StaleCache } from '../machinery/consistency.js';
import type { Controller, ControllerContext, WorkQueue } from '../machinery/context.js';
import { aggregate, isExpectedFailure } from '../machinery/failures.js';
import { keyOf, splitKey } from '../machinery/keys.js';
import { followPods } from '../machinery/owned-pods.js';
import { orphanPods, podInformer, podsControlledBy } from '../machinery/pod-index.js';
import { CONTROLLER_REVISIONS, PERSISTENT_VOLUME_CLAIMS, PODS, STATEFUL_SETS } from '../machinery/resource-types.js';
import { revisionInformer, revisionsOf } from '../machinery/revision-history.js';
import { startWorker } from '../machinery/worker.js';
import { isMemberOf } from './identity.js';
import { StatefulPodControl } from './pod-control.js';
import { type SetRevisions, syncRevisions, truncateHistory } from './revisions.js';
import { type Counted, completed, sameStatus } from './status.js';
import { updatePods } from './update.js';

/** Times a status is written over newer versions of its set before the sync fails. */
const STATUS_TRIES_MAX = 5;

/** Keeps the pods of stateful sets: each with its number, its name and its claims, one after the other. */
export const statefulSetController: Controller = {
  name: 'statefulset-controller',
  alias: 'statefulset',
  start: (context) => new StatefulSetController(context).start(),
};

class StatefulSetController {
  private readonly sets: Informer<StatefulSet>;
  private readonly pods: Informer<Pod>;
  private readonly revisions: Informer<ControllerRevision>;
  private readonly queue: WorkQueue;
  private readonly writes = new OwnWrites();
  private readonly control: StatefulPodControl;

  constructor(private readonly context: ControllerContext) {
    this.sets = context.informer<StatefulSet>(STATEFUL_SETS);
    this.pods = podInformer(context);
    this.revisions = revisionInformer(context);
    this.queue = context.queue('statefulset');
    const claims = context.informer<PersistentVolumeClaim>(PERSISTENT_VOLUME_CLAIMS);
    const recorder = context.recorder('statefulset-controller');
    this.control = new StatefulPodControl(context, recorder, this.pods, claims, this.writes);
  }

  start(): void {
    const enqueue = (set: StatefulSet) => this.queue.add(keyOf(set));
    this.sets.addHandlers({ added: enqueue, updated: (_, after) => enqueue(after), deleted: enqueue });
    const { sets: owners, pods, queue } = this;
    const selectorOf = (set: StatefulSet) => selectorFromObject(set.spec.selector);
    followPods({ kind: 'StatefulSet', owners, pods, queue, selectorOf });
    startWorker(
      this.context,
      this.queue,
      (key) => this.sync(key),
      (key, error) => this.failed(key, error),
    );
  }

  private failed(key: string, error: Error): void {
    if (!(error instanceof StaleCache)) this.context.log.error(error, 'Error syncing StatefulSet, requeuing', { key });
    this.queue.addRateLimited(key);
  }

  private *sync(key: string): Waiting<void> {
    this.writes.ensureSeen(key);
    const { namespace, name } = splitKey(key);
    const set = this.sets.get(namespace, name);
    if (!set) return this.writes.forget(key);
    yield* this.adoptRevisions(set);
    const pods = yield* this.claimPods(set);
    const status = yield* this.update(set, pods);
    const seconds = set.spec.minReadySeconds ?? 0;
    if (seconds > 0 && status.readyReplicas !== status.availableReplicas) {
      this.queue.addAfter(key, nextAvailability(pods, seconds, this.context.sys.now()));
    }
  }

  /** Brings pods, status and history in line with the set, in this order; what failed is thrown at the end. */
  private *update(set: StatefulSet, pods: readonly Pod[]): Waiting<Counted> {
    const { client } = this.context;
    const history = this.revisionsOf(set);
    let revisions: SetRevisions | undefined;
    let status: Counted | undefined;
    const failures: Error[] = [];
    try {
      revisions = yield* syncRevisions(client, set, history);
      const now = this.context.sys.now();
      const outcome = yield* updatePods({ set, revisions, pods, now, control: this.control });
      status = completed(set, outcome.status);
      if (outcome.failure) failures.push(outcome.failure);
      if (!sameStatus(set, status)) yield* this.writeStatus(set, status);
    } catch (error) {
      if (!isExpectedFailure(error)) throw error;
      if (failures.length === 0) failures.push(error);
    }
    try {
      yield* truncateHistory(client, set, history, pods, revisions);
    } catch (error) {
      if (!isExpectedFailure(error)) throw error;
      failures.push(error);
    }
    const failure = aggregate(failures);
    if (failure) throw failure;
    return status as Counted;
  }

  private revisionsOf(set: StatefulSet): ControllerRevision[] {
    return revisionsOf(this.revisions, set, selectorFromObject(set.spec.selector));
  }

  private *adoptRevisions(set: StatefulSet): Waiting<void> {
    const orphans = this.revisionsOf(set).filter((revision) => !controllerOf(revision));
    if (orphans.length === 0) return;
    const selector = selectorFromObject(set.spec.selector);
    yield* claim({
      client: this.context.client,
      owner: set,
      ownerType: STATEFUL_SETS,
      selector,
      type: CONTROLLER_REVISIONS,
      candidates: orphans,
    });
  }

  /** The set's pods; of those nobody controls it takes the ones that bear its name. */
  private claimPods(set: StatefulSet): Waiting<Pod[]> {
    const selector = selectorFromObject(set.spec.selector);
    return claim({
      client: this.context.client,
      owner: set,
      ownerType: STATEFUL_SETS,
      selector,
      type: PODS,
      candidates: [...podsControlledBy(this.pods, set), ...orphanPods(this.pods, set.metadata.namespace, selector)],
      accepts: (pod) => isMemberOf(set, pod),
    });
  }

  private *writeStatus(set: StatefulSet, status: Counted): Waiting<void> {
    const { client, sys } = this.context;
    const { namespace, name = '' } = set.metadata;
    let current = set;
    for (let tries = 1; ; tries += 1) {
      try {
        const wanted = { ...deepCopy(current), status };
        const updated = yield* client.update<StatefulSet>(STATEFUL_SETS, wanted, { subresource: 'status' });
        return this.writes.wrote(keyOf(set), this.sets, STATEFUL_SETS, updated);
      } catch (error) {
        if (!isConflict(error) || tries >= STATUS_TRIES_MAX) throw error;
      }
      yield* sys.sleep(SECOND / 100);
      current = this.sets.get(namespace, name) ?? current;
    }
  }
}
