import type { LabInstance } from '../format/instance.js';
import type { Need } from './need.js';

/** Labels of nodes by which pods are placed: they mean that there is more than one node, and which. */
const PLACES = /\bkubernetes\.io\/hostname\b|\btopology\.kubernetes\.io\/(?:zone|region)\b/;

/**
 * Whether a lab names its nodes, in what it says, makes, checks or types: then they must have these names. They are told by
 * their base names: those of an instance are drawn, or a cluster's.
 */
export function mentionsOfNodes({ hosts, task, checks, world, solution }: LabInstance): readonly Need[] {
  // By its base name a check says no more than that it looks where the task is done; what is the base is no node.
  const nodes = Object.entries(hosts).filter(
    ([base, name]) => name !== hosts['base'] && !(base === 'controlplane' && name === base),
  );
  const parts: readonly (readonly [string, unknown])[] = [
    ['the task', task],
    ["the lab's world", world.steps],
    ['a check', checks],
    ['the solution', solution],
  ];
  for (const [where, part] of parts) {
    const text = typeof part === 'string' ? part : JSON.stringify(part);
    const [base] = nodes.find(([, name]) => new RegExp(`(?<![\\w.-])${name}(?![\\w-])`).test(text)) ?? [];
    if (base !== undefined) return [{ need: 'nodes', because: `${where} names ${base}` }];
    if (PLACES.test(text)) return [{ need: 'nodes', because: `${where} places pods by labels of nodes` }];
  }
  return [];
}
