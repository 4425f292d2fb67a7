import { deepCopy, semanticEqual } from '../../api/object.js';
import { formatTime } from '../../api/time.js';
import type {
  HorizontalPodAutoscaler,
  HorizontalPodAutoscalerStatus,
  MetricStatus,
} from '../../api/types/autoscaling.js';
import type { Informer } from '../../client/informer.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Controller, ControllerContext, EventRecorder, WorkQueue } from '../machinery/context.js';
import { isExpectedFailure, SyncError } from '../machinery/failures.js';
import { keyOf, splitKey } from '../machinery/keys.js';
import { podInformer } from '../machinery/pod-index.js';
import { HORIZONTAL_POD_AUTOSCALERS } from '../machinery/resource-types.js';
import { startWorker } from '../machinery/worker.js';
import { type Choice, chooseReplicas } from './choose.js';
import { removeCondition, setCondition } from './conditions.js';
import { rememberScaling } from './limits.js';
import type { Memory } from './memory.js';
import { MetricsClient } from './metrics-client.js';
import { behaviorOf, normalize } from './normalize.js';
import type { MetricError } from './propose.js';
import { ResourceMapper } from './resource-mapper.js';
import { mayScaleFromZero, noteZero } from './scaled-to-zero.js';
import { type FoundScale, Scales } from './scales.js';
import { SelectionError, Selections } from './selection.js';
import { tolerancesOf } from './tolerances.js';

/** Autoscalers that are looked after at a time (--concurrent-horizontal-pod-autoscaler-syncs). */
const WORKERS = 5;

/** Scales targets so that what metrics say of their pods comes near what autoscalers want. */
export const horizontalPodAutoscalerController: Controller = {
  name: 'horizontal-pod-autoscaler-controller',
  alias: 'horizontalpodautoscaling',
  start: (context) => new HorizontalPodAutoscalerController(context).start(),
};

/** One look at an autoscaler: its copy that is changed, and its target. */
interface Look {
  readonly key: string;
  readonly autoscaler: HorizontalPodAutoscaler;
  readonly before: HorizontalPodAutoscalerStatus | undefined;
  /** `Deployment/default/web`, for the words of failures. */
  readonly reference: string;
  readonly memory: Memory;
}

/** What is to be done, and why. */
interface Decision {
  readonly desired: number;
  readonly reason: string;
  readonly rescale: boolean;
  readonly statuses: MetricStatus[] | null;
  /** Metrics that failed although others were enough to go on. */
  readonly failure?: Error | undefined;
}

class HorizontalPodAutoscalerController {
  private readonly autoscalers: Informer<HorizontalPodAutoscaler>;
  private readonly queue: WorkQueue;
  private readonly recorder: EventRecorder;
  private readonly selections: Selections;
  private readonly scales: Scales;
  private readonly metrics: MetricsClient;
  private readonly memories = new Map<string, Memory>();

  constructor(private readonly context: ControllerContext) {
    this.autoscalers = context.informer<HorizontalPodAutoscaler>(HORIZONTAL_POD_AUTOSCALERS);
    this.selections = new Selections(podInformer(context));
    this.queue = context.queue('horizontalpodautoscaler');
    this.recorder = context.recorder('horizontal-pod-autoscaler');
    const mapper = new ResourceMapper(context.client, () => context.sys.now());
    this.scales = new Scales(context.client, mapper);
    this.metrics = new MetricsClient(context.client, mapper);
  }

  /** Every autoscaler is looked at once in each period, however often it changes. */
  start(): void {
    const { syncPeriod } = this.context.options.autoscaling;
    const later = (key: string) => this.queue.addAfter(key, syncPeriod);
    const seen = (autoscaler: HorizontalPodAutoscaler) => {
      const { namespace = '', name = '' } = autoscaler.metadata;
      this.selections.add(namespace, name);
      later(keyOf(autoscaler));
    };
    this.autoscalers.addHandlers({
      added: seen,
      updated: (_, after) => seen(after),
      deleted: (autoscaler) => {
        const { namespace = '', name = '' } = autoscaler.metadata;
        this.selections.delete(namespace, name);
        this.memories.delete(keyOf(autoscaler));
      },
    });
    const failed = (key: string, error: Error) => {
      this.context.log.error(undefined, 'Unhandled Error', { err: error.message });
      later(key);
    };
    const sync = (key: string) => this.look(key, later);
    for (let worker = 0; worker < WORKERS; worker += 1) startWorker(this.context, this.queue, sync, failed);
  }

  private *look(key: string, later: (key: string) => void): Waiting<void> {
    const { namespace, name } = splitKey(key);
    const cached = this.autoscalers.get(namespace, name);
    if (!cached) return;
    const autoscaler = deepCopy(cached);
    const { kind, name: target } = autoscaler.spec.scaleTargetRef;
    yield* this.reconcile({
      key,
      autoscaler,
      before: cached.status,
      reference: `${kind}/${namespace}/${target}`,
      memory: this.memoryOf(key),
    });
    later(key);
  }

