import { matchesSelector, selectorFromObject } from '../../api/labels.js';
import { deepEqual } from '../../api/object.js';
import { controllerOf } from '../../api/owner-references.js';
import { isDeleting } from '../../api/pods.js';
import { parseOptionalTime } from '../../api/time.js';
import type { Job } from '../../api/types/batch.js';
import type { Pod } from '../../api/types/pod.js';
import { SECOND } from '../../kernel/time.js';
import { isJobFinished } from '../machinery/finished-jobs.js';
import { keyOf } from '../machinery/keys.js';
import { enqueueOrphan, enqueuePodsOf } from './orphans.js';
import { isTracked } from './pods.js';
import { enqueueBatched, type JobTools, jobOf } from './tools.js';

/** Enqueues jobs that were changed, at once when it is their spec, and those whose pods were, a little later. */
export function follow(tools: JobTools): void {
  tools.jobs.addHandlers({
    added: (job) => tools.queue.add(keyOf(job)),
    updated: (before, after) => jobUpdated(tools, before, after),
    deleted: (job) => jobDeleted(tools, job),
  });
  tools.pods.addHandlers({
    added: (pod) => podAdded(tools, pod),
    updated: (before, after) => podUpdated(tools, before, after),
    deleted: (pod) => podDeleted(tools, pod, true),
  });
}

function jobUpdated(tools: JobTools, before: Job, after: Job): void {
  // No job is called finished before its pods are counted: this only makes sure that no pod is held back.
  if (isJobFinished(after)) {
    tools.failures.delete(keyOf(after));
    tools.finished.delete(after.metadata.uid ?? '');
    return enqueuePodsOf(tools, after);
  }
  if (before.metadata.generation === after.metadata.generation) enqueueBatched(tools, after);
  else tools.queue.add(keyOf(after));
  const seconds = after.spec.activeDeadlineSeconds;
  const start = parseOptionalTime(after.status?.startTime);
  if (seconds === undefined || start === undefined || before.spec.activeDeadlineSeconds === seconds) return;
  tools.queue.addAfter(keyOf(after), start + seconds * SECOND - tools.context.sys.now());
}

function jobDeleted(tools: JobTools, job: Job): void {
  tools.queue.add(keyOf(job));
  tools.finished.delete(job.metadata.uid ?? '');
  tools.written.delete(job.metadata.uid ?? '');
  tools.failures.delete(keyOf(job));
  enqueuePodsOf(tools, job);
}

function podAdded(tools: JobTools, pod: Pod): void {
  if (isDeleting(pod)) return podDeleted(tools, pod, false);
  const job = jobOf(tools, pod);
  if (job) {
    tools.expectations.creationObserved(keyOf(job));
    enqueueBatched(tools, job);
  } else if (!controllerOf(pod)) {
    if (isTracked(pod)) enqueueOrphan(tools, pod);
    enqueueMatching(tools, pod);
  }
}

function podUpdated(tools: JobTools, before: Pod, after: Pod): void {
  if (isDeleting(after)) return podDeleted(tools, after, false);
  const disowned = !deepEqual(controllerOf(before), controllerOf(after));
  const jobs = [disowned ? jobOf(tools, before) : undefined, jobOf(tools, after)];
  for (const job of jobs) {
    if (!job) continue;
    if (!isTracked(after)) tools.removals.observed(keyOf(job), after.metadata.uid);
    enqueueBatched(tools, job);
  }
  if (controllerOf(after)) return;
  if (isTracked(after)) enqueueOrphan(tools, after);
  if (disowned || !deepEqual(before.metadata.labels, after.metadata.labels)) enqueueMatching(tools, after);
}

/** `gone` says that the pod is no more; otherwise somebody asked for that. */
function podDeleted(tools: JobTools, pod: Pod, gone: boolean): void {
  const job = jobOf(tools, pod);
  if (!job || isJobFinished(job)) {
    if (!gone && isTracked(pod)) enqueueOrphan(tools, pod);
    return;
  }
  tools.expectations.deletionObserved(keyOf(job), keyOf(pod));
  if (gone || !isTracked(pod)) tools.removals.observed(keyOf(job), pod.metadata.uid);
  enqueueBatched(tools, job);
}

function enqueueMatching(tools: JobTools, pod: Pod): void {
  for (const job of tools.jobs.list(pod.metadata.namespace)) {
    const selector = selectorFromObject(job.spec.selector);
    if (selector?.length && matchesSelector(selector, pod.metadata.labels)) enqueueBatched(tools, job);
  }
}
