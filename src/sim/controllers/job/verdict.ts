import { parseOptionalTime } from '../../api/time.js';
import type { Job, JobCondition } from '../../api/types/batch.js';
import type { Pod } from '../../api/types/pod.js';
import { type Micros, SECOND } from '../../kernel/time.js';
import { newCondition, trueCondition } from './conditions.js';
import { failJobMessage } from './failure-policy.js';
import { countOf } from './intervals.js';
import { isIndexed } from './pods.js';
import { successMessage } from './success-policy.js';
import type { Work } from './work.js';

/**
 * With which condition a job is to end, apart from completion; undefined when it goes on. What was decided in an earlier
 * sync stands; failures come before success (job syncJob).
 */
export function verdictOf(work: Work, now: Micros): JobCondition | undefined {
  return decided(work, now) ?? overLimit(work, now) ?? indexesFailed(work, now) ?? successBefore(work, now);
}

/** How long until the job will have been active for too long; undefined when it may be for ever, or is not. */
export function untilDeadline({ spec, status }: Job, now: Micros): Micros | undefined {
  const start = parseOptionalTime(status?.startTime);
  if (spec.activeDeadlineSeconds === undefined || start === undefined || spec.suspend) return undefined;
  return start + spec.activeDeadlineSeconds * SECOND - now;
}

function decided({ job, pods }: Work, now: Micros): JobCondition | undefined {
  const success = trueCondition(job, 'SuccessCriteriaMet');
  if (success) return success;
  const failure = trueCondition(job, 'FailureTarget');
  if (failure) return newCondition('Failed', 'True', failure.reason ?? '', failure.message ?? '', now);
  const message = failJobMessage(job, pods);
  return message === undefined ? undefined : failing('PodFailurePolicy', message, now);
}

function overLimit({ job, pods, failed }: Work, now: Micros): JobCondition | undefined {
  if (failed > (job.spec.backoffLimit ?? 0) || restartedTooOften(job, pods)) {
    return failing('BackoffLimitExceeded', 'Job has reached the specified backoff limit', now);
  }
  const left = untilDeadline(job, now);
  if (left === undefined || left > 0) return undefined;
  return failing('DeadlineExceeded', 'Job was active longer than specified deadline', now);
}

/** Containers that are started again in the same pod count too. */
function restartedTooOften({ spec }: Job, pods: readonly Pod[]): boolean {
  if (spec.template.spec.restartPolicy !== 'OnFailure') return false;
  let restarts = 0;
  for (const { status } of pods) {
    if (status?.phase !== 'Running' && status?.phase !== 'Pending') continue;
    const statuses = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
    for (const { restartCount } of statuses) restarts += restartCount;
  }
  return restarts > 0 && restarts >= (spec.backoffLimit ?? 0);
}

function indexesFailed({ job, indexes, failedIndexes }: Work, now: Micros): JobCondition | undefined {
  if (!failedIndexes) return undefined;
  const { maxFailedIndexes, completions = 0 } = job.spec;
  const failed = countOf(failedIndexes);
  if (maxFailedIndexes !== undefined && failed > maxFailedIndexes) {
    const message = 'Job has exceeded the specified maximal number of failed indexes';
    return failing('MaxFailedIndexesExceeded', message, now);
  }
  const isOver = failed > 0 && failed + countOf(indexes) >= completions;
  return isOver ? failing('FailedIndexes', 'Job has failed indexes', now) : undefined;
}

function successBefore({ job, indexes }: Work, now: Micros): JobCondition | undefined {
  const message = isIndexed(job) ? successMessage(job.spec, indexes) : undefined;
  return message === undefined ? undefined : newCondition('SuccessCriteriaMet', 'True', 'SuccessPolicy', message, now);
}

function failing(reason: string, message: string, now: Micros): JobCondition {
  return newCondition('FailureTarget', 'True', reason, message, now);
}