  private memoryOf(key: string): Memory {
    const memory = this.memories.get(key) ?? { recommendations: [], ups: [], downs: [] };
    this.memories.set(key, memory);
    return memory;
  }

  private *reconcile(look: Look): Waiting<void> {
    const { autoscaler, memory } = look;
    const found = yield* this.findScale(look);
    const current = found.scale.spec?.replicas ?? 0;
    if (memory.recommendations.length === 0) memory.recommendations.push({ replicas: current, at: this.now() });
    const decision = yield* this.decide(look, found, current);
    if (decision.rescale) yield* this.rescale(look, found, current, decision);
    autoscaler.status = {
      ...autoscaler.status,
      currentReplicas: current,
      desiredReplicas: decision.rescale ? decision.desired : current,
      currentMetrics: decision.statuses,
      ...(decision.rescale ? { lastScaleTime: formatTime(this.now()) } : {}),
    };
    yield* this.updateStatus(look);
    if (decision.failure) throw new SyncError(decision.failure.message);
  }

  private *findScale(look: Look): Waiting<FoundScale> {
    const { autoscaler, reference } = look;
    try {
      const found = yield* this.scales.find(autoscaler.metadata.namespace ?? '', autoscaler.spec.scaleTargetRef);
      const message = "the HPA controller was able to get the target's current scale";
      setCondition(autoscaler, this.now(), 'AbleToScale', 'True', 'SucceededGetScale', message);
      return found;
    } catch (error) {
      if (!isExpectedFailure(error)) throw error;
      this.recorder.event(autoscaler, 'Warning', 'FailedGetScale', error.message);
      const message = `the HPA controller was unable to get the target's current scale: ${error.message}`;
      setCondition(autoscaler, this.now(), 'AbleToScale', 'False', 'FailedGetScale', message);
      yield* this.updateStatus(look);
      throw new SyncError(`failed to query scale subresource for ${reference}: ${error.message}`);
    }
  }

  private *decide(look: Look, found: FoundScale, current: number): Waiting<Decision> {
    const { autoscaler } = look;
    const { minReplicas: min = 1, maxReplicas: max = 0 } = autoscaler.spec;
    const { scaleToZero } = this.context.options.autoscaling;
    if (current === 0) {
      if (scaleToZero && mayScaleFromZero(autoscaler, min)) return yield* this.decideByMetrics(look, found, 0, min);
      const message = 'scaling is disabled since the replica count of the target is zero';
      setCondition(autoscaler, this.now(), 'ScalingActive', 'False', 'ScalingDisabled', message);
      if (!scaleToZero) removeCondition(autoscaler, 'ScaledToZero');
      return { desired: 0, reason: '', rescale: false, statuses: null };
    }
    const fixed = (desired: number, reason: string): Decision => ({ desired, reason, rescale: true, statuses: null });
    if (current > max) return fixed(max, 'Current number of replicas above Spec.MaxReplicas');
    if (current < min) return fixed(min, 'Current number of replicas below Spec.MinReplicas');
    return yield* this.decideByMetrics(look, found, current, min);
  }

  private *decideByMetrics(look: Look, found: FoundScale, current: number, min: number): Waiting<Decision> {
    const { autoscaler, memory } = look;
    const choice = yield* this.choose(look, found, current);
    const wanted = Math.max(0, choice.replicas ?? 0);
    let reason = '';
    if (wanted > current) reason = `${choice.name} above target`;
    if (wanted < current) reason = 'All metrics below target';
    const wish = { current, desired: wanted, min, max: autoscaler.spec.maxReplicas ?? 0 };
    const { downscaleStabilization } = this.context.options.autoscaling;
    let desired = normalize(autoscaler, memory, wish, downscaleStabilization, this.now());
    if (current === 0 && min !== 0 && desired < min) {
      desired = min;
      reason ||= 'Current number of replicas below Spec.MinReplicas';
    }
    const failure = choice.failures.length > 0 ? invalidMetrics(autoscaler, choice.failures) : undefined;
    return { desired, reason, rescale: desired !== current, statuses: choice.statuses, failure };
  }

