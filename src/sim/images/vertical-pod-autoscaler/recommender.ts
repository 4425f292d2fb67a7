/** vpa-recommender: learns what containers use and says what they should ask for (pkg/recommender/routines). */
import { deepEqual } from '../../api/object.js';
import { parseQuantity, quantityFloat, quantityValue } from '../../api/quantity.js';
import { parseTime } from '../../api/time.js';
import type { Event } from '../../api/types/event.js';
import type { Pod } from '../../api/types/pod.js';
import type { Informer } from '../../client/informer.js';
import { InformerFactory } from '../../client/informer-factory.js';
import { RESOURCES } from '../../client/resource-types.js';
import type { Program, Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { capToPolicy } from './cap.js';
import { CheckpointKeeper, tried } from './checkpoint-keeper.js';
import { ClusterModel, type KnownAutoscaler, keyOf } from './cluster-model.js';
import { type Started, startComponent } from './component.js';
import { recommend } from './estimate.js';
import { type RecommenderMetrics, recommenderMetrics } from './metrics.js';
import { type Oom, oomsBetween, oomsOfEviction } from './oom-observer.js';
import { podMetrics } from './pod-metrics.js';
import { QualityMetrics } from './quality-metrics.js';
import { RECOMMENDER_FLAGS, type RecommenderSettings, recommenderSettings } from './recommender-flags.js';
import { Targets } from './targets.js';
import { AUTOSCALERS, type Autoscaler, CHECKPOINTS, type Checkpoint, updateModeOf } from './types.js';

const HEALTH_PORT = 8942;
const EVENTS = { group: '', version: 'v1', resource: 'events', kind: 'Event', namespaced: true };

export const vpaRecommender: Program = function* vpaRecommender(sys) {
  const metrics = recommenderMetrics(sys);
  const started = yield* startComponent(sys, {
    name: 'recommender',
    flags: RECOMMENDER_FLAGS,
    greeting: 'Vertical Pod Autoscaler Recommender',
    healthPort: HEALTH_PORT,
    metrics: metrics.registry,
    patience: (flags) => 5 * recommenderSettings(flags).interval,
  });
  if (typeof started === 'number') return started;
  const recommender = new Recommender(sys, started, recommenderSettings(started.flags), metrics);
  return yield* recommender.run();
};

class Recommender {
  private readonly model: ClusterModel;
  private readonly targets: Targets;
  private readonly autoscalers: Informer<Autoscaler>;
  private readonly checkpoints: Informer<Checkpoint>;
  private readonly pods: Informer<Pod>;
  private readonly informers: InformerFactory;
  private readonly ooms: Oom[] = [];
  private readonly quality: QualityMetrics;
  private readonly memory: CheckpointKeeper;

  constructor(
    private readonly sys: Sys,
    private readonly started: Started,
    private readonly settings: RecommenderSettings,
    private readonly metrics: RecommenderMetrics,
  ) {
    this.quality = new QualityMetrics(metrics.registry);
    this.model = new ClusterModel(settings.aggregation, (autoscaler, container, sample) =>
      this.quality.sampled(sample, updateModeOf(autoscaler.object), autoscaler.last.get(container)),
    );
    this.informers = new InformerFactory(sys, started.client);
    this.targets = new Targets(this.informers, started.client);
    this.autoscalers = this.informers.informer<Autoscaler>(AUTOSCALERS);
    this.checkpoints = this.informers.informer<Checkpoint>(CHECKPOINTS);
    this.pods = this.informers.informer<Pod>(RESOURCES.pods, { fieldSelector: 'status.phase!=Pending' });
    this.pods.addHandlers({ updated: (before, after) => this.ooms.push(...oomsBetween(before, after)) });
    const evictions = this.informers.informer<Event>(EVENTS, { fieldSelector: 'reason=Evicted' });
    evictions.addHandlers({ added: (event) => this.ooms.push(...oomsOfEviction(event)) });
    const { model, checkpoints, autoscalers } = this;
    this.memory = new CheckpointKeeper({ sys, started, settings, model, checkpoints, autoscalers });
  }

  *run(): Waiting<number> {
    const { sys, started, settings } = this;
    started.log.info('Using Metrics Server', {}, 'recommender_controller.go:128');
    this.informers.start();
    yield* this.informers.waitForCaches();
    started.log.info('Initial VPA synced successfully', {}, 'api.go:131');
    started.log.info('Initial VPA checkpoint synced successfully', {}, 'api.go:160');
    this.ooms.length = 0;
    started.log.info('Initializing VPA from checkpoints', {}, 'cluster_feeder.go:264');
    yield* this.loadAutoscalers();
    this.memory.load();
    started.alive();
    for (let next = sys.monotonic() + settings.interval; ; next += settings.interval) {
      yield* sys.sleep(Math.max(0, next - sys.monotonic()));
      yield* this.once();
      started.alive();
    }
  }

  /** One round: look at everything, work out what is recommended, and keep what was learned. */
  private *once(): Waiting<void> {
    const { model, metrics } = this;
    const timer = metrics.timer();
    const say = (text: string, fields: Readonly<Record<string, unknown>>, where: string) =>
      this.started.log.info(text, fields, where);
    say('Recommender Run', {}, 'recommender.go:173');
    yield* this.loadAutoscalers();
    timer.step('LoadVPAs');
    model.keepPods(this.pods.list().filter(({ status }) => status?.phase !== 'Pending'));
    timer.step('LoadPods');
    yield* this.loadMetrics();
    timer.step('LoadMetrics');
    timer.step('DeleteRemovedPods');
    say('ClusterState is tracking', { pods: model.podCount, vpas: model.autoscalers.size }, 'recommender.go:187');
    for (const autoscaler of model.autoscalers.values()) yield* this.update(autoscaler);
    metrics.countObjects([...model.autoscalers.values()], (one) => model.podsOf(one) > 0);
    timer.step('UpdateVPAs');
    for (const autoscaler of model.autoscalers.values()) yield* this.memory.keep(autoscaler);
    yield* this.memory.clean();
    timer.step('MaintainCheckpoints');
    model.forgetExpired(this.sys.now());
    timer.step('GarbageCollect');
    say('ClusterState is tracking', { aggregateContainerStates: model.groupCount }, 'recommender.go:200');
    timer.total();
  }

  private *loadAutoscalers(): Waiting<void> {
    const { log, ignores } = this.started;
    const all = this.autoscalers
      .list()
      .filter((each) => this.isMine(each) && !ignores(each.metadata.namespace ?? ''))
      .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
    log.info('Fetching VPAs', { count: all.length }, 'cluster_feeder.go:384');
    const keys = new Set(all.map(keyOf));
    for (const key of [...this.model.autoscalers.keys()]) {
      if (keys.has(key)) continue;
      log.info('Deleting VPA', { vpa: key }, 'cluster_feeder.go:412');
      this.model.autoscalers.delete(key);
    }
    for (const each of all) yield* this.loadAutoscaler(each);
  }

  private *loadAutoscaler(object: Autoscaler): Waiting<void> {
    const target = yield* this.targets.selectorOf(object);
    const misplaced = 'selector' in target ? this.targets.misplaced(object) : undefined;
    const selector = 'selector' in target && misplaced === undefined ? target.selector : null;
    const known = this.model.keepAutoscaler(keyOf(object), object, selector);
    known.conditions.delete('ConfigDeprecated');
    if ('selector' in target && misplaced === undefined) {
      known.conditions.delete('ConfigUnsupported');
      return;
    }
    if ('problem' in target)
      this.started.log.error(
        target.problem,
        "Cannot get target selector from VPA's targetRef",
        {},
        'cluster_feeder.go:621',
      );
    const words = 'problem' in target ? `Cannot read targetRef. Reason: ${target.problem}` : (misplaced ?? '');
    known.setCondition('ConfigUnsupported', true, '', words, this.sys.now());
  }

  /** Whether an autoscaler asks for this recommender. */
  private isMine({ spec: { recommenders = [] } }: Autoscaler): boolean {
    if (recommenders.length === 0) return this.settings.name === 'default';
    return recommenders.some(({ name }) => name === this.settings.name);
  }

  private *loadMetrics(): Waiting<void> {
    const { log } = this.started;
    let samples = 0;
    let dropped = 0;
    let containers = 0;
    for (const { metadata, timestamp, containers: used } of yield* podMetrics(this.started, this.metrics.asked)) {
      const at = parseTime(timestamp ?? '') ?? this.sys.now();
      for (const { name, usage } of used ?? []) {
        containers += 1;
        const cores = usage['cpu'] === undefined ? undefined : quantityFloat(parseQuantity(usage['cpu']));
        const bytes = usage['memory'] === undefined ? undefined : quantityValue(parseQuantity(usage['memory']));
        const sample = { ...(cores === undefined ? {} : { cores }), ...(bytes === undefined ? {} : { bytes }) };
        const count = Object.keys(sample).length;
        if (this.model.addSample(keyOf({ metadata }), name, sample, at)) samples += count;
        else dropped += count;
      }
    }
    const counts = { sampleCount: samples, containerCount: containers, droppedSampleCount: dropped };
    log.info('ClusterSpec fed with ContainerUsageSamples', counts, 'cluster_feeder.go:531');
    for (const oom of this.ooms.splice(0)) {
      log.info('OOM detected', { oomInfo: `${oom.pod} ${oom.container}` }, 'cluster_feeder.go:536');
      const problem = this.model.addOom(oom.pod, oom.container, oom.bytes, oom.at);
      if (problem !== undefined) log.info('Failed to record OOM', { error: problem }, 'cluster_feeder.go:538');
    }
    this.metrics.states.set([], this.model.groupCount);
  }

  private *update(autoscaler: KnownAutoscaler): Waiting<void> {
    const { model, settings, sys } = this;
    const policy = autoscaler.object.spec.resourcePolicy;
    const had = (autoscaler.recommendations?.length ?? 0) > 0;
    autoscaler.recommendations = recommend(settings.estimate, model.estimatedOf(autoscaler)).map((each) =>
      capToPolicy(each, policy, settings.globalMax),
    );
    const pods = model.podsOf(autoscaler);
    this.measure(autoscaler, had, pods);
    const matched = pods > 0;
    const [reason, words] = matched ? ['', ''] : ['NoPodsMatched', 'No pods match this VPA object'];
    if (matched) autoscaler.conditions.delete('NoPodsMatched');
    else autoscaler.setCondition('NoPodsMatched', true, reason, words, sys.now());
    if (autoscaler.recommendations.length > 0)
      autoscaler.setCondition('RecommendationProvided', true, '', '', sys.now());
    else autoscaler.setCondition('RecommendationProvided', false, reason, words, sys.now());
    const status = autoscaler.status();
    const { name = '', namespace } = autoscaler.object.metadata;
    if (deepEqual(status, autoscaler.object.status ?? {})) return;
    const patch = [{ op: 'add', path: '/status', value: status }];
    yield* tried(this.started, 'Cannot update VPA', { vpa: keyOf(autoscaler.object) }, 'recommender.go:125', () =>
      this.started.client.patch(AUTOSCALERS, name, namespace, 'application/json-patch+json', patch, {
        subresource: 'status',
      }),
    );
  }

  /** Tells of a recommendation that is new, and of how far it is from the one before. */
  private measure(autoscaler: KnownAutoscaler, had: boolean, pods: number): void {
    const { recommendations = [], object, last } = autoscaler;
    const created = parseTime(object.metadata.creationTimestamp ?? '') ?? this.sys.now();
    if (recommendations.length > 0 && !had) this.metrics.first.observe([], (this.sys.now() - created) / 1_000_000);
    for (const { containerName = '', uncappedTarget = {} } of recommendations) {
      this.quality.changed(last.get(containerName), uncappedTarget, updateModeOf(object), pods);
      last.set(containerName, uncappedTarget);
    }
  }
}
