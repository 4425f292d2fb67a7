import type { Node, Taint } from '../../../../src/sim/api/types/node.js';
import type { Pod, Toleration } from '../../../../src/sim/api/types/pod.js';
import { type ClusterView, objectsOf } from '../cluster-view.js';
import { hasLabels, isGoing, lacking, podsOn, requestsOf, roomOf, together } from './facts.js';

const HOSTNAME = 'kubernetes.io/hostname';

/** The nodes on which a pod could be, as far as what is drawn for seeded runs goes. Reasoned apart from the scheduler. */
export function nodesFor(view: ClusterView, pod: Pod): string[] {
  const eligible = objectsOf<Node>(view, 'nodes').filter((node) => isWanted(pod, node));
  const counts = new Map(eligible.map((node) => [node.metadata.name ?? '', siblingsOn(view, pod, node)]));
  // Nodes with taints count as places to spread over, by default.
  const least = Math.min(...counts.values());
  return eligible
    .filter((node) => isTolerated(pod, node))
    .filter((node) => {
      const name = node.metadata.name ?? '';
      const asked = together(podsOn(view, name));
      const own = requestsOf(pod);
      const sum = { milliCpu: asked.milliCpu + own.milliCpu, bytes: asked.bytes + own.bytes, pods: asked.pods + 1 };
      if (lacking(sum, roomOf(node)).length > 0) return false;
      const siblings = counts.get(name) ?? 0;
      if (pod.spec.affinity?.podAntiAffinity && siblings > 0) return false;
      return !pod.spec.topologySpreadConstraints || siblings + 1 - least <= 1;
    })
    .map(({ metadata }) => metadata.name ?? '');
}

/** Whether a node's labels and taints let a pod be there. */
export function mayBeOn(pod: Pod, node: Node): boolean {
  return isWanted(pod, node) && isTolerated(pod, node);
}

function isWanted(pod: Pod, node: Node): boolean {
  if (!hasLabels(node.metadata.labels, pod.spec.nodeSelector ?? {})) return false;
  const term = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms[0];
  const named = term?.matchFields?.find(({ key }) => key === 'metadata.name')?.values;
  return !named || named.includes(node.metadata.name ?? '');
}

function isTolerated(pod: Pod, node: Node): boolean {
  const { tolerations = [] } = pod.spec;
  return (node.spec?.taints ?? [])
    .filter(({ effect }) => effect !== 'PreferNoSchedule')
    .every((taint) => tolerations.some((toleration) => tolerates(toleration, taint)));
}

function tolerates({ key, operator, value, effect, tolerationSeconds }: Toleration, taint: Taint): boolean {
  if (tolerationSeconds !== undefined) return false;
  if (effect !== undefined && effect !== '' && effect !== taint.effect) return false;
  if (key === undefined || key === '') return operator === 'Exists';
  return key === taint.key && (operator === 'Exists' || (value ?? '') === (taint.value ?? ''));
}

function siblingsOn(view: ClusterView, pod: Pod, node: Node): number {
  const host = node.metadata.labels?.[HOSTNAME] ?? node.metadata.name ?? '';
  return podsOn(view, host).filter(
    (one) =>
      one.metadata.namespace === pod.metadata.namespace &&
      !isGoing(one) &&
      hasLabels(one.metadata.labels, { app: pod.metadata.labels?.['app'] ?? '' }),
  ).length;
}
