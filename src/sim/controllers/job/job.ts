import { selectorFromObject } from '../../api/labels.js';
import { deepCopy } from '../../api/object.js';
import { controllerOf } from '../../api/owner-references.js';
import { isDeleting } from '../../api/pods.js';
import { formatTime } from '../../api/time.js';
import type { Job } from '../../api/types/batch.js';
import type { Pod } from '../../api/types/pod.js';
import { MINUTE, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { claim } from '../machinery/claim.js';
import type { Controller, ControllerContext } from '../machinery/context.js';
import { Expectations } from '../machinery/expectations.js';
import { SyncError } from '../machinery/failures.js';
import { isJobFinished } from '../machinery/finished-jobs.js';
import { splitKey } from '../machinery/keys.js';
import { PodControl } from '../machinery/pod-control.js';
import { orphanPods, podInformer, podsControlledBy } from '../machinery/pod-index.js';
import { JOBS, PODS } from '../machinery/resource-types.js';
import { startWorker } from '../machinery/worker.js';
import { newCondition, withCondition } from './conditions.js';
import { FinalizerRemovals } from './finalizer-removals.js';
import { follow } from './follow.js';
import { deleteActive, manage } from './manage.js';
import { syncOrphans } from './orphans.js';
import { isTracked, TRACKING_FINALIZER } from './pods.js';
import { type JobTools, otherManagerOf } from './tools.js';
import { track } from './track.js';
import { untilDeadline, verdictOf } from './verdict.js';
import { beginWork, type Work, type WorkedJob } from './work.js';

/** A job whose sync failed waits from one second to a minute, whatever others do. */
const RETRIES = { base: SECOND, max: MINUTE, rate: 1000, burst: 1000 };

/** Runs pods until enough of them have succeeded, or too many have failed. */
export const jobController: Controller = {
  name: 'job-controller',
  alias: 'job',
  start: (context) => {
    const tools = toolsOf(context);
    follow(tools);
    startWorker(
      context,
      tools.queue,
      (key) => sync(tools, key),
      (key, error) => {
        context.log.error(undefined, 'Unhandled Error', { err: `syncing job: ${error.message}` });
        tools.queue.addRateLimited(key);
      },
    );
    startWorker(
      context,
      tools.orphans,
      (key) => syncOrphans(tools, key),
      (key, error) => {
        context.log.error(undefined, 'Unhandled Error', { err: `Error syncing orphan pod: ${error.message}` });
        tools.orphans.addRateLimited(key);
      },
    );
  },
};

function toolsOf(context: ControllerContext): JobTools {
  const recorder = context.recorder('job-controller');
  return {
    context,
    client: context.client,
    jobs: context.informer<Job>(JOBS),
    pods: podInformer(context),
    queue: context.queue('job', RETRIES),
    orphans: context.queue('job_orphan_pod', RETRIES),
    recorder,
    podControl: new PodControl(context.client, recorder),
    expectations: new Expectations(() => context.sys.now()),
    removals: new FinalizerRemovals(),
    failures: new Map(),
    written: new Map(),
    finished: new Set(),
  };
}

function* sync(tools: JobTools, key: string): Waiting<void> {
  const { namespace, name } = splitKey(key);
  const cached = tools.jobs.get(namespace, name);
  if (!cached) {
    tools.expectations.forget(key);
    tools.removals.forget(key);
    tools.failures.delete(key);
    return;
  }
  if (otherManagerOf(cached) !== undefined) return;
  if (isJobFinished(cached) || tools.finished.has(cached.metadata.uid ?? '')) return;
  checkCurrent(tools, cached);
  const mayManage = tools.expectations.satisfied(key);
  const pods = yield* podsOf(tools, cached);
  const job = deepCopy(cached) as WorkedJob;
  job.status ??= {} as WorkedJob['status'];
  job.status.uncountedTerminatedPods ??= {};
  const now = tools.context.sys.now();
  const work = beginWork(job, key, pods, tools.removals.of(key), tools.failures.get(key), now);
  yield* act(tools, work, mayManage);
}

/** The cache must have what was written last, or the sync would take its own changes back. */
function checkCurrent({ written }: JobTools, { metadata }: Job): void {
  const version = written.get(metadata.uid ?? '');
  if (version === undefined) return;
  if (Number(metadata.resourceVersion) < Number(version)) {
    throw new SyncError(
      `read version: ${metadata.resourceVersion} is not as new as written version: ${version} for group resource jobs.batch`,
    );
  }
  written.delete(metadata.uid ?? '');
}

/** The job's pods, with those it adopts; what it adopts gets its finalizer in the same write. */
function* podsOf(tools: JobTools, job: Job): Waiting<Pod[]> {
  const selector = selectorFromObject(job.spec.selector);
  const pods = yield* claim({
    client: tools.client,
    owner: job,
    ownerType: JOBS,
    selector,
    type: PODS,
    candidates: [...podsControlledBy(tools.pods, job), ...orphanPods(tools.pods, job.metadata.namespace, selector)],
    finalizers: [TRACKING_FINALIZER],
  });
  return pods.map((pod) => (controllerOf(pod) || isTracked(pod) ? pod : withFinalizer(pod)));
}

function withFinalizer(pod: Pod): Pod {
  const finalizers = [...(pod.metadata.finalizers ?? []), TRACKING_FINALIZER];
  return { ...pod, metadata: { ...pod.metadata, finalizers } };
}

/** Decides, makes or deletes pods, and writes what came of it. */
function* act(tools: JobTools, work: Work, mayManage: boolean): Waiting<void> {
  work.end = verdictOf(work, tools.context.sys.now());
  let active = work.active.length;
  let failure: Error | undefined;
  let suspensionChanged = false;
  if (work.end) {
    const done = yield* deleteActive(tools, work);
    // Not over yet: there may be pods that could not be deleted, or that the cache does not have.
    if (done.deleted !== active || !mayManage) work.end = undefined;
    active -= done.deleted;
    work.terminating += done.deleted;
    work.ready = 0;
    failure = done.failure;
  } else {
    const left = untilDeadline(work.job, tools.context.sys.now());
    if (left !== undefined) tools.queue.addAfter(work.key, left);
    const managed = mayManage && !isDeleting(work.job);
    if (managed) ({ active, failure } = yield* manage(tools, work));
    if (isComplete(work, active)) work.end = completion(tools);
    else if (managed) suspensionChanged = noteSuspension(tools, work.job);
  }
  yield* track(tools, work, setCounts(work, active) || suspensionChanged);
  if (failure) throw failure;
}

function isComplete({ job, succeeded }: Work, active: number): boolean {
  const { completions } = job.spec;
  return active === 0 && (completions === undefined ? succeeded > 0 : succeeded >= completions);
}

function completion({ context }: JobTools) {
  const message = 'Reached expected number of succeeded pods';
  return newCondition('SuccessCriteriaMet', 'True', 'CompletionsReached', message, context.sys.now());
}

/** Says once that a job was suspended or goes on; the time it may be active counts from then. */
function noteSuspension({ context, recorder }: JobTools, job: WorkedJob): boolean {
  const now = context.sys.now();
  const [reason, message] = job.spec.suspend ? ['JobSuspended', 'Job suspended'] : ['JobResumed', 'Job resumed'];
  const condition = newCondition('Suspended', job.spec.suspend ? 'True' : 'False', reason, message, now);
  const conditions = withCondition(job.status.conditions ?? [], condition);
  if (!conditions) return false;
  job.status.conditions = conditions;
  recorder.event(job, 'Normal', reason.slice('Job'.length), message);
  if (job.spec.suspend) delete job.status.startTime;
  else job.status.startTime = formatTime(now);
  return true;
}

function setCounts({ job, ready, terminating }: Work, active: number): boolean {
  const { status } = job;
  const same = (status.active ?? 0) === active && status.ready === ready && status.terminating === terminating;
  if (active > 0) status.active = active;
  else delete status.active;
  status.ready = ready;
  status.terminating = terminating;
  return !same;
}
