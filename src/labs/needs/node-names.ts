import type { LabInstance } from '../format/instance.js';
import type { Need } from './need.js';

/** Labels of nodes by which pods are placed: they mean that there is more than one node, and which. */
const PLACES = /\bkubernetes\.io\/hostname\b|\btopology\.kubernetes\.io\/(?:zone|region)\b/;

/** Whether a lab names its nodes, in what it says, makes, checks or types: then they must have these names. */
export function mentionsOfNodes({ hosts, task, checks, world, solution }: LabInstance): readonly Need[] {
  // By its base name a check says no more than that it looks where the task is done; what is the base is no node.
  const names = Object.entries(hosts).flatMap(([base, name]) =>
    name === hosts['base'] || (base === 'controlplane' && name === base) ? [] : [name],
  );
  const parts: readonly (readonly [string, unknown])[] = [
    ['its task', task],
    ['its world', world.steps],
    ['one of its checks', checks],
    ['its solution', solution],
  ];
  for (const [where, part] of parts) {
    const text = typeof part === 'string' ? part : JSON.stringify(part);
    const name = names.find((one) => new RegExp(`(?<![\\w.-])${one}(?![\\w-])`).test(text));
    if (name !== undefined) return [{ need: 'nodes', because: `${where} names ${name}` }];
    if (PLACES.test(text)) return [{ need: 'nodes', because: `${where} places pods by labels of nodes` }];
  }
  return [];
}
