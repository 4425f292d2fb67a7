import { type Schedule, ScheduleError, zoneError } from '../../api/cron.js';
import { goQuote } from '../../api/go-text.js';
import { isControlledBy } from '../../api/owner-references.js';
import { isDeleting } from '../../api/pods.js';
import { isAlreadyExists } from '../../api/status.js';
import { formatLongTime, formatTime } from '../../api/time.js';
import type { Job } from '../../api/types/batch.js';
import { type Micros, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { isExpectedFailure, isNamespaceTerminating, SyncError } from '../machinery/failures.js';
import { JOBS } from '../machinery/resource-types.js';
import { activeOf, addActive, isActive, type WorkedCronJob } from './active.js';
import { type CronTools, deleteJob } from './children.js';
import { dueTime, NeverError, scheduleOf, untilNext } from './due.js';
import { jobFor, jobNameFor } from './job-of.js';

const DOCUMENTATION = 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/';

/** What came of it: whether the status changed, when to look again (undefined: when something changes), what failed. */
export interface Started {
  readonly changed: boolean;
  readonly again?: Micros;
  readonly failure?: Error;
}

const IDLE: Started = { changed: false };

/** Makes the job that is due, if one is and nothing speaks against it (cronjob syncCronJob). */
export function* startDue(tools: CronTools, cronJob: WorkedCronJob): Waiting<Started> {
  if (isDeleting(cronJob)) return IDLE;
  const now = tools.now();
  const { timeZone, suspend } = cronJob.spec;
  const wrongZone = timeZone === undefined ? undefined : zoneError(timeZone);
  if (wrongZone !== undefined) {
    const message = `invalid timeZone: ${goQuote(timeZone ?? '')}: ${wrongZone}`;
    tools.recorder.event(cronJob, 'Warning', 'UnknownTimeZone', message);
    return IDLE;
  }
  if (suspend) return IDLE;
  const schedule = readSchedule(tools, cronJob);
  if (!schedule) return IDLE;
  const later: Started = { changed: false, again: untilNext(cronJob, schedule, now) };
  const at = dueAt(tools, cronJob, schedule, now);
  if (at === 'never') return IDLE;
  if (at === undefined || !mayStart(tools, cronJob, at, now)) return later;
  return yield* startAt(tools, cronJob, schedule, at, now);
}

function readSchedule({ recorder }: CronTools, cronJob: WorkedCronJob): Schedule | undefined {
  const { schedule = '' } = cronJob.spec;
  if (schedule.includes('TZ')) {
    const message = `CRON_TZ or TZ used in schedule ${goQuote(schedule)} is not officially supported, see ${DOCUMENTATION} for more details`;
    recorder.event(cronJob, 'Warning', 'UnsupportedSchedule', message);
  }
  try {
    return scheduleOf(cronJob);
  } catch (error) {
    if (!(error instanceof ScheduleError)) throw error;
    const message = `unparseable schedule: ${goQuote(schedule)} : ${error.message}`;
    recorder.event(cronJob, 'Warning', 'UnparseableSchedule', message);
    return undefined;
  }
}

function dueAt(
  { recorder }: CronTools,
  cronJob: WorkedCronJob,
  schedule: Schedule,
  now: Micros,
): Micros | 'never' | undefined {
  try {
    const due = dueTime(cronJob, schedule, now);
    if (due?.many) {
      const message = 'too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew';
      recorder.event(cronJob, 'Warning', 'TooManyMissedTimes', message);
    }
    return due?.at;
  } catch (error) {
    if (!(error instanceof NeverError)) throw error;
    const message = `invalid schedule: ${cronJob.spec.schedule} : ${error.message}`;
    recorder.event(cronJob, 'Warning', 'InvalidSchedule', message);
    return 'never';
  }
}

/** Whether it is not too late for a time, it was not taken care of before, and nothing else must not run beside it. */
function mayStart({ recorder }: CronTools, cronJob: WorkedCronJob, at: Micros, now: Micros): boolean {
  const { startingDeadlineSeconds: deadline, concurrencyPolicy } = cronJob.spec;
  if (deadline !== undefined && at + deadline * SECOND < now) {
    const message = `Missed scheduled time to start a job: ${formatLongTime(at)}`;
    recorder.event(cronJob, 'Warning', 'MissSchedule', message);
    return false;
  }
  const name = jobNameFor(cronJob, at);
  const running = activeOf(cronJob);
  if (running.some((job) => job.name === name)) return false;
  if (cronJob.status.lastScheduleTime === formatTime(at)) return false;
  if (concurrencyPolicy !== 'Forbid' || running.length === 0) return true;
  const message = 'Not starting job because prior execution is running and concurrency policy is Forbid';
  recorder.event(cronJob, 'Normal', 'JobAlreadyActive', message);
  return false;
}

function* startAt(
  tools: CronTools,
  cronJob: WorkedCronJob,
  schedule: Schedule,
  at: Micros,
  now: Micros,
): Waiting<Started> {
  let changed = false;
  try {
    if (cronJob.spec.concurrencyPolicy === 'Replace') changed = yield* replaceActive(tools, cronJob);
    const job = yield* makeJob(tools, cronJob, at);
    if (!job) return { changed };
    addActive(cronJob, job);
    cronJob.status.lastScheduleTime = formatTime(at);
    return { changed: true, again: untilNext(cronJob, schedule, now) };
  } catch (error) {
    if (!isExpectedFailure(error)) throw error;
    return { changed, failure: error };
  }
}

function* replaceActive(tools: CronTools, cronJob: WorkedCronJob): Waiting<boolean> {
  let changed = false;
  for (const { name = '', namespace } of activeOf(cronJob)) {
    const job = yield* getRunning(tools, cronJob, name, namespace);
    if (!(yield* deleteJob(tools, cronJob, job))) throw new SyncError(`could not replace job ${namespace}/${name}`);
    changed = true;
  }
  return changed;
}

function* getRunning(
  { client, recorder }: CronTools,
  cronJob: WorkedCronJob,
  name: string,
  namespace: string | undefined,
): Waiting<Job> {
  try {
    return yield* client.get<Job>(JOBS, name, namespace);
  } catch (error) {
    if (isExpectedFailure(error)) recorder.event(cronJob, 'Warning', 'FailedGet', `Get job: ${error.message}`);
    throw error;
  }
}

/** Makes the job of a time, or finds the one that was made and not written down; undefined for one of somebody else. */
function* makeJob({ client, recorder }: CronTools, cronJob: WorkedCronJob, at: Micros): Waiting<Job | undefined> {
  const wanted = jobFor(cronJob, at);
  try {
    const job = yield* client.create<Job>(JOBS, wanted);
    recorder.event(cronJob, 'Normal', 'SuccessfulCreate', `Created job ${job.metadata.name}`);
    return job;
  } catch (error) {
    if (!isExpectedFailure(error)) throw error;
    if (!isAlreadyExists(error)) {
      const message = `Error creating job: ${error.message}`;
      if (!isNamespaceTerminating(error)) recorder.event(cronJob, 'Warning', 'FailedCreate', message);
      throw error;
    }
  }
  const job = yield* client.get<Job>(JOBS, wanted.metadata.name ?? '', wanted.metadata.namespace);
  return isControlledBy(job, cronJob) && !isActive(cronJob, job.metadata.uid) ? job : undefined;
}
