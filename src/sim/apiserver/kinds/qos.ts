import type { KubeObject } from '../../api/object.js';
import { parseQuantity } from '../../api/quantity.js';

interface Container {
  readonly resources?: { readonly requests?: Record<string, string>; readonly limits?: Record<string, string> };
}

const COMPUTE = ['cpu', 'memory'];

/** The class of service a pod gets by its requests and limits (component-helpers, ComputePodQOS). */
export function qosClassOf(pod: KubeObject): 'BestEffort' | 'Burstable' | 'Guaranteed' {
  const spec = pod['spec'] as
    | { containers?: Container[]; initContainers?: Container[]; resources?: Container['resources'] }
    | undefined;
  const containers: Container[] = spec?.resources
    ? [{ resources: spec.resources }]
    : [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])];
  let any = false;
  let guaranteed = true;
  for (const { resources } of containers) {
    for (const name of COMPUTE) {
      const limit = amount(resources?.limits?.[name]);
      const request = amount(resources?.requests?.[name]);
      any ||= limit !== 0n || request !== 0n;
      guaranteed &&= limit !== 0n && (request === 0n || request === limit);
    }
  }
  if (!any) return 'BestEffort';
  return guaranteed ? 'Guaranteed' : 'Burstable';
}

function amount(text: string | undefined): bigint {
  if (text === undefined) return 0n;
  try {
    return parseQuantity(String(text)).nanos;
  } catch {
    // Validation tells; here it only must not stop.
    return 0n;
  }
}
