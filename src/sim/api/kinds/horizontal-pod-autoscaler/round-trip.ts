/** The annotations in which autoscaling/v1 carries what it has no fields for. */
import type { ObjectMeta } from '../../object.js';

/** Names of the annotations, by what is in them. */
export const ROUND_TRIP = {
  behavior: 'autoscaling.alpha.kubernetes.io/behavior',
  conditions: 'autoscaling.alpha.kubernetes.io/conditions',
  currentMetrics: 'autoscaling.alpha.kubernetes.io/current-metrics',
  metrics: 'autoscaling.alpha.kubernetes.io/metrics',
  scaleDownTolerance: 'autoscaling.alpha.kubernetes.io/scale-down-tolerance',
  scaleUpTolerance: 'autoscaling.alpha.kubernetes.io/scale-up-tolerance',
} as const;

/** Takes the annotations away: only conversion writes them, and only into autoscaling/v1. */
export function withoutRoundTripAnnotations(metadata: ObjectMeta): void {
  const { annotations } = metadata;
  if (!annotations || !Object.values(ROUND_TRIP).some((name) => name in annotations)) return;
  const kept = { ...annotations };
  for (const name of Object.values(ROUND_TRIP)) delete kept[name];
  if (Object.keys(kept).length > 0) metadata.annotations = kept;
  else delete metadata.annotations;
}
