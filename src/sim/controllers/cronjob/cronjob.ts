import { ScheduleError } from '../../api/cron.js';
import { deepCopy } from '../../api/object.js';
import { controllerOf } from '../../api/owner-references.js';
import type { CronJob, Job } from '../../api/types/batch.js';
import type { Informer } from '../../client/informer.js';
import type { Micros } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Controller, ControllerContext, EventRecorder, WorkQueue } from '../machinery/context.js';
import { keyOf, splitKey } from '../machinery/keys.js';
import { CRON_JOBS, JOBS } from '../machinery/resource-types.js';
import { startWorker } from '../machinery/worker.js';
import type { WorkedCronJob } from './active.js';
import { type CronTools, forgetOld, takeStock } from './children.js';
import { scheduleOf, untilNext } from './due.js';
import { startDue } from './start-due.js';

const BY_CONTROLLER = 'controllerName';

/** Makes jobs by the clock. */
export const cronJobController: Controller = {
  name: 'cronjob-controller',
  alias: 'cronjob',
  start: (context) => new CronJobController(context).start(),
};

class CronJobController {
  private readonly cronJobs: Informer<CronJob>;
  private readonly jobs: Informer<Job>;
  private readonly queue: WorkQueue;
  private readonly recorder: EventRecorder;
  private readonly tools: CronTools;
  /** By UID: the version in which a cron job was written last, until the cache has it or a newer one. */
  private readonly written = new Map<string, string>();

  constructor(private readonly context: ControllerContext) {
    this.cronJobs = context.informer<CronJob>(CRON_JOBS);
    this.jobs = context.informer<Job>(JOBS);
    this.queue = context.queue('cronjob');
    this.recorder = context.recorder('cronjob-controller');
    this.tools = { client: context.client, recorder: this.recorder, now: () => context.sys.now() };
  }

  start(): void {
    this.jobs.addIndex(BY_CONTROLLER, (job) => {
      const controller = controllerOf(job);
      return controller ? [`${job.metadata.namespace}/${controller.name}`] : [];
    });
    const enqueue = (cronJob: CronJob) => this.queue.add(keyOf(cronJob));
    this.cronJobs.addHandlers({
      added: enqueue,
      updated: (before, after) => this.cronJobUpdated(before, after),
      deleted: ({ metadata }) => this.written.delete(metadata.uid ?? ''),
    });
    this.jobs.addHandlers({
      added: (job) => this.enqueueOwner(job),
      updated: (before, after) => {
        if (controllerOf(before)?.uid !== controllerOf(after)?.uid) this.enqueueOwner(before);
        this.enqueueOwner(after);
      },
      deleted: (job) => this.enqueueOwner(job),
    });
    startWorker(
      this.context,
      this.queue,
      (key) => this.sync(key),
      (key, error) => {
        const err = `error syncing CronJobController ${key}, requeuing: ${error.message}`;
        this.context.log.error(undefined, 'Unhandled Error', { err });
        this.queue.addRateLimited(key);
      },
    );
  }

  private *sync(key: string): Waiting<void> {
    const { namespace, name } = splitKey(key);
    const cached = this.cronJobs.get(namespace, name);
    // One that the cache will have newer in a moment comes again by itself.
    if (!cached || this.isBehind(cached)) return;
    const cronJob = deepCopy(cached) as WorkedCronJob;
    cronJob.status ??= {};
    const jobs = this.jobs.byIndex(BY_CONTROLLER, key);
    let changed = yield* forgetOld(this.tools, cronJob, jobs);
    let failure: unknown;
    let again: Micros | undefined;
    try {
      changed = (yield* takeStock(this.tools, cronJob, jobs)) || changed;
      const started = yield* startDue(this.tools, cronJob);
      changed = started.changed || changed;
      again = started.again;
      failure = started.failure;
    } finally {
      // What was found out is written even if the rest could not be done.
      if (changed) yield* this.writeStatus(cronJob);
    }
    if (failure) throw failure;
    if (again !== undefined) this.queue.addAfter(key, again);
  }

  private isBehind({ metadata }: CronJob): boolean {
    const uid = metadata.uid ?? '';
    const behind = Number(metadata.resourceVersion) < Number(this.written.get(uid) ?? 0);
    if (!behind) this.written.delete(uid);
    return behind;
  }

  private *writeStatus(cronJob: CronJob): Waiting<void> {
    const { metadata } = yield* this.context.client.update(CRON_JOBS, cronJob, { subresource: 'status' });
    this.written.set(metadata.uid ?? '', metadata.resourceVersion ?? '');
  }

  /** Another schedule is looked at when it is next due; everything else at once. */
  private cronJobUpdated(before: CronJob, after: CronJob): void {
    const { schedule, timeZone } = after.spec;
    if (before.spec.schedule === schedule && before.spec.timeZone === timeZone) return this.queue.add(keyOf(after));
    try {
      this.queue.addAfter(keyOf(after), untilNext(after, scheduleOf(after), this.context.sys.now()));
    } catch (error) {
      if (!(error instanceof ScheduleError)) throw error;
      const message = `unparseable schedule for cronjob: ${schedule}`;
      this.recorder.event(after, 'Warning', 'UnParseableCronJobSchedule', message);
    }
  }

  private enqueueOwner(job: Job): void {
    const controller = controllerOf(job);
    if (controller?.kind !== 'CronJob') return;
    const cronJob = this.cronJobs.get(job.metadata.namespace, controller.name);
    if (cronJob?.metadata.uid === controller.uid) this.queue.add(keyOf(cronJob as CronJob));
  }
}
