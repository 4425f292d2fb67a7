import { parseAmounts, podAmounts } from '../../api/pod-requests.js';
import {
  addQuantity,
  compareQuantity,
  formatQuantity,
  parseQuantity,
  quantityOf,
  ZERO_QUANTITY,
} from '../../api/quantity.js';
import type { Pod } from '../../api/types/pod.js';
import type { PodStats } from '../stats/stats.js';
import { containerRequest } from './ranking.js';
import type { Observation, Threshold } from './thresholds.js';
import { SIGNALS, thresholdQuantity } from './thresholds.js';

/** Why a pod has to go, and what its event is annotated with. */
export interface EvictionWords {
  readonly message: string;
  readonly annotations: Readonly<Record<string, string>>;
}

/** What is said of a pod that goes because the node is short of a resource (eviction evictionMessage). */
export function shortageWords(
  resource: string,
  pod: Pod,
  stats: PodStats | undefined,
  thresholds: readonly Threshold[],
  observations: ReadonlyMap<string, Observation>,
): EvictionWords {
  let message = `The node was low on resource: ${resource}. ${thresholdWords(resource, thresholds, observations)}`;
  if (!stats) return { message, annotations: {} };
  const podRequest = parseAmounts(pod.spec.resources?.requests).get(resource);
  const offendingPod: Record<string, string> = {};
  if (resource === 'memory' && podRequest) {
    const usage = formatQuantity(quantityOf(stats.memoryBytes, 'BinarySI'));
    message += `Pod ${pod.metadata.name} was using ${usage}, request is ${formatQuantity(podRequest)}, has larger consumption of ${resource}. `;
    offendingPod['offending_pod'] = pod.metadata.name ?? '';
    offendingPod['offending_pod_usage'] = usage;
  }
  const specs = [...pod.spec.containers, ...(pod.spec.initContainers ?? [])];
  const offending: [string, string][] = [];
  for (const { name, memoryBytes, rootBytes, logBytes } of stats.containers) {
    const spec = specs.find((container) => container.name === name);
    if (!spec || (resource !== 'memory' && resource !== 'ephemeral-storage')) continue;
    const used = quantityOf(resource === 'memory' ? memoryBytes : rootBytes + logBytes, 'BinarySI');
    const request = containerRequest(spec.resources, resource) ?? ZERO_QUANTITY;
    if (compareQuantity(used, request) <= 0) continue;
    const usage = formatQuantity(used);
    message += `Container ${name} was using ${usage}, request is ${formatQuantity(request)}, has larger consumption of ${resource}. `;
    offending.push([name, usage]);
  }
  return {
    message,
    annotations: {
      ...offendingPod,
      offending_containers: offending.map(([name]) => name).join(','),
      offending_containers_usage: offending.map(([, usage]) => usage).join(','),
      starved_resource: resource,
    },
  };
}

function thresholdWords(
  resource: string,
  thresholds: readonly Threshold[],
  observations: ReadonlyMap<string, Observation>,
): string {
  for (const { signal, value } of thresholds) {
    const observed = observations.get(signal);
    if (SIGNALS[signal]?.resource !== resource || !observed) continue;
    const quantity = formatQuantity(thresholdQuantity(value, observed.capacity));
    return `Threshold quantity: ${quantity}, available: ${formatQuantity(observed.available)}. `;
  }
  return '';
}

/** Which of its own limits of local storage a pod has passed, in words; undefined when none (localStorageEviction). */
export function localStorageExcess(pod: Pod, stats: PodStats): string | undefined {
  const bytes = (amount: number) => quantityOf(amount, 'BinarySI');
  for (const { name, emptyDir } of pod.spec.volumes ?? []) {
    const limit = emptyDir?.sizeLimit === undefined ? undefined : parseQuantity(String(emptyDir.sizeLimit));
    const used = stats.volumes.get(name);
    if (!limit || used === undefined || compareQuantity(limit, ZERO_QUANTITY) <= 0) continue;
    if (compareQuantity(bytes(used), limit) > 0)
      return `Usage of EmptyDir volume ${JSON.stringify(name)} exceeds the limit ${JSON.stringify(formatQuantity(limit))}. `;
  }
  const podLimit = podAmounts(pod.spec, 'limits').get('ephemeral-storage');
  if (podLimit && compareQuantity(bytes(stats.ephemeralBytes), podLimit) > 0)
    return `Pod ephemeral local storage usage exceeds the total limit of containers ${formatQuantity(podLimit)}. `;
  for (const { name, rootBytes, logBytes } of stats.containers) {
    const spec = pod.spec.containers.find((container) => container.name === name);
    const limit = parseAmounts(spec?.resources?.limits).get('ephemeral-storage');
    if (!limit || compareQuantity(limit, ZERO_QUANTITY) === 0) continue;
    if (compareQuantity(addQuantity(bytes(rootBytes), bytes(logBytes)), limit) > 0)
      return `Container ${name} exceeded its local ephemeral storage limit ${JSON.stringify(formatQuantity(limit))}. `;
  }
  return undefined;
}

/** Whether a pod has limits of local storage at all. */
export function limitsLocalStorage({ spec }: Pod): boolean {
  return (
    podAmounts(spec, 'limits').has('ephemeral-storage') ||
    (spec.volumes ?? []).some(({ emptyDir }) => emptyDir?.sizeLimit !== undefined)
  );
}
