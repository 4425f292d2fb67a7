/** The quality-of-service class of a pod (core helper/qos). */
import { parseAmounts } from '../../pod-requests.js';
import { addQuantity, compareQuantity, type Quantity } from '../../quantity.js';
import type { PodSpec, ResourceRequirements } from '../../types/pod.js';

const COUNTED = ['cpu', 'memory'];

/** BestEffort without any request, Guaranteed when limits and requests of CPU and memory are the same everywhere. */
export function qosClass(spec: PodSpec): 'BestEffort' | 'Burstable' | 'Guaranteed' {
  const own = spec.resources;
  const parts = own
    ? [own]
    : [...(spec.containers ?? []), ...(spec.initContainers ?? [])].map((c) => c.resources ?? {});
  const requests = sum(parts, 'requests');
  const limits = sum(parts, 'limits');
  if (requests.size === 0 && limits.size === 0) return 'BestEffort';
  const limited = parts.every((part) => COUNTED.every((name) => amounts(part, 'limits').has(name)));
  const equal =
    requests.size === limits.size &&
    [...requests].every(([name, amount]) => {
      const limit = limits.get(name);
      return limit !== undefined && compareQuantity(limit, amount) === 0;
    });
  return limited && equal ? 'Guaranteed' : 'Burstable';
}

function amounts(part: ResourceRequirements, which: 'requests' | 'limits'): Map<string, Quantity> {
  return new Map([...parseAmounts(part[which])].filter(([name, { nanos }]) => COUNTED.includes(name) && nanos > 0n));
}

function sum(parts: readonly ResourceRequirements[], which: 'requests' | 'limits'): Map<string, Quantity> {
  const total = new Map<string, Quantity>();
  for (const part of parts) {
    for (const [name, amount] of amounts(part, which)) {
      const before = total.get(name);
      total.set(name, before ? addQuantity(before, amount) : amount);
    }
  }
  return total;
}
