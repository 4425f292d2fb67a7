import { podAmounts, type ResourceAmounts } from '../../api/pod-requests.js';
import { formatQuantity, parseQuantity, quantityOf, quantityValue } from '../../api/quantity.js';
import type { Pod, PodStatus, ResourceRequirements } from '../../api/types/pod.js';

type Texts = Record<string, string>;

/** What a pod as a whole was given, as its status says: `allocatedResources` and `resources`. */
export function podResources(pod: Pod, before: PodStatus): Pick<PodStatus, 'allocatedResources' | 'resources'> {
  const requests = texts(podAmounts(pod.spec, 'requests'));
  const limits = texts(podAmounts(pod.spec, 'limits'));
  const runs = pod.status?.phase === 'Running';
  const effective = runs ? fromGroups(pod, requests, limits) : { requests, limits };
  // No control group holds a request of memory: what was said of a running pod once is said on.
  const told = runs && before.phase === 'Running' ? before.resources?.requests?.['memory'] : undefined;
  if (told !== undefined) effective.requests = { ...effective.requests, memory: told };
  return {
    ...(isEmpty(requests) ? {} : { allocatedResources: requests }),
    resources: {
      ...(pod.spec.resources ?? {}),
      ...(isEmpty(effective.requests) ? {} : { requests: effective.requests }),
      ...(isEmpty(effective.limits) ? {} : { limits: effective.limits }),
    },
  };
}

/** Of a pod that runs its control groups are read: they know limits only where every container has one. */
function fromGroups({ spec }: Pod, requests: Texts, limits: Texts): { requests: Texts; limits: Texts } {
  const own: ResourceRequirements = spec.resources ?? {};
  const asked: Texts = { ...own.requests };
  const bound: Texts = { ...own.limits };
  for (const name of ['cpu', 'memory']) {
    const request = requests[name];
    if (request !== undefined) asked[name] = request;
    const limit = limits[name];
    if (limit !== undefined && (own.limits?.[name] !== undefined || allLimited(spec, name)))
      bound[name] = name === 'memory' ? binary(limit) : limit;
  }
  return { requests: asked, limits: bound };
}

function allLimited({ containers, initContainers = [] }: Pod['spec'], name: string): boolean {
  return [...containers, ...initContainers].every(({ resources }) => resources?.limits?.[name] !== undefined);
}

/** An amount as the kernel has it: in bytes, written with binary suffixes. */
function binary(text: string): string {
  return formatQuantity(quantityOf(quantityValue(parseQuantity(text)), 'BinarySI'));
}

function texts(amounts: ResourceAmounts): Texts {
  return Object.fromEntries([...amounts].map(([name, amount]) => [name, formatQuantity(amount)]));
}

function isEmpty(amounts: Texts): boolean {
  return Object.keys(amounts).length === 0;
}
