import { matchesSelector, type Selector, selectorFromMap, selectorFromObject } from '../../api/labels.js';
import { matchesRequiredNodes } from '../../api/node-selectors.js';
import { deepEqual } from '../../api/object.js';
import { untoleratedTaint } from '../../api/taints.js';
import type { Node } from '../../api/types/node.js';
import type { Pod } from '../../api/types/pod.js';
import type { TopologySpreadConstraint } from '../../api/types/scheduling.js';
import { domainTally, podCount } from '../domain-tallies.js';
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
export const podTopologySpread: Plugin = podTopologySpreadBy(undefined);

/**
 * The same with constraints for pods that have none themselves (PodTopologySpreadArgs), instead of those of the system,
 * which mind no node without their labels.
 */
export function podTopologySpreadBy(listed: readonly TopologySpreadConstraint[] | undefined): Plugin {
  const usual = listed ?? SYSTEM_CONSTRAINTS;
  return {
    name: 'PodTopologySpread',
    weight: 2,
    prepareFilter: (cycle) => {
      const constraints = constraintsOf(cycle, usual, 'DoNotSchedule');
      if (constraints.length === 0) return undefined;
      const strict = constraints.map((constraint) => strictly(cycle, constraint, constraints));
      return { check: (node) => checkSkew(node, strict) };
    },
    prepareScore: (cycle, feasible) => {
      const needsLabels = listed !== undefined || hasOwnConstraints(cycle.pod.pod);
      return prepareSpreadScore(cycle, feasible, constraintsOf(cycle, usual, 'ScheduleAnyway'), needsLabels);
    },
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
          if (!('pod' in event)) return false;
          const { namespace, labels } = event.pod.metadata;
          if (namespace !== pod.metadata.namespace) return false;
          // Whose constraints are the profile's is looked at for any pod of the namespace: a needless look costs little.
          if (!hasOwnConstraints(pod)) return true;
          return ownConstraints(pod, 'DoNotSchedule').some(({ selector }) => matchesSelector(selector, labels));
        }
      }
    },
  };
}

/** A constraint with what was counted for it. */
interface StrictConstraint {
  readonly topologyKey: string;
  readonly domains: ReadonlyMap<string, number>;
  /** How many pods a domain may have at most, this one not counted among them. */
  readonly most: number;
}

function strictly(cycle: Cycle, constraint: Constraint, all: readonly Constraint[]): StrictConstraint {
  const { topologyKey, maxSkew, minDomains = 1, selector } = constraint;
  const domains = countDomains(cycle, constraint, all);
  let fewest = Number.POSITIVE_INFINITY;
  for (const count of domains.values()) if (count < fewest) fewest = count;
  if (domains.size < minDomains) fewest = 0;
  const self = matchesSelector(selector, cycle.pod.pod.metadata.labels) ? 1 : 0;
  return { topologyKey, domains, most: maxSkew + fewest - self };
}

function checkSkew(
  { node }: NodeInfo,
  constraints: readonly StrictConstraint[],
): ReturnType<typeof unschedulable> | undefined {
  for (const { topologyKey, domains, most } of constraints) {
    const domain = node.metadata.labels?.[topologyKey];
    if (domain === undefined) return unresolvable(SPREAD_LABEL_REASON);
    if ((domains.get(domain) ?? 0) > most) return unschedulable(SPREAD_REASON);
  }
  return undefined;
}

/** Matching pods by domain, over the nodes that count for a constraint and have the labels of all of `required`. */
function countDomains(
  cycle: Cycle,
  constraint: Constraint,
  required: readonly Constraint[],
): ReadonlyMap<string, number> {
  const { pod } = cycle.pod;
  const { spec } = pod;
  const { topologyKey, nodeAffinityPolicy, nodeTaintsPolicy } = constraint;
  const count = podCount(cycle.notes, pod.metadata.namespace ?? '', constraint.selector);
  const honoured = [
    nodeAffinityPolicy === 'Ignore' ? [] : [spec.nodeSelector, spec.affinity?.nodeAffinity],
    nodeTaintsPolicy === 'Honor' ? [spec.tolerations] : [],
  ];
  const key = JSON.stringify([count.key, topologyKey, required.map((one) => one.topologyKey), honoured]);
  return domainTally(cycle, key, count, ({ node }) =>
    hasLabels(node, required) && countsNode(pod, node, constraint)
      ? (node.metadata.labels?.[topologyKey] ?? '')
      : undefined,
  );
}

