import { compareText } from '../../api/go-text.js';
import { parseOptionalTime } from '../../api/time.js';
import type { CronJob, Job } from '../../api/types/batch.js';
import { finishedCondition } from '../machinery/finished-jobs.js';

/** The finished jobs that are more than a cron job keeps, of the successful and of the failed, oldest first. */
export function jobsToForget({ spec }: CronJob, jobs: readonly Job[]): Job[] {
  const { successfulJobsHistoryLimit, failedJobsHistoryLimit } = spec;
  return [...oldest(jobs, 'Complete', successfulJobsHistoryLimit), ...oldest(jobs, 'Failed', failedJobsHistoryLimit)];
}

function oldest(jobs: readonly Job[], outcome: string, limit: number | undefined): Job[] {
  if (limit === undefined) return [];
  const finished = jobs.filter((job) => finishedCondition(job)?.type === outcome);
  return finished.sort(compareStarts).slice(0, Math.max(0, finished.length - limit));
}

/** Those without a start come last. */
function compareStarts(a: Job, b: Job): number {
  const [first, second] = [a, b].map(({ status }) => parseOptionalTime(status?.startTime) ?? Number.POSITIVE_INFINITY);
  if (first !== second) return (first as number) < (second as number) ? -1 : 1;
  return compareText(a.metadata.name ?? '', b.metadata.name ?? '');
}
