/** vpa-updater: puts pods out, or changes them where they run, whose requests are not what is recommended (pkg/updater). */
import { StatusError } from '../../api/status.js';
import { parseTime } from '../../api/time.js';
import type { Lease } from '../../api/types/config.js';
import type { LimitRange } from '../../api/types/limits.js';
import type { Pod } from '../../api/types/pod.js';
import type { ComponentFlags } from '../../client/component/flags.js';
import { EventBroadcaster } from '../../client/event-recorder.js';
import type { Informer } from '../../client/informer.js';
import { InformerFactory } from '../../client/informer-factory.js';
import { RESOURCES } from '../../client/resource-types.js';
import { isErrno } from '../../kernel/errno.js';
import type { Program, Sys } from '../../kernel/sys.js';
import { HOUR, MINUTE, type Micros } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { keyOf } from './cluster-model.js';
import { autoscalerFlags, type Started, startComponent } from './component.js';
import { controllingAutoscaler } from './controlling.js';
import { sizeLabel, type Timer, type UpdaterMetrics, updaterMetrics } from './metrics.js';
import { annotate, resizePatch } from './patches.js';
import { LEASES, LIMIT_RANGES } from './resource-types.js';
import { Restriction } from './restriction.js';
import { Targets } from './targets.js';
import { AUTOSCALERS, type Autoscaler, updateModeOf } from './types.js';
import { type PrioritySettings, updateOrder } from './update-priority.js';

const HEALTH_PORT = 8943;
const FLAGS = autoscalerFlags({
  bool: 'use-admission-controller-status in-place-skip-disruption-budget',
  float: 'eviction-tolerance eviction-rate-limit pod-update-threshold',
  duration: `updater-interval in-recommendation-bounds-eviction-lifetime-threshold evict-after-oom-threshold
    admission-controller-status-lease-timeout`,
  int: 'min-replicas eviction-rate-burst concurrent-cpu-startup-boost-syncs',
  text: 'admission-controller-status-lease-name admission-controller-status-lease-namespace',
});
/** Pods that nobody has placed, or that are over, are nobody's to change. */
const LIVE_PODS = 'spec.nodeName!=,status.phase!=Succeeded,status.phase!=Failed';
const CHANGING = ['Recreate', 'Auto', 'InPlaceOrRecreate', 'InPlace'];

export const vpaUpdater: Program = function* vpaUpdater(sys) {
  const interval = (flags: ComponentFlags) => flags.duration('updater-interval', MINUTE);
  const metrics = updaterMetrics(sys);
  const started = yield* startComponent(sys, {
    name: 'updater',
    flags: FLAGS,
    greeting: 'Vertical Pod Autoscaler Updater',
    healthPort: HEALTH_PORT,
    metrics: metrics.registry,
    patience: (flags) => 5 * interval(flags),
  });
  if (typeof started === 'number') return started;
  const updater = new Updater(sys, started, metrics);
  yield* updater.begin();
  const span = interval(started.flags);
  for (let next = sys.monotonic() + span; ; next += span) {
    yield* sys.sleep(Math.max(0, next - sys.monotonic()));
    yield* updater.once();
    started.alive();
  }
};

/** A pod that is not as recommended, and how it may be changed. */
interface Change {
  readonly autoscaler: Autoscaler;
  readonly pod: Pod;
  readonly ranges: readonly LimitRange[];
  readonly restriction: Restriction;
  /** Whether it is to be tried where the pod runs. */
  readonly inPlace: boolean;
  /** How many pods the autoscaler has, as metrics tell it. */
  readonly size: string;
}

class Updater {
  private readonly informers: InformerFactory;
  private readonly targets: Targets;
  private readonly autoscalers: Informer<Autoscaler>;
  private readonly pods: Informer<Pod>;
  private readonly ranges: Informer<LimitRange>;
  private readonly recorder: ReturnType<EventBroadcaster['recorder']>;
  private readonly settings: PrioritySettings;
  /** Since when pods are being resized, by their uids. */
  private readonly attempts = new Map<string, Micros>();

  constructor(
    private readonly sys: Sys,
    private readonly started: Started,
    private readonly metrics: UpdaterMetrics,
  ) {
    const { client, flags } = started;
    this.informers = new InformerFactory(sys, client);
    this.targets = new Targets(this.informers, client);
    this.autoscalers = this.informers.informer<Autoscaler>(AUTOSCALERS);
    this.pods = this.informers.informer<Pod>(RESOURCES.pods, { fieldSelector: LIVE_PODS });
    this.ranges = this.informers.informer<LimitRange>(LIMIT_RANGES);
    this.recorder = new EventBroadcaster(sys, client).recorder({ component: 'vpa-updater' });
    this.settings = {
      lifetime: flags.duration('in-recommendation-bounds-eviction-lifetime-threshold', 12 * HOUR),
      leastChange: Number(flags.text('pod-update-threshold', '0.1')),
      quickOom: flags.duration('evict-after-oom-threshold', 10 * MINUTE),
    };
  }

