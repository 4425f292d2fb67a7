import { deepCopy } from '../../api/object.js';
import { isDeleting } from '../../api/pods.js';
import { isNotFound } from '../../api/status.js';
import type { Pod } from '../../api/types/pod.js';
import type { Waiting } from '../../kernel/wait.js';
import { isExpectedFailure, SyncError } from '../machinery/failures.js';
import { JOBS } from '../machinery/resource-types.js';
import { newCondition, trueCondition, withCondition } from './conditions.js';
import { countsAsFailure } from './failure-policy.js';
import { countOf, formatIntervals, hasIndex, withIndexes } from './intervals.js';
import { removeFinalizer } from './orphans.js';
import { indexOf, isIndexed, isPodFailed, isTracked, validIndexOf } from './pods.js';
import type { JobTools } from './tools.js';
import type { Work, WorkedJob } from './work.js';

/** Pods one sync counts at most: their UIDs stand in the status for a while. */
const UNCOUNTED_MAX = 500;

/**
 * Counts finished pods, each exactly once: their UIDs are written into the status, then they lose their finalizers, then
 * the counters grow and the UIDs go. At last a job that has come to its end is written as finished
 * (job trackJobStatusAndRemoveFinalizers).
 */
export function* track(tools: JobTools, work: Work, changed: boolean): Waiting<void> {
  const kept = new Set(work.pods.filter((pod) => isOpen(work, pod)).map(uidOf));
  let dirty = settleCounts(work.job, kept) || changed;
  const counted = countPods(work);
  dirty = dirty || counted.changed;
  dirty = announceEnd(tools, work) || dirty;
  if (dirty) {
    yield* writeStatus(tools, work, 'adding uncounted pods to status');
    tools.failures.set(work.key, work.failures);
  }
  const failure = yield* release(tools, work, counted.pods, kept);
  dirty = settleCounts(work.job, kept);
  if (failure) {
    if (dirty) yield* writeStatus(tools, work, 'removing uncounted pods from status');
    throw new SyncError(`tracking status: ${failure.message}`);
  }
  const finished = !counted.full && finish(tools, work);
  if (!dirty && !finished) return;
  yield* writeStatus(tools, work, 'removing uncounted pods from status');
  if (finished) recordFinished(tools, work);
}

function isOpen({ removed }: Work, pod: Pod): boolean {
  return isTracked(pod) && !removed.has(uidOf(pod));
}

function uidOf({ metadata }: Pod): string {
  return metadata.uid ?? '';
}

/** Moves pods without finalizer from the list of the uncounted to the counters; whether there were any. */
function settleCounts({ status }: WorkedJob, kept: ReadonlySet<string>): boolean {
  const { uncountedTerminatedPods: uncounted } = status;
  let changed = false;
  for (const kind of ['succeeded', 'failed'] as const) {
    const before = uncounted[kind] ?? [];
    const after = before.filter((uid) => kept.has(uid));
    if (after.length === before.length) continue;
    changed = true;
    status[kind] = (status[kind] ?? 0) + before.length - after.length;
    if (after.length > 0) uncounted[kind] = after;
    else delete uncounted[kind];
  }
  return changed;
}

/** Puts pods that are over into the status; which of them lose their finalizer then. */
function countPods(work: Work): { pods: Pod[]; changed: boolean; full: boolean } {
  const { job } = work;
  const { uncountedTerminatedPods: uncounted } = job.status;
  const succeededIndexes: number[] = [];
  const pods: Pod[] = [];
  let changed = false;
  let full = false;
  for (const pod of inOrder(work)) {
    if (!isOpen(work, pod) || !isReleasable(work, pod)) continue;
    pods.push(pod);
    const outcome = outcomeOf(work, pod);
    if (outcome === undefined) continue;
    changed = true;
    if (outcome === 'index') succeededIndexes.push(indexOf(pod) as number);
    else uncounted[outcome] = [...(uncounted[outcome] ?? []), uidOf(pod)];
    const count = succeededIndexes.length + (uncounted.succeeded ?? []).length + (uncounted.failed ?? []).length;
    full = count >= UNCOUNTED_MAX;
    if (full) break;
  }
  return { pods, changed: indexesChanged(work, succeededIndexes) || changed, full };
}

function inOrder({ job, pods }: Work): readonly Pod[] {
  if (!isIndexed(job)) return pods;
  return [...pods].sort((a, b) => (indexOf(a) ?? -1) - (indexOf(b) ?? -1));
}

/** A pod goes when it succeeded, when it failed and no successor has to learn from it, or when all is over. */
function isReleasable({ job, end, replaced }: Work, pod: Pod): boolean {
  if (isDeleting(job) || end || pod.status?.phase === 'Succeeded') return true;
  const index = indexOf(pod);
  return isPodFailed(pod, job) && (index === undefined || replaced.get(index) !== pod);
}

