import { parseOptionalTime } from '../../api/time.js';
import type { Deployment, DeploymentStatus, ReplicaSet, WorkloadCondition } from '../../api/types/workloads.js';
import { type Micros, SECOND } from '../../kernel/time.js';
import { conditionOf, newCondition, REASON, removeCondition, setCondition } from './conditions.js';
import { maxUnavailable } from './fenceposts.js';
import { type Revisions, sum, wanted } from './replica-sets.js';

/** What a deployment's status should say, its progress aside (deployment calculateStatus). */
export function deploymentStatus(deployment: Deployment, { newest, old }: Revisions, now: Micros): DeploymentStatus {
  const all = [...old, newest];
  const available = sum(all, (set) => set.status?.availableReplicas);
  const terminating = terminatingReplicas(all);
  const status: DeploymentStatus = {
    replicas: sum(all, (set) => set.status?.replicas),
    updatedReplicas: newest?.status?.replicas ?? 0,
    readyReplicas: sum(all, (set) => set.status?.readyReplicas),
    availableReplicas: available,
    unavailableReplicas: Math.max(0, sum(all, wanted) - available),
    ...(deployment.metadata.generation === undefined ? {} : { observedGeneration: deployment.metadata.generation }),
    ...(terminating === undefined ? {} : { terminatingReplicas: terminating }),
    ...optional('collisionCount', deployment.status?.collisionCount),
    ...(deployment.status?.conditions ? { conditions: [...deployment.status.conditions] } : {}),
  };
  const enough = available >= (deployment.spec.replicas ?? 1) - maxUnavailable(deployment);
  setCondition(
    status,
    enough
      ? newCondition('Available', 'True', REASON.enough, 'Deployment has minimum availability.', now)
      : newCondition('Available', 'False', REASON.tooFew, 'Deployment does not have minimum availability.', now),
  );
  return status;
}

/** The same with the conditions Progressing and ReplicaFailure (deployment syncRolloutStatus). */
export function rolloutStatus(deployment: Deployment, revisions: Revisions, now: Micros): DeploymentStatus {
  const status = deploymentStatus(deployment, revisions, now);
  if (hasProgressDeadline(deployment)) setProgress(deployment, revisions.newest, status, now);
  else removeCondition(status, 'Progressing');
  const failure = replicaFailure(revisions);
  if (failure) setCondition(status, failure);
  else removeCondition(status, 'ReplicaFailure');
  return status;
}

/** Whether lack of progress is to be reported at all. */
export function hasProgressDeadline(deployment: Deployment): boolean {
  const seconds = deployment.spec.progressDeadlineSeconds;
  return seconds !== undefined && seconds !== 2_147_483_647;
}

/** Whether all wanted pods are new and available and no old one is left. */
export function isComplete(deployment: Deployment, status: DeploymentStatus | undefined): boolean {
  const replicas = deployment.spec.replicas ?? 1;
  return (
    (status?.updatedReplicas ?? 0) === replicas &&
    (status?.replicas ?? 0) === replicas &&
    (status?.availableReplicas ?? 0) === replicas &&
    (status?.observedGeneration ?? 0) >= (deployment.metadata.generation ?? 0)
  );
}

/** Whether something got better since the status was last written. */
function isProgressing(deployment: Deployment, status: DeploymentStatus): boolean {
  const before = deployment.status ?? {};
  const oldPods = (of: DeploymentStatus) => (of.replicas ?? 0) - (of.updatedReplicas ?? 0);
  return (
    (status.updatedReplicas ?? 0) > (before.updatedReplicas ?? 0) ||
    oldPods(status) < oldPods(before) ||
    (status.readyReplicas ?? 0) > (before.readyReplicas ?? 0) ||
    (status.availableReplicas ?? 0) > (before.availableReplicas ?? 0)
  );
}

/** Whether the last progress is longer ago than the deadline allows. */
function isTimedOut(deployment: Deployment, status: DeploymentStatus, now: Micros): boolean {
  const condition = conditionOf(status, 'Progressing');
  if (!condition || condition.reason === REASON.available) return false;
  if (condition.reason === REASON.timedOut) return true;
  const from = parseOptionalTime(condition.lastUpdateTime) ?? now;
  return from + (deployment.spec.progressDeadlineSeconds ?? 0) * SECOND < now;
}

function setProgress(
  deployment: Deployment,
  newest: ReplicaSet | undefined,
  status: DeploymentStatus,
  now: Micros,
): void {
  const current = conditionOf(deployment.status, 'Progressing');
  if (status.replicas === status.updatedReplicas && current?.reason === REASON.available) return;
  const what = newest ? `ReplicaSet "${newest.metadata.name}"` : `Deployment "${deployment.metadata.name}"`;
  if (isComplete(deployment, status)) {
    const message = `${what} has successfully progressed.`;
    setCondition(status, newCondition('Progressing', 'True', REASON.available, message, now));
  } else if (isProgressing(deployment, status)) {
    const condition = newCondition('Progressing', 'True', REASON.replicaSetUpdated, `${what} is progressing.`, now);
    // The condition is replaced even when its reason stays, because its update time starts the deadline anew.
    removeCondition(status, 'Progressing');
    const kept = current?.status === 'True' ? optional('lastTransitionTime', current.lastTransitionTime) : {};
    setCondition(status, { ...condition, ...kept });
  } else if (isTimedOut(deployment, status, now)) {
    const message = `${what} has timed out progressing.`;
    setCondition(status, newCondition('Progressing', 'False', REASON.timedOut, message, now));
  }
}

function replicaFailure({ newest, old }: Revisions): WorkloadCondition | undefined {
  for (const set of [newest, ...old]) {
    const failure = set?.status?.conditions?.find(({ type }) => type === 'ReplicaFailure');
    if (failure) return { ...failure, ...optional('lastUpdateTime', failure.lastTransitionTime) };
  }
  return undefined;
}

/** Undefined when a set that was synced does not say how many of its pods are terminating. */
function terminatingReplicas(sets: readonly (ReplicaSet | undefined)[]): number | undefined {
  let total = 0;
  for (const set of sets) {
    const count = set?.status?.terminatingReplicas;
    if (count !== undefined) total += count;
    else if (set?.status?.observedGeneration) return undefined;
  }
  return total;
}

function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };
}
