import { SyncError } from '../machinery/failures.js';
import type { PodMetrics } from './pod-metrics.js';

/** How use and target compare. */
export interface UsageRatio {
  readonly ratio: number;
  /** What the pods use on average: whole percent of what they ask for. */
  readonly percent: number;
  /** The same in thousandths. */
  readonly average: number;
}

/**
 * Use as a part of what is asked for, against a target in percent (podautoscaler's GetResourceUtilizationRatio); pods
 * that are not asked about are left out. Throws `SyncError` where nothing is left.
 */
export function utilizationRatio(
  metrics: PodMetrics,
  requests: ReadonlyMap<string, number>,
  targetPercent: number,
): UsageRatio {
  let used = 0n;
  let asked = 0n;
  let count = 0n;
  for (const [name, { value }] of metrics) {
    const request = requests.get(name);
    if (request === undefined) continue;
    used += BigInt(value);
    asked += BigInt(request);
    count += 1n;
  }
  if (asked === 0n) throw new SyncError('no metrics returned matched known pods');
  const percent = Number((used * 100n) / asked);
  return { ratio: percent / targetPercent, percent, average: Number(used / count) };
}

/** Average use against a target, both in thousandths (GetMetricUsageRatio). */
export function averageRatio(
  metrics: PodMetrics,
  target: number,
): { readonly ratio: number; readonly average: number } {
  let used = 0n;
  for (const { value } of metrics.values()) used += BigInt(value);
  const average = Number(used / BigInt(metrics.size));
  return { ratio: average / target, average };
}
