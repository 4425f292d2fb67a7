/** vpa-recommender: learns what containers use and says what they should ask for (pkg/recommender/routines). */
import { deepEqual } from '../../api/object.js';
import { parseQuantity, quantityFloat, quantityValue } from '../../api/quantity.js';
import { isNotFound, StatusError } from '../../api/status.js';
import { parseTime } from '../../api/time.js';
import type { Event } from '../../api/types/event.js';
import type { Pod } from '../../api/types/pod.js';
import type { Informer } from '../../client/informer.js';
import { InformerFactory } from '../../client/informer-factory.js';
import { RESOURCES } from '../../client/resource-types.js';
import { isErrno } from '../../kernel/errno.js';
import type { Program, Sys } from '../../kernel/sys.js';
import type { Micros } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { Aggregate } from './aggregate.js';
import { capToPolicy } from './cap.js';
import { ClusterModel, type KnownAutoscaler, keyOf } from './cluster-model.js';
import { type Started, startComponent } from './component.js';
import { recommend } from './estimate.js';
import { type Oom, oomsBetween, oomsOfEviction } from './oom-observer.js';
import { podMetrics } from './pod-metrics.js';
import { RECOMMENDER_FLAGS, type RecommenderSettings, recommenderSettings } from './recommender-flags.js';
import { Targets } from './targets.js';
import { AUTOSCALERS, type Autoscaler, CHECKPOINTS, type Checkpoint } from './types.js';

const HEALTH_PORT = 8942;
const EVENTS = { group: '', version: 'v1', resource: 'events', kind: 'Event', namespaced: true };

