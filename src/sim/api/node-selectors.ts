/** Node selectors and node affinity: which nodes a pod accepts (component-helpers nodeaffinity). */
import type { Node } from './types/node.js';
import type { Pod } from './types/pod.js';
import type { NodeSelector, NodeSelectorRequirement, NodeSelectorTerm } from './types/scheduling.js';

/** Whether a node carries all labels of a pod's `nodeSelector` and fulfils its required node affinity. */
export function matchesRequiredNodes(pod: Pod, node: Node): boolean {
  const labels = node.metadata.labels ?? {};
  for (const [key, value] of Object.entries(pod.spec.nodeSelector ?? {})) {
    if (!Object.hasOwn(labels, key) || labels[key] !== value) return false;
  }
  const required = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return required ? matchesNodeSelector(required, node) : true;
}

/** Whether any term of a node selector matches; a term without conditions matches nothing. */
function matchesNodeSelector(selector: NodeSelector, node: Node): boolean {
  return selector.nodeSelectorTerms.some((term) => matchesNodeSelectorTerm(term, node));
}

/** Whether all conditions of one term hold; an empty term matches nothing. */
export function matchesNodeSelectorTerm(term: NodeSelectorTerm, node: Node): boolean {
  const expressions = term.matchExpressions ?? [];
  const fields = term.matchFields ?? [];
  if (expressions.length === 0 && fields.length === 0) return false;
  const labels = node.metadata.labels ?? {};
  return (
    expressions.every((need) =>
      matchesRequirement(need, Object.hasOwn(labels, need.key) ? labels[need.key] : undefined),
    ) && fields.every((need) => matchesRequirement(need, need.key === 'metadata.name' ? node.metadata.name : undefined))
  );
}

function matchesRequirement({ operator, values = [] }: NodeSelectorRequirement, found: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return found !== undefined && values.includes(found);
    case 'NotIn':
      return found === undefined || !values.includes(found);
    case 'Exists':
      return found !== undefined;
    case 'DoesNotExist':
      return found === undefined;
    case 'Gt':
    case 'Lt':
      return comparesIntegers(operator, found, values[0]);
    default:
      return false;
  }
}

function comparesIntegers(operator: 'Gt' | 'Lt', found: string | undefined, bound: string | undefined): boolean {
  const isInteger = (text: string | undefined): text is string => text !== undefined && /^-?\d+$/.test(text);
  if (!isInteger(found) || !isInteger(bound)) return false;
  return operator === 'Gt' ? BigInt(found) > BigInt(bound) : BigInt(found) < BigInt(bound);
}
