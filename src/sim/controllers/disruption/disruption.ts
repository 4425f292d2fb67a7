import { goQuote } from '../../api/go-text.js';
import { IntOrPercentError } from '../../api/int-or-percent.js';
import { matchesSelector, selectorFromObject } from '../../api/labels.js';
import { deepCopy, semanticEqual } from '../../api/object.js';
import { conditionGeneration, isDeleting, isPodTerminal, podCondition, withPodCondition } from '../../api/pods.js';
import { isConflict, isNotFound } from '../../api/status.js';
import { formatTime, parseOptionalTime } from '../../api/time.js';
import type { Pod } from '../../api/types/pod.js';
import type { PodDisruptionBudget, PodDisruptionBudgetStatus } from '../../api/types/policy.js';
import type { Informer } from '../../client/informer.js';
import { MINUTE, type Micros } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Controller, ControllerContext, EventRecorder, WorkQueue } from '../machinery/context.js';
import { isExpectedFailure, SyncError } from '../machinery/failures.js';
import { goSelector } from '../machinery/go-selector.js';
import { keyOf, splitKey } from '../machinery/keys.js';
import { podInformer } from '../machinery/pod-index.js';
import { updatePodStatus } from '../machinery/pod-status.js';
import { POD_DISRUPTION_BUDGETS } from '../machinery/resource-types.js';
import { retryWithBackoff, startWorker } from '../machinery/worker.js';
import { Scales } from './scales.js';
import { budgetStatus, disruptedPods, type Expected, expectedPods, failSafeStatus, isOfScale } from './status.js';

/** After this long a pod that was to be deleted and was not loses the condition that says so. */
const STALE_DISRUPTION_TIMEOUT: Micros = 2 * MINUTE;

/** Keeps count, for every budget, of how many pods may be evicted. */
export const disruptionController: Controller = {
  name: 'disruption-controller',
  alias: 'disruption',
  start: (context) => new DisruptionController(context).start(),
};

class DisruptionController {
  private readonly budgets: Informer<PodDisruptionBudget>;
  private readonly pods: Informer<Pod>;
  private readonly scales: Scales;
  private readonly queue: WorkQueue;
  private readonly stalePods: WorkQueue;
  private readonly recorder: EventRecorder;

  constructor(private readonly context: ControllerContext) {
    this.budgets = context.informer<PodDisruptionBudget>(POD_DISRUPTION_BUDGETS);
    this.pods = podInformer(context);
    this.scales = new Scales(context);
    this.queue = context.queue('disruption');
    this.stalePods = context.queue('stale_pod_disruption');
    this.recorder = context.recorder('controllermanager');
  }

  start(): void {
    const enqueue = (budget: PodDisruptionBudget) => this.queue.add(keyOf(budget));
    this.budgets.addHandlers({ added: enqueue, updated: (_, after) => enqueue(after) });
    this.pods.addHandlers({
      added: (pod) => this.podChanged(pod),
      updated: (_, after) => this.podChanged(after),
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
    const expected = yield* this.expectedOf(budget, pods);
    const { waiting, overdue, recheckAt } = disruptedPods(budget, pods, now);
    for (const pod of overdue) {
      const message = `Pod was expected by PDB ${budget.metadata.namespace}/${budget.metadata.namespace} to be deleted but it wasn't`;
      this.recorder.event(pod, 'Warning', 'NotDeleted', message);
    }
    yield* this.write(budget, budgetStatus(budget, pods, expected, waiting, now));
    if (recheckAt !== undefined) this.queue.addAfter(key, recheckAt - now);
  }

  private *expectedOf(budget: PodDisruptionBudget, pods: readonly Pod[]): Waiting<Expected> {
    try {
      if (!isOfScale(budget.spec)) return expectedPods(budget.spec, pods.length);
      const { wanted, unmanaged } = yield* this.scales.of(pods);
      const expected = expectedPods(budget.spec, wanted);
      if (unmanaged) this.reportUnmanaged(budget);
      return expected;
    } catch (error) {
      if (!isExpectedFailure(error) && !(error instanceof IntOrPercentError)) throw error;
      const message = `Failed to calculate the number of expected pods: ${error.message}`;
      this.recorder.event(budget, 'Warning', 'CalculateExpectedPodCountFailed', message);
      throw error instanceof IntOrPercentError ? new SyncError(error.message) : error;
    }
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

  /** A pod that several budgets guard is told so. All are looked at: which one the real controller takes is chance. */
  private enqueueBudgetsOf(pod: Pod): void {
    const { namespace, name, labels } = pod.metadata;
    const guards = ({ spec }: PodDisruptionBudget) => matchesSelector(selectorFromObject(spec.selector), labels);
    const budgets = this.budgets.list(namespace).filter(guards);
    if (budgets.length > 1) {
      const [whose, chosen] = [`${goQuote(namespace ?? '')}/${goQuote(name ?? '')}`, budgets[0]?.metadata.name ?? ''];
      const message = `Pod ${whose} matches multiple PodDisruptionBudgets.  Chose ${goQuote(chosen)} arbitrarily.`;
      this.recorder.event(pod, 'Warning', 'MultiplePodDisruptionBudgets', message);
    }
    for (const budget of budgets) this.queue.add(keyOf(budget));
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