export const vpaRecommender: Program = function* vpaRecommender(sys) {
  const started = yield* startComponent(sys, {
    name: 'recommender',
    flags: RECOMMENDER_FLAGS,
    greeting: 'Vertical Pod Autoscaler Recommender',
    healthPort: HEALTH_PORT,
    patience: (flags) => 5 * recommenderSettings(flags).interval,
  });
  if (typeof started === 'number') return started;
  const recommender = new Recommender(sys, started, recommenderSettings(started.flags));
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
  private lastCleaning: Micros;

  constructor(
    private readonly sys: Sys,
    private readonly started: Started,
    private readonly settings: RecommenderSettings,
  ) {
    this.model = new ClusterModel(settings.aggregation);
    this.informers = new InformerFactory(sys, started.client);
    this.targets = new Targets(this.informers, started.client);
    this.autoscalers = this.informers.informer<Autoscaler>(AUTOSCALERS);
    this.checkpoints = this.informers.informer<Checkpoint>(CHECKPOINTS);
    this.pods = this.informers.informer<Pod>(RESOURCES.pods, { fieldSelector: 'status.phase!=Pending' });
    this.pods.addHandlers({ updated: (before, after) => this.ooms.push(...oomsBetween(before, after)) });
    const evictions = this.informers.informer<Event>(EVENTS, { fieldSelector: 'reason=Evicted' });
    evictions.addHandlers({ added: (event) => this.ooms.push(...oomsOfEviction(event)) });
    this.lastCleaning = sys.monotonic();
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
    this.loadCheckpoints();
    started.alive();
    for (let next = sys.monotonic() + settings.interval; ; next += settings.interval) {
      yield* sys.sleep(Math.max(0, next - sys.monotonic()));
      yield* this.once();
      started.alive();
    }
  }

  /** One round: look at everything, work out what is recommended, and keep what was learned. */
  private *once(): Waiting<void> {
    const { model } = this;
    const say = (text: string, fields: Readonly<Record<string, unknown>>, where: string) =>
      this.started.log.info(text, fields, where);
    say('Recommender Run', {}, 'recommender.go:173');
    yield* this.loadAutoscalers();
    model.keepPods(this.pods.list().filter(({ status }) => status?.phase !== 'Pending'));
    yield* this.loadMetrics();
    say('ClusterState is tracking', { pods: model.podCount, vpas: model.autoscalers.size }, 'recommender.go:187');
    for (const autoscaler of model.autoscalers.values()) yield* this.update(autoscaler);
    for (const autoscaler of model.autoscalers.values()) yield* this.keepCheckpoints(autoscaler);
    yield* this.cleanCheckpoints();
    model.forgetExpired(this.sys.now());
    say('ClusterState is tracking', { aggregateContainerStates: model.groupCount }, 'recommender.go:200');
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

  private loadCheckpoints(): void {
    const { log } = this.started;
    const all = this.checkpoints.list();
    log.info('Fetching VPA checkpoints', { count: all.length }, 'cluster_feeder.go:272');
    for (const { metadata, spec, status } of all) {
      const { containerName = '', vpaObjectName = '' } = spec;
      const key = `${metadata.namespace}/${vpaObjectName}`;
      log.info('Loading checkpoint for VPA', { checkpoint: key, container: containerName }, 'cluster_feeder.go:287');
      const autoscaler = this.model.autoscalers.get(key);
      const history = new Aggregate(this.settings.aggregation);
      const problem = autoscaler ? history.load(status ?? {}) : `cannot load checkpoint to missing VPA object ${key}`;
      if (problem === undefined) autoscaler?.initial.set(containerName, history);
      else log.error(problem, 'Error while loading checkpoint', {}, 'cluster_feeder.go:290');
    }
  }

  private *loadMetrics(): Waiting<void> {
    const { log } = this.started;
    let samples = 0;
    let dropped = 0;
    let containers = 0;
    for (const { metadata, timestamp, containers: used } of yield* podMetrics(this.started)) {
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
  }

  private *update(autoscaler: KnownAutoscaler): Waiting<void> {
    const { model, settings, sys } = this;
    const policy = autoscaler.object.spec.resourcePolicy;
    autoscaler.recommendations = recommend(settings.estimate, model.estimatedOf(autoscaler)).map((each) =>
      capToPolicy(each, policy, settings.globalMax),
    );
    const matched = model.podsOf(autoscaler) > 0;
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
    yield* this.tried('Cannot update VPA', { vpa: keyOf(autoscaler.object) }, 'recommender.go:125', () =>
      this.started.client.patch(AUTOSCALERS, name, namespace, 'application/json-patch+json', patch, {
        subresource: 'status',
      }),
    );
  }

  private *keepCheckpoints(autoscaler: KnownAutoscaler): Waiting<void> {
    const { client, log } = this.started;
    const now = this.sys.now();
    const { name: vpa = '', namespace = '' } = autoscaler.object.metadata;
    for (const [container, history] of this.model.historiesOf(autoscaler, now)) {
      const status = history.toCheckpoint(now);
      const name = `${vpa}-${container}`;
      const checkpoint: Checkpoint = {
        apiVersion: `${CHECKPOINTS.group}/v1`,
        kind: CHECKPOINTS.kind,
        metadata: { name, namespace },
        spec: { containerName: container, vpaObjectName: vpa },
        status,
      };
      const fields = { vpa: `${namespace}/${vpa}`, container };
      const isKept = yield* this.tried(
        'Cannot save checkpoint for VPA',
        fields,
        'checkpoint_writer.go:97',
        function* () {
          const patch = [{ op: 'replace', path: '/status', value: status }];
          try {
            yield* client.patch(CHECKPOINTS, name, namespace, 'application/json-patch+json', patch);
          } catch (error) {
            if (!isNotFound(error)) throw error;
            yield* client.create(CHECKPOINTS, checkpoint);
          }
        },
      );
      if (isKept) log.info('Saved checkpoint for VPA', fields, 'checkpoint_writer.go:99');
    }
  }

  /** Checkpoints of autoscalers that are gone go as well. */
  private *cleanCheckpoints(): Waiting<void> {
    const { sys, started, settings } = this;
    if (sys.monotonic() - this.lastCleaning <= settings.checkpointsInterval) return;
    this.lastCleaning = sys.monotonic();
    started.log.info('Starting garbage collection of checkpoints', {}, 'cluster_feeder.go:297');
    for (const checkpoint of this.checkpoints.list()) {
      const { name = '', namespace } = checkpoint.metadata;
      if (this.autoscalers.get(namespace, checkpoint.spec.vpaObjectName ?? '')) continue;
      const failed = 'Orphaned VPA checkpoint cleanup - failed to delete';
      const fields = { checkpoint: keyOf(checkpoint) };
      const isGone = yield* this.tried(failed, fields, 'cluster_feeder.go:329', () =>
        started.client.delete(CHECKPOINTS, name, namespace),
      );
      if (isGone) started.log.info('Orphaned VPA checkpoint cleanup - deleting', fields, 'cluster_feeder.go:332');
    }
  }

  /** Does something at the server; false when that failed, which is told. */
  private *tried(
    message: string,
    fields: Readonly<Record<string, unknown>>,
    where: string,
    act: () => Waiting<unknown>,
  ): Waiting<boolean> {
    try {
      yield* act();
      return true;
    } catch (error) {
      if (!(error instanceof StatusError) && !isErrno(error)) throw error;
      this.started.log.error(error, message, fields, where);
      return false;
    }
  }
}
