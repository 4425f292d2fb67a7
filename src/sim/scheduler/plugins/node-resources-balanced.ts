import { type ScoredResource, USUAL_RESOURCES } from '../allocation.js';
import type { NodeInfo } from '../node-info.js';
import { MAX_SCORE, type Plugin } from '../plugin.js';
import type { PodInfo } from '../pod-info.js';

/** Prefers nodes whose resources would be used more evenly with the pod than without it. */
export const nodeResourcesBalanced: Plugin = nodeResourcesBalancedOf(USUAL_RESOURCES);

/** The same over other resources. */
export function nodeResourcesBalancedOf(scored: readonly ScoredResource[]): Plugin {
  const resources = scored.map(({ name }) => name);
  return {
    name: 'NodeResourcesBalancedAllocation',
    weight: 1,
    prepareScore: ({ pod }) => {
      if (resources.every((resource) => (pod.requests.get(resource) ?? 0) === 0)) return undefined;
      return {
        local: `${resources} ${pod.shape}`,
        score: (node) => {
          const gained = balance(resources, node, pod) - balance(resources, node, undefined);
          return MAX_SCORE / 2 + Math.trunc((MAX_SCORE / 2 + gained) / 2);
        },
      };
    },
  };
}

/** 100 when all resources are used to the same share, less the further they are apart. */
function balance(resources: readonly string[], node: NodeInfo, pod: PodInfo | undefined): number {
  const shares: number[] = [];
  for (const resource of resources) {
    const allocatable = node.allocatable.get(resource) ?? 0;
    if (allocatable === 0) continue;
    const requested = node.requestedOf(resource) + (pod?.requests.get(resource) ?? 0);
    shares.push(Math.min(1, requested / allocatable));
  }
  return Math.trunc((1 - deviationOf(shares)) * MAX_SCORE);
}

function deviationOf(shares: readonly number[]): number {
  const [first = 0, second] = shares;
  if (second === undefined) return 0;
  if (shares.length === 2) return Math.abs((first - second) / 2);
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  return Math.sqrt(shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / shares.length);
}
