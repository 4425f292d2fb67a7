import { isPodReady, podCondition } from '../../api/pods.js';
import { parseOptionalTime } from '../../api/time.js';
import type { Job } from '../../api/types/batch.js';
import type { Pod } from '../../api/types/pod.js';
import type { Micros } from '../../kernel/time.js';
import { indexOf, isIndexed } from './pods.js';

const PHASES: Readonly<Record<string, number>> = { Pending: 0, Unknown: 1, Running: 2 };

/**
 * The active pods to take away when at least `count` are too many: of an indexed job all that share an index with
 * another or have none of the job's, then those that are least far.
 */
export function podsToRemove(job: Job, active: readonly Pod[], count: number): Pod[] {
  const { superfluous, left } = isIndexed(job) ? byIndex(job, active) : { superfluous: [], left: [...active] };
  const more = Math.max(0, count - superfluous.length);
  return [...superfluous, ...left.sort(compareProgress).slice(0, more)];
}

function byIndex({ spec }: Job, active: readonly Pod[]): { superfluous: Pod[]; left: Pod[] } {
  const groups = new Map<number, Pod[]>();
  const outside: Pod[] = [];
  const superfluous: Pod[] = [];
  const left: Pod[] = [];
  for (const pod of active) {
    const index = indexOf(pod);
    if (index === undefined) superfluous.push(pod);
    else if (index >= (spec.completions ?? 0)) outside.push(pod);
    else groups.set(index, [...(groups.get(index) ?? []), pod]);
  }
  for (const [, pods] of [...groups].sort(([a], [b]) => a - b)) {
    const sorted = pods.sort(compareProgress);
    superfluous.push(...sorted.slice(0, -1));
    left.push(...sorted.slice(-1));
  }
  return { superfluous: [...superfluous, ...outside], left };
}

/** Unassigned, pending, unready, ready for a shorter time, restarted more often, younger ones first (controller.ActivePods). */
function compareProgress(a: Pod, b: Pod): number {
  return (
    Number(Boolean(a.spec.nodeName)) - Number(Boolean(b.spec.nodeName)) ||
    phaseOf(a) - phaseOf(b) ||
    Number(isPodReady(a)) - Number(isPodReady(b)) ||
    compareTimes(readySince(a), readySince(b)) ||
    restartsOf(b) - restartsOf(a) ||
    compareTimes(parseOptionalTime(a.metadata.creationTimestamp), parseOptionalTime(b.metadata.creationTimestamp))
  );
}

function phaseOf({ status }: Pod): number {
  return PHASES[status?.phase ?? ''] ?? 0;
}

function readySince(pod: Pod): Micros | undefined {
  return isPodReady(pod) ? parseOptionalTime(podCondition(pod, 'Ready')?.lastTransitionTime) : undefined;
}

/** Later times first, none before all. */
function compareTimes(a: Micros | undefined, b: Micros | undefined): number {
  if (a === b) return 0;
  if (a === undefined || b === undefined) return a === undefined ? -1 : 1;
  return b - a;
}

function restartsOf({ status }: Pod): number {
  return Math.max(0, ...(status?.containerStatuses ?? []).map(({ restartCount }) => restartCount));
}
