import type { Pod } from '../../../../src/sim/api/types/pod.js';
import type { PodDisruptionBudget } from '../../../../src/sim/api/types/policy.js';
import { objectsOf } from '../cluster-view.js';
import { called, hasLabels, isGoing, isReady } from './facts.js';
import type { Invariant } from './invariant.js';

/** Why the API server says that a pod is to go when it is evicted. */
const EVICTED = 'EvictionByEvictionAPI';

/** Whoever is evicted by the API leaves as many healthy pods as each budget wants: as many as were known to be. */
export const budgetsKept: Invariant = {
  name: 'budgets are never broken by eviction',
  told: ({ plural, before, after }, view) => {
    if (plural !== 'pods' || !before || !after) return [];
    const [was, is] = [before as unknown as Pod, after as unknown as Pod];
    // Whoever was not ready, or about to go, is not missed.
    if (isEvicted(was) || !isEvicted(is) || !isReady(was) || isGoing(was)) return [];
    const findings: string[] = [];
    for (const budget of objectsOf<PodDisruptionBudget>(view, 'poddisruptionbudgets')) {
      if (budget.metadata.namespace !== is.metadata.namespace) continue;
      const wanted = budget.spec.selector?.matchLabels ?? {};
      if (!hasLabels(is.metadata.labels, wanted)) continue;
      const { desiredHealthy, observedGeneration } = budget.status ?? {};
      if (observedGeneration !== budget.metadata.generation || desiredHealthy === undefined) {
        findings.push(`${called(is)} is evicted before ${called(budget)} is counted`);
        continue;
      }
      const left = objectsOf<Pod>(view, 'pods').filter(
        (pod) =>
          pod.metadata.namespace === is.metadata.namespace &&
          hasLabels(pod.metadata.labels, wanted) &&
          isReady(pod) &&
          pod.metadata.deletionTimestamp === undefined &&
          !isEvicted(pod),
      ).length;
      if (left < desiredHealthy)
        findings.push(
          `${called(is)} is evicted and leaves ${left} of ${called(budget)}, which wants ${desiredHealthy}`,
        );
    }
    return findings;
  },
};

function isEvicted({ status }: Pod): boolean {
  return status?.conditions?.some(({ type, reason }) => type === 'DisruptionTarget' && reason === EVICTED) ?? false;
}
