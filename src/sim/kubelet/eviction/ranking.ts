import { parseAmounts, podAmounts } from '../../api/pod-requests.js';
import { quantityValue } from '../../api/quantity.js';
import type { Pod } from '../../api/types/pod.js';
import type { PodStats } from '../stats/stats.js';
import { SIGNALS } from './thresholds.js';

type Stats = (pod: Pod) => PodStats | undefined;
type Compare = (one: Pod, other: Pod) => number;

/** The pods in the order in which they go when a signal says that the node is short (eviction buildSignalToRankFunc). */
export function ranked(signal: string, pods: readonly Pod[], stats: Stats): Pod[] {
  const resource = SIGNALS[signal]?.resource;
  const used = (pod: Pod): number | undefined => {
    const own = stats(pod);
    if (!own) return undefined;
    if (resource === 'memory') return own.memoryBytes;
    return resource === 'pids' ? own.processes : diskBytes(own);
  };
  const requested = (pod: Pod) => (resource === 'pids' || resource === 'inodes' ? 0 : requestOf(pod, resource ?? ''));
  const beyond = (pod: Pod) => (used(pod) ?? 0) - requested(pod);
  const unknownFirst =
    (compare: Compare): Compare =>
    (one, other) =>
      used(one) === undefined || used(other) === undefined
        ? firstWhere(used(one) === undefined, used(other) === undefined)
        : compare(one, other);
  const exceeding = unknownFirst((one, other) => firstWhere(beyond(one) > 0, beyond(other) > 0));
  const priority: Compare = (one, other) => (one.spec.priority ?? 0) - (other.spec.priority ?? 0);
  const most = unknownFirst((one, other) => beyond(other) - beyond(one));
  const rules = resource === 'pids' ? [priority, most] : [exceeding, priority, most];
  return [...pods].sort((one, other) => {
    for (const rule of rules) {
      const order = rule(one, other);
      if (order !== 0) return order;
    }
    return 0;
  });
}

/** What containers, logs and local volumes take; images count for nobody. */
function diskBytes({ containers, volumes }: PodStats): number {
  const own = containers.reduce((sum, { rootBytes, logBytes }) => sum + rootBytes + logBytes, 0);
  return [...volumes.values()].reduce((sum, bytes) => sum + bytes, own);
}

function requestOf({ spec }: Pod, resource: string): number {
  const amount = podAmounts(spec, 'requests').get(resource);
  return amount ? quantityValue(amount) : 0;
}

function firstWhere(one: boolean, other: boolean): number {
  return one === other ? 0 : one ? -1 : 1;
}

/** What one container asks for of a resource. */
export function containerRequest(resources: { requests?: Record<string, string> } | undefined, resource: string) {
  return parseAmounts(resources?.requests).get(resource);
}
