import { matchesNodeSelectorTerm, matchesRequiredNodes } from '../../api/node-selectors.js';
import { deepEqual } from '../../api/object.js';
import type { Node } from '../../api/types/node.js';
import type { Pod } from '../../api/types/pod.js';
import type { NodeAffinity } from '../../api/types/scheduling.js';
import { normalizeToMax, type Plugin, unresolvable } from '../plugin.js';

/** The node's labels are not what the pod asks for. */
const AFFINITY_REASON = "node(s) didn't match Pod's node affinity/selector";
/** The node's labels are not what the profile asks for. */
const ENFORCED_REASON = "node(s) didn't match scheduler-enforced node affinity";
/** No node could ever match. */
const AFFINITY_CONFLICT_REASON = 'pod affinity terms conflict';

/** nodeSelector and node affinity, required and preferred. */
export const nodeAffinity: Plugin = nodeAffinityWith({});

/** The same with an affinity that a profile adds to that of every pod (NodeAffinityArgs). */
export function nodeAffinityWith(added: NodeAffinity): Plugin {
  const enforced = added.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  const isEnforced = (node: Node): boolean => !enforced || enforced.some((term) => matchesNodeSelectorTerm(term, node));
  const addedPreferred = added.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  return {
    name: 'NodeAffinity',
    weight: 2,
    prepareFilter: ({ pod: { pod } }) => {
      const required = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
      if (!required && !pod.spec.nodeSelector && !enforced) return undefined;
      const only = namedNodes(pod);
      if (only?.size === 0) return { refusal: unresolvable(AFFINITY_CONFLICT_REASON) };
      return {
        ...(only ? { onlyNodes: only } : {}),
        local: JSON.stringify([pod.spec.nodeSelector, required, enforced]),
        check: ({ node }) => {
          if (!isEnforced(node)) return unresolvable(ENFORCED_REASON);
          return matchesRequiredNodes(pod, node) ? undefined : unresolvable(AFFINITY_REASON);
        },
      };
    },
    prepareScore: ({ pod: { pod } }) => {
      const own = pod.spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
      const preferred = [...addedPreferred, ...own];
      if (preferred.length === 0) return undefined;
      return {
        local: JSON.stringify(preferred),
        score: ({ node }) =>
          preferred.reduce((sum, { weight, preference }) => {
            return sum + (matchesNodeSelectorTerm(preference, node) ? weight : 0);
          }, 0),
        normalize: (scores) => normalizeToMax(scores),
      };
    },
    helpedBy: (pod, event) => {
      if (event.kind === 'pod updated') return event.pod.metadata.uid === pod.metadata.uid;
      const fits = (node: Node): boolean => isEnforced(node) && matchesRequiredNodes(pod, node);
      if (event.kind === 'node added') return fits(event.node);
      if (event.kind !== 'node updated' || deepEqual(event.before.metadata.labels, event.node.metadata.labels))
        return false;
      return fits(event.node) && !fits(event.before);
    },
  };
}

/** The nodes a pod names by field, as daemon pods do; undefined when any term leaves the name open. */
function namedNodes(pod: Pod): Set<string> | undefined {
  const terms =
    pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  if (terms.length === 0) return undefined;
  const all = new Set<string>();
  for (const term of terms) {
    const fields = (term.matchFields ?? []).filter(({ key, operator }) => key === 'metadata.name' && operator === 'In');
    const [first, ...others] = fields.map(({ values = [] }) => values);
    if (!first) return undefined;
    for (const name of first) if (others.every((values) => values.includes(name))) all.add(name);
  }
  return all;
}
