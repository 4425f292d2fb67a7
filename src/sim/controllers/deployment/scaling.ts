import type { Waiting } from '../../kernel/wait.js';
import { DESIRED_REPLICAS, numberAnnotation } from './annotations.js';
import { isRollingUpdate } from './fenceposts.js';
import { cleanUpHistory } from './history.js';
import { activeOrLatest, activeSets, isSaturated, proportionalSizes, type Revisions } from './replica-sets.js';
import { syncRevisions } from './revision.js';
import { deploymentStatus } from './status.js';
import { type DeploymentWork, scaleReplicaSet, writeStatus } from './work.js';

/** Whether the number of replicas was changed since the active sets were last scaled. */
export function* isScalingEvent(work: DeploymentWork): Waiting<boolean> {
  const { newest, old } = yield* syncRevisions(work, false);
  return activeSets([...old, newest]).some((set) => {
    const desired = numberAnnotation(set, DESIRED_REPLICAS);
    return desired !== undefined && desired !== (work.deployment.spec.replicas ?? 1);
  });
}

/** A paused or just scaled deployment: sizes follow, nothing is rolled out. */
export function* syncScale(work: DeploymentWork): Waiting<void> {
  const revisions = yield* syncRevisions(work, false);
  yield* scale(work, revisions);
  if (work.deployment.spec.paused) yield* cleanUpHistory(work, revisions.old);
  yield* syncStatusOnly(work, revisions);
}

/** Writes the status without judging progress. */
export function* syncStatusOnly(work: DeploymentWork, revisions: Revisions): Waiting<void> {
  yield* writeStatus(work, deploymentStatus(work.deployment, revisions, work.now));
}

function* scale(work: DeploymentWork, revisions: Revisions): Waiting<void> {
  const { deployment } = work;
  const only = activeOrLatest(revisions);
  if (only) {
    yield* scaleReplicaSet(work, only, deployment.spec.replicas ?? 1);
  } else if (isSaturated(deployment, revisions.newest)) {
    for (const set of activeSets(revisions.old)) yield* scaleReplicaSet(work, set, 0);
  } else if (isRollingUpdate(deployment)) {
    const active = activeSets([...revisions.old, revisions.newest]);
    const sizes = proportionalSizes(deployment, active);
    for (const set of active) yield* scaleReplicaSet(work, set, sizes.get(set.metadata.name ?? '') ?? 0, true);
  }
}
