import { podAmounts } from '../../api/pod-requests.js';
import { parseQuantity, quantityMilliValue } from '../../api/quantity.js';
import type { Pod } from '../../api/types/pod.js';
import { SyncError } from '../machinery/failures.js';

const POD_LEVEL = /^(?:cpu|memory|hugepages-.+)$/;

/**
 * What pods ask for of a resource, in thousandths, by their names: what the pod asks for itself, or its containers, or
 * one of them (podautoscaler's calculateRequests). Throws `SyncError` where somebody asks for nothing.
 */
export function requestsOf(pods: readonly Pod[], container: string, resource: string): Map<string, number> {
  return new Map(pods.map((pod) => [pod.metadata.name ?? '', requestOf(pod, container, resource)]));
}

function requestOf(pod: Pod, container: string, resource: string): number {
  const { name = '' } = pod.metadata;
  const own = Object.keys(pod.spec.resources?.requests ?? {}).some((key) => POD_LEVEL.test(key));
  if (own && container === '') {
    const amount = podAmounts(pod.spec, 'requests').get(resource);
    if (amount === undefined) throw new SyncError(`missing pod-level request for ${resource} in Pod ${name}`);
    return quantityMilliValue(amount);
  }
  return ofContainers(pod, container, resource);
}

function ofContainers({ metadata, spec }: Pod, container: string, resource: string): number {
  const sidecars = (spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
  const meant = [...spec.containers, ...sidecars].filter((one) => container === '' || one.name === container);
  if (meant.length === 0 && container !== '')
    throw new SyncError(`container ${container} not found in Pod ${metadata.name}`);
  return meant.reduce((sum, { name, resources }) => {
    const request = resources?.requests?.[resource];
    if (request === undefined)
      throw new SyncError(`missing request for ${resource} in container ${name} of Pod ${metadata.name}`);
    return sum + quantityMilliValue(parseQuantity(request));
  }, 0);
}
