import { scaledValue } from '../../api/int-or-percent.js';
import type { DaemonSet } from '../../api/types/workloads.js';

/** Nodes that may have two pods, and nodes that may have none, while a daemon set is updated. Both round up. */
export function updateBounds(set: DaemonSet, desired: number): { surge: number; unavailable: number } {
  const rolling = set.spec.updateStrategy?.type === 'RollingUpdate' ? set.spec.updateStrategy.rollingUpdate : undefined;
  const surge = scaledValue(rolling?.maxSurge ?? 0, desired, true);
  const unavailable = scaledValue(rolling?.maxUnavailable ?? 0, desired, true);
  return surge === 0 && unavailable === 0 && desired > 0 ? { surge, unavailable: 1 } : { surge, unavailable };
}

/** Whether a replacement may start before the old pod has gone. */
export function allowsSurge(set: DaemonSet): boolean {
  return set.spec.updateStrategy?.type === 'RollingUpdate' && updateBounds(set, 1).surge > 0;
}
