import { formatSelector, matchesSelector, parseSelector, selectorFromObject } from '../../api/labels.js';
import { controllerOf } from '../../api/owner-references.js';
import { isNotFound } from '../../api/status.js';
import type { Job } from '../../api/types/batch.js';
import type { Pod } from '../../api/types/pod.js';
import type { Waiting } from '../../kernel/wait.js';
import { isExpectedFailure } from '../machinery/failures.js';
import { isJobFinished } from '../machinery/finished-jobs.js';
import { keyOf, splitKey } from '../machinery/keys.js';
import { PODS } from '../machinery/resource-types.js';
import { isTracked, TRACKING_FINALIZER } from './pods.js';
import { type JobTools, jobOf, otherManagerOf } from './tools.js';

const BY_SELECTOR = '?';

/** Has the finalizer of a pod removed that no job will count. */
export function enqueueOrphan({ orphans }: JobTools, pod: Pod): void {
  orphans.add(keyOf(pod));
}

/** Has the finalizers removed of all pods of a job that is over or gone. */
export function enqueuePodsOf({ orphans }: JobTools, { metadata, spec }: Job): void {
  orphans.add(`${metadata.namespace}/${BY_SELECTOR}${formatSelector(selectorFromObject(spec.selector))}`);
}

/** One turn of the orphans' queue: a pod, or those that a selector finds. */
export function* syncOrphans(tools: JobTools, key: string): Waiting<void> {
  const { namespace, name } = splitKey(key);
  if (!name.startsWith(BY_SELECTOR)) {
    const pod = tools.pods.get(namespace, name);
    if (pod) yield* release(tools, pod);
    return;
  }
  const selector = parseSelector(name.slice(BY_SELECTOR.length));
  const pods = tools.pods.list(namespace).filter((pod) => isTracked(pod));
  for (const pod of pods) {
    if (!matchesSelector(selector, pod.metadata.labels)) continue;
    try {
      yield* release(tools, pod);
    } catch (error) {
      if (!isExpectedFailure(error)) throw error;
      tools.context.log.error(error, 'syncing orphan pod failed', { pod: keyOf(pod) });
    }
  }
}

/** Takes the tracking finalizer off a pod. Throws what the server refuses with. */
export function* removeFinalizer({ client }: JobTools, { metadata }: Pod): Waiting<void> {
  const patch = { metadata: { '$deleteFromPrimitiveList/finalizers': [TRACKING_FINALIZER] } };
  const type = 'application/strategic-merge-patch+json';
  yield* client.patch(PODS, metadata.name ?? '', metadata.namespace, type, patch);
}

function* release(tools: JobTools, pod: Pod): Waiting<void> {
  const controller = controllerOf(pod);
  if (controller) {
    if (controller.kind !== 'Job' || controller.apiVersion !== 'batch/v1') return;
    const job = jobOf(tools, pod);
    if (job && (otherManagerOf(job) !== undefined || !isJobFinished(job))) return;
  }
  if (!isTracked(pod)) return;
  try {
    yield* removeFinalizer(tools, pod);
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}
