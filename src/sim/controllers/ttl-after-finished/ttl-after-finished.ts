import { isDeleting } from '../../api/pods.js';
import { isNotFound } from '../../api/status.js';
import { parseOptionalTime } from '../../api/time.js';
import type { Job } from '../../api/types/batch.js';
import { type Micros, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Controller } from '../machinery/context.js';
import { SyncError } from '../machinery/failures.js';
import { finishedCondition } from '../machinery/finished-jobs.js';
import { keyOf, splitKey } from '../machinery/keys.js';
import { JOBS } from '../machinery/resource-types.js';
import { startWorker } from '../machinery/worker.js';

/** Deletes finished jobs, with their pods, when they have been kept for as long as they asked. */
export const ttlAfterFinishedController: Controller = {
  name: 'ttl-after-finished-controller',
  alias: 'ttl-after-finished',
  start: (context) => {
    const jobs = context.informer<Job>(JOBS);
    const queue = context.queue('ttl_jobs_to_delete');
    const changed = (job: Job) => {
      if (isConcerned(job)) queue.add(keyOf(job));
    };
    jobs.addHandlers({ added: changed, updated: (_, after) => changed(after) });

    /** How long a job is still to be kept; undefined when it is none of this controller's business. */
    const left = (job: Job): Micros | undefined => (isConcerned(job) ? expiryOf(job) - context.sys.now() : undefined);

    /** Whether the job's time is up; if it is not, looks again when it will be. */
    const isExpired = (job: Job, key: string): boolean => {
      const span = left(job);
      if (span !== undefined && span > 0) queue.addAfter(key, span);
      return span !== undefined && span <= 0;
    };

    function* sync(key: string): Waiting<void> {
      const { namespace, name } = splitKey(key);
      const cached = jobs.get(namespace, name);
      if (!cached || !isExpired(cached, key)) return;
      try {
        // The cache may be behind: somebody may just have asked for more time.
        const job = yield* context.client.get<Job>(JOBS, name, namespace);
        if (!isExpired(job, key)) return;
        const preconditions = { uid: job.metadata.uid ?? '' };
        yield* context.client.delete(JOBS, name, namespace, { propagationPolicy: 'Foreground', preconditions });
      } catch (error) {
        if (!isNotFound(error)) throw error;
      }
    }

    startWorker(context, queue, sync, (key, error) => {
      const err = `error cleaning up Job ${key}, will retry: ${error.message}`;
      context.log.error(undefined, 'Unhandled Error', { err });
      queue.addRateLimited(key);
    });
  },
};

function isConcerned(job: Job): boolean {
  return !isDeleting(job) && job.spec.ttlSecondsAfterFinished !== undefined && finishedCondition(job) !== undefined;
}

function expiryOf(job: Job): Micros {
  const finishedAt = parseOptionalTime(finishedCondition(job)?.lastTransitionTime);
  if (finishedAt === undefined) {
    const whose = `${job.metadata.namespace}/${job.metadata.name}`;
    throw new SyncError(`unable to find the time when the Job ${whose} finished`);
  }
  return finishedAt + (job.spec.ttlSecondsAfterFinished ?? 0) * SECOND;
}