  *begin(): Waiting<void> {
    this.informers.start();
    yield* this.informers.waitForCaches();
    this.started.log.info('Initial VPA synced successfully', {}, 'api.go:131');
  }

  /** One round over all pods that autoscalers change. */
  *once(): Waiting<void> {
    const timer = this.metrics.timer();
    yield* this.round(timer);
    timer.total();
  }

  private *round(timer: Timer): Waiting<void> {
    const { log, ignores } = this.started;
    if (!(yield* this.admissionIsAlive())) return;
    timer.step('ListVPAs');
    const autoscalers = this.autoscalers.list().filter((each) => {
      if (ignores(each.metadata.namespace ?? '')) return false;
      const mode = updateModeOf(each);
      if (mode === 'Auto') this.warnOfAuto(each);
      if (CHANGING.includes(mode)) return true;
      const words =
        'Skipping VPA object because its mode is not  "InPlaceOrRecreate", "InPlace", "Recreate" or "Auto" and it doesn\'t have startupBoost configured';
      log.info(words, { vpa: keyOf(each) }, 'updater.go:233');
      return false;
    });
    if (autoscalers.length === 0) return log.info('No VPA objects to process', {}, 'updater.go:249');
    timer.step('ListPods');
    const controlled = new Map<Autoscaler, Pod[]>();
    for (const pod of this.pods.list()) {
      if (pod.metadata.deletionTimestamp) continue;
      const found = yield* controllingAutoscaler(pod, pod.metadata.namespace ?? '', autoscalers, this.targets);
      if (found) controlled.set(found, [...(controlled.get(found) ?? []), pod]);
    }
    timer.step('FilterPods');
    timer.step('AdmissionInit');
    this.metrics.beginRound();
    for (const [autoscaler, pods] of controlled) yield* this.change(autoscaler, pods);
    timer.step('EvictPods');
  }

  private warnOfAuto(autoscaler: Autoscaler): void {
    const words =
      "VPA uses deprecated UpdateMode 'Auto'. This mode is deprecated and will be removed in a future API version. Please use explicit update modes like 'Recreate', 'Initial', or 'InPlaceOrRecreate'";
    const issue = 'https://github.com/kubernetes/autoscaler/issues/8424';
    this.started.log.info(words, { vpa: keyOf(autoscaler), issue }, 'updater.go:68');
  }

  /** Nobody is put out while the pods that follow would not get what is recommended. */
  private *admissionIsAlive(): Waiting<boolean> {
    const { client, flags, log } = this.started;
    if (!flags.boolean('use-admission-controller-status', true)) return true;
    const timeout = flags.duration('admission-controller-status-lease-timeout', MINUTE);
    const name = flags.text('admission-controller-status-lease-name', 'vpa-admission-controller');
    const usual = this.sys.environment.get('NAMESPACE') || 'kube-system';
    const namespace = flags.text('admission-controller-status-lease-namespace', usual);
    try {
      const { spec } = yield* client.get<Lease>(LEASES, name, namespace);
      const renewed = parseTime(String(spec?.renewTime ?? '')) ?? 0;
      if (this.sys.now() - renewed < timeout) return true;
      const words = 'Admission Controller status is not valid. Skipping update loop';
      this.metrics.skipped.add(['invalid']);
      log.info(words, { timeout: `${timeout / 1_000_000}s` }, 'updater.go:212');
    } catch (error) {
      if (!(error instanceof StatusError) && !isErrno(error)) throw error;
      this.metrics.skipped.add(['error']);
      log.error(error, 'Error getting Admission Controller status. Skipping update loop', {}, 'updater.go:206');
    }
    return false;
  }

  private *change(autoscaler: Autoscaler, pods: readonly Pod[]): Waiting<void> {
    const { metrics } = this;
    const { log } = this.started;
    const mode = updateModeOf(autoscaler);
    const size = sizeLabel(pods.length);
    const restriction = this.restrictionOf(autoscaler, pods);
    const { name = '', namespace = '' } = autoscaler.metadata;
    metrics.controlled.add([size, mode], pods.length);
    metrics.evicted.add([size, mode, name, namespace], 0);
    metrics.resized.add([size, name, namespace], 0);
    if (mode === 'InPlace') {
      const words = 'Warning: feature gate is not enabled for this updateMode';
      return log.info(words, { featuregate: 'InPlace', updateMode: mode }, 'updater.go:361');
    }
    const inPlace = mode === 'InPlaceOrRecreate';
    const now = this.sys.now();
    const mayChange = (pod: Pod) =>
      inPlace ? restriction.inPlace(pod, now) !== 'deferred' : restriction.mayEvict(pod, now);
    const ranges = this.ranges.list(namespace);
    const order = updateOrder(autoscaler, pods.filter(mayChange), ranges, this.settings, now);
    const labels = inPlace ? [size] : [size, mode];
    (inPlace ? metrics.resizable : metrics.evictable).add(labels, order.length);
    if (order.length > 0) (inPlace ? metrics.withResizable : metrics.withEvictable).add(labels);
    const done = new Set<string>();
    for (const pod of order) {
      log.info('Pod accepted for update', { pod: keyOf(pod) }, 'update_priority_calculator.go:157');
      const became = yield* this.changeOne({ autoscaler, pod, ranges, restriction, inPlace, size }, now);
      if (became) done.add(became);
    }
    if (done.has('resized')) metrics.withResized.add([size]);
    if (done.has('evicted')) metrics.withEvicted.add([size, mode]);
  }

