import { deepEqual } from '../../api/object.js';
import type { Pod } from '../../api/types/pod.js';
import { allocationScore, type ScoringStrategy, USUAL_RESOURCES } from '../allocation.js';
import type { NodeInfo } from '../node-info.js';
import type { Plugin, Refusal } from '../plugin.js';
import { podInfo } from '../pod-info.js';

/** The node runs as many pods as it may. */
const TOO_MANY_PODS_REASON = 'Too many pods';
/** What is missing of a resource. */
const insufficient = (resource: string): string => `Insufficient ${resource}`;

/** Reasons come in this order, other resources after it. */
const FIRST_RESOURCES = ['cpu', 'memory', 'ephemeral-storage'];

/** Emptier nodes are better. */
export const LEAST_ALLOCATED: ScoringStrategy = { type: 'LeastAllocated', resources: USUAL_RESOURCES, shape: [] };

/** The node must have room for what the pod requests; emptier nodes are better. */
export const nodeResourcesFit: Plugin = {
  name: 'NodeResourcesFit',
  weight: 1,
  prepareFilter: roomFor(() => false),
  prepareScore: scoreBy(LEAST_ALLOCATED),
  helpedBy: (pod, event) => {
    switch (event.kind) {
      case 'pod updated':
        return event.pod.metadata.uid === pod.metadata.uid;
      case 'assigned pod deleted':
        return true;
      case 'assigned pod updated':
        return shrank(event.before, event.pod);
      case 'node added':
        return couldHold(pod, event.node.status?.allocatable);
      case 'node updated':
        return !deepEqual(event.before.status?.allocatable, event.node.status?.allocatable);
      default:
        return false;
    }
  },
};

/** The same with another view of which nodes are better, and with extended resources that do not count. */
export function nodeResourcesFitBy(strategy: ScoringStrategy, isIgnored: (resource: string) => boolean): Plugin {
  return { ...nodeResourcesFit, prepareFilter: roomFor(isIgnored), prepareScore: scoreBy(strategy) };
}

function roomFor(isIgnored: (resource: string) => boolean): NonNullable<Plugin['prepareFilter']> {
  return ({ pod }) => {
    const wanted = inOrder([...pod.requests.keys()]).flatMap((resource) => {
      const amount = pod.requests.get(resource) ?? 0;
      return amount === 0 || isIgnored(resource) ? [] : [{ resource, amount }];
    });
    return {
      local: wanted.map(({ resource, amount }) => `${resource} ${amount}`).join(),
      check: (node) => fits(wanted, node),
    };
  };
}

function scoreBy(strategy: ScoringStrategy): NonNullable<Plugin['prepareScore']> {
  const name = JSON.stringify(strategy);
  return ({ pod }) => ({ local: name + pod.shape, score: (node) => allocationScore(strategy, pod, node) });
}

/** What a node lacks for a pod; undefined when it fits. More than the whole node has is not to be had by evictions. */
function fits(
  wanted: readonly { readonly resource: string; readonly amount: number }[],
  node: NodeInfo,
): Refusal | undefined {
  let reasons: string[] | undefined;
  let hopeless = false;
  if (node.podCount + 1 > (node.allocatable.get('pods') ?? 0)) reasons = [TOO_MANY_PODS_REASON];
  for (const { resource, amount } of wanted) {
    const allocatable = node.allocatable.get(resource) ?? 0;
    if (amount <= allocatable - node.requestedOf(resource)) continue;
    reasons ??= [];
    reasons.push(insufficient(resource));
    hopeless ||= amount > allocatable;
  }
  if (!reasons) return undefined;
  return { code: hopeless ? 'unresolvable' : 'unschedulable', reasons };
}

function inOrder(resources: readonly string[]): string[] {
  const rest = resources.filter((resource) => !FIRST_RESOURCES.includes(resource)).sort();
  return [...FIRST_RESOURCES.filter((resource) => resources.includes(resource)), ...rest];
}

function couldHold(pod: Pod, allocatable: Readonly<Record<string, string>> | undefined): boolean {
  return [...podInfo(pod).requests].every(
    ([resource, wanted]) => wanted === 0 || allocatable?.[resource] !== undefined,
  );
}

function shrank(before: Pod, after: Pod): boolean {
  const now = podInfo(after).requests;
  return [...podInfo(before).requests].some(([resource, amount]) => (now.get(resource) ?? 0) < amount);
}
