import type { Random } from '../kernel/random.js';
import { checkWithNominated, type Nominations, prepareFilters, type ReadyFilters } from './filtering.js';
import type { Diagnosis } from './fit-error.js';
import type { NodeInfo } from './node-info.js';
import { NodeNotes } from './node-notes.js';
import { type ClusterView, type Cycle, type Refusal, unresolvable } from './plugin.js';
import type { PodInfo } from './pod-info.js';
import type { Profile } from './profile.js';
import { bestOf } from './scoring.js';

/** Where a pod goes, or why it goes nowhere and which plugins are to blame; `looked` at so many nodes. */
export type Placement =
  | { readonly node: string; readonly looked: number }
  | { readonly diagnosis: Diagnosis; readonly rejectedBy: ReadonlySet<string>; readonly looked: number };

/** Of fewer nodes than this all are looked at. */
const NODES_ENOUGH = 100;
const PERCENTAGE_LEAST = 5;

/**
 * Chooses a node: filters over the nodes, from the `from`th on, until enough fit, then the best score; of equals one is
 * drawn.
 */
export function place(profile: Profile, cycle: Cycle, nominations: Nominations, random: Random, from = 0): Placement {
  const filters = prepareFilters(profile.filtering, cycle);
  const early = filters.all.find(({ filter }) => filter.refusal);
  const nodeCount = cycle.nodes.length;
  if (early?.filter.refusal) {
    const diagnosis = { nodeCount, refusals: new Map(), absent: undefined, early: early.filter.refusal };
    return { diagnosis, rejectedBy: new Set([early.plugin.name]), looked: 0 };
  }
  const promised = promisedNode(profile, filters, cycle, nominations);
  if (promised) return { node: promised.name, looked: 0 };
  const { candidates, absent, narrowedBy } = narrow(filters, cycle.nodes);
  const refusals = new Map<string, Refusal>();
  const rejectedBy = new Set<string>(narrowedBy);
  const feasible: NodeInfo[] = [];
  const enough = profile.scoring.length === 0 ? 1 : feasibleEnough(candidates.length, profile.percentageOfNodesToScore);
  const first = candidates.length === 0 ? 0 : from % candidates.length;
  for (let at = 0; at < candidates.length && feasible.length < enough; at += 1) {
    const node = candidates[at + first - (at + first < candidates.length ? 0 : candidates.length)] as NodeInfo;
    const refused = checkWithNominated(profile.filtering, filters, cycle, node, nominations);
    if (!refused) feasible.push(node);
    else {
      refusals.set(node.name, refused.refusal);
      rejectedBy.add(refused.plugin);
    }
  }
  const looked = feasible.length + refusals.size;
  if (feasible.length === 0)
    return { diagnosis: { nodeCount, refusals, absent, early: undefined }, rejectedBy, looked };
  return { node: bestOf(profile, cycle, feasible, random).name, looked };
}

/** So many nodes that fit are enough to choose from (numFeasibleNodesToFind). */
export function feasibleEnough(count: number, percentage: number): number {
  if (count < NODES_ENOUGH) return count;
  const share = percentage || Math.max(50 - Math.trunc(count / 125), PERCENTAGE_LEAST);
  return Math.max(Math.trunc((count * share) / 100), NODES_ENOUGH);
}

/** A cycle over the nodes there are. */
export function newCycle(pod: PodInfo, nodes: readonly NodeInfo[], cluster: ClusterView): Cycle {
  return { pod, nodes, cluster, notes: new NodeNotes() };
}

/** The node that was promised to the pod, when it fits there now. */
function promisedNode(
  { filtering }: Profile,
  filters: ReadyFilters,
  cycle: Cycle,
  nominations: Nominations,
): NodeInfo | undefined {
  const wanted = cycle.pod.pod.status?.nominatedNodeName;
  if (!wanted) return undefined;
  if (filters.all.some(({ filter }) => filter.onlyNodes && !filter.onlyNodes.has(wanted))) return undefined;
  const node = cycle.nodes.find(({ name }) => name === wanted);
  return node && !checkWithNominated(filtering, filters, cycle, node, nominations) ? node : undefined;
}

/** The nodes worth looking at, when plugins name them. */
function narrow(
  filters: ReadyFilters,
  nodes: readonly NodeInfo[],
): { candidates: readonly NodeInfo[]; absent: Refusal | undefined; narrowedBy: readonly string[] } {
  const narrowing = filters.all.filter(({ filter }) => filter.onlyNodes);
  if (narrowing.length === 0) return { candidates: nodes, absent: undefined, narrowedBy: [] };
  const narrowedBy = narrowing.map(({ plugin }) => plugin.name).sort();
  const candidates = nodes.filter(({ name }) => narrowing.every(({ filter }) => filter.onlyNodes?.has(name)));
  return { candidates, absent: unresolvable(`node(s) didn't satisfy plugin(s) [${narrowedBy.join(' ')}]`), narrowedBy };
}
