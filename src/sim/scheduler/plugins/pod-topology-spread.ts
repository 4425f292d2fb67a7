import { matchesSelector, type Selector, selectorFromMap, selectorFromObject } from '../../api/labels.js';
import { matchesRequiredNodes } from '../../api/node-selectors.js';
import { deepEqual } from '../../api/object.js';
import { isDeleting } from '../../api/pods.js';
import { untoleratedTaint } from '../../api/taints.js';
import type { Node } from '../../api/types/node.js';
import type { Pod } from '../../api/types/pod.js';
import type { TopologySpreadConstraint } from '../../api/types/scheduling.js';
import type { NodeInfo } from '../node-info.js';
import { type Cycle, MAX_SCORE, type Plugin, unresolvable, unschedulable } from '../plugin.js';

/** One more pod there would make the spread too uneven. */
const SPREAD_REASON = "node(s) didn't match pod topology spread constraints";
/** The node is in no domain at all. */
const SPREAD_LABEL_REASON = `${SPREAD_REASON} (missing required label)`;

const HOSTNAME = 'kubernetes.io/hostname';
/** How pods of a service or replica set are spread when they say nothing: softly over hosts and zones. */
const SYSTEM_CONSTRAINTS: readonly TopologySpreadConstraint[] = [
  { topologyKey: HOSTNAME, whenUnsatisfiable: 'ScheduleAnyway', maxSkew: 3 },
  { topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway', maxSkew: 5 },
];

interface Constraint extends TopologySpreadConstraint {
  readonly selector: Exclude<Selector, null>;
}

/** Spreads pods over domains, strictly or as far as possible. */
export const podTopologySpread: Plugin = {
  name: 'PodTopologySpread',
  weight: 2,
  prepareFilter: (cycle) => {
    const constraints = ownConstraints(cycle.pod.pod, 'DoNotSchedule');
    if (constraints.length === 0) return undefined;
    const counts = constraints.map((constraint) => countDomains(cycle, constraint, constraints));
    return { check: (node) => checkSkew(cycle, node, constraints, counts) };
  },
  prepareScore: (cycle, feasible) => prepareSpreadScore(cycle, feasible),
  helpedBy: (pod, event) => {
    switch (event.kind) {
      case 'node added':
        return true;
      case 'node updated':
        return (
          !deepEqual(event.before.metadata.labels, event.node.metadata.labels) ||
          !deepEqual(event.before.spec.taints, event.node.spec.taints)
        );
      case 'pod updated':
        return event.pod.metadata.uid === pod.metadata.uid;
      default: {
        const { namespace, labels } = event.pod.metadata;
        if (namespace !== pod.metadata.namespace) return false;
        return ownConstraints(pod, 'DoNotSchedule').some(({ selector }) => matchesSelector(selector, labels));
      }
    }
  },
};

function checkSkew(
  { pod: { pod } }: Cycle,
  { node }: NodeInfo,
  constraints: readonly Constraint[],
  counts: readonly ReadonlyMap<string, number>[],
): ReturnType<typeof unschedulable> | undefined {
  for (const [index, constraint] of constraints.entries()) {
    const domain = node.metadata.labels?.[constraint.topologyKey];
    if (domain === undefined) return unresolvable(SPREAD_LABEL_REASON);
    const domains = counts[index] as ReadonlyMap<string, number>;
    const fewest = domains.size < (constraint.minDomains ?? 1) ? 0 : Math.min(...domains.values());
    const self = matchesSelector(constraint.selector, pod.metadata.labels) ? 1 : 0;
    if ((domains.get(domain) ?? 0) + self - fewest > constraint.maxSkew) return unschedulable(SPREAD_REASON);
  }
  return undefined;
}

/** Matching pods by domain, over the nodes that count for a constraint. */
function countDomains(cycle: Cycle, constraint: Constraint, all: readonly Constraint[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const info of cycle.nodes) {
    if (!hasLabels(info.node, all) || !countsNode(cycle.pod.pod, info.node, constraint)) continue;
    const domain = info.node.metadata.labels?.[constraint.topologyKey] ?? '';
    counts.set(domain, (counts.get(domain) ?? 0) + countPods(cycle, info, constraint));
  }
  return counts;
}

function prepareSpreadScore(
  cycle: Cycle,
  feasible: readonly NodeInfo[],
): ReturnType<NonNullable<Plugin['prepareScore']>> {
  const { pod } = cycle.pod;
  const isOwn = (pod.spec.topologySpreadConstraints ?? []).length > 0;
  const constraints = isOwn ? ownConstraints(pod, 'ScheduleAnyway') : systemConstraints(cycle);
  if (constraints.length === 0) return undefined;
  const ignored = new Set(isOwn ? feasible.filter(({ node }) => !hasLabels(node, constraints)) : []);
  const rated = feasible.filter((info) => !ignored.has(info));
  const scored = constraints.map((constraint) => {
    const onHosts = constraint.topologyKey === HOSTNAME;
    const domains = new Map<string, number>();
    for (const { node } of onHosts ? [] : rated) domains.set(node.metadata.labels?.[constraint.topologyKey] ?? '', 0);
    for (const info of onHosts ? [] : cycle.nodes) {
      if ((isOwn && !hasLabels(info.node, constraints)) || !countsNode(pod, info.node, constraint)) continue;
      const domain = info.node.metadata.labels?.[constraint.topologyKey] ?? '';
      const before = domains.get(domain);
      if (before !== undefined) domains.set(domain, before + countPods(cycle, info, constraint));
    }
    return { constraint, domains, weight: Math.log((onHosts ? rated.length : domains.size) + 2) };
  });
  return {
    score: (info) => {
      if (ignored.has(info)) return 0;
      const sum = scored.reduce((total, { constraint, domains, weight }) => {
        const domain = info.node.metadata.labels?.[constraint.topologyKey];
        if (domain === undefined) return total;
        const count =
          constraint.topologyKey === HOSTNAME ? countPods(cycle, info, constraint) : (domains.get(domain) ?? 0);
        return total + count * weight + (constraint.maxSkew - 1);
      }, 0);
      return Math.round(sum);
    },
    normalize: (scores, nodes) =>
      fewestFirst(
        scores,
        nodes.map((info) => !ignored.has(info)),
      ),
  };
}

/** Turns counts round: the domain with the fewest pods gets the most points. */
function fewestFirst(scores: readonly number[], rated: readonly boolean[]): number[] {
  const valid = scores.filter((_, index) => rated[index]);
  const most = Math.max(0, ...valid);
  const least = Math.min(...valid);
  return scores.map((score, index) => {
    if (!rated[index]) return 0;
    return most === 0 ? MAX_SCORE : Math.trunc((MAX_SCORE * (most + least - score)) / most);
  });
}

function ownConstraints(pod: Pod, action: string): Constraint[] {
  return (pod.spec.topologySpreadConstraints ?? [])
    .filter((constraint) => constraint.whenUnsatisfiable === action)
    .map((constraint) => ({ ...constraint, selector: constraintSelector(pod, constraint) }));
}

function constraintSelector(pod: Pod, constraint: TopologySpreadConstraint): Exclude<Selector, null> {
  const own = Object.entries(pod.metadata.labels ?? {}).filter(([key]) => constraint.matchLabelKeys?.includes(key));
  return [...(selectorFromObject(constraint.labelSelector) ?? []), ...selectorFromMap(Object.fromEntries(own))];
}

function systemConstraints({ pod, cluster }: Cycle): Constraint[] {
  const selector = cluster.siblingSelector(pod.pod);
  return selector.length === 0 ? [] : SYSTEM_CONSTRAINTS.map((constraint) => ({ ...constraint, selector }));
}

function hasLabels(node: Node, constraints: readonly Constraint[]): boolean {
  return constraints.every(({ topologyKey }) => node.metadata.labels?.[topologyKey] !== undefined);
}

function countsNode(pod: Pod, node: Node, constraint: Constraint): boolean {
  if ((constraint.nodeAffinityPolicy ?? 'Honor') === 'Honor' && !matchesRequiredNodes(pod, node)) return false;
  if (constraint.nodeTaintsPolicy !== 'Honor') return true;
  return !untoleratedTaint(node.spec.taints, pod.spec.tolerations, ['NoSchedule', 'NoExecute']);
}

function countPods({ pod: { pod } }: Cycle, info: NodeInfo, { selector }: Constraint): number {
  if (selector.length === 0) return 0;
  return info.pods.filter(
    ({ pod: other }) =>
      !isDeleting(other) &&
      other.metadata.namespace === pod.metadata.namespace &&
      matchesSelector(selector, other.metadata.labels),
  ).length;
}
