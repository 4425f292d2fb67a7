import type { Destination } from '../places.js';
import type { CheckContext } from '../subject.js';

interface PodStatus {
  readonly podIP?: string;
}

/** The addresses and names by which a destination is reached; none when it selects pods and there are none. */
export async function addressesOf(to: Destination, { objects, host }: CheckContext): Promise<readonly string[]> {
  if ('address' in to) return [to.address];
  if ('host' in to) return [await nodeAddress(host(to.host), objects)];
  if ('service' in to) return [`${to.service.name}.${to.service.namespace}.svc.cluster.local`];
  const pods = await objects.read({ apiVersion: 'v1', kind: 'Pod', ...to.pods });
  return pods.flatMap((pod) => (pod['status'] as PodStatus | undefined)?.podIP ?? []);
}

/** The address of a node; its name where the cluster does not tell one. */
async function nodeAddress(name: string, objects: CheckContext['objects']): Promise<string> {
  const [node] = await objects.read({ apiVersion: 'v1', kind: 'Node', name });
  const { addresses = [] } = (node?.['status'] ?? {}) as {
    addresses?: readonly { readonly type: string; readonly address: string }[];
  };
  return addresses.find(({ type }) => type === 'InternalIP')?.address ?? name;
}
