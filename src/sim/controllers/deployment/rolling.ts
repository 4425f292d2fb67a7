import type { Deployment, ReplicaSet } from '../../api/types/workloads.js';
import type { Waiting } from '../../kernel/wait.js';
import { maxUnavailable } from './fenceposts.js';
import { cleanUpHistory } from './history.js';
import { syncRolloutStatus } from './progress.js';
import { activeSets, byCreation, newSetReplicas, type Revisions, sum, wanted } from './replica-sets.js';
import { syncRevisions } from './revision.js';
import { isComplete } from './status.js';
import { type DeploymentWork, scaleReplicaSet } from './work.js';

/** One step of a rolling update: first the new set grows as far as the surge allows, else the old ones shrink. */
export function* rollOut(work: DeploymentWork): Waiting<void> {
  const revisions = yield* syncRevisions(work, true);
  const moved = (yield* growNewest(work, revisions)) || (yield* shrinkOld(work, revisions));
  if (!moved && isComplete(work.deployment, work.deployment.status)) yield* cleanUpHistory(work, revisions.old);
  yield* syncRolloutStatus(work, revisions);
}

function* growNewest(work: DeploymentWork, { newest, old }: Revisions): Waiting<boolean> {
  if (!newest) return false;
  const replicas = work.deployment.spec.replicas ?? 1;
  if (wanted(newest) === replicas) return false;
  const size = wanted(newest) > replicas ? replicas : newSetReplicas(work.deployment, [...old, newest], newest);
  return (yield* scaleReplicaSet(work, newest, size)).scaled;
}

function* shrinkOld(work: DeploymentWork, { newest, old }: Revisions): Waiting<boolean> {
  const steps = planShrink(work.deployment, activeSets(old), newest);
  const latest = new Map<ReplicaSet, ReplicaSet>();
  for (const { set, size } of steps) {
    const { set: updated } = yield* scaleReplicaSet(work, latest.get(set) ?? set, size);
    latest.set(set, updated);
  }
  return steps.length > 0;
}

/** One write: a set may be shrunk twice, for either reason. */
interface ShrinkStep {
  readonly set: ReplicaSet;
  readonly size: number;
}

/**
 * The sizes old sets get: first pods that are not available anyway are given up, then as many available ones as may be
 * missing, the oldest set first (deployment reconcileOldReplicaSets).
 */
function planShrink(deployment: Deployment, old: readonly ReplicaSet[], newest: ReplicaSet | undefined): ShrinkStep[] {
  if (sum(old, wanted) === 0) return [];
  const all = [...old, newest];
  const minAvailable = (deployment.spec.replicas ?? 1) - maxUnavailable(deployment);
  const newUnavailable = newest ? wanted(newest) - (newest.status?.availableReplicas ?? 0) : 0;
  const budget = sum(all, wanted) - minAvailable - newUnavailable;
  if (budget <= 0) return [];
  const sorted = [...old].sort(byCreation);
  const sizes = new Map(sorted.map((set) => [set, wanted(set)]));
  const steps: ShrinkStep[] = [];
  let left = budget;
  const shrink = (set: ReplicaSet, by: number) => {
    const size = (sizes.get(set) ?? 0) - by;
    if (by <= 0) return 0;
    sizes.set(set, size);
    steps.push({ set, size });
    return by;
  };
  for (const set of sorted) left -= shrink(set, Math.min(left, wanted(set) - (set.status?.availableReplicas ?? 0)));
  let surplus = sum(all, (set) => set.status?.availableReplicas) - minAvailable;
  for (const set of sorted) surplus -= shrink(set, Math.min(surplus, sizes.get(set) ?? 0));
  return steps;
}
