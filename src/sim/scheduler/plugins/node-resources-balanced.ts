import type { NodeInfo } from '../node-info.js';
import { MAX_SCORE, type Plugin } from '../plugin.js';
import type { PodInfo } from '../pod-info.js';

const RESOURCES = ['cpu', 'memory'] as const;

/** Prefers nodes whose resources would be used more evenly with the pod than without it. */
export const nodeResourcesBalanced: Plugin = {
  name: 'NodeResourcesBalancedAllocation',
  weight: 1,
  prepareScore: ({ pod }) => {
    if (RESOURCES.every((resource) => (pod.requests.get(resource) ?? 0) === 0)) return undefined;
    const gain = (node: NodeInfo): number => {
      const gained = balance(node, pod) - balance(node, undefined);
      return MAX_SCORE / 2 + Math.trunc((MAX_SCORE / 2 + gained) / 2);
    };
    const key = `balanced ${pod.shape}`;
    return { score: (node) => node.remember(key, gain) };
  },
};

/** 100 when all resources are used to the same share, less the further they are apart. */
function balance(node: NodeInfo, pod: PodInfo | undefined): number {
  const shares = RESOURCES.flatMap((resource) => {
    const allocatable = node.allocatable.get(resource) ?? 0;
    if (allocatable === 0) return [];
    return [Math.min(1, (node.requestedOf(resource) + (pod?.requests.get(resource) ?? 0)) / allocatable)];
  });
  const [first = 0, second] = shares;
  const deviation = second === undefined ? 0 : Math.abs((first - second) / 2);
  return Math.trunc((1 - deviation) * MAX_SCORE);
}
