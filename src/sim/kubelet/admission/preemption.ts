import { podAmounts } from '../../api/pod-requests.js';
import type { Pod } from '../../api/types/pod.js';
import { mayPreempt } from '../resources/priorities.js';
import { qosClass } from '../status/qos.js';
import { counted, type Shortage } from './predicates.js';

/** So much of a resource must become free. */
interface Need {
  readonly resource: string;
  readonly quantity: number;
}

/** No pods that may go would make enough room; the message is kubelet's. */
export class PreemptionError extends Error {}

/**
 * The pods that go so that a critical one has room (kubelet getPodsToPreempt): as few as possible, those without
 * requests first. Throws `PreemptionError`.
 */
export function podsToPreempt(preemptor: Pod, pods: readonly Pod[], shortages: readonly Shortage[]): Pod[] {
  const needs = shortages.map(({ resource, requested, used, capacity }) => ({
    resource,
    quantity: requested - (capacity - used),
  }));
  const victims = pods.filter((pod) => mayPreempt(preemptor, pod));
  const of = (qos: string) => victims.filter(({ spec }) => qosClass(spec) === qos);
  const [bestEffort, burstable, guaranteed] = [of('BestEffort'), of('Burstable'), of('Guaranteed')];
  const unmet = subtract(needs, [...bestEffort, ...burstable, ...guaranteed]);
  if (unmet.length > 0) throw nothingFound(unmet);
  const last = byDistance(guaranteed, subtract(needs, [...bestEffort, ...burstable]));
  const second = byDistance(burstable, subtract(needs, [...bestEffort, ...last]));
  const first = byDistance(bestEffort, subtract(needs, [...second, ...last]));
  return [...first, ...second, ...last];
}

function nothingFound(needs: readonly Need[]): PreemptionError {
  const text = needs.map(({ resource, quantity }) => `(res: ${resource}, q: ${quantity}), `).join('');
  return new PreemptionError(`no set of running pods found to reclaim resources: [${text}]`);
}

function subtract(needs: readonly Need[], pods: readonly Pod[]): Need[] {
  return needs.flatMap(({ resource, quantity }) => {
    const left = pods.reduce((sum, pod) => sum - requestOf(pod, resource), quantity);
    return left > 0 ? [{ resource, quantity: left }] : [];
  });
}

/** Takes again and again the pod that leaves the least to be wanted. */
function byDistance(pods: readonly Pod[], needs: readonly Need[]): Pod[] {
  const left = [...pods];
  const chosen: Pod[] = [];
  let rest = needs;
  while (rest.length > 0) {
    if (left.length === 0) throw nothingFound(rest);
    let best = 0;
    let distance = rest.length + 1;
    left.forEach((pod, index) => {
      const own = distanceOf(rest, pod);
      if (own > distance || (own === distance && !isSmaller(pod, left[best] as Pod))) return;
      distance = own;
      best = index;
    });
    const pod = left[best] as Pod;
    rest = subtract(rest, [pod]);
    chosen.push(pod);
    left[best] = left.at(-1) as Pod;
    left.pop();
  }
  return chosen;
}

function distanceOf(needs: readonly Need[], pod: Pod): number {
  return needs.reduce((sum, { resource, quantity }) => {
    const left = quantity - requestOf(pod, resource);
    return left > 0 ? sum + (left / quantity) ** 2 : sum;
  }, 0);
}

function isSmaller(pod: Pod, other: Pod): boolean {
  for (const resource of ['memory', 'cpu']) {
    const difference = requestOf(pod, resource) - requestOf(other, resource);
    if (difference !== 0) return difference < 0;
  }
  return true;
}

/** kubelet GetResourceRequest: a pod counts as one pod. */
function requestOf(pod: Pod, resource: string): number {
  return resource === 'pods' ? 1 : counted(podAmounts(pod.spec, 'requests'), resource);
}
