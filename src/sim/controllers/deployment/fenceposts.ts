import { scaledValue } from '../../api/int-or-percent.js';
import type { IntOrString } from '../../api/object.js';
import type { Deployment } from '../../api/types/workloads.js';

/** Whether the deployment replaces its pods step by step. */
export function isRollingUpdate(deployment: Deployment): boolean {
  return deployment.spec.strategy?.type === 'RollingUpdate';
}

/**
 * How many pods may be too many and how many may be missing during a rollout. Surge rounds up, missing rounds down; when
 * both come to nothing one may be missing, or nothing would ever move.
 */
export function resolveFenceposts(
  surge: IntOrString | undefined,
  unavailable: IntOrString | undefined,
  desired: number,
): { surge: number; unavailable: number } {
  const resolved = {
    surge: scaledValue(surge ?? 0, desired, true),
    unavailable: scaledValue(unavailable ?? 0, desired, false),
  };
  return resolved.surge === 0 && resolved.unavailable === 0 ? { surge: 0, unavailable: 1 } : resolved;
}

/** Pods above the wanted number that a rollout may run. */
export function maxSurge(deployment: Deployment): number {
  return isRollingUpdate(deployment) ? fenceposts(deployment).surge : 0;
}

/** Pods of the wanted number that may be missing during a rollout. */
export function maxUnavailable(deployment: Deployment): number {
  const replicas = deployment.spec.replicas ?? 1;
  if (!isRollingUpdate(deployment) || replicas === 0) return 0;
  return Math.min(fenceposts(deployment).unavailable, replicas);
}

function fenceposts(deployment: Deployment): { surge: number; unavailable: number } {
  const rolling = deployment.spec.strategy?.rollingUpdate;
  return resolveFenceposts(rolling?.maxSurge, rolling?.maxUnavailable, deployment.spec.replicas ?? 1);
}