  /** What the metrics say. Throws `SyncError`, with everything told, where they say nothing to go by. */
  private *choose(look: Look, { scale }: FoundScale, current: number): Waiting<Choice> {
    const { autoscaler } = look;
    const { namespace = '', name = '' } = autoscaler.metadata;
    const { tolerance, cpuInitializationPeriod, initialReadinessDelay } = this.context.options.autoscaling;
    try {
      const { selector, pods } = this.selections.select(namespace, name, scale.status?.selector ?? '');
      const choice = yield* chooseReplicas({
        autoscaler,
        metrics: this.metrics,
        specReplicas: current,
        statusReplicas: scale.status?.replicas ?? 0,
        selector,
        pods,
        tolerances: tolerancesOf(autoscaler, tolerance),
        timing: () => ({ now: this.now(), cpuInitializationPeriod, initialReadinessDelay }),
      });
      for (const failure of choice.failures) this.recorder.event(autoscaler, 'Warning', failure.reason, failure.why);
      const [first] = choice.failures;
      if (choice.replicas === undefined) {
        const message = `the HPA was unable to compute the replica count: ${first?.why}`;
        if (first) setCondition(autoscaler, this.now(), 'ScalingActive', 'False', first.reason, message);
        return yield* this.giveUp(look, current, choice.statuses, invalidMetrics(autoscaler, choice.failures));
      }
      const message = `the HPA was able to successfully calculate a replica count from ${choice.name}`;
      setCondition(autoscaler, this.now(), 'ScalingActive', 'True', 'ValidMetricFound', message);
      return choice;
    } catch (error) {
      if (!(error instanceof SelectionError)) throw error;
      this.recorder.event(autoscaler, 'Warning', error.event, error.message);
      setCondition(autoscaler, this.now(), 'ScalingActive', 'False', error.reason, error.condition);
      return yield* this.giveUp(look, current, null, error);
    }
  }

  private *giveUp(look: Look, current: number, statuses: MetricStatus[] | null, error: Error): Waiting<never> {
    const { autoscaler, reference } = look;
    yield* this.keepDesired(look, current, statuses);
    this.recorder.event(autoscaler, 'Warning', 'FailedComputeMetricsReplicas', error.message);
    throw new SyncError(
      `failed to compute desired number of replicas based on listed metrics for ${reference}: ${error.message}`,
    );
  }

  private *rescale(look: Look, found: FoundScale, current: number, decision: Decision): Waiting<void> {
    const { autoscaler, reference, memory } = look;
    const { desired, reason, statuses } = decision;
    try {
      yield* this.scales.set(found, desired);
    } catch (error) {
      if (!isExpectedFailure(error)) throw error;
      const words = `New size: ${desired}; reason: ${reason}; error: ${error.message}`;
      this.recorder.event(autoscaler, 'Warning', 'FailedRescale', words);
      const message = `the HPA controller was unable to update the target scale: ${error.message}`;
      setCondition(autoscaler, this.now(), 'AbleToScale', 'False', 'FailedUpdateScale', message);
      yield* this.keepDesired(look, current, statuses);
      throw new SyncError(`failed to rescale ${reference}: ${error.message}`);
    }
    const message = `the HPA controller was able to update the target scale to ${desired}`;
    setCondition(autoscaler, this.now(), 'AbleToScale', 'True', 'SucceededRescale', message);
    this.recorder.event(autoscaler, 'Normal', 'SuccessfulRescale', `New size: ${desired}; reason: ${reason}`);
    const { downscaleStabilization, scaleToZero } = this.context.options.autoscaling;
    const behavior = behaviorOf(autoscaler, downscaleStabilization);
    if (behavior) rememberScaling(memory, behavior, current, desired, this.now());
    this.context.log.info('Successfully rescaled', {
      HPA: look.key,
      currentReplicas: current,
      desiredReplicas: desired,
      reason,
    });
    noteZero(autoscaler, scaleToZero, { from: current, to: desired }, this.now());
  }

  private *keepDesired(look: Look, current: number, statuses: MetricStatus[] | null): Waiting<void> {
    const { autoscaler } = look;
    const desiredReplicas = autoscaler.status?.desiredReplicas ?? 0;
    autoscaler.status = { ...autoscaler.status, currentReplicas: current, desiredReplicas, currentMetrics: statuses };
    yield* this.updateStatus(look);
  }

  /** Writes the status where it is another one. */
  private *updateStatus({ autoscaler, before }: Look): Waiting<void> {
    if (semanticEqual(before, autoscaler.status)) return;
    try {
      yield* this.context.client.update(HORIZONTAL_POD_AUTOSCALERS, autoscaler, { subresource: 'status' });
    } catch (error) {
      if (!isExpectedFailure(error)) throw error;
      this.recorder.event(autoscaler, 'Warning', 'FailedUpdateStatus', error.message);
      throw new SyncError(`failed to update status for ${autoscaler.metadata.name}: ${error.message}`);
    }
  }

  private now(): number {
    return this.context.sys.now();
  }
}

function invalidMetrics({ spec }: HorizontalPodAutoscaler, failures: readonly MetricError[]): Error {
  const total = spec.metrics?.length ?? 0;
  return new Error(
    `invalid metrics (${failures.length} invalid out of ${total}), first error is: ${failures[0]?.message}`,
  );
}
