import type { MetricStatus } from '../../api/types/autoscaling.js';
import type { Waiting } from '../../kernel/wait.js';
import { type Asked, MetricError, propose } from './propose.js';

/** What all metrics together say. */
export interface Choice {
  /** Undefined where nothing may be done: no metric says anything, or only some and they want fewer. */
  readonly replicas: number | undefined;
  /** The metric that wants the most. */
  readonly name: string;
  readonly statuses: MetricStatus[];
  readonly failures: readonly MetricError[];
}

/** Asks each metric; the highest proposal counts (horizontal.go: computeReplicasForMetrics). */
export function* chooseReplicas(asked: Asked): Waiting<Choice> {
  const specs = asked.autoscaler.spec.metrics ?? [];
  const statuses: MetricStatus[] = [];
  const failures: MetricError[] = [];
  let replicas = 0;
  let name = '';
  for (const spec of specs) {
    try {
      const proposal = yield* propose(asked, spec);
      statuses.push(proposal.status);
      if (replicas !== 0 && proposal.replicas <= replicas) continue;
      replicas = proposal.replicas;
      name = proposal.name;
    } catch (error) {
      if (!(error instanceof MetricError)) throw error;
      // The place of a metric that says nothing is kept by an empty one.
      statuses.push({ type: '' });
      failures.push(error);
    }
  }
  const isUnsure = failures.length > 0 && replicas < asked.specReplicas;
  const isUseless = failures.length >= specs.length || isUnsure;
  return { replicas: isUseless ? undefined : replicas, name, statuses, failures };
}
