import { matchesRequiredNodes } from '../../api/node-selectors.js';
import { parseAmounts, podAmounts, type ResourceAmounts } from '../../api/pod-requests.js';
import { type Quantity, quantityMilliValue, quantityValue } from '../../api/quantity.js';
import { untoleratedTaint } from '../../api/taints.js';
import type { Node } from '../../api/types/node.js';
import type { Pod } from '../../api/types/pod.js';
import { isStaticPod } from '../pods/static-annotations.js';

/** A node that has too little of a resource; CPU in thousandths. */
export interface Shortage {
  readonly kind: 'shortage';
  readonly resource: string;
  readonly requested: number;
  readonly used: number;
  readonly capacity: number;
}

/** A rule that a pod breaks. */
export interface Mismatch {
  readonly kind: 'mismatch';
  readonly predicate: string;
  readonly description: string;
}

export type Reason = Shortage | Mismatch;

const FIRST_RESOURCES = ['cpu', 'memory', 'ephemeral-storage'];

/** The amount of a resource as the scheduler counts it. */
export function counted(amounts: ResourceAmounts, resource: string): number {
  const amount: Quantity | undefined = amounts.get(resource);
  if (!amount) return 0;
  return resource === 'cpu' ? quantityMilliValue(amount) : quantityValue(amount);
}

/** Why a pod cannot be on a node beside others (kubelet generalFilter): all reasons, in the order they are found. */
export function generalReasons(pod: Pod, node: Node, others: readonly Pod[]): Reason[] {
  const reasons: Reason[] = [...shortages(pod, node, others)];
  const mismatch = (predicate: string, description: string) =>
    reasons.push({ kind: 'mismatch', predicate, description });
  if (!matchesRequiredNodes(pod, node)) mismatch('NodeAffinity', "node(s) didn't match Pod's node affinity/selector");
  if (pod.spec.nodeName && pod.spec.nodeName !== node.metadata.name)
    mismatch('NodeName', "node(s) didn't match the requested node name");
  if (portsTaken(pod, others)) mismatch('NodePorts', "node(s) didn't have free ports for the requested pod ports");
  if (!isStaticPod(pod) && untoleratedTaint(node.spec?.taints, pod.spec.tolerations, ['NoExecute']))
    mismatch('TaintToleration', "node(s) had taints that the pod didn't tolerate");
  return reasons;
}

function shortages(pod: Pod, node: Node, others: readonly Pod[]): Shortage[] {
  const allocatable = parseAmounts(node.status?.allocatable);
  const requests = podAmounts(pod.spec, 'requests');
  const sums = others.map(({ spec }) => podAmounts(spec, 'requests'));
  const found: Shortage[] = [];
  const check = (resource: string, requested: number, used: number) => {
    const capacity = counted(allocatable, resource);
    if (requested > 0 && requested > capacity - used)
      found.push({ kind: 'shortage', resource, requested, used, capacity });
  };
  check('pods', 1, others.length);
  const more = [...requests.keys()].filter((name) => !FIRST_RESOURCES.includes(name)).sort();
  for (const resource of [...FIRST_RESOURCES, ...more]) {
    // What the node does not know of is the cluster's, not the node's (removeMissingExtendedResources).
    if (isExtended(resource) && !allocatable.has(resource)) continue;
    check(
      resource,
      counted(requests, resource),
      sums.reduce((sum, amounts) => sum + counted(amounts, resource), 0),
    );
  }
  return found;
}

function isExtended(resource: string): boolean {
  return resource.includes('/') && !/(^|\.)kubernetes\.io\//.test(resource);
}

interface HostPort {
  readonly address: string;
  readonly protocol: string;
  readonly port: number;
}

function hostPorts({ spec }: Pod): HostPort[] {
  const sidecars = (spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
  return [...sidecars, ...spec.containers].flatMap(({ ports = [] }) =>
    ports.flatMap(({ hostPort, hostIP, protocol }) =>
      hostPort ? [{ address: hostIP || '0.0.0.0', protocol: protocol || 'TCP', port: hostPort }] : [],
    ),
  );
}

function portsTaken(pod: Pod, others: readonly Pod[]): boolean {
  const wanted = hostPorts(pod);
  if (wanted.length === 0) return false;
  const taken = others.flatMap(hostPorts);
  const meet = (one: HostPort, other: HostPort) =>
    one.port === other.port &&
    one.protocol === other.protocol &&
    (one.address === other.address || one.address === '0.0.0.0' || other.address === '0.0.0.0');
  return wanted.some((port) => taken.some((other) => meet(port, other)));
}

/** A reason as the event and the status name it: its word and its sentence. */
export function reasonWords(reason: Reason): { readonly reason: string; readonly message: string } {
  if (reason.kind === 'mismatch') {
    return { reason: reason.predicate, message: `Predicate ${reason.predicate} failed: ${reason.description}` };
  }
  const { resource, requested, used, capacity } = reason;
  return {
    reason: `OutOf${resource}`,
    message: `Node didn't have enough resource: ${resource}, requested: ${requested}, used: ${used}, capacity: ${capacity}`,
  };
}
