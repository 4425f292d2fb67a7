import { compareQuantity, parseQuantity, ZERO_QUANTITY } from '../../api/quantity.js';
import type { PodSpec } from '../../api/types/pod.js';

const COUNTED = ['cpu', 'memory'];

/** The quality-of-service class of a pod (kubernetes pkg/apis/core/v1/helper/qos). */
export function qosClass(spec: PodSpec): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const containers = [...spec.containers, ...(spec.initContainers ?? [])];
  let any = false;
  let guaranteed = true;
  for (const { resources } of containers) {
    for (const name of COUNTED) {
      const limit = amount(resources?.limits?.[name]);
      const request = amount(resources?.requests?.[name]) ?? limit;
      if (limit || request) any = true;
      if (!limit || !request || compareQuantity(limit, request) !== 0) guaranteed = false;
    }
  }
  if (!any) return 'BestEffort';
  return guaranteed ? 'Guaranteed' : 'Burstable';
}

function amount(text: string | undefined) {
  if (text === undefined) return undefined;
  const quantity = parseQuantity(String(text));
  return compareQuantity(quantity, ZERO_QUANTITY) > 0 ? quantity : undefined;
}
