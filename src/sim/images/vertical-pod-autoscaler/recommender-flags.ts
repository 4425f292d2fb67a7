import type { ComponentFlags } from '../../client/component/flags.js';
import { MINUTE, type Micros } from '../../kernel/time.js';
import { AGGREGATION_DEFAULTS, type AggregationSettings } from './aggregate.js';
import { autoscalerFlags } from './component.js';
import { ESTIMATE_DEFAULTS, type EstimateSettings } from './estimate.js';
import type { Amounts } from './types.js';

/** The recommender's own flags (pkg/recommender/config). */
export const RECOMMENDER_FLAGS = autoscalerFlags({
  bool: `memory-saver humanize-memory prometheus-insecure use-external-metrics cpu-integer-post-processor-enabled`,
  float: `recommendation-margin-fraction pod-recommendation-min-cpu-millicores pod-recommendation-min-memory-mb
    target-cpu-percentile recommendation-lower-bound-cpu-percentile recommendation-upper-bound-cpu-percentile
    target-memory-percentile recommendation-lower-bound-memory-percentile recommendation-upper-bound-memory-percentile
    oom-bump-up-ratio oom-min-bump-up-bytes`,
  duration: `recommender-interval checkpoints-gc-interval checkpoints-timeout confidence-interval-cpu
    confidence-interval-memory memory-aggregation-interval memory-histogram-decay-half-life
    cpu-histogram-decay-half-life`,
  int: 'update-worker-count min-checkpoints round-cpu-millicores round-memory-bytes memory-aggregation-interval-count',
  text: `recommender-name storage prometheus-address prometheus-cadvisor-job-name history-length history-resolution
    history-cpu-metric history-memory-metric prometheus-query-timeout pod-label-prefix metric-for-pod-labels
    pod-namespace-label pod-name-label container-namespace-label container-pod-name-label container-name-label username
    password prometheus-bearer-token prometheus-bearer-token-file external-metrics-cpu-metric
    external-metrics-memory-metric container-recommendation-max-allowed-cpu container-recommendation-max-allowed-memory`,
});

/** What the recommender was told. */
export interface RecommenderSettings {
  readonly name: string;
  readonly interval: Micros;
  readonly checkpointsInterval: Micros;
  readonly aggregation: AggregationSettings;
  readonly estimate: EstimateSettings;
  readonly globalMax: Amounts;
}

export function recommenderSettings(flags: ComponentFlags): RecommenderSettings {
  const real = (name: string, usual: number) => Number(flags.text(name, String(usual)));
  const percentiles = (resource: 'cpu' | 'memory') => ({
    target: real(`target-${resource}-percentile`, ESTIMATE_DEFAULTS[resource].target),
    lower: real(`recommendation-lower-bound-${resource}-percentile`, ESTIMATE_DEFAULTS[resource].lower),
    upper: real(`recommendation-upper-bound-${resource}-percentile`, ESTIMATE_DEFAULTS[resource].upper),
    confidence: flags.duration(`confidence-interval-${resource}`, ESTIMATE_DEFAULTS[resource].confidence),
  });
  const usual = AGGREGATION_DEFAULTS;
  const most = (resource: string) => {
    const text = flags.text(`container-recommendation-max-allowed-${resource}`);
    return text === '' ? {} : { [resource]: text };
  };
  return {
    name: flags.text('recommender-name', 'default'),
    interval: flags.duration('recommender-interval', MINUTE),
    checkpointsInterval: flags.duration('checkpoints-gc-interval', 10 * MINUTE),
    aggregation: {
      memoryInterval: flags.duration('memory-aggregation-interval', usual.memoryInterval),
      memoryIntervals: flags.number('memory-aggregation-interval-count', usual.memoryIntervals),
      memoryHalfLife: flags.duration('memory-histogram-decay-half-life', usual.memoryHalfLife),
      cpuHalfLife: flags.duration('cpu-histogram-decay-half-life', usual.cpuHalfLife),
      oomRatio: real('oom-bump-up-ratio', usual.oomRatio),
      oomBytes: real('oom-min-bump-up-bytes', usual.oomBytes),
    },
    estimate: {
      margin: real('recommendation-margin-fraction', ESTIMATE_DEFAULTS.margin),
      podMinMillicores: real('pod-recommendation-min-cpu-millicores', ESTIMATE_DEFAULTS.podMinMillicores),
      podMinMebibytes: real('pod-recommendation-min-memory-mb', ESTIMATE_DEFAULTS.podMinMebibytes),
      cpu: percentiles('cpu'),
      memory: percentiles('memory'),
      roundMillicores: flags.number('round-cpu-millicores', 1),
      roundBytes: flags.number('round-memory-bytes', 1),
    },
    globalMax: { ...most('cpu'), ...most('memory') },
  };
}
