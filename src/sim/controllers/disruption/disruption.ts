import { IntOrPercentError } from '../../api/int-or-percent.js';
import { matchesSelector, selectorFromObject } from '../../api/labels.js';
import { deepCopy, semanticEqual } from '../../api/object.js';
import { controllerOf } from '../../api/owner-references.js';
import { conditionGeneration, isDeleting, isPodTerminal, podCondition, withPodCondition } from '../../api/pods.js';
import { isConflict, isNotFound } from '../../api/status.js';
import { formatTime, parseOptionalTime } from '../../api/time.js';
import type { Pod } from '../../api/types/pod.js';
import type { PodDisruptionBudget, PodDisruptionBudgetStatus } from '../../api/types/policy.js';
import type { Deployment, ReplicaSet } from '../../api/types/workloads.js';
import type { Informer } from '../../client/informer.js';
import { MINUTE, type Micros } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Controller, ControllerContext, EventRecorder, WorkQueue } from '../machinery/context.js';
import { isExpectedFailure, SyncError } from '../machinery/failures.js';
import { keyOf, splitKey } from '../machinery/keys.js';
import { podInformer } from '../machinery/pod-index.js';
import { updatePodStatus } from '../machinery/pod-status.js';
import { DEPLOYMENTS, POD_DISRUPTION_BUDGETS, REPLICA_SETS } from '../machinery/resource-types.js';
import { retryWithBackoff, startWorker } from '../machinery/worker.js';
import { goSelector } from './go-selector.js';
import { budgetStatus, disruptedPods, expectedPods, failSafeStatus } from './status.js';

/** After this long a pod that was to be deleted and was not loses the condition that says so. */
const STALE_DISRUPTION_TIMEOUT: Micros = 2 * MINUTE;
/** Kinds that control pods and cannot say how many they want. */
const UNSCALABLE: Readonly<Record<string, string>> = { DaemonSet: 'daemonsets.apps', Job: 'jobs.batch', Node: 'nodes' };

/** Keeps count, for every budget, of how many pods may be evicted. */
export const disruptionController: Controller = {
  name: 'disruption-controller',
  alias: 'disruption',
  start: (context) => new DisruptionController(context).start(),
};

class DisruptionController {
  private readonly budgets: Informer<PodDisruptionBudget>;
  private readonly pods: Informer<Pod>;
  private readonly sets: Informer<ReplicaSet>;
  private readonly deployments: Informer<Deployment>;
  private readonly queue: WorkQueue;
  private readonly stalePods: WorkQueue;
  private readonly recorder: EventRecorder;

  constructor(private readonly context: ControllerContext) {
    this.budgets = context.informer<PodDisruptionBudget>(POD_DISRUPTION_BUDGETS);
    this.pods = podInformer(context);
    this.sets = context.informer<ReplicaSet>(REPLICA_SETS);
    this.deployments = context.informer<Deployment>(DEPLOYMENTS);
    this.queue = context.queue('disruption');
    this.stalePods = context.queue('stale_pod_disruption');
    this.recorder = context.recorder('controllermanager');
  }

  start(): void {
    const enqueue = (budget: PodDisruptionBudget) => this.queue.add(keyOf(budget));
    this.budgets.addHandlers({ added: enqueue, updated: (_, after) => enqueue(after) });
    this.pods.addHandlers({
      added: (pod) => this.podChanged(pod),
      updated: (before, after) => {
        this.enqueueBudgetsOf(before);
        this.podChanged(after);
      },
      deleted: (pod) => this.enqueueBudgetsOf(pod),
    });
    startWorker(this.context, this.queue, (key) => this.sync(key), retryWithBackoff(this.context, this.queue));
    const clear = (key: string) => this.clearStaleDisruption(key);
    startWorker(this.context, this.stalePods, clear, retryWithBackoff(this.context, this.stalePods));
  }

  private *sync(key: string): Waiting<void> {
    const { namespace, name } = splitKey(key);
    const budget = this.budgets.get(namespace, name);
    if (!budget) return;
    try {
      yield* this.trySync(budget, key);
    } catch (error) {
      if (!isExpectedFailure(error)) throw error;
      // The cache was behind; the newer version is on its way. A budget that is gone needs no status.
      if (isConflict(error) || isNotFound(error)) throw error;
      yield* this.write(budget, failSafeStatus(budget, error.message, this.context.sys.now()));
    }
  }

  private *trySync(budget: PodDisruptionBudget, key: string): Waiting<void> {
    const now = this.context.sys.now();
    const pods = this.podsOf(budget);
    if (pods.length === 0) this.recorder.event(budget, 'Normal', 'NoPods', 'No matching pods found');
    const expected = this.expectedOf(budget, pods);
    const { waiting, overdue, recheckAt } = disruptedPods(budget, pods, now);
    for (const pod of overdue) {
      const message = `Pod was expected by PDB ${budget.metadata.namespace}/${budget.metadata.namespace} to be deleted but it wasn't`;
      this.recorder.event(pod, 'Warning', 'NotDeleted', message);
    }
    yield* this.write(budget, budgetStatus(budget, pods, expected, waiting, now));
    if (recheckAt !== undefined) this.queue.addAfter(key, recheckAt - now);
  }

