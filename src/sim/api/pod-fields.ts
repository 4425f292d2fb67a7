/** What a pod can be told about itself: fieldRef and resourceFieldRef (kubelet fieldpath and resource helpers). */
import { goQuote } from './go-text.js';
import { parseQuantity, type Quantity, quantityMilliValue, quantityValue } from './quantity.js';
import type { Container, Pod, ResourceFieldSelector } from './types/pod.js';

/** What the node adds. */
export interface PodFacts {
  /** Of each family one, the cluster's own family first. */
  readonly podIPs: readonly string[];
  readonly hostIPs: readonly string[];
  /** What a container without limits may use at most. */
  readonly allocatable: Readonly<Record<string, string>>;
}

/** A field of a pod as text. Throws an Error in kubelet's words. */
export function podFieldValue(pod: Pod, path: string, facts: Pick<PodFacts, 'podIPs' | 'hostIPs'>): string {
  const { metadata } = pod;
  const subscript = /^(metadata\.(?:labels|annotations))\['(.*)'\]$/.exec(path);
  if (subscript) {
    const [, which, key = ''] = subscript;
    return (which === 'metadata.labels' ? metadata.labels : metadata.annotations)?.[key] ?? '';
  }
  switch (path) {
    case 'metadata.name':
      return metadata.name ?? '';
    case 'metadata.namespace':
      return metadata.namespace ?? '';
    case 'metadata.uid':
      return metadata.uid ?? '';
    case 'metadata.labels':
      return mapText(metadata.labels);
    case 'metadata.annotations':
      return mapText(metadata.annotations);
    case 'spec.nodeName':
      return pod.spec.nodeName ?? '';
    case 'spec.serviceAccountName':
      return pod.spec.serviceAccountName ?? '';
    case 'status.hostIP':
      return facts.hostIPs[0] ?? '';
    case 'status.hostIPs':
      return facts.hostIPs.join(',');
    case 'status.podIP':
      return facts.podIPs[0] ?? '';
    case 'status.podIPs':
      return facts.podIPs.join(',');
    default:
      throw new Error(`unsupported fieldPath: ${path}`);
  }
}

function mapText(map: Readonly<Record<string, string>> | undefined): string {
  return Object.entries(map ?? {})
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, value]) => `${key}=${goQuote(value)}`)
    .join('\n');
}

/** A container's request or limit as text, divided and rounded up. Throws an Error in kubelet's words. */
export function resourceFieldValue(
  reference: ResourceFieldSelector,
  pod: Pod,
  own: Container | undefined,
  allocatable: Readonly<Record<string, string>>,
): string {
  const name = reference.containerName;
  const all = [...pod.spec.containers, ...(pod.spec.initContainers ?? [])];
  const container = name ? all.find((other) => other.name === name) : own;
  if (!container) throw new Error(`container ${name ?? ''} not found`);
  const [which = '', ...rest] = reference.resource.split('.');
  const resource = rest.join('.');
  if ((which !== 'limits' && which !== 'requests') || resource === '')
    throw new Error(`Unsupported container resource : ${reference.resource}`);
  const limit = container.resources?.limits?.[resource];
  const text =
    which === 'limits' ? (limit ?? allocatable[resource]) : (container.resources?.requests?.[resource] ?? limit);
  return divided(parseQuantity(String(text ?? '0')), reference.divisor, resource);
}

function divided(amount: Quantity, divisorText: string | undefined, resource: string): string {
  const divisor = parseQuantity(divisorText === undefined || divisorText === '0' ? '1' : divisorText);
  if (resource === 'cpu') return String(Math.ceil(quantityMilliValue(amount) / quantityMilliValue(divisor)));
  return String(Math.ceil(quantityValue(amount) / quantityValue(divisor)));
}
