/** What a recommender remembers of containers in VerticalPodAutoscalerCheckpoints (pkg/recommender/checkpoint). */
import { isNotFound, StatusError } from '../../api/status.js';
import type { Informer } from '../../client/informer.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import type { Micros } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { Aggregate } from './aggregate.js';
import { type ClusterModel, type KnownAutoscaler, keyOf } from './cluster-model.js';
import type { Started } from './component.js';
import type { RecommenderSettings } from './recommender-flags.js';
import { type Autoscaler, CHECKPOINTS, type Checkpoint } from './types.js';

/** The parts of a recommender that its memory is kept with. */
interface Parts {
  readonly sys: Sys;
  readonly started: Started;
  readonly settings: RecommenderSettings;
  readonly model: ClusterModel;
  readonly checkpoints: Informer<Checkpoint>;
  readonly autoscalers: Informer<Autoscaler>;
}

export class CheckpointKeeper {
  private lastCleaning: Micros;

  constructor(private readonly parts: Parts) {
    this.lastCleaning = parts.sys.monotonic();
  }

  /** Gives autoscalers back what was remembered of their containers. */
  load(): void {
    const { log } = this.parts.started;
    const all = this.parts.checkpoints.list();
    log.info('Fetching VPA checkpoints', { count: all.length }, 'cluster_feeder.go:272');
    for (const { metadata, spec, status } of all) {
      const { containerName = '', vpaObjectName = '' } = spec;
      const key = `${metadata.namespace}/${vpaObjectName}`;
      log.info('Loading checkpoint for VPA', { checkpoint: key, container: containerName }, 'cluster_feeder.go:287');
      const autoscaler = this.parts.model.autoscalers.get(key);
      const history = new Aggregate(this.parts.settings.aggregation);
      const problem = autoscaler ? history.load(status ?? {}) : `cannot load checkpoint to missing VPA object ${key}`;
      if (problem === undefined) autoscaler?.initial.set(containerName, history);
      else log.error(problem, 'Error while loading checkpoint', {}, 'cluster_feeder.go:290');
    }
  }

  /** Writes down what is known of an autoscaler's containers. */
  *keep(autoscaler: KnownAutoscaler): Waiting<void> {
    const { sys, started, model } = this.parts;
    const { client, log } = started;
    const now = sys.now();
    const { name: vpa = '', namespace = '' } = autoscaler.object.metadata;
    for (const [container, history] of model.historiesOf(autoscaler, now)) {
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
      const isKept = yield* tried(
        started,
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
  *clean(): Waiting<void> {
    const { sys, started, settings, checkpoints, autoscalers } = this.parts;
    if (sys.monotonic() - this.lastCleaning <= settings.checkpointsInterval) return;
    this.lastCleaning = sys.monotonic();
    started.log.info('Starting garbage collection of checkpoints', {}, 'cluster_feeder.go:297');
    for (const checkpoint of checkpoints.list()) {
      const { name = '', namespace } = checkpoint.metadata;
      if (autoscalers.get(namespace, checkpoint.spec.vpaObjectName ?? '')) continue;
      const failed = 'Orphaned VPA checkpoint cleanup - failed to delete';
      const fields = { checkpoint: keyOf(checkpoint) };
      const isGone = yield* tried(started, failed, fields, 'cluster_feeder.go:329', () =>
        started.client.delete(CHECKPOINTS, name, namespace),
      );
      if (isGone) started.log.info('Orphaned VPA checkpoint cleanup - deleting', fields, 'cluster_feeder.go:332');
    }
  }
}

/** Does something at the server; false when that failed, which is told. */
export function* tried(
  { log }: Started,
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
    log.error(error, message, fields, where);
    return false;
  }
}
