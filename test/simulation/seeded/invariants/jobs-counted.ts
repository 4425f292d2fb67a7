import type { Job } from '../../../../src/sim/api/types/batch.js';
import type { Pod } from '../../../../src/sim/api/types/pod.js';
import { type ClusterView, objectsOf } from '../cluster-view.js';
import { called, controllerOf, hasEnded, isGoing, ownedBy } from './facts.js';
import type { Invariant } from './invariant.js';

/** A job has no more pods at work than it may, ends once, and counts what has come of them. */
export const jobsCounted: Invariant = {
  name: 'jobs count their pods',
  told: ({ plural, before, after, lately = [] }, view) => {
    if (plural === 'jobs') return ended(before as Job | undefined, after as Job | undefined);
    if (plural !== 'pods' || before || !after) return [];
    const owner = controllerOf(after);
    const job = objectsOf<Job>(view, 'jobs').find(({ metadata }) => metadata.uid === owner?.uid);
    if (!job) return [];
    // Whoever made the pod may not have heard yet that there are to be fewer.
    const versions = lately.filter(({ metadata }) => metadata.uid === job.metadata.uid) as unknown as Job[];
    const parallelism = Math.max(...[job, ...versions].map(({ spec }) => spec.parallelism ?? 1));
    const active = ownedBy<Pod>(view, 'pods', job).filter((pod) => !hasEnded(pod) && !isGoing(pod)).length;
    return active > parallelism ? [`${called(job)} has ${active} pods at work and may have ${parallelism}`] : [];
  },
  settled: ({ listed }) => [...jobsMiscounted(listed), ...jobsUnfinished(listed)],
};

function jobsMiscounted(listed: ClusterView): string[] {
  return objectsOf<Job>(listed, 'jobs').flatMap((job) => {
    const { completions = 1 } = job.spec;
    const { succeeded = 0, active = 0 } = job.status ?? {};
    const pods = ownedBy<Pod>(listed, 'pods', job);
    const running = pods.filter((pod) => !hasEnded(pod)).length;
    const findings: string[] = [];
    if (active !== running) findings.push(`${called(job)} says that ${active} pods are at work, and ${running} are`);
    if (endOf(job) === 'Complete' && succeeded !== completions)
      findings.push(`${called(job)} is complete with ${succeeded} of ${completions}`);
    return findings;
  });
}

/** Jobs that could come to an end and do not. */
export function jobsUnfinished(listed: ClusterView): string[] {
  return objectsOf<Job>(listed, 'jobs')
    .filter((job) => {
      const { parallelism = 1, suspend } = job.spec;
      const pods = ownedBy<Pod>(listed, 'pods', job);
      const waits = pods.some((pod) => !hasEnded(pod) && pod.spec.nodeName === undefined);
      return !endOf(job) && !suspend && parallelism > 0 && !waits && !isFull(listed, job);
    })
    .map((job) => `${called(job)} does not come to an end`);
}

function ended(before: Job | undefined, after: Job | undefined): string[] {
  if (!before || !after || before.metadata.uid !== after.metadata.uid) return [];
  const [was, is] = [endOf(before), endOf(after)];
  return was !== undefined && was !== is ? [`${called(after)} was ${was} and is ${is}`] : [];
}

function endOf({ status }: Job): string | undefined {
  return status?.conditions?.find(({ type, status: word }) => ['Complete', 'Failed'].includes(type) && word === 'True')
    ?.type;
}

function isFull(view: ClusterView, job: Job): boolean {
  return objectsOf(view, 'resourcequotas').some((quota) => {
    const { hard, used } = (quota['status'] ?? {}) as { hard?: Record<string, string>; used?: Record<string, string> };
    const mine = quota.metadata.namespace === job.metadata.namespace;
    return mine && hard?.['pods'] !== undefined && Number(used?.['pods'] ?? 0) >= Number(hard['pods']);
  });
}
