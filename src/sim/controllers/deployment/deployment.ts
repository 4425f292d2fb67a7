import { matchesSelector, selectorFromObject } from '../../api/labels.js';
import { deepCopy, deepEqual } from '../../api/object.js';
import { controllerOf, isControlledBy } from '../../api/owner-references.js';
import { isDeleting } from '../../api/pods.js';
import type { Pod } from '../../api/types/pod.js';
import type { Deployment, ReplicaSet } from '../../api/types/workloads.js';
import type { Informer } from '../../client/informer.js';
import type { Waiting } from '../../kernel/wait.js';
import { claim } from '../machinery/claim.js';
import type { Controller, ControllerContext, EventRecorder, WorkQueue } from '../machinery/context.js';
import { isNamespaceTerminating, SyncError } from '../machinery/failures.js';
import { keyOf, splitKey } from '../machinery/keys.js';
import { podInformer, podsControlledBy } from '../machinery/pod-index.js';
import { DEPLOYMENTS, REPLICA_SETS } from '../machinery/resource-types.js';
import { startWorker } from '../machinery/worker.js';
import { checkPaused } from './progress.js';
import { recreate } from './recreate.js';
import { syncRevisions } from './revision.js';
import { rollOut } from './rolling.js';
import { isScalingEvent, syncScale, syncStatusOnly } from './scaling.js';
import { type DeploymentWork, updateDeploymentStatus } from './work.js';

/** Times a failing deployment is tried again before it waits for its next change. */
const RETRIES_MAX = 15;

/** Keeps the replica sets of each deployment in line with its template, size and strategy. */
export const deploymentController: Controller = {
  name: 'deployment-controller',
  alias: 'deployment',
  start: (context) => new DeploymentController(context).start(),
};

class DeploymentController {
  private readonly deployments: Informer<Deployment>;
  private readonly sets: Informer<ReplicaSet>;
  private readonly pods: Informer<Pod>;
  private readonly queue: WorkQueue;
  private readonly recorder: EventRecorder;

  constructor(private readonly context: ControllerContext) {
    this.deployments = context.informer<Deployment>(DEPLOYMENTS);
    this.sets = context.informer<ReplicaSet>(REPLICA_SETS);
    this.pods = podInformer(context);
    this.queue = context.queue('deployment');
    this.recorder = context.recorder('deployment-controller');
  }

  start(): void {
    const enqueue = (deployment: Deployment) => this.queue.add(keyOf(deployment));
    this.deployments.addHandlers({ added: enqueue, updated: (_, after) => enqueue(after), deleted: enqueue });
    this.sets.addHandlers({
      added: (set) => this.enqueueOwners(set),
      updated: (before, after) => {
        if (controllerOf(before)?.uid !== controllerOf(after)?.uid) this.enqueueOwners(before);
        this.enqueueOwners(after);
      },
      deleted: (set) => this.enqueueOwners(set),
    });
    this.pods.addHandlers({ deleted: (pod) => this.podDeleted(pod) });
    startWorker(
      this.context,
      this.queue,
      (key) => this.sync(key),
      (key, error) => this.failed(key, error),
    );
  }

  private *sync(key: string): Waiting<void> {
    const { namespace, name } = splitKey(key);
    const cached = this.deployments.get(namespace, name);
    if (!cached) return;
    const deployment = deepCopy(cached);
    if (deepEqual(deployment.spec.selector, {})) return yield* this.refuseSelectingAll(key, deployment);
    const work = this.workOn(key, deployment, yield* this.claimSets(deployment));
    if (isDeleting(deployment)) return yield* syncStatusOnly(work, yield* syncRevisions(work, false));
    yield* checkPaused(work);
    if (deployment.spec.paused) return yield* syncScale(work);
    if (yield* isScalingEvent(work)) return yield* syncScale(work);
    const strategy = deployment.spec.strategy?.type;
    if (strategy === 'Recreate') return yield* recreate(work);
    if (strategy === 'RollingUpdate') return yield* rollOut(work);
    throw new SyncError(`unexpected deployment strategy type: ${strategy ?? ''}`);
  }

  private workOn(key: string, deployment: Deployment, sets: readonly ReplicaSet[]): DeploymentWork {
    return {
      client: this.context.client,
      recorder: this.recorder,
      now: this.context.sys.now(),
      deployment,
      sets,
      cachedSet: (name) => this.sets.get(deployment.metadata.namespace, name),
      podsOf: (set) => podsControlledBy(this.pods, set),
      again: (after) => this.queue.addAfter(key, after),
    };
  }

  private claimSets(deployment: Deployment): Waiting<ReplicaSet[]> {
    return claim({
      client: this.context.client,
      owner: deployment,
      ownerType: DEPLOYMENTS,
      selector: selectorFromObject(deployment.spec.selector),
      type: REPLICA_SETS,
      candidates: this.sets.list(deployment.metadata.namespace),
    });
  }

  private *refuseSelectingAll(key: string, deployment: Deployment): Waiting<void> {
    const message = 'This deployment is selecting all pods. A non-empty selector is required.';
    this.recorder.event(deployment, 'Warning', 'SelectingAll', message);
    const generation = deployment.metadata.generation ?? 0;
    if ((deployment.status?.observedGeneration ?? 0) >= generation) return;
    deployment.status = { ...deployment.status, observedGeneration: generation };
    yield* updateDeploymentStatus(this.workOn(key, deployment, []));
  }

  private failed(key: string, error: Error): void {
    if (isNamespaceTerminating(error)) return this.queue.forget(key);
    if (this.queue.retries(key) < RETRIES_MAX) return this.queue.addRateLimited(key);
    this.context.log.error(error, 'Unhandled Error');
    this.queue.forget(key);
  }

  /** The deployment a set belongs to, or all that might adopt it. */
  private enqueueOwners(set: ReplicaSet): void {
    if (controllerOf(set)) {
      const owner = this.ownerOf(set);
      if (owner) this.queue.add(keyOf(owner));
      return;
    }
    for (const deployment of this.deployments.list(set.metadata.namespace)) {
      const selector = selectorFromObject(deployment.spec.selector);
      if (selector?.length && matchesSelector(selector, set.metadata.labels)) this.queue.add(keyOf(deployment));
    }
  }

  private ownerOf(set: ReplicaSet): Deployment | undefined {
    const controller = controllerOf(set);
    if (controller?.kind !== 'Deployment') return undefined;
    const deployment = this.deployments.get(set.metadata.namespace, controller.name);
    return deployment && isControlledBy(set, deployment) ? deployment : undefined;
  }

  /** A Recreate rollout goes on when the last old pod has gone. */
  private podDeleted(pod: Pod): void {
    const controller = controllerOf(pod);
    if (controller?.kind !== 'ReplicaSet') return;
    const set = this.sets.get(pod.metadata.namespace, controller.name);
    const deployment = set && this.ownerOf(set);
    if (deployment?.spec.strategy?.type !== 'Recreate') return;
    const owned = this.sets.list(pod.metadata.namespace).filter((other) => isControlledBy(other, deployment));
    if (owned.every((other) => podsControlledBy(this.pods, other).length === 0)) this.queue.add(keyOf(deployment));
  }
}
