import { controllerOf, isControlledBy } from '../../api/owner-references.js';
import type { Job } from '../../api/types/batch.js';
import type { Pod } from '../../api/types/pod.js';
import type { ApiClient } from '../../client/client.js';
import type { Informer } from '../../client/informer.js';
import { type Micros, SECOND } from '../../kernel/time.js';
import type { ControllerContext, EventRecorder, WorkQueue } from '../machinery/context.js';
import type { Expectations } from '../machinery/expectations.js';
import { keyOf } from '../machinery/keys.js';
import type { PodControl } from '../machinery/pod-control.js';
import type { Failures } from './backoff.js';
import type { FinalizerRemovals } from './finalizer-removals.js';

/** Changes of pods and statuses are gathered for so long before a job is synced. */
export const BATCH_PERIOD: Micros = SECOND;

/** What the parts of the job controller share. */
export interface JobTools {
  readonly context: ControllerContext;
  readonly client: ApiClient;
  readonly jobs: Informer<Job>;
  readonly pods: Informer<Pod>;
  readonly queue: WorkQueue;
  /** Pods, and selectors of jobs that are over, whose finalizers nobody else removes. */
  readonly orphans: WorkQueue;
  readonly recorder: EventRecorder;
  readonly podControl: PodControl;
  readonly expectations: Expectations;
  readonly removals: FinalizerRemovals;
  /** By job: how often its pods failed of late. */
  readonly failures: Map<string, Failures>;
  /** By UID: the version in which a job was written last, until the cache has it or a newer one. */
  readonly written: Map<string, string>;
  /** UIDs of jobs that were written as finished and are not yet in the cache as such. */
  readonly finished: Set<string>;
}

/** Has a job synced a little later, with what else happens until then. */
export function enqueueBatched({ queue }: JobTools, job: Job): void {
  queue.addAfter(keyOf(job), BATCH_PERIOD);
}

/** The job that controls a pod, when it is still the one the pod names. */
export function jobOf({ jobs }: JobTools, pod: Pod): Job | undefined {
  const controller = controllerOf(pod);
  if (controller?.kind !== 'Job') return undefined;
  const job = jobs.get(pod.metadata.namespace, controller.name);
  return job && isControlledBy(pod, job) ? job : undefined;
}

/** The controller of a job's own choice when that is not this one. */
export function otherManagerOf({ spec }: Job): string | undefined {
  return spec.managedBy === 'kubernetes.io/job-controller' ? undefined : spec.managedBy;
}