/** What a pod counts as; undefined for nothing, or for what was counted before. */
function outcomeOf(work: Work, pod: Pod): 'failed' | 'index' | 'succeeded' | undefined {
  const { job, end, uncounted } = work;
  const index = validIndexOf(pod, job);
  const wasFailure = uncounted.failed.has(uidOf(pod));
  if (pod.status?.phase === 'Succeeded' && !wasFailure) {
    if (!isIndexed(job)) return uncounted.succeeded.has(uidOf(pod)) ? undefined : 'succeeded';
    return index === undefined || hasIndex(work.indexesBefore, index) ? undefined : 'index';
  }
  // When a job has failed, whatever was still running has too.
  const isFailure = isPodFailed(pod, job) || (end !== undefined && end.type !== 'SuccessCriteriaMet');
  if (!isFailure || wasFailure || (isIndexed(job) && index === undefined)) return undefined;
  return countsAsFailure(job.spec, pod) ? 'failed' : undefined;
}

function indexesChanged(work: Work, succeeded: readonly number[]): boolean {
  const { status } = work.job;
  if (!isIndexed(work.job)) return false;
  work.indexes = withIndexes(work.indexes, succeeded);
  const before = [status.completedIndexes ?? '', status.failedIndexes];
  setOrDelete(status, 'completedIndexes', formatIntervals(work.indexes));
  setOrDelete(status, 'succeeded', countOf(work.indexes));
  if (work.failedIndexes) status.failedIndexes = formatIntervals(work.failedIndexes);
  else delete status.failedIndexes;
  return before[0] !== (status.completedIndexes ?? '') || before[1] !== status.failedIndexes;
}

/** Says how the job will end before its pods are let go, and what it will be then; whether that was not said yet. */
function announceEnd({ context }: JobTools, work: Work): boolean {
  const { job, end } = work;
  if (end?.type !== 'FailureTarget' && end?.type !== 'SuccessCriteriaMet') return false;
  const isNew = trueCondition(job, end.type) === undefined;
  if (isNew) job.status.conditions = [...(job.status.conditions ?? []), end];
  const type = end.type === 'FailureTarget' ? 'Failed' : 'Complete';
  work.end = newCondition(type, 'True', end.reason ?? '', end.message ?? '', context.sys.now());
  return isNew;
}

/** Takes the finalizers off; the first failure, if there was one. */
function* release(tools: JobTools, work: Work, pods: readonly Pod[], kept: Set<string>): Waiting<Error | undefined> {
  let failure: Error | undefined;
  tools.removals.expect(work.key, pods.map(uidOf));
  for (const pod of pods) {
    try {
      yield* removeFinalizer(tools, pod);
    } catch (error) {
      if (!isExpectedFailure(error)) throw error;
      tools.removals.observed(work.key, uidOf(pod));
      if (!isNotFound(error)) {
        failure ??= error;
        continue;
      }
    }
    kept.delete(uidOf(pod));
  }
  return failure;
}

/** Makes the job one that is finished, unless there are pods to wait for; whether it did. */
function finish({ context }: JobTools, { job, end, terminating }: Work): boolean {
  const { succeeded = [], failed = [] } = job.status.uncountedTerminatedPods;
  if (!end || succeeded.length + failed.length > 0 || terminating > 0) return false;
  const { type, reason = '', message = '' } = end;
  const condition = newCondition(type, 'True', reason, message, context.sys.now());
  const conditions = job.status.conditions ?? [];
  job.status.conditions = withCondition(conditions, condition) ?? conditions;
  if (type === 'Complete' && end.lastTransitionTime) job.status.completionTime = end.lastTransitionTime;
  return true;
}

function recordFinished(tools: JobTools, { job, end }: Work): void {
  tools.finished.add(job.metadata.uid ?? '');
  if (end?.type === 'Failed') return tools.recorder.event(job, 'Warning', end.reason ?? '', end.message ?? '');
  const { completions } = job.spec;
  if (completions !== undefined && (job.status.succeeded ?? 0) > completions) {
    const message = 'Too many succeeded pods running after completion count reached';
    tools.recorder.event(job, 'Warning', 'TooManySucceededPods', message);
  }
  tools.recorder.event(job, 'Normal', 'Completed', 'Job completed');
}

function* writeStatus(tools: JobTools, work: Work, what: string): Waiting<void> {
  try {
    const answer = yield* tools.client.update(JOBS, work.job, { subresource: 'status' });
    tools.written.set(answer.metadata.uid ?? '', answer.metadata.resourceVersion ?? '');
    work.job = deepCopy(answer);
    work.job.status.uncountedTerminatedPods ??= {};
  } catch (error) {
    if (!isExpectedFailure(error)) throw error;
    throw new SyncError(`tracking status: ${what}: ${error.message}`);
  }
}

function setOrDelete<K extends string, V>(status: { [key in K]?: V }, key: K, value: V): void {
  if (value === 0 || value === '') delete status[key];
  else status[key] = value;
}
