/** What the three programs count, under the names of v1.8.1 (pkg/utils/metrics). */
import type { Sys } from '../../kernel/sys.js';
import { type Metric, Registry } from '../go/prometheus.js';
import type { KnownAutoscaler } from './cluster-model.js';
import { updateModeOf } from './types.js';

const STEPS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 120, 150, 240, 300];
const ADMISSION = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 2, 5, 10, 20, 30, 60, 120, 300];
const RECOMMENDATION = [1, 2, 5, 7.5, 10, 20, 30, 40, 50, 60, 90, 120, 150, 180, 240, 300, 600, 900, 1800];
const MODES = ['Off', 'Initial', 'Recreate', 'Auto', 'InPlaceOrRecreate', 'InPlace'];
const BOOLEANS = ['false', 'true'];
const APIS = ['v1beta1', 'v1beta2', 'v1'];
/** The largest power of two by which autoscalers are told apart, by how many pods they have. */
const SIZE_MAX = 20;

/** Takes the time of the steps of a round, and in the end of the whole of it. */
export interface Timer {
  step(name: string): void;
  total(): void;
}

function timerOf(sys: Sys, metric: Metric): Timer {
  const start = sys.monotonic();
  let last = start;
  const seconds = (since: number) => (sys.monotonic() - since) / 1_000_000;
  return {
    step: (name) => {
      metric.observe([name], seconds(last));
      last = sys.monotonic();
    },
    total: () => metric.observe(['total'], seconds(start)),
  };
}

/** The power of two that a number of pods reaches. */
export function sizeLabel(pods: number): string {
  return pods === 0 ? '0' : String(Math.min(Math.trunc(Math.log2(pods)), SIZE_MAX));
}

export type AdmissionMetrics = ReturnType<typeof admissionMetrics>;

export function admissionMetrics(sys: Sys) {
  const own = 'vpa_admission_controller';
  const registry = new Registry(sys.now());
  const parts = 'Time spent in various parts of VPA admission controller';
  const steps = registry.histogram(`${own}_execution_latency_seconds`, parts, ['step'], STEPS);
  const pods = 'Number of Pods processed by VPA Admission Controller.';
  const spent = 'Time spent in VPA Admission Controller.';
  return {
    registry,
    pods: registry.counter(`${own}_admission_pods_total`, pods, ['applied']),
    latency: registry.histogram(`${own}_admission_latency_seconds`, spent, ['status', 'resource'], ADMISSION),
    timer: () => timerOf(sys, steps),
  };
}

export type UpdaterMetrics = ReturnType<typeof updaterMetrics>;

