import { isDeleting, isPodReady, isPodTerminal } from '../../api/pods.js';
import { isNotFound } from '../../api/status.js';
import type { Pod } from '../../api/types/pod.js';
import type { Micros } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { isExpectedFailure, isNamespaceTerminating, SyncError } from '../machinery/failures.js';
import { keyOf } from '../machinery/keys.js';
import { slowStart } from '../machinery/slow-start.js';
import { backoffLeft, indexBackoffLeft } from './backoff.js';
import { firstFree, mergeIntervals, withIndexes } from './intervals.js';
import { removeFinalizer } from './orphans.js';
import { indexesOf, isIndexed, isTracked, replacesOnlyFailed } from './pods.js';
import { podsToRemove } from './removal-order.js';
import { indexedPrefix, indexedTemplate, trackedTemplate } from './template.js';
import { BATCH_PERIOD, type JobTools } from './tools.js';
import type { Work } from './work.js';

/** Pods one sync makes or deletes at most. */
const BURST_PODS = 500;

/** How many pods are active afterwards, and what failed first, if anything did. */
export interface Managed {
  readonly active: number;
  readonly failure: Error | undefined;
}

/** Brings the number of active pods to what the job asks for: in one sync either fewer or more (job manageJob). */
export function* manage(tools: JobTools, work: Work): Waiting<Managed> {
  const { job, active } = work;
  const wanted = job.spec.suspend ? 0 : wantedActive(work);
  const surplus = job.spec.suspend ? active.length : Math.max(0, active.length - wanted);
  const doomed = podsToRemove(job, active, surplus).slice(0, job.spec.suspend ? active.length : BURST_PODS);
  if (doomed.length > 0) return yield* remove(tools, work, doomed);
  if (job.spec.suspend) return { active: 0, failure: undefined };
  const terminating = replacesOnlyFailed(job) ? work.terminating : 0;
  const missing = wanted - terminating - active.length;
  if (missing <= 0) return { active: active.length, failure: undefined };
  return yield* replenish(tools, work, missing);
}

/** Deletes all active pods of a job that is over; they are counted by the way they end. */
export function* deleteActive(tools: JobTools, { job, active }: Work): Waiting<{ deleted: number; failure?: Error }> {
  let deleted = active.length;
  let failure: Error | undefined;
  for (const pod of active) {
    try {
      yield* tools.podControl.delete(pod.metadata.name ?? '', job);
    } catch (error) {
      if (!isExpectedFailure(error)) throw error;
      if (isNotFound(error)) continue;
      deleted -= 1;
      failure ??= error;
    }
  }
  return failure ? { deleted, failure } : { deleted };
}

/** A queue of work gets no more pods once one has said by its success that it is empty. */
function wantedActive({ job, active, succeeded }: Work): number {
  const { completions, parallelism = 1 } = job.spec;
  if (completions === undefined) return succeeded > 0 ? active.length : parallelism;
  return Math.max(0, Math.min(completions - succeeded, parallelism));
}

/** What is taken away for want of work is not counted: it loses its finalizer first. */
function* remove(tools: JobTools, work: Work, pods: readonly Pod[]): Waiting<Managed> {
  const { key, job, active } = work;
  let removed = pods.length;
  let failure: Error | undefined;
  tools.expectations.expect(key, 0, pods.map(keyOf));
  for (const pod of pods) {
    const error = yield* removeOne(tools, work, pod);
    if (!error) continue;
    tools.expectations.deletionObserved(key, keyOf(pod));
    if (isNotFound(error)) continue;
    tools.context.log.info('Failed to delete Pod', { job: keyOf(job), pod: keyOf(pod), err: error.message });
    removed -= 1;
    failure ??= error;
  }
  work.terminating += removed;
  return { active: active.length - removed, failure };
}

function* removeOne(tools: JobTools, work: Work, pod: Pod): Waiting<Error | undefined> {
  try {
    if (isTracked(pod)) yield* removeFinalizer(tools, pod);
  } catch (error) {
    if (!isExpectedFailure(error)) throw error;
    return isNotFound(error) ? error : new SyncError(`removing completion finalizer: ${error.message}`);
  }
  if (isPodReady(pod)) work.ready -= 1;
  try {
    yield* tools.podControl.delete(pod.metadata.name ?? '', work.job);
    return undefined;
  } catch (error) {
    if (!isExpectedFailure(error)) throw error;
    return error;
  }
}

/** Makes pods, or has the job looked at again when failed ones may be replaced. */
function* replenish(tools: JobTools, work: Work, missing: number): Waiting<Managed> {
  const { key, job, active } = work;
  const now = tools.context.sys.now();
  const byIndex = isIndexed(job) && job.spec.backoffLimitPerIndex !== undefined;
  const later = (span: Micros): Managed => {
    tools.queue.addAfter(key, Math.max(span, BATCH_PERIOD));
    // As the real controller reports it: none, whatever else may run.
    return { active: 0, failure: undefined };
  };
  const left = byIndex ? 0 : backoffLeft(work.failures, now);
  if (left > 0) return later(left);
  let count = Math.min(missing, BURST_PODS);
  let indexes: number[] | undefined;
  if (isIndexed(job)) {
    indexes = pendingIndexes(work, count);
    if (byIndex) {
      const waits = indexes.map((index) => indexBackoffLeft(work.replaced.get(index), now));
      const due = indexes.filter((_, at) => waits[at] === 0);
      if (due.length === 0 && indexes.length > 0) return later(Math.min(...waits));
      indexes = due;
    }
    count = indexes.length;
  }
  const failed = yield* create(tools, work, count, indexes);
  return { active: active.length + count - failed.count, failure: failed.first };
}

function pendingIndexes({ job, pods, active, indexes, failedIndexes }: Work, count: number): number[] {
  const terminating = pods.filter((pod) => isDeleting(pod) && !isPodTerminal(pod));
  const busy = [...indexesOf(active), ...(replacesOnlyFailed(job) ? indexesOf(terminating) : [])];
  return firstFree(mergeIntervals(withIndexes(indexes, busy), failedIndexes ?? []), count, job.spec.completions ?? 0);
}

/** Makes pods in growing batches; how many were not made, and why. */
function* create(
  tools: JobTools,
  work: Work,
  count: number,
  indexes: readonly number[] | undefined,
): Waiting<{ count: number; first: Error | undefined }> {
  const { key, job } = work;
  tools.expectations.expect(key, count, []);
  const { successes, failure } = yield* slowStart(count, function* (at) {
    const index = indexes?.[at];
    try {
      if (index === undefined) yield* tools.podControl.create(trackedTemplate(job), job);
      else {
        const template = indexedTemplate(job, index, work.replaced.get(index));
        yield* tools.podControl.create(template, job, indexedPrefix(job, index));
      }
    } catch (error) {
      // The namespace takes the job with it soon.
      if (!isNamespaceTerminating(error)) throw error;
    }
  });
  tools.expectations.creationObserved(key, count - successes);
  return { count: count - successes, first: failure };
}
