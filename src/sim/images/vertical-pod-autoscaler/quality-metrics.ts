/** How near recommendations are to what containers use (pkg/utils/metrics/quality of v1.8.1). */
import { parseQuantity, quantityFloat } from '../../api/quantity.js';
import type { Metric, Registry } from '../go/prometheus.js';
import { sizeLabel } from './metrics.js';

/** Twice as much each time: 17 bounds. */
const doubling = (least: number) => Array.from({ length: 17 }, (_, power) => least * 2 ** power);
/** Between 0.01 and 655 cores, between 1 MB and 65 GB. */
const [CORES, BYTES] = [doubling(0.01), doubling(1e6)];
const RELATIVE = [
  ...[-1, -0.75, -0.5, -0.25, -0.1, -0.05, -0.025, -0.01, -0.005, -0.0025, -0.001, 0, 0.001, 0.0025, 0.005, 0.01],
  ...[0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 10, 25, 50, 100],
];

/** A sample of what a container used, in cores or bytes; what an out-of-memory kill tells counts as one. */
export interface UsageSample {
  readonly resource: 'cpu' | 'memory';
  readonly usage: number;
  readonly isOom: boolean;
}

/** What is recommended of each resource, as quantities. */
type Amounts = Readonly<Record<string, string>>;

export class QualityMetrics {
  private readonly relative: Metric;
  private readonly missing: Metric;
  private readonly over: Readonly<Record<UsageSample['resource'], Metric>>;
  private readonly under: Readonly<Record<UsageSample['resource'], Metric>>;
  private readonly recommended: Readonly<Record<UsageSample['resource'], Metric>>;
  private readonly changes: Metric;

  constructor(registry: Registry) {
    const of = ['update_mode', 'resource', 'is_oom'];
    const [cpuLabels, memoryLabels] = [
      ['update_mode', 'recommendation_missing'],
      ['update_mode', 'recommendation_missing', 'is_oom'],
    ];
    const histogram = (name: string, help: string, labels: readonly string[], bounds: readonly number[]) =>
      registry.histogram(`vpa_quality_${name}`, help, labels, bounds);
    const relative = 'Diffs between recommendation and usage, normalized by recommendation value';
    this.relative = histogram('usage_recommendation_relative_diffs', relative, of, RELATIVE);
    const missing = 'Count of usage samples when a recommendation should be present but is missing';
    this.missing = registry.counter('vpa_quality_usage_sample_missing_recommendation_count', missing, of);
    const diffs = (name: string, when: string) => ({
      cpu: histogram(
        `cpu_${name}_diffs_cores`,
        `Absolute diffs between recommendation and usage for CPU when ${when}`,
        ...([cpuLabels, CORES] as const),
      ),
      memory: histogram(
        `mem_${name}_diffs_bytes`,
        `Absolute diffs between recommendation and usage for memory when ${when}`,
        ...([memoryLabels, BYTES] as const),
      ),
    });
    this.over = diffs('recommendation_over_usage', 'recommendation > usage');
    this.under = diffs('recommendation_lower_equal_usage', 'recommendation <= usage');
    const values = (what: string) => `${what} recommendation values as observed on recorded usage sample`;
    this.recommended = {
      cpu: histogram('cpu_recommendations_cores', values('CPU'), ['update_mode'], CORES),
      memory: histogram('mem_recommendations_bytes', values('Memory'), ['update_mode', 'is_oom'], BYTES),
    };
    const changes = 'Changes between consecutive recommendation values, normalized by old value';
    const labels = ['update_mode', 'resource', 'vpa_size_log2'];
    this.changes = histogram('relative_recommendation_changes', changes, labels, RELATIVE);
  }

  /** A sample was taken of a container whose autoscaler has this mode, and recommended so much before. */
  sampled({ resource, usage, isOom }: UsageSample, mode: string, amounts: Amounts | undefined): void {
    const oom = String(isOom);
    const recommendation = amountOf(amounts, resource);
    const isMissing = recommendation === 0;
    if (isMissing) this.missing.add([mode, resource, oom]);
    else {
      this.recommended[resource].observe(resource === 'cpu' ? [mode] : [mode, oom], recommendation);
      this.relative.observe([mode, resource, oom], (usage - recommendation) / recommendation);
    }
    const of = [mode, String(isMissing), ...(resource === 'cpu' ? [] : [oom])];
    const side = recommendation > usage ? this.over : this.under;
    side[resource].observe(of, Math.abs(usage - recommendation));
  }

  /** What is recommended changed, for an autoscaler with so many pods. */
  changed(before: Amounts | undefined, after: Amounts, mode: string, pods: number): void {
    if (!before) return;
    for (const resource of ['cpu', 'memory'] as const) {
      const old = amountOf(before, resource);
      if (after[resource] === undefined || old === 0) continue;
      this.changes.observe([mode, resource, sizeLabel(pods)], amountOf(after, resource) / old - 1);
    }
  }
}

function amountOf(amounts: Amounts | undefined, resource: string): number {
  const amount = amounts?.[resource];
  return amount === undefined ? 0 : quantityFloat(parseQuantity(amount));
}
