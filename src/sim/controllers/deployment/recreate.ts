import type { Waiting } from '../../kernel/wait.js';
import { cleanUpHistory } from './history.js';
import { syncRolloutStatus } from './progress.js';
import { activeSets, type Revisions, sum } from './replica-sets.js';
import { syncRevisions } from './revision.js';
import { isComplete } from './status.js';
import { type DeploymentWork, scaleReplicaSet } from './work.js';

/** One step of a Recreate rollout: all old pods go, and only when the last has ended the new set is made. */
export function* recreate(work: DeploymentWork): Waiting<void> {
  let revisions = yield* syncRevisions(work, false);
  let scaledDown = false;
  for (const set of activeSets(revisions.old)) {
    if ((yield* scaleReplicaSet(work, set, 0)).scaled) scaledDown = true;
  }
  if (!scaledDown && !oldPodsRunning(work, revisions)) {
    if (!revisions.newest) revisions = yield* syncRevisions(work, true);
    if (revisions.newest) yield* scaleReplicaSet(work, revisions.newest, work.deployment.spec.replicas ?? 1);
    if (isComplete(work.deployment, work.deployment.status)) yield* cleanUpHistory(work, revisions.old);
  }
  yield* syncRolloutStatus(work, revisions);
}

function oldPodsRunning(work: DeploymentWork, { old }: Revisions): boolean {
  if (sum(old, (set) => set.status?.replicas) > 0) return true;
  return old.some((set) =>
    work.podsOf(set).some((pod) => pod.status?.phase !== 'Failed' && pod.status?.phase !== 'Succeeded'),
  );
}
