import { isDeleting, isPodAvailable, isPodReady } from '../../api/pods.js';
import type { Node } from '../../api/types/node.js';
import type { Pod } from '../../api/types/pod.js';
import type { DaemonSet } from '../../api/types/workloads.js';
import type { Micros } from '../../kernel/time.js';
import { allowsSurge } from './fenceposts.js';
import { byUsefulness } from './order.js';
import { nodeEligibility, REVISION_HASH_LABEL } from './placement.js';

/** What one look at the nodes asks for. */
export interface NodePlan {
  /** Nodes that need a pod. */
  readonly create: string[];
  /** Pods to delete. */
  readonly remove: Pod[];
  /** Ended pods to report in an event and delete. */
  readonly ended: Pod[];
}

/** Pods and nodes of a daemon set as the cache has them. */
export interface DaemonView {
  readonly set: DaemonSet;
  readonly nodes: readonly Node[];
  readonly podsByNode: ReadonlyMap<string, readonly Pod[]>;
  readonly hash: string;
  readonly now: Micros;
}

/** Which nodes lack a pod and which pods are too many, whatever the update strategy (daemon manage). */
export function planNodes(view: DaemonView): NodePlan {
  const plan: NodePlan = { create: [], remove: [], ended: [] };
  for (const node of view.nodes) planNode(view, node, plan);
  const known = new Set(view.nodes.map((node) => node.metadata.name));
  for (const [name, pods] of view.podsByNode) {
    // Meant for a node that is gone and never bound: nobody else will delete it.
    if (!known.has(name)) plan.remove.push(...pods.filter((pod) => !pod.spec.nodeName));
  }
  return plan;
}

function planNode(view: DaemonView, node: Node, plan: NodePlan): void {
  const name = node.metadata.name ?? '';
  const { shouldRun, mayStay } = nodeEligibility(node, view.set);
  const pods = view.podsByNode.get(name);
  if (!mayStay) {
    plan.remove.push(...(pods ?? []).filter((pod) => !isDeleting(pod)));
    return;
  }
  if (!pods) {
    if (shouldRun) plan.create.push(name);
    return;
  }
  const running: Pod[] = [];
  for (const pod of pods.filter((candidate) => !isDeleting(candidate))) {
    const over = pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded';
    (over ? plan.ended : running).push(pod);
  }
  running.sort(byUsefulness);
  if (!allowsSurge(view.set)) {
    plan.remove.push(...running.slice(1));
  } else if (running.length === 0) {
    if (shouldRun) plan.create.push(name);
  } else {
    plan.remove.push(...surplusWithSurge(view, running));
  }
}

/** With surge a node may hold an old pod and its replacement; the old one goes when the new one is available or it fails. */
function surplusWithSurge({ set, hash, now }: DaemonView, running: readonly Pod[]): Pod[] {
  if (running.length <= 1) return [];
  const isNew = (pod: Pod) => pod.metadata.labels?.[REVISION_HASH_LABEL] === hash;
  const newest = running.find(isNew);
  const old = running.find((pod) => !isNew(pod));
  const surplus = running.filter((pod) => pod !== newest && pod !== old);
  if (newest && old && (!isPodReady(old) || isPodAvailable(newest, set.spec.minReadySeconds ?? 0, now)))
    surplus.push(old);
  return surplus;
}