export function updaterMetrics(sys: Sys) {
  const registry = new Registry(sys.now());
  const [size, sizeAndMode] = [['vpa_size_log2'], ['vpa_size_log2', 'update_mode']];
  const whose = ['vpa_name', 'vpa_namespace'];
  const gauge = (name: string, help: string, labels: string[]) => registry.gauge(`vpa_updater_${name}`, help, labels);
  const counter = (name: string, help: string, labels: string[]) =>
    registry.counter(`vpa_updater_${name}`, help, labels);
  const parts = 'Time spent in various parts of VPA Updater main loop.';
  const steps = registry.histogram('vpa_updater_execution_latency_seconds', parts, ['step'], STEPS);
  const controlled = gauge('controlled_pods_total', 'Number of Pods controlled by VPA updater.', sizeAndMode);
  const evictable = gauge('evictable_pods_total', 'Number of Pods matching eviction criteria.', sizeAndMode);
  const withEvictable = gauge(
    'vpas_with_evictable_pods_total',
    'Number of VPA objects with at least one Pod matching eviction criteria.',
    sizeAndMode,
  );
  const withEvicted = gauge(
    'vpas_with_evicted_pods_total',
    'Number of VPA objects with at least one evicted Pod.',
    sizeAndMode,
  );
  const resizable = gauge('in_place_updatable_pods_total', 'Number of Pods matching in place update criteria.', size);
  const withResizable = gauge(
    'vpas_with_in_place_updatable_pods_total',
    'Number of VPA objects with at least one Pod matching in place update criteria.',
    size,
  );
  const withResized = gauge(
    'vpas_with_in_place_updated_pods_total',
    'Number of VPA objects with at least one in-place updated Pod.',
    size,
  );
  return {
    registry,
    ...{ controlled, evictable, withEvictable, withEvicted, resizable, withResizable, withResized },
    evicted: counter('evicted_pods_total', 'Number of Pods evicted by Updater to apply a new recommendation.', [
      ...sizeAndMode,
      ...whose,
    ]),
    failedEvictions: counter('failed_eviction_attempts_total', 'Number of failed attempts to update Pods by eviction', [
      ...sizeAndMode,
      'reason',
      ...whose,
    ]),
    resized: counter(
      'in_place_updated_pods_total',
      'Number of Pods updated in-place by Updater to apply a new recommendation.',
      [...size, ...whose],
    ),
    failedResizes: counter(
      'failed_in_place_update_attempts_total',
      'Number of failed attempts to update Pods in-place.',
      [...size, 'reason', ...whose],
    ),
    skipped: counter(
      'admission_controller_status_invalid_total',
      'Number of times Updater skipped its main loop because the Admission Controller status Lease was missing, stale or otherwise invalid.',
      ['reason'],
    ),
    timer: () => timerOf(sys, steps),
    /** What is counted anew in each round begins at nothing. */
    beginRound: () => {
      for (const metric of [controlled, evictable, withEvictable, withEvicted]) metric.reset();
      for (const metric of [resizable, withResizable, withResized]) {
        metric.reset();
        for (let power = 0; power < SIZE_MAX; power += 1) metric.set([String(power)], 0);
      }
    },
  };
}

export type RecommenderMetrics = ReturnType<typeof recommenderMetrics>;

export function recommenderMetrics(sys: Sys) {
  const own = 'vpa_recommender';
  const registry = new Registry(sys.now());
  const parts = 'Time spent in various parts of VPA Recommender main loop.';
  const steps = registry.histogram(`${own}_execution_latency_seconds`, parts, ['step'], STEPS);
  const objects = registry.gauge(`${own}_vpa_objects_count`, 'Number of VPA objects present in the cluster.', [
    ...['update_mode', 'has_recommendation', 'api', 'matches_pods', 'unsupported_config'],
  ]);
  return {
    registry,
    states: registry.gauge(
      `${own}_aggregate_container_states_count`,
      'Number of aggregate container states being tracked by the recommender',
      [],
    ),
    first: registry.histogram(
      `${own}_recommendation_latency_seconds`,
      'Time elapsed from creating a valid VPA configuration to the first recommendation.',
      [],
      RECOMMENDATION,
    ),
    asked: registry.counter(`${own}_metric_server_responses`, 'Count of responses to queries to metrics server', [
      ...['is_error', 'client_name'],
    ]),
    timer: () => timerOf(sys, steps),
    /** Counts the autoscalers that there are now. */
    countObjects: (autoscalers: readonly KnownAutoscaler[], matchesPods: (one: KnownAutoscaler) => boolean) => {
      for (const values of combinations(MODES, BOOLEANS, APIS, BOOLEANS, BOOLEANS)) objects.set(values, 0);
      for (const one of autoscalers) {
        const has = (one.recommendations?.length ?? 0) > 0;
        const unsupported = one.conditions.get('ConfigUnsupported')?.status === 'True';
        const flags = [String(matchesPods(one)), String(unsupported)];
        objects.add([updateModeOf(one.object), String(has), 'v1', ...flags]);
      }
    },
  };
}

function combinations(...parts: readonly (readonly string[])[]): string[][] {
  return parts.reduce<string[][]>((all, part) => all.flatMap((one) => part.map((each) => [...one, each])), [[]]);
}
