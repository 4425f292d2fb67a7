import { isNotFound } from '../../api/status.js';
import { parseOptionalTime } from '../../api/time.js';
import type { CronJob, Job } from '../../api/types/batch.js';
import type { ApiClient } from '../../client/client.js';
import type { Micros } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { EventRecorder } from '../machinery/context.js';
import { isExpectedFailure } from '../machinery/failures.js';
import { finishedCondition } from '../machinery/finished-jobs.js';
import { CRON_JOBS, JOBS } from '../machinery/resource-types.js';
import { activeOf, isActive, removeActive, type WorkedCronJob } from './active.js';
import { jobsToForget } from './history.js';

/** What the parts of the cron job controller share. */
export interface CronTools {
  readonly client: ApiClient;
  readonly recorder: EventRecorder;
  now(): Micros;
}

/** Deletes finished jobs beyond the limits of the history; whether the status changed. */
export function* forgetOld(tools: CronTools, cronJob: WorkedCronJob, jobs: readonly Job[]): Waiting<boolean> {
  let changed = false;
  for (const job of jobsToForget(cronJob, jobs)) changed = (yield* deleteJob(tools, cronJob, job)) || changed;
  return changed;
}

/** Deletes a job with its pods; false when the server refused, which is told by an event. */
export function* deleteJob({ client, recorder }: CronTools, cronJob: WorkedCronJob, job: Job): Waiting<boolean> {
  const { name = '', namespace, uid } = job.metadata;
  try {
    yield* client.delete(JOBS, name, namespace, { propagationPolicy: 'Background' });
  } catch (error) {
    if (!isExpectedFailure(error)) throw error;
    recorder.event(cronJob, 'Warning', 'FailedDelete', `Deleted job: ${error.message}`);
    return false;
  }
  removeActive(cronJob, uid);
  recorder.event(cronJob, 'Normal', 'SuccessfulDelete', `Deleted job ${name}`);
  return true;
}

/** Strikes off jobs that are over or gone, and notes when one last succeeded; whether the status changed. */
export function* takeStock(tools: CronTools, cronJob: WorkedCronJob, jobs: readonly Job[]): Waiting<boolean> {
  let changed = false;
  for (const job of jobs) {
    if (finishedCondition(job)) changed = noteFinished(tools, cronJob, job) || changed;
    else if (!isActive(cronJob, job.metadata.uid)) yield* checkUnexpected(tools, cronJob, job);
  }
  const uids = new Set(jobs.map(({ metadata }) => metadata.uid));
  for (const { name = '', namespace, uid } of activeOf(cronJob)) {
    if (uids.has(uid) || (yield* jobExists(tools, name, namespace))) continue;
    tools.recorder.event(cronJob, 'Normal', 'MissingJob', `Active job went missing: ${name}`);
    removeActive(cronJob, uid);
    changed = true;
  }
  return changed;
}

function noteFinished({ recorder }: CronTools, cronJob: WorkedCronJob, job: Job): boolean {
  const { status } = cronJob;
  const outcome = finishedCondition(job)?.type;
  const wasActive = isActive(cronJob, job.metadata.uid);
  if (wasActive) {
    removeActive(cronJob, job.metadata.uid);
    const message = `Saw completed job: ${job.metadata.name}, condition: ${outcome}`;
    recorder.event(cronJob, 'Normal', 'SawCompletedJob', message);
  }
  const completed = outcome === 'Complete' ? job.status?.completionTime : undefined;
  const last = parseOptionalTime(status.lastSuccessfulTime);
  if (completed === undefined || (last !== undefined && (parseOptionalTime(completed) ?? 0) <= last)) return wasActive;
  status.lastSuccessfulTime = completed;
  return true;
}

/** A job that runs in the cron job's name and is not among those it knows: the cache may be behind, or somebody made it. */
function* checkUnexpected({ client, recorder }: CronTools, cronJob: WorkedCronJob, job: Job): Waiting<void> {
  const { name = '', namespace } = cronJob.metadata;
  const fresh = yield* client.get<CronJob>(CRON_JOBS, name, namespace);
  if (isActive(fresh, job.metadata.uid)) return;
  const message = `Saw a job that the controller did not create or forgot: ${job.metadata.name}`;
  recorder.event(cronJob, 'Warning', 'UnexpectedJob', message);
}

function* jobExists({ client }: CronTools, name: string, namespace: string | undefined): Waiting<boolean> {
  try {
    yield* client.get(JOBS, name, namespace);
    return true;
  } catch (error) {
    if (!isNotFound(error)) throw error;
    return false;
  }
}
