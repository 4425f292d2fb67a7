import type { Pod } from '../../api/types/pod.js';
import { isMirrorPod, isStaticPod } from '../pods/static-annotations.js';

/** The value of `system-cluster-critical`; from here on the system's own classes begin. */
const SYSTEM_CRITICAL = 2_000_000_000;

/** A pod that the node must keep whatever happens (kubelet types IsCriticalPod). */
export function isCritical(pod: Pod): boolean {
  return isStaticPod(pod) || isMirrorPod(pod) || (pod.spec.priority ?? 0) >= SYSTEM_CRITICAL;
}

/** A critical pod of the class `system-node-critical` (kubelet types IsNodeCriticalPod). */
export function isNodeCritical(pod: Pod): boolean {
  return isCritical(pod) && pod.spec.priorityClassName === 'system-node-critical';
}

/** kubelet types Preemptable: whether one pod may be put out for another. */
export function mayPreempt(preemptor: Pod, victim: Pod): boolean {
  if (isCritical(preemptor) && !isCritical(victim)) return true;
  return (
    preemptor.spec.priority !== undefined &&
    victim.spec.priority !== undefined &&
    preemptor.spec.priority > victim.spec.priority
  );
}
