import { isDeleting, isPodActive, isPodReady, isPodTerminal } from '../../api/pods.js';
import { formatTime } from '../../api/time.js';
import type { Job, JobCondition, JobStatus } from '../../api/types/batch.js';
import type { Pod } from '../../api/types/pod.js';
import type { Micros } from '../../kernel/time.js';
import { type Failures, failuresAfter, finishedAt, NO_FAILURES } from './backoff.js';
import { countsAsFailure, judge } from './failure-policy.js';
import { countOf, hasIndex, type Intervals, parseIntervals, withIndexes } from './intervals.js';
import { failuresBefore, ignoredBefore, indexesOf, isIndexed, isPodFailed, isTracked, validIndexOf } from './pods.js';

/** A job as it is worked on: a copy, with a status to fill. */
export type WorkedJob = Job & {
  status: JobStatus & { uncountedTerminatedPods: { succeeded?: string[]; failed?: string[] } };
};

/** What one sync knows of a job and its pods, and what it makes of them (job syncJobCtx). */
export interface Work {
  readonly key: string;
  /** Becomes what the server answered when the status was written. */
  job: WorkedJob;
  readonly pods: readonly Pod[];
  readonly active: readonly Pod[];
  /** Pods in `uncountedTerminatedPods` when the sync began. */
  readonly uncounted: { readonly succeeded: ReadonlySet<string>; readonly failed: ReadonlySet<string> };
  /** Pods whose finalizer is removed already. */
  readonly removed: ReadonlySet<string>;
  /** Counted so far, with those that are counted now. */
  succeeded: number;
  readonly failed: number;
  ready: number;
  terminating: number;
  readonly failures: Failures;
  /** Of an indexed job: what the status says succeeded, the same with what has since, and what failed for good. */
  readonly indexesBefore: Intervals;
  indexes: Intervals;
  readonly failedIndexes: Intervals | undefined;
  /** The last failed pod of each index that is to be tried again: it says how often it failed. */
  readonly replaced: ReadonlyMap<number, Pod>;
  /** The condition with which the job is to end. */
  end: JobCondition | undefined;
}

/** Looks at a job and its pods as they are. `job` is a copy; it gets its start time. */
export function beginWork(
  job: WorkedJob,
  key: string,
  pods: readonly Pod[],
  removed: ReadonlySet<string>,
  before: Failures | undefined,
  now: Micros,
): Work {
  const { status, spec } = job;
  const active = pods.filter(isPodActive);
  const { succeeded = [], failed = [] } = status.uncountedTerminatedPods;
  const uncounted = { succeeded: new Set(succeeded), failed: new Set(failed) };
  const uncountedIn = (set: ReadonlySet<string>) => (pod: Pod) => {
    const uid = pod.metadata.uid ?? '';
    if (!isTracked(pod) || set.has(uid) || removed.has(uid)) return false;
    return !isIndexed(job) || validIndexOf(pod, job) !== undefined;
  };
  const newlySucceeded = pods
    .filter(uncountedIn(uncounted.succeeded))
    .filter((pod) => pod.status?.phase === 'Succeeded');
  const newlyFailed = pods.filter(uncountedIn(uncounted.failed)).filter((pod) => isPodFailed(pod, job));
  if (status.startTime === undefined && !spec.suspend) status.startTime = formatTime(now);
  const indexes = indexesBySuccess(job, pods);
  const failedIndexes = isIndexed(job) && spec.backoffLimitPerIndex !== undefined ? failedOf(job, pods) : undefined;
  const open = pods.filter(uncountedIn(new Set()));
  return {
    key,
    job,
    pods,
    active,
    uncounted,
    removed,
    succeeded: isIndexed(job)
      ? countOf(indexes.after)
      : (status.succeeded ?? 0) + newlySucceeded.length + uncounted.succeeded.size,
    failed:
      (status.failed ?? 0) + newlyFailed.filter((pod) => countsAsFailure(spec, pod)).length + uncounted.failed.size,
    ready: active.filter(isPodReady).length,
    terminating: pods.filter((pod) => isDeleting(pod) && !isPodTerminal(pod)).length,
    failures: failuresAfter(before ?? NO_FAILURES, newlySucceeded, newlyFailed),
    indexesBefore: indexes.before,
    indexes: indexes.after,
    failedIndexes,
    replaced: failedIndexes ? replacedPods(job, open, active, indexes.after, failedIndexes) : new Map(),
    end: undefined,
  };
}

function indexesBySuccess(job: WorkedJob, pods: readonly Pod[]): { before: Intervals; after: Intervals } {
  if (!isIndexed(job)) return { before: [], after: [] };
  const before = parseIntervals(job.status.completedIndexes ?? '', job.spec.completions ?? 0);
  const isNew = (pod: Pod) => pod.status?.phase === 'Succeeded' && isTracked(pod);
  return { before, after: withIndexes(before, validIndexesOf(pods.filter(isNew), job)) };
}

function failedOf(job: WorkedJob, pods: readonly Pod[]): Intervals {
  const before = parseIntervals(job.status.failedIndexes ?? '', job.spec.completions ?? 0);
  const isNew = (pod: Pod) => isTracked(pod) && failsItsIndex(pod, job);
  return withIndexes(before, validIndexesOf(pods.filter(isNew), job));
}

function validIndexesOf(pods: readonly Pod[], job: Job): number[] {
  return pods.map((pod) => validIndexOf(pod, job)).filter((index) => index !== undefined);
}

function failsItsIndex(pod: Pod, job: Job): boolean {
  if (!isPodFailed(pod, job)) return false;
  const { action } = judge(job.spec, pod);
  if (action === 'FailIndex') return true;
  return action !== 'Ignore' && failuresBefore(pod) >= (job.spec.backoffLimitPerIndex ?? 0);
}

/** Failed pods that keep their finalizer until their index has another pod, which takes over their counts. */
function replacedPods(
  job: Job,
  open: readonly Pod[],
  active: readonly Pod[],
  succeeded: Intervals,
  failed: Intervals,
): Map<number, Pod> {
  const running = new Set(indexesOf(active));
  const found = new Map<number, Pod>();
  const countOfAll = (pod: Pod) => failuresBefore(pod) + ignoredBefore(pod);
  for (const pod of open) {
    const index = isPodFailed(pod, job) ? validIndexOf(pod, job) : undefined;
    if (index === undefined || hasIndex(succeeded, index) || hasIndex(failed, index) || running.has(index)) continue;
    const last = found.get(index);
    if (!last || (countOfAll(last) <= countOfAll(pod) && finishedAt(pod) >= finishedAt(last))) found.set(index, pod);
  }
  return found;
}
