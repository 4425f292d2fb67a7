import { isDeleting } from '../../api/pods.js';
import type { Job } from '../../api/types/batch.js';
import type { Pod } from '../../api/types/pod.js';

/** Keeps a pod until its job has counted it. */
export const TRACKING_FINALIZER = 'batch.kubernetes.io/job-tracking';
/** Which of the job's indexes a pod works on: annotation and label. */
export const COMPLETION_INDEX = 'batch.kubernetes.io/job-completion-index';
/** How often pods of the index have failed before this one. */
export const FAILURE_COUNT = 'batch.kubernetes.io/job-index-failure-count';
/** How often they failed without being counted. */
export const IGNORED_FAILURE_COUNT = 'batch.kubernetes.io/job-index-ignored-failure-count';

const INT32_MAX = 2 ** 31 - 1;

/** Whether the pod waits to be counted. */
export function isTracked(pod: Pod): boolean {
  return pod.metadata.finalizers?.includes(TRACKING_FINALIZER) ?? false;
}

export function isIndexed({ spec }: Job): boolean {
  return spec.completionMode === 'Indexed';
}

/** The index of a pod; undefined when it has none, or none that can be read. */
export function indexOf(pod: Pod): number | undefined {
  const text = pod.metadata.annotations?.[COMPLETION_INDEX];
  return text !== undefined && /^\+?\d+$/.test(text) ? Number(text) : undefined;
}

/** The index of a pod of an indexed job when the job has that index. */
export function validIndexOf(pod: Pod, { spec }: Job): number | undefined {
  const index = indexOf(pod);
  return index !== undefined && index < (spec.completions ?? 0) ? index : undefined;
}

/** The indexes of pods. */
export function indexesOf(pods: readonly Pod[]): number[] {
  return pods.map(indexOf).filter((index) => index !== undefined);
}

/** Failures of a pod's index before it that were counted. */
export function failuresBefore(pod: Pod): number {
  return readCount(pod.metadata.annotations?.[FAILURE_COUNT]);
}

/** Failures of a pod's index before it that were ignored. */
export function ignoredBefore(pod: Pod): number {
  return readCount(pod.metadata.annotations?.[IGNORED_FAILURE_COUNT]);
}

/** Whether pods are replaced only when they are over, not already when they are to go. */
export function replacesOnlyFailed({ spec }: Job): boolean {
  return spec.podReplacementPolicy === 'Failed' || spec.podFailurePolicy !== undefined;
}

/** Whether a pod counts as failed: one that is being deleted does too, unless the job waits for its end. */
export function isPodFailed(pod: Pod, job: Job): boolean {
  if (pod.status?.phase === 'Failed') return true;
  if (replacesOnlyFailed(job)) return false;
  return isDeleting(pod) && pod.status?.phase !== 'Succeeded';
}

function readCount(text: string | undefined): number {
  const value = text !== undefined && /^[+-]?\d+$/.test(text) ? Number(text) : 0;
  return value >= 0 && value <= INT32_MAX ? value : 0;
}