  private expectedOf(
    budget: PodDisruptionBudget,
    pods: readonly Pod[],
  ): { expectedPods: number; desiredHealthy: number } {
    try {
      return expectedPods(budget.spec, pods.length, () => this.scaleOf(budget, pods));
    } catch (error) {
      if (!(error instanceof SyncError) && !(error instanceof IntOrPercentError)) throw error;
      const message = `Failed to calculate the number of expected pods: ${error.message}`;
      this.recorder.event(budget, 'Warning', 'CalculateExpectedPodCountFailed', message);
      throw error instanceof SyncError ? error : new SyncError(error.message);
    }
  }

  /** The pods that the controllers of these pods want in all; pods without a controller count for nothing and are reported. */
  private scaleOf(budget: PodDisruptionBudget, pods: readonly Pod[]): number {
    const scales = new Map<string, number>();
    let unmanaged = false;
    for (const pod of pods) {
      const controller = controllerOf(pod);
      if (!controller) {
        unmanaged = true;
        continue;
      }
      const found = this.scaleOfController(pod);
      if (!found) throw new SyncError(`found no controllers for pod "${pod.metadata.name}"`);
      scales.set(found.uid, found.scale);
    }
    if (unmanaged) this.reportUnmanaged(budget);
    return [...scales.values()].reduce((total, scale) => total + scale, 0);
  }

  private scaleOfController(pod: Pod): { uid: string; scale: number } | undefined {
    const reference = controllerOf(pod);
    const unscalable = UNSCALABLE[reference?.kind ?? ''];
    if (unscalable) throw new SyncError(`${unscalable} does not implement the scale subresource`);
    if (reference?.kind !== 'ReplicaSet') return undefined;
    const set = this.sets.get(pod.metadata.namespace, reference.name);
    if (!set || set.metadata.uid !== reference.uid) return undefined;
    const owner = controllerOf(set);
    if (owner?.kind !== 'Deployment') return { uid: reference.uid, scale: set.spec.replicas ?? 1 };
    const deployment = this.deployments.get(pod.metadata.namespace, owner.name);
    if (!deployment || deployment.metadata.uid !== owner.uid) return undefined;
    return { uid: owner.uid, scale: deployment.spec.replicas ?? 1 };
  }

  private reportUnmanaged(budget: PodDisruptionBudget): void {
    const selector = goSelector(budget.spec.selector);
    const message =
      `Pods selected by this PodDisruptionBudget (selector: ${selector}) were found to be unmanaged. ` +
      'As a result, the status of the PDB cannot be calculated correctly, which may result in undefined behavior. ' +
      'To account for these pods please set ".spec.minAvailable" field of the PDB to an integer value.';
    this.recorder.event(budget, 'Warning', 'UnmanagedPods', message);
  }

  private podsOf(budget: PodDisruptionBudget): Pod[] {
    const selector = selectorFromObject(budget.spec.selector);
    return this.pods.list(budget.metadata.namespace).filter((pod) => matchesSelector(selector, pod.metadata.labels));
  }

  private *write(budget: PodDisruptionBudget, status: PodDisruptionBudgetStatus): Waiting<void> {
    if (semanticEqual(budget.status, status)) return;
    yield* this.context.client.update(
      POD_DISRUPTION_BUDGETS,
      { ...deepCopy(budget), status },
      { subresource: 'status' },
    );
  }

  private podChanged(pod: Pod): void {
    this.enqueueBudgetsOf(pod);
    const after = this.staleAfter(pod);
    if (after !== undefined) this.stalePods.addAfter(keyOf(pod), after);
  }

  private enqueueBudgetsOf(pod: Pod): void {
    for (const budget of this.budgets.list(pod.metadata.namespace)) {
      if (matchesSelector(selectorFromObject(budget.spec.selector), pod.metadata.labels)) this.queue.add(keyOf(budget));
    }
  }

  /** How long until the condition of a pod that was to be deleted is out of date; undefined when it has none. */
  private staleAfter(pod: Pod): Micros | undefined {
    const condition = podCondition(pod, 'DisruptionTarget');
    const concerned = condition?.status === 'True' && condition.reason !== 'TerminationByKubelet';
    if (!concerned || isDeleting(pod) || isPodTerminal(pod)) return undefined;
    const since = parseOptionalTime(condition.lastTransitionTime) ?? 0;
    return Math.max(0, since + STALE_DISRUPTION_TIMEOUT - this.context.sys.now());
  }

  private *clearStaleDisruption(key: string): Waiting<void> {
    const { namespace, name } = splitKey(key);
    const pod = this.pods.get(namespace, name);
    const after = pod && this.staleAfter(pod);
    if (!pod || after === undefined) return;
    if (after > 0) return this.stalePods.addAfter(key, after);
    const condition = { type: 'DisruptionTarget', status: 'False', ...conditionGeneration(pod) };
    const status = withPodCondition(pod.status ?? {}, condition, formatTime(this.context.sys.now()));
    if (status) yield* updatePodStatus(this.context.client, pod, status);
  }
}