  private restrictionOf(autoscaler: Autoscaler, pods: readonly Pod[]): Restriction {
    const { flags, log } = this.started;
    const globalMinReplicas = flags.number('min-replicas', 2);
    const least = autoscaler.spec.updatePolicy?.minReplicas ?? globalMinReplicas;
    const tolerance = Number(flags.text('eviction-tolerance', '0.5'));
    const wanted = (pod: Pod) => this.targets.replicasOf(pod);
    const restriction = new Restriction(pods, least, tolerance, wanted, this.attempts);
    for (const { kind, name, live } of restriction.tooFew) {
      const object = `${autoscaler.metadata.namespace ?? ''}/${name}`;
      const fields = { kind, object, livePods: live, requiredPods: least, globalMinReplicas };
      log.info('Too few replicas', fields, 'pods_restriction_factory.go:197');
    }
    return restriction;
  }

  /** Changes a pod where it runs, or puts it out; nothing when neither may be or can be done. */
  private *changeOne(change: Change, now: Micros): Waiting<'resized' | 'evicted' | undefined> {
    const { autoscaler, pod, ranges, restriction, inPlace, size } = change;
    const { metrics } = this;
    const { name = '', namespace = '' } = autoscaler.metadata;
    if (inPlace && restriction.inPlace(pod, now) === 'deferred') {
      this.started.log.info('In-place update deferred', { pod: keyOf(pod) }, 'updater.go:378');
      return undefined;
    }
    if (inPlace && restriction.inPlace(pod, now) === 'approved') {
      if (yield* this.resize(autoscaler, pod, ranges)) {
        restriction.resized(pod);
        metrics.resized.add([size, name, namespace]);
        return 'resized';
      }
      metrics.failedResizes.add([size, 'InPlaceUpdateError', name, namespace]);
    }
    if (!restriction.mayEvict(pod, now)) return undefined;
    const mode = updateModeOf(autoscaler);
    if (!(yield* this.evict(autoscaler, pod))) {
      metrics.failedEvictions.add([size, mode, 'EvictionError', name, namespace]);
      return undefined;
    }
    restriction.evicted(pod);
    metrics.evicted.add([size, mode, name, namespace]);
    return 'evicted';
  }

  private *evict(autoscaler: Autoscaler, pod: Pod): Waiting<boolean> {
    const { client, log } = this.started;
    const { name = '', namespace = '' } = pod.metadata;
    log.info('Evicting pod', { pod: keyOf(pod) }, 'updater.go:441');
    try {
      const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } };
      yield* client.createSubresource(RESOURCES.pods, name, namespace, 'eviction', eviction);
    } catch (error) {
      if (!(error instanceof StatusError) && !isErrno(error)) throw error;
      log.error(error, 'Failed to evict pod', { pod: keyOf(pod) }, 'pods_eviction_restriction.go:92');
      log.info('Eviction failed', { error: error.message, pod: keyOf(pod) }, 'updater.go:444');
      return false;
    }
    const words = 'Pod was evicted by VPA Updater to apply resource recommendation.';
    this.recorder.event(pod, 'Normal', 'EvictedByVPA', words);
    const told = `VPA Updater evicted Pod ${name} to apply resource recommendation.`;
    this.recorder.event(autoscaler, 'Normal', 'EvictedPod', told);
    return true;
  }

  private *resize(autoscaler: Autoscaler, pod: Pod, ranges: readonly LimitRange[]): Waiting<boolean> {
    const { client, log } = this.started;
    const { name = '', namespace, annotations } = pod.metadata;
    const steps = resizePatch(autoscaler, pod, ranges);
    const patch = (body: unknown, subresource?: string) =>
      client.patch(RESOURCES.pods, name, namespace, 'application/json-patch+json', body, { subresource });
    try {
      if (steps.length === 0) throw new Error('no resource patches were calculated to apply');
      yield* patch(steps, 'resize');
      const empty = annotations ? [] : [{ op: 'add', path: '/metadata/annotations', value: {} }];
      yield* patch([...empty, annotate('vpaInPlaceUpdated', 'true')]);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const words = 'In-place resize failed, falling back to eviction';
      log.info(words, { error: error.message, pod: keyOf(pod) }, 'updater.go:420');
      return false;
    }
    this.recorder.event(pod, 'Normal', 'InPlaceResizedByVPA', 'Pod was resized in place by VPA Updater.');
    return true;
  }
}
