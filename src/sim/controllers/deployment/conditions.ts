import { formatTime } from '../../api/time.js';
import type { DeploymentStatus, WorkloadCondition } from '../../api/types/workloads.js';
import type { Micros } from '../../kernel/time.js';

/** Reasons of a deployment's conditions. */
export const REASON = {
  replicaSetUpdated: 'ReplicaSetUpdated',
  createFailed: 'ReplicaSetCreateError',
  created: 'NewReplicaSetCreated',
  found: 'FoundNewReplicaSet',
  available: 'NewReplicaSetAvailable',
  timedOut: 'ProgressDeadlineExceeded',
  paused: 'DeploymentPaused',
  resumed: 'DeploymentResumed',
  enough: 'MinimumReplicasAvailable',
  tooFew: 'MinimumReplicasUnavailable',
} as const;

/** A condition as of now. */
export function newCondition(
  type: string,
  status: 'True' | 'False' | 'Unknown',
  reason: string,
  message: string,
  now: Micros,
): WorkloadCondition {
  const time = formatTime(now);
  return { type, status, lastUpdateTime: time, lastTransitionTime: time, reason, message };
}

/** The condition of a type, if there. */
export function conditionOf(status: DeploymentStatus | undefined, type: string): WorkloadCondition | undefined {
  return status?.conditions?.find((condition) => condition.type === type);
}

/** Sets a condition; one with the same status and reason stays as it is, one with the same status keeps its transition time. */
export function setCondition(status: DeploymentStatus, condition: WorkloadCondition): void {
  const before = conditionOf(status, condition.type);
  if (before?.status === condition.status && before.reason === condition.reason) return;
  const kept =
    before?.status === condition.status && before.lastTransitionTime !== undefined
      ? { lastTransitionTime: before.lastTransitionTime }
      : {};
  removeCondition(status, condition.type);
  status.conditions = [...(status.conditions ?? []), { ...condition, ...kept }];
}

/** Removes a condition. */
export function removeCondition(status: DeploymentStatus, type: string): void {
  const rest = status.conditions?.filter((condition) => condition.type !== type) ?? [];
  if (rest.length > 0) status.conditions = rest;
  else delete status.conditions;
}
