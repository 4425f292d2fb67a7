import { podCondition } from '../../api/pods.js';
import { parseOptionalTime } from '../../api/time.js';
import type { ContainerStatus, Pod } from '../../api/types/pod.js';
import { MINUTE, type Micros, SECOND } from '../../kernel/time.js';
import { failuresBefore, ignoredBefore } from './pods.js';

/** A failed pod is replaced after ten seconds, then after twice as long each time. */
const POD_FAILURE_BACKOFF: Micros = 10 * SECOND;
const POD_FAILURE_BACKOFF_MAX: Micros = 10 * MINUTE;

/** The failures of a job since a pod of it last succeeded. */
export interface Failures {
  readonly count: number;
  readonly lastAt: Micros | undefined;
}

export const NO_FAILURES: Failures = { count: 0, lastAt: undefined };

/** The failures once newly finished pods are counted (job newBackoffRecord). */
export function failuresAfter(before: Failures, succeeded: readonly Pod[], failed: readonly Pod[]): Failures {
  const failedAt = failed.map(finishedAt).sort((a, b) => a - b);
  if (succeeded.length === 0) {
    return failedAt.length === 0 ? before : { count: before.count + failedAt.length, lastAt: failedAt.at(-1) };
  }
  const lastSuccess = Math.max(...succeeded.map(finishedAt));
  const since = failedAt.filter((at) => at > lastSuccess);
  return since.length === 0 ? NO_FAILURES : { count: since.length, lastAt: since.at(-1) };
}

/** How long until failed pods may be replaced; 0 when they may now. */
export function backoffLeft({ count, lastAt }: Failures, now: Micros): Micros {
  if (count === 0 || lastAt === undefined) return 0;
  const span = Math.min(POD_FAILURE_BACKOFF * 2 ** Math.min(count - 1, 30), POD_FAILURE_BACKOFF_MAX);
  return Math.max(0, span - (now - lastAt));
}

/** How long until the last failed pod of an index may be replaced. */
export function indexBackoffLeft(lastFailed: Pod | undefined, now: Micros): Micros {
  if (!lastFailed) return 0;
  const count = failuresBefore(lastFailed) + ignoredBefore(lastFailed) + 1;
  return backoffLeft({ count, lastAt: finishedAt(lastFailed) }, now);
}

/** When a pod came to its end, by the best that is known. */
export function finishedAt(pod: Pod): Micros {
  const ready = podCondition(pod, 'Ready');
  const unready = ready?.status === 'False' ? parseOptionalTime(ready.lastTransitionTime) : undefined;
  const grace = (pod.metadata.deletionGracePeriodSeconds ?? 0) * SECOND;
  const deletion = parseOptionalTime(pod.metadata.deletionTimestamp);
  const created = parseOptionalTime(pod.metadata.creationTimestamp) ?? 0;
  return containersEnd(pod) ?? unready ?? (deletion === undefined ? created : deletion - grace);
}

/** The last end of the containers and sidecars; undefined while one of them goes on. */
function containersEnd({ spec, status }: Pod): Micros | undefined {
  const sidecars = new Set(
    (spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always').map(({ name }) => name),
  );
  const ends = (statuses: readonly ContainerStatus[]) =>
    statuses.map(({ state }) => parseOptionalTime(state?.terminated?.finishedAt));
  const ofContainers = latest(ends(status?.containerStatuses ?? []));
  const started = (status?.initContainerStatuses ?? []).filter(({ name }) => sidecars.has(name));
  return started.length === 0 ? ofContainers : latest([...ends(started), ...(ofContainers ? [ofContainers] : [])]);
}

function latest(times: readonly (Micros | undefined)[]): Micros | undefined {
  if (times.length === 0 || times.includes(undefined)) return undefined;
  return Math.max(...(times as Micros[]));
}