function prepareSpreadScore(
  cycle: Cycle,
  feasible: readonly NodeInfo[],
  constraints: readonly Constraint[],
  needsLabels: boolean,
): ReturnType<NonNullable<Plugin['prepareScore']>> {
  const { pod } = cycle.pod;
  if (constraints.length === 0) return undefined;
  const isRated = needsLabels ? ({ node }: NodeInfo) => hasLabels(node, constraints) : () => true;
  const rated = needsLabels ? feasible.filter(isRated) : feasible;
  const scored = constraints.map((constraint) => {
    const { topologyKey, selector, maxSkew } = constraint;
    const domainOf = cycle.notes.column(`label ${topologyKey}`, ({ node }) => node.metadata.labels?.[topologyKey]);
    if (topologyKey === HOSTNAME) {
      const count = podCount(cycle.notes, pod.metadata.namespace ?? '', selector);
      return { domainOf, podsOf: count.of, skew: maxSkew - 1, weight: Math.log(rated.length + 2) };
    }
    const domains = countDomains(cycle, constraint, needsLabels ? constraints : []);
    const found = new Set<string>();
    for (const info of rated) {
      found.add(domainOf(info) ?? '');
      // Nodes that fit are all counted: there are no other domains.
      if (found.size === domains.size) break;
    }
    const podsOf = (_info: NodeInfo, domain: string) => domains.get(domain) ?? 0;
    return { domainOf, podsOf, skew: maxSkew - 1, weight: Math.log(found.size + 2) };
  });
  return {
    score: (info) => {
      if (!isRated(info)) return 0;
      let sum = 0;
      for (let index = 0; index < scored.length; index += 1) {
        const { domainOf, podsOf, skew, weight } = scored[index] as (typeof scored)[number];
        const domain = domainOf(info);
        if (domain !== undefined) sum += podsOf(info, domain) * weight + skew;
      }
      return Math.round(sum);
    },
    normalize: (scores, nodes) => fewestFirst(scores, needsLabels ? nodes.map(isRated) : undefined),
  };
}

/** Turns counts round: the domain with the fewest pods gets the most points. Without `rated` all nodes are. */
function fewestFirst(scores: readonly number[], rated: readonly boolean[] | undefined): number[] {
  let most = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let index = 0; index < scores.length; index += 1) {
    if (rated && !rated[index]) continue;
    const score = scores[index] as number;
    if (score > most) most = score;
    if (score < least) least = score;
  }
  return scores.map((score, index) => {
    if (rated && !rated[index]) return 0;
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

/** Those of the pod, or the usual ones for it and its siblings. */
function constraintsOf(
  { pod, cluster }: Cycle,
  usual: readonly TopologySpreadConstraint[],
  action: string,
): Constraint[] {
  if (hasOwnConstraints(pod.pod)) return ownConstraints(pod.pod, action);
  const meant = usual.filter(({ whenUnsatisfiable }) => whenUnsatisfiable === action);
  const selector = meant.length === 0 ? [] : cluster.siblingSelector(pod.pod);
  return selector.length === 0 ? [] : meant.map((constraint) => ({ ...constraint, selector }));
}

function hasOwnConstraints(pod: Pod): boolean {
  return (pod.spec.topologySpreadConstraints ?? []).length > 0;
}

function hasLabels(node: Node, constraints: readonly Constraint[]): boolean {
  return constraints.every(({ topologyKey }) => node.metadata.labels?.[topologyKey] !== undefined);
}

function countsNode(pod: Pod, node: Node, constraint: Constraint): boolean {
  if ((constraint.nodeAffinityPolicy ?? 'Honor') === 'Honor' && !matchesRequiredNodes(pod, node)) return false;
  if (constraint.nodeTaintsPolicy !== 'Honor') return true;
  return !untoleratedTaint(node.spec.taints, pod.spec.tolerations, ['NoSchedule', 'NoExecute']);
}
