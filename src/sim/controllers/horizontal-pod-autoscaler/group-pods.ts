import { isDeleting, podCondition } from '../../api/pods.js';
import { parseOptionalTime } from '../../api/time.js';
import type { Pod } from '../../api/types/pod.js';
import type { Micros } from '../../kernel/time.js';
import type { PodMetric, PodMetrics } from './pod-metrics.js';

/** What tells whether the CPU that a young pod uses says anything. */
export interface Timing {
  readonly now: Micros;
  /** How long after its start a pod may still be busy with starting. */
  readonly cpuInitializationPeriod: Micros;
  /** A pod that turned unready so soon after its start has never been ready. */
  readonly initialReadinessDelay: Micros;
}

/** Names of pods by what their metrics are worth. */
export interface PodGroups {
  readonly readyCount: number;
  readonly unready: readonly string[];
  readonly missing: readonly string[];
  /** Failed pods and those on their way out. */
  readonly ignored: readonly string[];
}

/** Sorts pods by what is known of them (podautoscaler's groupPods); readiness counts where it is CPU that is measured. */
export function groupPods(
  pods: readonly Pod[],
  metrics: PodMetrics,
  resource: string | undefined,
  timing: Timing,
): PodGroups {
  const unready: string[] = [];
  const missing: string[] = [];
  const ignored: string[] = [];
  let readyCount = 0;
  for (const pod of pods) {
    const { name = '' } = pod.metadata;
    const metric = metrics.get(name);
    if (isDeleting(pod) || pod.status?.phase === 'Failed') ignored.push(name);
    else if (pod.status?.phase === 'Pending') unready.push(name);
    else if (!metric) missing.push(name);
    else if (resource === 'cpu' && isUnready(pod, metric, timing)) unready.push(name);
    else readyCount += 1;
  }
  return { readyCount, unready, missing, ignored };
}

function isUnready(pod: Pod, metric: PodMetric, timing: Timing): boolean {
  const ready = podCondition(pod, 'Ready');
  const started = parseOptionalTime(pod.status?.startTime);
  if (!ready || started === undefined) return true;
  // A condition without a time has changed at the zero time, before everything.
  const changed = parseOptionalTime(ready.lastTransitionTime) ?? Number.NEGATIVE_INFINITY;
  const isFalse = ready.status === 'False';
  if (started + timing.cpuInitializationPeriod > timing.now)
    return isFalse || metric.timestamp < changed + metric.window;
  return isFalse && started + timing.initialReadinessDelay > changed;
}
